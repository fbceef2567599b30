"""Parents corrected: an animal of the book, wild, unknown, or several possible ones with their shares."""

from collections.abc import Iterable
from dataclasses import dataclass

from studbook.accounts.models import User
from studbook.animals.correcting.checking import refuse_impossible_parents, refuse_itself
from studbook.animals.correcting.reasons import correcting
from studbook.animals.keeping import locked
from studbook.animals.models import Animal, ParentCandidate, ParentKind
from studbook.animals.parents_told import ParentChoice
from studbook.core.errors import StudbookError
from studbook.programmes.changes import Trail, columns_of, save_unless_stale

ROLES = ("sire", "dam")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Parents that somebody thinks of recording; what would follow is shown before it is done."""

    animal: Animal
    sire: ParentChoice
    dam: ParentChoice


def choice_of(animal: Animal, role: str) -> ParentChoice:
    """Return what the book says of a parent now."""
    kind = getattr(animal, f"{role}_kind")
    if kind == ParentKind.SEVERAL:
        found = [each for each in animal.parent_candidates.select_related("parent") if each.role == role]
        return ParentChoice(
            kind, tuple(each.parent for each in found), tuple(each.probability for each in found)
        )
    return ParentChoice(kind, (getattr(animal, role),) if kind == ParentKind.KNOWN else ())


def correct_parents(
    animal: Animal,
    *,
    sire: ParentChoice,
    dam: ParentChoice,
    by: User | None,
    reason: str,
    opened_version: int,
    acknowledged: Iterable[str] = (),
) -> None:
    """Set both parents of an animal."""
    with correcting(animal, "correct parents", by=by, reason=reason, acknowledged=acknowledged) as trail:
        current = locked(animal)
        before = columns_of(current)
        if (sire, dam) == (choice_of(current, "sire"), choice_of(current, "dam")):
            raise StudbookError(f"{current} has these parents already. Name others, or leave the page.")
        for role, choice in (("sire", sire), ("dam", dam)):
            refuse_itself(current, role, choice.animals)
            setattr(current, f"{role}_kind", choice.kind)
            setattr(current, role, choice.animal)
        save_unless_stale(
            current, opened_version=opened_version, fields=["sire_kind", "sire", "dam_kind", "dam"]
        )
        trail.changed(current, before)
        for role, choice in (("sire", sire), ("dam", dam)):
            _write_candidates(trail, current, role, choice)
        # Read anew: a parent may have been corrected since the form was opened.
        refuse_impossible_parents(locked(animal))
    animal.refresh_from_db()


def _write_candidates(trail: Trail, animal: Animal, role: str, choice: ParentChoice) -> None:
    standing = list(animal.parent_candidates.filter(role=role))
    wanted = {parent.pk: share for parent, share in choice.candidates}
    if {each.parent_id: each.probability for each in standing} == wanted:
        return
    trail.removed(standing)
    animal.parent_candidates.filter(role=role).delete()
    made = [
        ParentCandidate(animal=animal, role=role, parent=parent, probability=share)
        for parent, share in choice.candidates
    ]
    for each in made:
        each.save()
    trail.created(made)
