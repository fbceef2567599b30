"""How many animals and breeding pairs of a programme an institution offers to keep."""

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution, Participation
from studbook.programmes.changes import changing, columns_of, save_unless_stale
from studbook.programmes.models import Programme

MOST = 10_000
COLUMNS = ("spaces", "adult_pairs")
WORDS = {"spaces": "Spaces", "adult_pairs": "Breeding pairs"}


def participation_of(programme: Programme, institution: Institution) -> Participation:
    """Return what an institution offers a programme; one that only held animals offers nothing yet. One query."""
    found = programme.participations.filter(institution=institution).first()
    return found or Participation(programme=programme, institution=institution)


def offer_spaces(
    programme: Programme,
    institution: Institution,
    *,
    spaces: int | None,
    adult_pairs: int | None,
    reason: str,
    by: User | None,
    opened_version: int,
) -> Participation:
    """Write how much room an institution has for a programme; None where it is not said."""
    offered = {"spaces": spaces, "adult_pairs": adult_pairs}
    for name, number in offered.items():
        if number is not None and not 0 <= number <= MOST:
            raise StudbookError(
                f"{WORDS[name]} of {institution} cannot be {number}. Give a number from 0 to {MOST}, or none.",
                field=name,
            )
    with changing(
        programme, "set spaces", by=by, right=Right.PLAN, reason=reason.strip(), alters_numbers=False
    ) as trail:
        found = participation_of(programme, institution)
        if found._state.adding:
            # Above the version of a form that was opened before there was a row: of two, the second is told.
            found.spaces, found.adult_pairs, found.version = spaces, adult_pairs, found.version + 1
            found.save()
            trail.created([found])
            return found
        before = columns_of(found)
        found.spaces, found.adult_pairs = spaces, adult_pairs
        save_unless_stale(found, opened_version=opened_version, fields=[*COLUMNS])
        trail.changed(found, before)
    return found
