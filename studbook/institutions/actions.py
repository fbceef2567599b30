"""Who is what, in a programme or at an institution."""

from studbook.accounts.models import InstitutionRole, ProgrammeRole, User
from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution, Participation
from studbook.programmes.changes import changing
from studbook.programmes.models import Programme


def give_programme_role(programme: Programme, person: User, role: str, *, by: User | None) -> None:
    """Make a person the programme's coordinator or observer; one role each, the new one replaces the old."""
    if role not in ProgrammeRole.Role.values:
        raise StudbookError(
            f"There is no role {role} in a programme. Give one of: {', '.join(ProgrammeRole.Role.values)}."
        )
    with changing(programme, "give role", by=by, alters_numbers=False) as trail:
        old = ProgrammeRole.objects.filter(programme=programme, user=person)
        trail.removed(old)
        old.delete()
        trail.created([ProgrammeRole.objects.create(programme=programme, user=person, role=role)])


def give_institution_role(institution: Institution, person: User, role: str, *, by: User | None) -> None:
    """Make a person registrar, keeper or representative of an institution, beside what they are there already."""
    if role not in InstitutionRole.Role.values:
        raise StudbookError(
            f"There is no role {role} at an institution. Give one of: {', '.join(InstitutionRole.Role.values)}."
        )
    participation = Participation.objects.filter(institution=institution).select_related("programme").first()
    if participation is None:
        raise StudbookError(f"{institution} takes part in no programme, so nobody can act for it yet.")
    with changing(participation.programme, "give role", by=by, alters_numbers=False) as trail:
        given, new = InstitutionRole.objects.get_or_create(institution=institution, user=person, role=role)
        if new:
            trail.created([given])
