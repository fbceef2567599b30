import math
from collections import defaultdict
from itertools import product
from statistics import fmean, stdev

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pedigree import (
    FEMALE,
    MALE,
    UNKNOWN,
    UNKNOWN_SEX,
    WILD,
    NumericalError,
    Pedigree,
    Record,
    breeders,
    breeding,
    generation_intervals,
)
from tests.pedigree.strategies import SharedBook, chosen, pedigrees, shared_books
from tests.pedigree.traced import Traced

EITHER = (("1", 0.5), ("2", 0.5))


@settings(max_examples=60)
@given(shared_books(most=7), st.data())
def test_breeders__equal_every_way_the_parents_are_drawn(book: SharedBook, data: st.DataObject) -> None:
    pedigree = Pedigree.from_records(book.records)
    mask = pedigree.mask(data.draw(chosen(book.records)))
    draws = {draw: pedigree.candidates[place] for place, draw in pedigree.draws.items()}
    expected = defaultdict(float)
    for picks in product(*draws.values()):
        picked = dict(zip(draws, picks, strict=True))
        bred = {
            (role, int(column[row]) if place not in pedigree.draws else picked[pedigree.draws[place]][0])
            for role, column in (("sire", pedigree.sire), ("dam", pedigree.dam))
            for row in range(len(pedigree))
            for place in [(row, role)]
        }
        for who in bred:
            expected[who] += math.prod(chance for _, chance in picks)
    found = breeders(pedigree, mask)
    for role, chance in (("sire", found.sire), ("dam", found.dam)):
        wanted = [expected[role, row] if mask[row] else 0 for row in range(len(pedigree))]
        assert chance.tolist() == pytest.approx(wanted, abs=1e-14)


def test_breeders__count_dead_young_and_dead_mates() -> None:
    records = [Record("1", sex=MALE), Record("2", sex=FEMALE), Record("3", "1", "2"), Record("4", sex=MALE)]
    pedigree = Pedigree.from_records(records)
    found = breeders(pedigree, pedigree.mask(["2", "4"]))
    assert (found.males, found.females) == (0, 1)


def test_breeders__count_one_of_several_by_its_chance() -> None:
    records = [Record("1"), Record("2"), *(Record(str(i), EITHER, litter="a") for i in (3, 4))]
    pedigree = Pedigree.from_records([*records, Record("5", EITHER)])
    # The litter is one draw, the other birth another: 1 - 1/2 x 1/2.
    assert breeders(pedigree, np.full(5, True)).sire.tolist() == [0.75, 0.75, 0, 0, 0]


def test_breeders__go_by_role_where_the_sex_is_unknown() -> None:
    pedigree = Pedigree.from_records([Record("1", sex=UNKNOWN_SEX), Record("2", "1", WILD)])
    assert breeders(pedigree, np.full(2, True)).males == 1


@given(pedigrees(most=12), st.data(), st.booleans())
def test_generation_intervals__equal_pairs_counted_by_hand(records, data: st.DataObject, of_breeders) -> None:
    pedigree, twin = Pedigree.from_records(records), Traced(records)
    years = st.one_of(st.integers(0, 30).map(float), st.just(math.nan))
    drawn = data.draw(st.lists(years, min_size=len(pedigree), max_size=len(pedigree)))
    birth = dict(zip(pedigree.ids, drawn, strict=True))
    bred = {
        who for record in records for role in ("sire", "dam") for who, _ in twin.possible(record.id, role)
    }
    pairs = [
        (role, record.sex, float(p), birth[record.id] - birth[who])
        for record in records
        for role in ("sire", "dam")
        for who, p in twin.possible(record.id, role)
        if isinstance(who, str) and (record.id in bred or not of_breeders)
    ]
    found = generation_intervals(pedigree, np.array(drawn), of_breeders=of_breeders)
    paths = {
        ("sire", MALE): found.sire_son,
        ("sire", FEMALE): found.sire_daughter,
        ("dam", MALE): found.dam_son,
        ("dam", FEMALE): found.dam_daughter,
    }
    for (role, sex), path in paths.items():
        _same(path, [(p, age) for each, whose, p, age in pairs if (each, whose) == (role, sex)])
    _same(found.everyone, [(p, age) for _, _, p, age in pairs])


