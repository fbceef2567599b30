"""B18: whose inbreeding changes with the parents of an animal, told before they are saved."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import HttpRequest

from pedigree.inbreeding_coefficient import inbreeding
from studbook.animals.correcting.parents import Proposal
from studbook.animals.models import Animal
from studbook.animals.parents_told import ParentChoice
from studbook.core.panels import Context
from studbook.population.record_pedigree import pedigree_in
from studbook.population.record_reading import records_of
from studbook.population.records import AnimalRecord, Records
from studbook.programmes.models import Programme

SHOWN = 20
# Rounding over any real studbook stays far below this.
SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class InbreedingChange:
    """A living animal and its inbreeding before and after the parents of another, or its own, are others."""

    number: str
    before: float
    after: float


def consequences(
    programme: Programme, animal: Animal, sire: ParentChoice, dam: ParentChoice
) -> list[InbreedingChange]:
    """Return the living animals whose inbreeding would change, the largest change first; at most ten queries.

    Nothing would follow from parents that the rules refuse, so none of these is told.
    """
    records = records_of(programme)
    changed = _with_parents(records, animal.studbook_number, {"sire": sire, "dam": dam})
    before, after = _inbreeding(records), _inbreeding(changed)
    changes = [
        InbreedingChange(number, before[number], after[number])
        for number, record in records.animals.items()
        if record.living and before and after and abs(after[number] - before[number]) > SLACK
    ]
    return sorted(changes, key=lambda each: -abs(each.after - each.before))


def parents_panel(request: HttpRequest, proposal: Proposal) -> Context | None:
    """Fill the panel of proposed parents; None where nobody's inbreeding changes."""
    programme = proposal.animal.programme
    changes = consequences(programme, proposal.animal, proposal.sire, proposal.dam)
    if not changes:
        return None
    return {
        "programme": programme,
        "changes": changes[:SHOWN],
        "total": len(changes),
        "more": max(len(changes) - SHOWN, 0),
    }


def _with_parents(records: Records, number: str, choices: dict[str, ParentChoice]) -> Records:
    animals = dict(records.animals)
    if number in animals:
        animals[number] = _record_with(animals[number], choices)
    return replace(records, animals=animals)


def _record_with(record: AnimalRecord, choices: dict[str, ParentChoice]) -> AnimalRecord:
    sire, dam = (choices[role].animal for role in ("sire", "dam"))
    return replace(
        record,
        sire_kind=choices["sire"].kind,
        sire=sire.studbook_number if sire else None,
        dam_kind=choices["dam"].kind,
        dam=dam.studbook_number if dam else None,
        candidates={role: _shares(choice.candidates) for role, choice in choices.items()},
    )


def _shares(candidates: Iterable[tuple[Animal, object]]) -> list[tuple[str, float]]:
    return [(parent.studbook_number, float(str(share))) for parent, share in candidates]


def _inbreeding(records: Records) -> dict[str, float]:
    pedigree, refused = pedigree_in(records)
    if refused:
        return {}
    return dict(zip(pedigree.ids, inbreeding(pedigree).tolist(), strict=True))
