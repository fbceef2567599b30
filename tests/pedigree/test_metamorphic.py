"""What must not change a bit of any number: 10,000 random pedigrees, each told in other words.

Every pedigree has its seed in the failure message: `pedigree_of(seed)` makes it again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

import numpy as np
import pytest

from pedigree import (
    FEMALE,
    MALE,
    UNKNOWN,
    UNKNOWN_SEX,
    WILD,
    Parent,
    Pedigree,
    Record,
    inbreeding,
    kinship_matrix,
    known_fraction,
    mean_kinship,
)

BLOCKS, EACH = 200, 50
"""Pedigrees are told fifty at a time, in one book whose parts are unrelated: that is much faster."""
DEEP = 25
"""One pedigree in so many is a narrow line of many generations, where kinships need more digits than there are."""


def pedigree_of(seed: int) -> list[Record]:
    """Records of a random pedigree: wild, unknown, several possible parents; sires even, dams odd."""
    random = Random(seed)
    deep = seed % DEEP == 0
    size, reach = (100, 7) if deep else (random.randint(1, 20), 20)
    uncertain = not deep and seed % 2 == 0
    return [_animal(random, seed, each, max(0, each - reach), uncertain) for each in range(size)]


def _animal(random: Random, seed: int, each: int, first: int, uncertain: bool) -> Record:
    above = ([f"{seed}.{other}" for other in range(first, each) if other % 2 == parity] for parity in (0, 1))
    parents = [_parent(random, fitting, uncertain) for fitting in above]
    return Record(f"{seed}.{each}", *parents, (MALE, FEMALE)[each % 2])


def _parent(random: Random, fitting: list[str], uncertain: bool) -> Parent:
    kind = random.random()
    if not fitting or kind < 0.15:
        return random.choice((WILD, UNKNOWN))
    if uncertain and kind > 0.8:
        first, second = random.sample([*fitting, WILD, UNKNOWN], 2)
        chance = random.choice((0.25, 0.5, 0.75))
        return (first, chance), (second, 1 - chance)
    return random.choice(fitting)


@dataclass(frozen=True)
class Told:
    """The numbers of a book, in the order of the ids of its first telling."""

    ids: list[str]
    kinship: np.ndarray
    inbreeding: np.ndarray
    known: np.ndarray
    means: np.ndarray


def told(records: list[Record], ids: list[str]) -> Told:
    pedigree = Pedigree.from_records(records)
    rows = pedigree.rows(ids)
    kinship = kinship_matrix(pedigree)[np.ix_(rows, rows)]
    means = mean_kinship(kinship, np.arange(len(ids)) % 3 != 1)
    return Told(ids, kinship, inbreeding(pedigree)[rows], known_fraction(pedigree)[rows], means)


def seeds_that_differ(one: Told, other: Told) -> set[str]:
    """The seeds of the pedigrees with an animal one number of which differs in any bit."""
    differs = (one.kinship != other.kinship).any(axis=1)
    for name in ("inbreeding", "known", "means"):
        differs |= getattr(one, name) != getattr(other, name)
    return {other.ids[row].partition(".")[0] for row in np.flatnonzero(differs)}


def mapped(records: list[Record], name: Callable[[str], str]) -> list[Record]:
    def parent(value: Parent) -> Parent:
        if isinstance(value, tuple):
            return tuple((name(who) if isinstance(who, str) else who, chance) for who, chance in value)
        return name(value) if isinstance(value, str) else value

    return [replace(each, id=name(each.id), sire=parent(each.sire), dam=parent(each.dam)) for each in records]


def order_of_rows(records: list[Record], ids: list[str], random: Random) -> Told:
    return told(random.sample(records, len(records)), ids)


def names(records: list[Record], ids: list[str], random: Random) -> Told:
    new = random.sample(range(100_000), len(ids))
    name = {animal: f"{number:05}.{number % 7}" for animal, number in zip(ids, new, strict=True)}
    return told(mapped(records, name.__getitem__), [name[each] for each in ids])


def sexes_and_roles(records: list[Record], ids: list[str], random: Random) -> Told:
    other = {MALE: FEMALE, FEMALE: MALE, UNKNOWN_SEX: UNKNOWN_SEX}
    flipped = [replace(each, sire=each.dam, dam=each.sire, sex=other[each.sex]) for each in records]
    return told(flipped, ids)


def a_leaf(records: list[Record], ids: list[str], random: Random) -> Told:
    sires = [each.id for each in records if each.sex == MALE]
    dams = [each.id for each in records if each.sex == FEMALE] or [UNKNOWN]
    return told([*records, Record("leaf", random.choice(sires), random.choice(dams))], ids)


def unknown_as_fresh_founder(records: list[Record], ids: list[str], random: Random) -> Told:
    founders: list[Record] = []

    def founder(animal: str, role: str, code: int) -> str:
        founders.append(Record(f"{role} of {animal} {code}", code, code))
        return founders[-1].id

    def filled(animal: str, role: str, value: Parent) -> Parent:
        if isinstance(value, tuple):
            return tuple((founder(animal, role, p) if isinstance(p, int) else p, q) for p, q in value)
        return founder(animal, role, value) if isinstance(value, int) else value

    whole = [
        replace(each, sire=filled(each.id, "sire", each.sire), dam=filled(each.id, "dam", each.dam))
        for each in records
    ]
    return told([*whole, *founders], ids)


RELATIONS = (order_of_rows, names, sexes_and_roles, a_leaf, unknown_as_fresh_founder)


def broken(records: list[Record], base: Told, seed: int) -> list[str]:
    found = {
        relation: seeds_that_differ(relation(records, base.ids, Random(seed)), base) for relation in RELATIONS
    }
    return [f"{relation.__name__}: seeds {sorted(seeds)}" for relation, seeds in found.items() if seeds]


def book_of(block: int) -> list[Record]:
    """The records of fifty pedigrees, shuffled together."""
    records = [record for seed in range(block * EACH, (block + 1) * EACH) for record in pedigree_of(seed)]
    return Random(block).sample(records, len(records))


@pytest.mark.slow
@pytest.mark.parametrize("block", range(BLOCKS))
def test_numbers__keep_every_bit_however_the_pedigree_is_told(block: int) -> None:
    records = book_of(block)
    assert broken(records, told(records, [each.id for each in records]), block) == []


@pytest.mark.slow
@pytest.mark.parametrize("block", range(BLOCKS))
def test_inbreeding__is_the_kinship_of_the_parents_to_the_bit(block: int) -> None:
    records = book_of(block)
    base = told(records, [each.id for each in records])
    place = {animal: number for number, animal in enumerate(base.ids)}
    both = [each for each in records if isinstance(each.sire, str) and isinstance(each.dam, str)]
    between = base.kinship[[place[each.sire] for each in both], [place[each.dam] for each in both]]
    young = [place[each.id] for each in both]
    assert np.array_equal(base.inbreeding[young], between)
    assert np.array_equal(base.kinship.diagonal(), (1 + base.inbreeding) / 2)


@pytest.mark.slow
def test_kinship__is_nothing_between_unrelated_parts() -> None:
    records = book_of(0)
    base = told(records, [each.id for each in records])
    seeds = np.array([animal.partition(".")[0] for animal in base.ids])
    assert not base.kinship[seeds[:, None] != seeds].any()
    for seed in range(EACH):
        alone = told(pedigree_of(seed), [each.id for each in pedigree_of(seed)])
        rows = [base.ids.index(animal) for animal in alone.ids]
        assert np.array_equal(base.kinship[np.ix_(rows, rows)], alone.kinship), f"seed {seed}"


def test_relations__notice_one_wrong_bit() -> None:
    records = pedigree_of(24)
    base = told(records, [each.id for each in records])
    assert broken(records, base, 0) == []
    one_bit = base.inbreeding.copy()
    one_bit[3] += 2**-53
    found = broken(records, replace(base, inbreeding=one_bit), 0)
    assert found == [f"{relation.__name__}: seeds ['24']" for relation in RELATIONS]