def _same(path, pairs: list[tuple[float, float]]) -> None:
    counted = [(p, age) for p, age in pairs if age > 0]
    number = sum(p for p, _ in counted)
    assert path.number == pytest.approx(number, abs=1e-12)
    assert path.left_out == pytest.approx(sum(p for p, _ in pairs) - number, abs=1e-12)
    if not counted:
        assert math.isnan(path.mean)
        return
    assert path.mean == pytest.approx(sum(p * age for p, age in counted) / number, abs=1e-12)
    if all(p == 1 for p, _ in counted) and len(counted) > 1:
        ages = [age for _, age in counted]
        assert path.mean == pytest.approx(fmean(ages), abs=1e-12)
        assert path.error == pytest.approx(stdev(ages) / math.sqrt(len(ages)), abs=1e-12)


def _family() -> tuple[Pedigree, np.ndarray]:
    records = [Record("1", sex=MALE), Record("2", sex=FEMALE), Record("3", "1", "2", MALE)]
    records += [Record("4", "1", "2", FEMALE), Record("5", "3", "4", FEMALE), Record("6", "3", UNKNOWN, MALE)]
    return Pedigree.from_records(records), np.array([1990.0, 1992.0, 1996.0, 2000.0, 2008.0, 2004.0])


def test_generation_intervals__count_offspring_that_bred() -> None:
    found = generation_intervals(*_family())
    assert (found.sire_son.mean, found.sire_daughter.mean) == (6, 10)
    assert (found.dam_son.mean, found.dam_daughter.mean) == (4, 8)
    assert found.pooled == 7
    assert (found.everyone.mean, found.everyone.number) == (7, 4)


def test_generation_intervals__count_every_offspring_when_asked() -> None:
    found = generation_intervals(*_family(), of_breeders=False)
    assert (found.sire_son.mean, found.sire_son.number) == (7, 2)
    assert found.sire_son.error == 1
    assert found.everyone.number == 7


def test_generation_intervals__without_a_path_have_no_pooled_mean() -> None:
    pedigree = Pedigree.from_records([Record("1"), Record("2", "1", sex=UNKNOWN_SEX)])
    found = generation_intervals(pedigree, np.array([0.0, 5.0]), of_breeders=False)
    assert math.isnan(found.pooled)
    assert found.everyone.mean == 5


def test_generation_intervals__take_an_infinite_birth_for_unknown() -> None:
    pedigree = Pedigree.from_records([Record("1"), Record("2", "1")])
    found = generation_intervals(pedigree, np.array([-np.inf, np.inf]), of_breeders=False)
    assert math.isnan(found.everyone.mean)
    assert found.everyone.left_out == 1


def test_generation_intervals__have_the_standard_error_of_a_mean() -> None:
    records = [Record("1", sex=MALE), *(Record(str(i), "1", sex=MALE) for i in range(2, 6))]
    found = generation_intervals(
        Pedigree.from_records(records), np.array([2000.0, 2003.0, 2004.0, 2008.0, 2009.0]), of_breeders=False
    )
    assert (found.sire_son.mean, found.sire_son.number) == (6.0, 4.0)
    assert found.sire_son.error == pytest.approx(stdev([3, 4, 8, 9]) / 2, rel=1e-12)


def test_breeders__that_cannot_be_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breeding, "_chance_bred", lambda pedigree, _: np.full(len(pedigree), 1.5))
    with pytest.raises(NumericalError, match="chance to have been a sire"):
        breeders(Pedigree.from_records([Record("1")]), np.array([True]))
