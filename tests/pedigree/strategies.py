"""Random pedigrees: wild, unknown, half-known and several possible parents, handed over in any order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from hypothesis import strategies as st

from pedigree import FEMALE, MALE, UNKNOWN, WILD, Parent, Record

QUARTERS = (1 / 4, 1 / 2, 3 / 4)
_DRAW = st.integers(0, 9999)
_ROW = st.tuples(_DRAW, _DRAW, _DRAW)


@cache
def pedigrees(most: int = 11, *, uncertain: bool = True) -> st.SearchStrategy[list[Record]]:
    """Records of a possible pedigree, shuffled; sires are even numbers, dams odd ones."""
    # One flat draw decoded by arithmetic: strategies built for each animal took most of the tests' time.
    rows = st.lists(_ROW, min_size=1, max_size=most)
    return rows.map(lambda drawn: _records(drawn, uncertain))


def _records(rows: list[tuple[int, int, int]], uncertain: bool) -> list[Record]:
    records = [
        (
            place,
            i,
            Record(
                str(i), _parent(sire, i, 0, uncertain), _parent(dam, i, 1, uncertain), (MALE, FEMALE)[i % 2]
            ),
        )
        for i, (place, sire, dam) in enumerate(rows)
    ]
    return [record for _, _, record in sorted(records, key=lambda row: row[:2])]


def _parent(code: int, animal: int, parity: int, uncertain: bool) -> Parent:
    above: list[str | int] = [str(i) for i in range(parity, animal, 2)]
    kind, which = code % 8, code // 8
    if kind < 2 or not above:
        return (WILD, UNKNOWN)[which % 2]
    if kind == 7 and uncertain:
        return _candidates([*above, WILD, UNKNOWN], which)
    return above[which % len(above)]


def _candidates(people: list[str | int], code: int) -> Parent:
    first = code % len(people)
    second = (first + 1 + code // 3 % (len(people) - 1)) % len(people)
    chance = QUARTERS[code % 3]
    return (people[first], chance), (people[second], 1 - chance)


@dataclass(frozen=True)
class SharedBook:
    """Records with litters and identical twins, and kinships of the founders among them."""

    records: list[Record]
    founder_kinship: dict[tuple[str, str], float]


MOST_DRAWN = 5


@cache
def shared_books(most: int = 8) -> st.SearchStrategy[SharedBook]:
    """Books whose litter-mates may have one drawn parent, with twins and related founders."""
    rows = st.lists(st.tuples(_ROW, _DRAW), min_size=1, max_size=most)
    return rows.map(_shared)


def _shared(rows: list[tuple[tuple[int, int, int], int]]) -> SharedBook:
    records: dict[str, Record] = {}
    drawn = 0
    for i, ((_, sire, dam), code) in enumerate(rows):
        # Candidates half the time, but few in all: a test may look at every way to draw them.
        parents = [
            _parent(each | 7 if each % 2 else each, i, parity, drawn < MOST_DRAWN)
            for parity, each in enumerate((sire, dam))
        ]
        drawn += sum(isinstance(parent, tuple) for parent in parents)
        record = Record(str(i), *parents, (MALE, FEMALE)[i % 2], litter=f"litter {i}")
        kind, which = code % 4, code // 4
        records[str(i)] = _born_with(record, records[str(which % i)], kind) if i and kind < 3 else record
    order = {str(i): row[0] for i, (row, _) in enumerate(rows)}
    shuffled = sorted(records.values(), key=lambda record: (order[record.id], record.id))
    return SharedBook(shuffled, _founder_kinship(records, rows))


def _born_with(record: Record, other: Record, kind: int) -> Record:
    if kind == 0:
        return replace(other, id=record.id, twin_of=other.id)
    return replace(record, sire=other.sire, dam=(record.dam, other.dam)[kind - 1], litter=other.litter)


def _founder_kinship(
    records: dict[str, Record], rows: list[tuple[tuple[int, int, int], int]]
) -> dict[tuple[str, str], float]:
    # Pairs apart from each other: any kinship up to 1/2 of two founders is possible.
    outside = (WILD, UNKNOWN)
    founders = (r for r in records.values() if r.sire in outside and r.dam in outside)
    heads = [founder.id for founder in founders if founder.twin_of is None]
    codes = [code // 7 % 5 for _, code in rows]
    pairs = zip(heads[::2], heads[1::2], strict=False)
    found = {(one, other): codes[int(one)] / 8 for one, other in pairs if codes[int(one)]}
    return found | {(each, each): 0.5 + codes[int(each)] / 8 for each in heads if codes[int(each)] > 2}


def chosen(records: list[Record]) -> st.SearchStrategy[list[str]]:
    """A set of living animals, at least one."""
    return st.lists(st.sampled_from(sorted(record.id for record in records)), min_size=1, unique=True)
