"""The pedigree that records describe, for the checks, and what forbids it to be one."""

from collections.abc import Container, Sequence
from dataclasses import replace
from math import fsum

from pedigree.checks import REJECT, Problem
from pedigree.errors import CyclicPedigreeError, PedigreeError, SelfingError, UnknownParentError
from pedigree.structure import UNKNOWN, Parent, Pedigree, Record, find_refusals
from studbook.animals.models import Animal, ParentKind
from studbook.population.codes import KIND_CODES, SEX_CODES
from studbook.population.records import AnimalRecord, Records

# Probabilities are stored with nine decimals, so that three thirds fall a little short of one.
STORED_ROUNDING = 1e-6
CODES: tuple[tuple[type[PedigreeError], str], ...] = (
    (CyclicPedigreeError, "B1"),
    (SelfingError, "B3"),
    (UnknownParentError, "B16"),
)


def pedigree_in(records: Records) -> tuple[Pedigree, list[Problem]]:
    """Return the pedigree of the animals that are there, and what cannot be in it.

    A parent that is not among the records counts as unknown, and so do the parents of an animal whose own cannot be.
    """
    rows = [_record(animal, records.animals.keys()) for animal in records.animals.values()]
    try:
        return Pedigree.from_records(rows), []
    except PedigreeError:
        return _without_the_impossible(rows)


def _without_the_impossible(rows: Sequence[Record]) -> tuple[Pedigree, list[Problem]]:
    problems: list[Problem] = []
    while refusals := find_refusals(rows):
        problems += [_problem(error) for error in refusals]
        wrong = {number for error in refusals for number in _whose(error)}
        rows = [replace(row, sire=UNKNOWN, dam=UNKNOWN) if row.id in wrong else row for row in rows]
    return Pedigree.from_records(rows), problems


def _problem(error: PedigreeError) -> Problem:
    code = next((code for kind, code in CODES if isinstance(error, kind)), "B15")
    return Problem(code, _whose(error), REJECT, str(error))


def _whose(error: PedigreeError) -> tuple[str, ...]:
    if isinstance(error, CyclicPedigreeError):
        return tuple(dict.fromkeys(error.animals))
    animal: str = error.animal  # type: ignore[attr-defined]
    return (animal,)


def _record(animal: AnimalRecord, there: Container[str]) -> Record:
    return Record(
        animal.number,
        _parent(animal.sire_kind, animal.sire, animal.candidates.get("sire", ()), there),
        _parent(animal.dam_kind, animal.dam, animal.candidates.get("dam", ()), there),
        SEX_CODES[Animal.Sex(animal.sex)],
    )


def _parent(
    kind: str, number: str | None, candidates: Sequence[tuple[str, float]], there: Container[str]
) -> Parent:
    if kind == ParentKind.KNOWN:
        return number if number is not None and number in there else UNKNOWN
    if kind == ParentKind.SEVERAL:
        return _shares(candidates, there) if candidates else UNKNOWN
    return KIND_CODES[ParentKind(kind)]


def _shares(candidates: Sequence[tuple[str, float]], there: Container[str]) -> Parent:
    total = fsum(probability for _, probability in candidates)
    # Anything further from one than rounding goes on as it is, to be refused with its sentence.
    scale = total if total > 0 and abs(total - 1) < STORED_ROUNDING else 1.0
    known = [(parent, probability / scale) for parent, probability in candidates if parent in there]
    absent = fsum(probability / scale for parent, probability in candidates if parent not in there)
    return (*known, (UNKNOWN, absent)) if absent else tuple(known)
