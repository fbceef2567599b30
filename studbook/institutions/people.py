"""What the pages of people read: who is what in a programme, and how they sign in."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from studbook.accounts.models import InstitutionRole, ProgrammeRole, User
from studbook.accounts.rights import INSTITUTION, Right, Standing
from studbook.accounts.second_factor import people_with_second_factor
from studbook.institutions.models import Institution
from studbook.institutions.people_rules import BY_REGISTRARS, may_give
from studbook.programmes.models import Programme

ROLES = [*ProgrammeRole.Role.values, *InstitutionRole.Role.values]


@dataclass(frozen=True, slots=True)
class PersonRole:
    """One role of one person, `institution` where it is one there; whether the reader may withdraw it."""

    person: User
    role: str
    institution: Institution | None
    second_factor: bool
    may_withdraw: bool


def people_of(programme: Programme, standing: Standing) -> list[PersonRole]:
    """Return the roles that somebody with this standing looks after, those of the programme first; three queries."""
    held: list[ProgrammeRole | InstitutionRole] = [
        *_programme_roles(programme, standing),
        *_institution_roles(programme, standing),
    ]
    secured = people_with_second_factor([role.user_id for role in held])
    return [_line(role, role.user_id in secured, standing) for role in held]


def person_found(
    programme: Programme, standing: Standing, right: Right, arguments: MutableMapping[str, Any]
) -> User | None:
    """Return the person that an address names, where one of their roles is looked after by the reader."""
    person = arguments.pop("person")
    named = (
        _programme_roles(programme, standing).filter(user=person)[:1],
        _institution_roles(programme, standing).filter(user=person)[:1],
    )
    return next((role.user for roles in named for role in roles), None)


def institutions_to_staff(programme: Programme, standing: Standing) -> QuerySet[Institution]:
    """Return the institutions for which somebody with this standing may give roles."""
    taking_part = Institution.objects.filter(participations__programme=programme).order_by("name")
    if Right.PEOPLE in standing:
        return taking_part
    return taking_part.filter(pk__in=standing.institutions(Right.PEOPLE, INSTITUTION))


def roles_to_give(standing: Standing) -> list[str]:
    """Return the roles that somebody with this standing may give."""
    return [each for each in ROLES if Right.PEOPLE in standing or each in BY_REGISTRARS]


def _programme_roles(programme: Programme, standing: Standing) -> QuerySet[ProgrammeRole]:
    roles = ProgrammeRole.objects.filter(programme=programme).select_related("user")
    return roles.order_by("role", "user__username") if Right.PEOPLE in standing else roles.none()


def _institution_roles(programme: Programme, standing: Standing) -> QuerySet[InstitutionRole]:
    roles = InstitutionRole.objects.filter(institution__in=institutions_to_staff(programme, standing))
    return roles.select_related("user", "institution").order_by("institution__name", "role", "user__username")


def _line(role: ProgrammeRole | InstitutionRole, secured: bool, standing: Standing) -> PersonRole:
    institution = role.institution if isinstance(role, InstitutionRole) else None
    key = institution.pk if institution else None
    return PersonRole(role.user, role.role, institution, secured, may_give(standing, role.role, key))
