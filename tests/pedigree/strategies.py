"""Random pedigrees: wild, unknown, half-known and several possible parents, handed over in any order."""

from __future__ import annotations

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


def chosen(records: list[Record]) -> st.SearchStrategy[list[str]]:
    """A set of living animals, at least one."""
    return st.lists(st.sampled_from(sorted(record.id for record in records)), min_size=1, unique=True)
