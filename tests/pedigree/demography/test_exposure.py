"""Life tables of random lives against counting day by day."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pedigree import FEMALE, MALE, UNKNOWN, UNKNOWN_SEX, WILD, LifeRecord, LifeTable, Lives, life_table
from tests.pedigree.demography.books import DAYS, Naive, day, lightly, records

SEXES = st.sampled_from((MALE, FEMALE, None))
YEAR = 365.25


def by_age(table: LifeTable, counts: dict[int, object]) -> list[float]:
    return [float(counts.get(age, 0)) for age in table.age.tolist()]


@pytest.mark.slow
@lightly
@given(records(), SEXES, day, day)
def test_life_table__counts_what_is_counted_day_by_day(lives, sex, one, other) -> None:
    first, last = min(one, other), max(one, other)
    table = life_table(Lives.from_records(lives), sex, first=first, last=last)
    counts = Naive(lives).table(sex, first, last)
    for name, expected in counts.items():
        assert getattr(table, name) == pytest.approx(by_age(table, expected), abs=1e-9)
        assert all(not number for age, number in expected.items() if age >= len(table))


@lightly
@given(records(), SEXES, day)
def test_life_table__attributes_births_as_is_done_by_hand(lives, sex, last) -> None:
    table = life_table(Lives.from_records(lives), sex, first=1, last=last)
    naive = Naive(lives)
    lived = naive.table(sex, 1, last)["risk"]
    roles = {MALE: ["sire"], FEMALE: ["dam"], None: ["sire", "dam"]}[sex]
    found = [naive.young(role, 1, last, lived) for role in roles]
    if None in found:
        assert np.isnan(table.births).any() or not len(table)
        return
    expected = [float(sum(young.get(age, 0) for young in found)) for age in table.age.tolist()]
    assert table.births == pytest.approx(expected, abs=1e-9)


@lightly
@given(records(), SEXES, st.lists(day, min_size=3, max_size=3, unique=True))
def test_life_table__of_adjacent_windows_adds_up(lives, sex, days) -> None:
    first, middle, last = sorted(days)
    book = Lives.from_records(lives)
    whole = life_table(book, sex, first=first, last=last)
    parts = (
        life_table(book, sex, first=first, last=middle),
        life_table(book, sex, first=middle + 1, last=last),
    )
    for name in ("risk", "deaths"):
        both = np.zeros(len(whole) + max(map(len, parts)))
        for part in parts:
            both[: len(part)] += getattr(part, name)
        assert getattr(whole, name) == pytest.approx(both[: len(whole)])
        assert not both[len(whole) :].any()


@lightly
@given(records(), day)
def test_life_table__of_the_sexes_add_up_to_the_pooled(lives, last) -> None:
    book = Lives.from_records(lives)
    males, females, both = (life_table(book, sex, last=last) for sex in (MALE, FEMALE, None))
    for name in ("risk", "at_risk", "deaths"):
        total = np.zeros(max(len(males), len(females), len(both)))
        for part in (males, females):
            total[: len(part)] += getattr(part, name)
        assert getattr(both, name) == pytest.approx(total[: len(both)])


@lightly
@given(records(), SEXES, day, st.randoms())
def test_life_table__does_not_depend_on_the_order_of_records(lives, sex, last, random) -> None:
    shuffled = list(lives)
    random.shuffle(shuffled)
    one, other = (life_table(Lives.from_records(each), sex, last=last) for each in (lives, shuffled))
    assert one.Qx == pytest.approx(other.Qx, nan_ok=True)
    assert one.Mx == pytest.approx(other.Mx, nan_ok=True)


def always(name: str, birth: int, death: int | None = None, **more: object) -> LifeRecord:
    return LifeRecord(name, birth=birth, death=death, stays=((birth, None),), **more)  # type: ignore[arg-type]


def test_life_table__of_deaths_counts_the_dead_to_the_end_of_their_class() -> None:
    lives = [always("1", 1, 1 + 100), always("2", 1)]
    table = life_table(Lives.from_records(lives), last=DAYS)
    assert table.at_risk[0] == 2
    assert table.risk[0] == 1 + 100 / YEAR
    assert table.Qx[0] == 0.5


def test_life_table__of_a_death_near_the_windows_end_counts_it_to_that_end() -> None:
    lives = [always("1", 1, 1 + 100), always("2", 1)]
    table = life_table(Lives.from_records(lives), last=1 + 119)
    assert table.at_risk[0] == pytest.approx(2 * 120 / YEAR)
    assert table.Qx[0] == 1
    assert "above_one" in {caution.code for caution in table.cautions}


@pytest.mark.parametrize(
    ("days", "age"), [(0, 0), (365, 0), (366, 1), (730, 1), (731, 2), (1460, 3), (1461, 4)]
)
def test_life_table__puts_a_death_into_the_class_of_its_age(days: int, age: int) -> None:
    table = life_table(Lives.from_records([always("1", 1, 1 + days)]), last=DAYS)
    assert np.flatnonzero(table.deaths).tolist() == [age]
    assert len(table) == age + 1


def test_life_table__of_a_leap_day_is_as_of_any_other() -> None:
    leap, other = (always("1", birth, birth + 1000) for birth in (730179, 730180))
    one, two = (life_table(Lives.from_records([each]), last=740000) for each in (leap, other))
    assert (one.risk.tolist(), one.Qx.tolist()) == (two.risk.tolist(), two.Qx.tolist())


def test_life_table__of_a_death_on_the_day_of_entry_counts_it() -> None:
    life = LifeRecord("1", birth=1, death=500, stays=((500, None),))
    table = life_table(Lives.from_records([life]), last=DAYS)
    assert table.deaths.tolist() == [0, 1]
    assert table.risk.tolist() == [0, 0]
    assert table.Qx[1] == 1
    assert np.isnan(table.Qx[0])


def test_life_table__of_an_animal_released_and_back_counts_both_stays() -> None:
    life = LifeRecord("1", birth=1, death=1 + 600, stays=((1, 101), (401, None)))
    table = life_table(Lives.from_records([life]), last=DAYS)
    assert table.risk == pytest.approx([100 / YEAR, 200 / YEAR])
    assert table.deaths.tolist() == [0, 1]


def test_life_table__of_one_that_left_alive_has_no_death() -> None:
    life = LifeRecord("1", birth=1, death=300, stays=((1, 100),))
    table = life_table(Lives.from_records([life]), last=DAYS)
    assert (table.deaths.tolist(), table.Qx.tolist()) == ([0, 0], [0, 1])


def test_life_table__shares_an_animal_of_unknown_sex_between_the_sexes() -> None:
    lives = Lives.from_records([always("1", 1, 1), always("2", 1, 1461 + 1, sex=MALE)])
    assert life_table(lives, MALE, last=DAYS).deaths[0] == 0.5
    assert life_table(lives, FEMALE, last=DAYS).deaths.tolist() == [0.5]
    assert life_table(lives, last=DAYS).deaths[0] == 1
    assert lives.sex[0] == UNKNOWN_SEX


def test_life_table__leaves_out_and_counts_those_without_a_birth_date() -> None:
    lives = Lives.from_records([always("1", 1, 400), LifeRecord("2", stays=((1, None),))])
    table = life_table(lives, last=DAYS)
    assert table.deaths.sum() == 1
    assert "1 animal was left out for want of a birth date." in {each.sentence for each in table.cautions}


def test_life_table__spreads_births_to_parents_of_unknown_age() -> None:
    dams = [always(name, 1, sex=FEMALE, dam=WILD) for name in ("d1", "d2")] + [LifeRecord("d3", sex=FEMALE)]
    births = {"x": ("d1", 400), "y": ("d2", 800), "z": ("d3", 800), "u": (UNKNOWN, 900), "w": (WILD, 900)}
    young = [always(name, on, on, dam=dam, sex=MALE) for name, (dam, on) in births.items()]
    table = life_table(Lives.from_records([*dams, *young]), FEMALE, last=1461)
    assert table.births[:4].tolist() == [0, 2, 2, 0]
    assert table.Mx[:4].tolist() == [0, 0.5, 0.5, 0]
    assert "2 of 4 births (50%)" in next(each.sentence for each in table.cautions if each.code == "spread")


def test_life_table__counts_young_of_the_youngest_and_spreads_those_older_than_their_parents() -> None:
    dam = always("d", 100, sex=FEMALE, dam=WILD)
    young = [always(name, on, on, dam="d", sex=MALE) for name, on in (("x", 300), ("y", 1200), ("older", 50))]
    table = life_table(Lives.from_records([dam, *young]), FEMALE, last=2000)
    assert table.births[:4].tolist() == [1.5, 0, 0, 1.5]


def test_life_table__without_a_parent_of_known_age_has_no_fertility() -> None:
    lives = [always("1", 1, 800, sex=MALE), always("2", 400, 400)]
    table = life_table(Lives.from_records(lives), MALE, last=DAYS)
    assert np.isnan(table.Mx[0])
    assert np.isnan(table.R0)
    assert np.isnan(table.lambda_)
    assert not np.isnan(table.Ex[0])
    assert "no_parent_age" in {each.code for each in table.cautions}


def test_life_table__of_young_of_unknown_parents_that_lived_no_day_has_no_fertility() -> None:
    table = life_table(Lives.from_records([always("1", 1, 1)]), MALE, last=DAYS)
    assert (table.Qx.tolist(), table.risk.tolist()) == ([1], [0])
    assert np.isnan(table.Mx[0])
    assert "no_births" not in {each.code for each in table.cautions}


def test_life_table__of_a_gap_has_no_figures_from_there_on() -> None:
    lives = [LifeRecord("1", birth=1, stays=((1, 300), (1100, 1300)))]
    table = life_table(Lives.from_records(lives), last=DAYS)
    assert table.Qx.tolist() == pytest.approx([0, np.nan, np.nan, 0, 1], nan_ok=True)
    assert np.isnan(table.lx[2:]).all()
    gap = next(each for each in table.cautions if each.code == "gap")
    assert gap.ages == (1, 2)
    assert gap.sentence.startswith("Nobody was at risk at ages 1-2,")


def test_life_table__of_nobody_is_empty() -> None:
    table = life_table(Lives.from_records([LifeRecord("1")]), last=DAYS)
    assert len(table) == 0
    assert np.isnan([table.R0, table.T, table.lambda_]).all()
    assert next(each.code for each in table.cautions) == "nobody"


def test_life_table__refuses_a_window_that_ends_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends 9 days before it begins"):
        life_table(Lives.from_records([]), first=10, last=1)
