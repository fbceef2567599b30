"""The bridge: a programme's rows become the arrays of the science, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import fsum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pedigree.overlay import with_overlays
from pedigree.structure import UNKNOWN, Parent, Pedigree, Record
from studbook.animals.models import Animal, ParentCandidate, ParentKind
from studbook.population.codes import KIND_CODES, SEX_CODES
from studbook.population.models import Overlay
from studbook.population.overlays.engine import engine_overlays
from studbook.population.provisional import Unconfirmed, unconfirmed_in
from studbook.programmes.models import Programme

STORED_ROUNDING = 1e-6
"""Probabilities are stored with nine decimals, so that three thirds fall a little short of one."""

Candidates = dict[tuple[str, str], list[tuple[str, float]]]


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """Every animal of a programme as a pedigree, ids being studbook numbers, and which of them are living.

    Under overlays `hypothetical` holds the ids that are no animal of the book; excluded animals are not living.
    `unconfirmed` are those whose place among the living hangs on provisional entries.
    """

    pedigree: Pedigree
    living: NDArray[np.bool_]
    hypothetical: frozenset[str] = frozenset()
    unconfirmed: Unconfirmed = field(default_factory=Unconfirmed)


def book_of(programme: Programme, overlays: Sequence[Overlay] = (), *, confirmed_only: bool = False) -> Book:
    """Read a programme's whole pedigree, as recorded or under overlays; three queries, two more with overlays.

    With `confirmed_only` the living are those of before the provisional entries. Raises PedigreeError where the rows cannot be a pedigree.
    """
    records, living = records_of(programme)
    unconfirmed = unconfirmed_in(programme)
    if confirmed_only:
        living = (living | unconfirmed.left) - unconfirmed.arrived
    if overlays:
        return replace(_overlaid(records, living, overlays), unconfirmed=unconfirmed)
    pedigree = Pedigree.from_records(records)
    return Book(pedigree, pedigree.mask(living), unconfirmed=unconfirmed)


def records_of(programme: Programme) -> tuple[list[Record], set[str]]:
    """Return what a programme's rows say of everybody's parents, and the numbers of the living; two queries."""
    candidates, rows = _candidates(programme), _parent_rows(programme)
    living = {row[0] for row in rows if row[2] == Animal.Status.LIVING}
    return [_record(row, candidates) for row in rows], living


def _overlaid(records: list[Record], living: Iterable[str], overlays: Sequence[Overlay]) -> Book:
    overlaid = with_overlays(records, engine_overlays(overlays))
    pedigree = Pedigree.from_records(overlaid.records, founder_kinship=overlaid.founder_kinship)
    return Book(
        pedigree,
        pedigree.mask(number for number in living if number not in overlaid.excluded),
        overlaid.hypothetical,
    )


def _parent_rows(programme: Programme) -> list[tuple[Any, ...]]:
    columns = (
        "studbook_number", "sex", "status",
        "sire_kind", "sire__studbook_number", "dam_kind", "dam__studbook_number",
        "birth_earliest", "birth_latest",
    )  # fmt: skip
    return list(programme.animals.order_by().values_list(*columns))


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


def _record(row: tuple[Any, ...], candidates: Candidates) -> Record:
    number, sex, _, sire_kind, sire, dam_kind, dam, *birth = row
    return Record(
        number,
        _parent(sire_kind, sire, candidates.get((number, "sire"), [])),
        _parent(dam_kind, dam, candidates.get((number, "dam"), [])),
        SEX_CODES[Animal.Sex(sex)],
        litter=_litter(dam, *birth),
    )


def _litter(dam: str | None, earliest: date | None, latest: date | None) -> str | None:
    """Return what the young of one dam born on one day have in common: the same sire, if he is one of several."""
    return f"{dam} {earliest}" if dam and earliest and earliest == latest else None


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
