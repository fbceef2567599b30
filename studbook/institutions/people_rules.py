"""Who may give and withdraw which role. A role at an institution holds in every programme the institution takes part in,
so the right to give it is asked in each of them: nobody gives more than they have.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager

from studbook.accounts.models import InstitutionRole, ProgrammeRole, User
from studbook.accounts.rights import INSTITUTION, Right, Standing, standing_of
from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution
from studbook.programmes.changes import Trail, changing
from studbook.programmes.models import Programme

BY_REGISTRARS = frozenset({InstitutionRole.Role.KEEPER, InstitutionRole.Role.REPRESENTATIVE})


class NotTheirsToGiveError(StudbookError):
    """The person may not give or withdraw this role."""

    status = 403


def may_give(standing: Standing, role: str, institution: int | None) -> bool:
    """Tell whether somebody with this standing may give a role, at an institution or in the programme."""
    if Right.PEOPLE in standing:
        return True
    return role in BY_REGISTRARS and institution in standing.institutions(Right.PEOPLE, INSTITUTION)


@contextmanager
def deciding(
    verb: str,
    role: str,
    *,
    programmes: Iterable[Programme],
    at: Institution | None,
    by: User | None,
    reason: str,
) -> Iterator[list[Trail]]:
    """Give or withdraw a role under the lock of every programme where it holds, with a trail in each.

    Rights are read under the locks: whose own role was withdrawn a moment ago decides nothing any more.
    """
    # In one order, so that two who decide at the same moment wait for each other and not both for ever.
    locked = sorted(programmes, key=lambda each: each.pk)
    with ExitStack() as stack:
        trails = [
            stack.enter_context(changing(each, verb, by=by, reason=reason, alters_numbers=False))
            for each in locked
        ]
        if by:
            refuse_foreign_role(by, role, [each.pk for each in locked], at)
        yield trails


def refuse_foreign_role(by: User, role: str, programmes: Iterable[int], at: Institution | None) -> None:
    """Refuse a role that the person may not give in all of these programmes."""
    key = at.pk if at else None
    allowed = [may_give(standing_of(by, programme), role, key) for programme in programmes]
    if not any(allowed):
        raise NotTheirsToGiveError(
            f"Your roles do not let you give or withdraw the role {role}{f' at {at}' if at else ''}. "
            "Registrars do so for keepers and representatives of their own institution, coordinators for everybody else."
        )
    if not all(allowed):
        raise NotTheirsToGiveError(
            f"{at} takes part in a programme that you do not coordinate, and the role {role} would hold there too. "
            "Ask its registrar, or the administrator of the site."
        )


def may_give_link(by: User, person: User) -> bool:
    """Tell whether somebody may let a person into their account: only who could withdraw every role that it has."""
    if not person.is_active:
        return False
    if by.is_superuser:
        return True
    if person.is_superuser or person.is_staff:
        return False
    held: list[tuple[str, list[int], int | None]] = [
        (role.role, [role.programme_id], None) for role in person.programme_roles.all()
    ]
    held += [
        (role.role, programmes_of(role.institution), role.institution_id)
        for role in person.institution_roles.select_related("institution")
    ]
    return bool(held) and all(
        may_give(standing_of(by, programme), role, institution)
        for role, programmes, institution in held
        for programme in programmes
    )


def programmes_of(institution: Institution) -> list[int]:
    """Return the keys of the programmes that an institution takes part in."""
    return sorted(institution.participations.values_list("programme_id", flat=True))


def refuse_last_coordinator(programme: Programme, person: User) -> None:
    """Refuse to leave a programme without anybody who can give roles in it."""
    coordinators = ProgrammeRole.objects.filter(programme=programme, role=ProgrammeRole.Role.COORDINATOR)
    if not coordinators.exclude(user=person).filter(user__is_active=True).exists():
        raise StudbookError(
            f"{person} is the only coordinator of {programme}. Make somebody else coordinator first."
        )
