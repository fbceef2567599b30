"""What the forms of people do: a role with or without a new account, and the end of one."""

from django.db import transaction

from studbook.accounts.models import InstitutionRole, User
from studbook.core.errors import StudbookError
from studbook.institutions.actions import (
    give_institution_role,
    give_programme_role,
    make_account,
    withdraw_institution_role,
    withdraw_programme_role,
)
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme


def give_role(
    programme: Programme,
    *,
    username: str,
    role: str,
    institution: Institution | None,
    first_name: str,
    last_name: str,
    email: str,
    by: User,
) -> tuple[User, bool]:
    """Give a role to the person of a user name; who has no account gets one. Tell whether it is new."""
    with transaction.atomic():
        known = User.objects.filter(username__iexact=username).first()
        person = known or make_account(
            username=username, first_name=first_name, last_name=last_name, email=email
        )
        if role in InstitutionRole.Role.values:
            give_institution_role(_taking_part(programme, institution), person, role, by=by)
        else:
            give_programme_role(programme, person, role, by=by)
    return person, known is None


def withdraw_role(
    programme: Programme, person: User, *, role: str, institution: int | None, reason: str, by: User
) -> None:
    """Withdraw one role of a person, in the programme or at an institution that takes part in it."""
    if role not in InstitutionRole.Role.values:
        withdraw_programme_role(programme, person, by=by, reason=reason)
        return
    found = Institution.objects.filter(pk=institution).first() if institution else None
    withdraw_institution_role(_taking_part(programme, found), person, role, by=by, reason=reason)


def _taking_part(programme: Programme, institution: Institution | None) -> Institution:
    if institution is None or not institution.participations.filter(programme=programme).exists():
        raise StudbookError(
            f"No such institution takes part in {programme}. Choose one of the list.", field="institution"
        )
    return institution
