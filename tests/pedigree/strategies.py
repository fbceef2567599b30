"""Random pedigrees: wild, unknown, half-known and several possible parents, handed over in any order."""

from __future__ import annotations

from hypothesis import strategies as st

from pedigree import FEMALE, MALE, UNKNOWN, WILD, Parent, Record

SIXTEENTHS = (1 / 4, 1 / 2, 3 / 4)


@st.composite
def pedigrees(draw: st.DrawFn, most: int = 14, *, uncertain: bool = True) -> list[Record]:
    """Records of a possible pedigree, shuffled; sires are even numbers, dams odd ones."""
    number = draw(st.integers(1, most))
    records = [
        Record(str(i), draw(_parent(i, 0, uncertain)), draw(_parent(i, 1, uncertain)), (MALE, FEMALE)[i % 2])
        for i in range(number)
    ]
    return draw(st.permutations(records))


def _parent(animal: int, parity: int, uncertain: bool) -> st.SearchStrategy[Parent]:
    above = [str(i) for i in range(parity, animal, 2)]
    options: list[st.SearchStrategy[Parent]] = [st.sampled_from([WILD, UNKNOWN])]
    if above:
        options += [st.sampled_from(above)] * 3
    if uncertain and above:
        options.append(_candidates([*above, WILD, UNKNOWN]))
    return st.one_of(options)


def _candidates(people: list[str | int]) -> st.SearchStrategy[Parent]:
    pairs = st.lists(st.sampled_from(people), min_size=2, max_size=2, unique=True)
    return st.builds(lambda who, p: ((who[0], p), (who[1], 1 - p)), pairs, st.sampled_from(SIXTEENTHS))


def chosen(records: list[Record]) -> st.SearchStrategy[list[str]]:
    """A set of living animals, at least one."""
    return st.lists(st.sampled_from(sorted(record.id for record in records)), min_size=1, unique=True)
