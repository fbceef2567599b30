"""Who is what, in a programme or at an institution. Who loses a role is signed out everywhere."""

from django.db import IntegrityError, transaction

from studbook.accounts.models import InstitutionRole, ProgrammeRole, User
from studbook.accounts.sessions import end_sessions
from studbook.core.errors import StudbookError
from studbook.core.lines import refuse_unfit_lines
from studbook.institutions.models import Institution
from studbook.institutions.people_rules import (
    NotTheirsToGiveError,
    deciding,
    may_give_link,
    refuse_last_coordinator,
)
from studbook.programmes.changes import changing
from studbook.programmes.models import Programme

COORDINATOR = ProgrammeRole.Role.COORDINATOR


def give_programme_role(programme: Programme, person: User, role: str, *, by: User | None) -> None:
    """Make a person the programme's coordinator or observer; one role each, the new one replaces the old."""
    if role not in ProgrammeRole.Role.values:
        raise StudbookError(
            f"There is no role {role} in a programme. Give one of: {', '.join(ProgrammeRole.Role.values)}."
        )
    with deciding("give role", role, programmes=[programme], at=None, by=by, reason="") as (trail,):
        old = ProgrammeRole.objects.filter(programme=programme, user=person)
        if old.filter(role=role).exists():
            return
        if by and old.filter(role=COORDINATOR).exists():
            refuse_last_coordinator(programme, person)
        if old:
            end_sessions(person)
        trail.removed(old)
        old.delete()
        trail.created([ProgrammeRole.objects.create(programme=programme, user=person, role=role)])


def withdraw_programme_role(programme: Programme, person: User, *, by: User | None, reason: str) -> None:
    """Take a person's role in a programme away."""
    refuse_without_reason(reason)
    with deciding("withdraw role", COORDINATOR, programmes=[programme], at=None, by=by, reason=reason) as (
        trail,
    ):
        held = ProgrammeRole.objects.filter(programme=programme, user=person)
        if not held:
            raise StudbookError(f"{person} has no role in {programme} any more. Nothing is left to do.")
        if by and held[0].role == COORDINATOR:
            refuse_last_coordinator(programme, person)
        trail.removed(held)
        held.delete()
        end_sessions(person)


def give_institution_role(institution: Institution, person: User, role: str, *, by: User | None) -> None:
    """Make a person registrar, keeper or representative of an institution, beside what they are there already."""
    if role not in InstitutionRole.Role.values:
        raise StudbookError(
            f"There is no role {role} at an institution. Give one of: {', '.join(InstitutionRole.Role.values)}."
        )
    programmes = _programmes(institution)
    with deciding("give role", role, programmes=programmes, at=institution, by=by, reason="") as trails:
        given, new = InstitutionRole.objects.get_or_create(institution=institution, user=person, role=role)
        for trail in trails if new else []:
            trail.created([given])


def withdraw_institution_role(
    institution: Institution, person: User, role: str, *, by: User | None, reason: str
) -> None:
    """Take one of a person's roles at an institution away."""
    refuse_without_reason(reason)
    programmes = _programmes(institution)
    with deciding(
        "withdraw role", role, programmes=programmes, at=institution, by=by, reason=reason
    ) as trails:
        held = InstitutionRole.objects.filter(institution=institution, user=person, role=role)
        if not held:
            raise StudbookError(f"{person} is not {role} at {institution} any more. Nothing is left to do.")
        for trail in trails:
            trail.removed(held)
        held.delete()
        end_sessions(person)


def make_account(*, username: str, first_name: str, last_name: str, email: str) -> User:
    """Make an account that nobody can sign in to until its password is set by a link."""
    person = User(username=username, first_name=first_name, last_name=last_name, email=email)
    person.set_unusable_password()
    refuse_unfit_lines(person)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as taken:
        raise StudbookError(
            f"The user name {username} is somebody's already. Choose another one.", field="username"
        ) from taken
    return person


def note_link(programme: Programme, person: User, *, by: User) -> None:
    """Leave in the trail that somebody made a link by which a person sets a password; refused where it is not theirs."""
    told = f"for the account {person.username}"
    with changing(
        programme, "give a link to set a password", by=by, reason=told, alters_numbers=False, is_word=True
    ):
        if not may_give_link(by, person):
            raise NotTheirsToGiveError(
                f"{person} has roles that you cannot give, or no open account, so a link to it is not yours to make. "
                "Ask a coordinator of the other programme, or the administrator of the site."
            )


def refuse_without_reason(reason: str) -> None:
    if not reason.strip():
        raise StudbookError(
            "Withdrawing a role needs a reason. Write why the person has it no more.", field="reason"
        )


def _programmes(institution: Institution) -> list[Programme]:
    programmes = list(Programme.objects.filter(participations__institution=institution))
    if not programmes:
        raise StudbookError(f"{institution} takes part in no programme, so nobody can act for it yet.")
    return programmes
