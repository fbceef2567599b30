"""The bridge: a programme's rows become the arrays of the science, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from pedigree.structure import FEMALE, MALE, UNKNOWN, UNKNOWN_SEX, WILD, Parent, Pedigree, Record
from studbook.animals.models import Animal, ParentCandidate, ParentKind
from studbook.programmes.models import Programme

SEX_CODES = {Animal.Sex.MALE: MALE, Animal.Sex.FEMALE: FEMALE, Animal.Sex.UNKNOWN: UNKNOWN_SEX}
KIND_CODES = {ParentKind.WILD: WILD, ParentKind.UNKNOWN: UNKNOWN}
STORED_ROUNDING = 1e-6
"""Probabilities are stored with nine decimals, so that three thirds fall a little short of one."""

Candidates = dict[tuple[str, str], list[tuple[str, float]]]


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """Every animal of a programme as a pedigree, ids being studbook numbers, and which of them are living."""

    pedigree: Pedigree
    living: NDArray[np.bool_]


def book_of(programme: Programme) -> Book:
    """Read a programme's whole pedigree; two queries. Raises PedigreeError where the rows cannot be one."""
    candidates = _candidates(programme)
    rows = _parent_rows(programme)
    pedigree = Pedigree.from_records(_record(row, candidates) for row in rows)
    return Book(pedigree, pedigree.mask(row[0] for row in rows if row[2] == Animal.Status.LIVING))


def _parent_rows(programme: Programme) -> list[tuple[str, ...]]:
    return list(
        programme.animals.order_by().values_list(
            "studbook_number",
            "sex",
            "status",
            "sire_kind",
            "sire__studbook_number",
            "dam_kind",
            "dam__studbook_number",
        )
    )


def _candidates(programme: Programme) -> Candidates:
    rows = ParentCandidate.objects.filter(animal__programme=programme).order_by(
        "animal", "role", "parent__studbook_number"
    )
    candidates: Candidates = {}
    for animal, role, parent, probability in rows.values_list(
        "animal__studbook_number", "role", "parent__studbook_number", "probability"
    ):
        candidates.setdefault((animal, role), []).append((parent, float(probability)))
    return candidates


def _record(row: tuple[str, ...], candidates: Candidates) -> Record:
    number, sex, _, sire_kind, sire, dam_kind, dam = row
    return Record(
        number,
        _parent(sire_kind, sire, candidates.get((number, "sire"), [])),
        _parent(dam_kind, dam, candidates.get((number, "dam"), [])),
        SEX_CODES[Animal.Sex(sex)],
    )


def _parent(kind: str, number: str, candidates: Iterable[tuple[str, float]]) -> Parent:
    if kind == ParentKind.KNOWN:
        return number
    shares = list(candidates)
    if kind == ParentKind.SEVERAL:
        # One of several whom nobody wrote down, as SPARKS's MULT, is to the numbers an unknown parent.
        return _shares(shares) if shares else UNKNOWN
    return KIND_CODES[ParentKind(kind)]


def _shares(candidates: list[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    total = fsum(probability for _, probability in candidates)
    # Anything further from one than rounding goes on as it is, for the pedigree to refuse with its sentence.
    scale = total if total > 0 and abs(total - 1) < STORED_ROUNDING else 1.0
    return tuple((parent, probability / scale) for parent, probability in candidates)
