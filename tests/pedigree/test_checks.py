from datetime import date

import pytest
from hypothesis import given

from pedigree import FEMALE, MALE, UNKNOWN, WILD, Facts, Interval, Pedigree, Record, Species, find_problems
from tests.pedigree.strategies import pedigrees

LEOPARD = Species(
    youngest_sire_days=700,
    youngest_dam_days=900,
    oldest_sire_days=6000,
    oldest_dam_days=5500,
    gestation_min_days=90,
    gestation_max_days=105,
    interbirth_min_days=300,
    litter_max=3,
    longevity_days=8000,
)
FAMILY = [Record("1", WILD, WILD, MALE), Record("2", WILD, WILD, FEMALE), Record("3", "1", "2", MALE)]


def day(text: str) -> Interval:
    """A day, or two days with a slash between them."""
    first, _, last = text.partition("/")
    return date.fromisoformat(first), date.fromisoformat(last or first)


def year(number: int) -> Interval:
    return date(number, 1, 1), date(number, 12, 31)


def found(records: list[Record] | None = None, **facts) -> list[tuple[str, str, tuple[str, ...]]]:
    facts.setdefault("species", LEOPARD)
    problems = find_problems(Pedigree.from_records(records or FAMILY), Facts(**facts))
    return [(problem.severity, problem.code, problem.animals) for problem in problems]


def test_find_problems__is_silent_about_a_sound_family() -> None:
    birth = {"1": day("2000-05-01"), "2": year(2000), "3": day("2006-06-01")}
    assert (
        found(birth=birth, death={"2": day("2006-06-01")}, living=frozenset("13"), on=date(2015, 1, 1)) == []
    )


def test_find_problems__b2_a_parent_of_the_wrong_sex() -> None:
    records = [Record("1", sex=FEMALE), Record("2", sex=MALE), Record("3", "1", "2")]
    assert found(records) == [("reject", "B2", ("1", "3")), ("reject", "B2", ("2", "3"))]
    assert found(records, species=Species(hermaphrodite=True)) == []


def test_find_problems__b2_names_animal_fact_and_remedy() -> None:
    problem = find_problems(Pedigree.from_records([Record("45", sex=FEMALE), Record("46", "45", WILD)]))[0]
    assert problem.sentence == (
        "Animal 45 is recorded female, but is the sire of 46. Correct the sex of 45, or the sire of its offspring."
    )


def test_find_problems__b3_both_sire_and_dam() -> None:
    records = [Record("1", sex=MALE), Record("2", "1", WILD), Record("3", WILD, "1")]
    assert ("reject", "B3", ("1", "2", "3")) in found(records)


def test_find_problems__c12_a_parent_of_unknown_sex() -> None:
    records = [Record("1"), Record("2", "1", WILD)]
    assert found(records) == [("warn", "C12", ("1", "2"))]


def test_find_problems__b14_born_in_captivity_of_a_wild_parent() -> None:
    assert found([Record("1", WILD, WILD)], captive_born=frozenset("1")) == [("reject", "B14", ("1",))]


def test_find_problems__k1_and_k2_tell_missing_parents() -> None:
    records = [Record("1", sex=MALE), Record("2", "1", UNKNOWN), Record("3")]
    assert found(records, captive_born=frozenset("23")) == [
        ("notify", "K1", ("2",)),
        ("notify", "K2", ("3",)),
    ]


@pytest.mark.parametrize(
    ("parent", "offspring", "expected"),
    [
        (day("2010-05-01"), day("2010-03-01"), "reject"),
        (day("2010-05-01"), day("2010-05-01"), "reject"),
        (year(2010), year(2010), "warn"),
        (year(2010), year(2009), "reject"),
        (day("2010-05-01"), day("2010-05-02"), None),
    ],
)
def test_find_problems__b5_a_parent_not_older_than_its_offspring(
    parent, offspring, expected: str | None
) -> None:
    problems = found(birth={"1": parent, "3": offspring}, species=Species())
    assert problems == ([] if expected is None else [(expected, "B5", ("3", "1"))])


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2003-02-25", []),
        ("2002-08-01", [("warn", "B6", ("3", "2"))]),
        ("2001-06-01", [("reject", "B6", ("3", "2"))]),
    ],
)
def test_find_problems__b6_a_parent_too_young_at_conception(born: str, expected) -> None:
    assert found(birth={"2": day("2000-05-01"), "3": day(born)}) == expected


def test_find_problems__b6_gives_the_benefit_of_an_estimated_date() -> None:
    assert found(birth={"2": year(2000), "3": year(2002)}) == []


def test_find_problems__b7_a_parent_too_old_at_conception() -> None:
    assert found(birth={"2": day("2000-01-01"), "3": day("2016-01-01")}) == [("warn", "B7", ("3", "2"))]
    assert found(birth={"2": day("2000-01-01"), "3": day("2015-03-01")}) == []


@pytest.mark.parametrize(
    ("died", "expected"),
    [(day("2006-06-01"), None), (day("2006-05-31"), "reject"), (year(2006), "warn"), (year(2005), "reject")],
)
def test_find_problems__b8_a_dam_dead_before_the_birth(died, expected: str | None) -> None:
    problems = found(birth={"3": day("2006-06-01")}, death={"2": died})
    assert problems == ([] if expected is None else [(expected, "B8", ("3", "2"))])


def test_find_problems__b8_allows_the_incubation_of_eggs() -> None:
    facts = {"birth": {"3": day("2006-06-01")}, "death": {"2": day("2006-05-01")}}
    assert found(**facts, species=Species(incubation_max_days=31)) == []
    assert found(**facts, species=Species(incubation_max_days=30)) == [("reject", "B8", ("3", "2"))]


@pytest.mark.parametrize(
    ("died", "expected"),
    [("2006-02-16", None), ("2006-02-15", "reject"), ("2006-01-01/2006-03-01", "warn")],
)
def test_find_problems__b9_a_sire_dead_before_the_conception(died: str, expected: str | None) -> None:
    problems = found(birth={"3": day("2006-06-01")}, death={"1": day(died)})
    assert problems == ([] if expected is None else [(expected, "B9", ("3", "1"))])


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ("1990-01-01", None),
        ("1990-01-03", None),
        ("1990-01-04", "reject"),
        ("1989-01-01/1989-12-31", None),
        ("1989-12-01/1990-01-05", "warn"),
    ],
)
def test_find_problems__b9_asks_when_the_semen_was_taken(taken: str, expected: str | None) -> None:
    facts = {"birth": {"3": day("2006-06-01")}, "death": {"1": day("1990-01-01")}}
    problems = found(**facts, taken={"3": {"1": day(taken)}})
    assert problems == ([] if expected is None else [(expected, "B9", ("3", "1"))])


def test_find_problems__b9_asks_of_the_very_parent_whose_semen_it_was() -> None:
    facts = {"birth": {"3": day("2006-06-01")}, "death": {"1": day("1990-01-01")}}
    assert found(**facts, taken={"3": {"9": day("1989-01-01")}}) == [("reject", "B9", ("3", "1"))]
    assert found(**facts, taken={"4": {"1": day("1989-01-01")}}) == [("reject", "B9", ("3", "1"))]


def test_find_problems__b8_asks_when_the_oocytes_were_taken() -> None:
    facts = {"birth": {"3": day("2006-06-01")}, "death": {"2": day("2005-01-01")}}
    assert found(**facts, taken={"3": {"2": day("2005-01-02")}}) == []
    assert found(**facts, taken={"3": {"2": day("2005-01-09")}}) == [("reject", "B8", ("3", "2"))]


@pytest.mark.parametrize(
    ("taken", "expected"),
    [("2012-01-01", []), ("2017-01-01", ["B7"]), ("2000-10-01", ["B6"]), ("1999-01-01", ["B6"])],
)
def test_find_problems__b6_and_b7_are_of_the_age_at_which_semen_was_taken(
    taken: str, expected: list[str]
) -> None:
    problems = found(birth={"1": day("2000-01-01"), "3": day("2040-01-01")}, taken={"3": {"1": day(taken)}})
    assert [code for _, code, _ in problems] == expected


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2006-04-01", []),
        ("2006-04-16", []),
        ("2006-03-31", [("warn", "B19", ("3",))]),
        ("2006-04-17", [("warn", "B19", ("3",))]),
        ("2006-02-15", [("warn", "B19", ("3",))]),
        ("2006-02-14", [("reject", "B19", ("3",))]),
        ("2006-05-31", [("warn", "B19", ("3",))]),
        ("2006-06-01", [("reject", "B19", ("3",))]),
        ("2006-01-01/2006-12-31", []),
        ("2006-04-17/2006-12-31", [("warn", "B19", ("3",))]),
    ],
)
def test_find_problems__b19_a_birth_outside_the_gestation(born: str, expected) -> None:
    assert found(birth={"3": day(born)}, conceived={"3": day("2006-01-01")}) == expected


def test_find_problems__b19_gives_the_benefit_of_a_conception_over_days() -> None:
    assert found(birth={"3": day("2006-04-20")}, conceived={"3": day("2006-01-01/2006-01-05")}) == []
    assert found(birth={"3": day("2026-04-20")}, conceived={"3": year(2006)}, species=Species()) == []


def test_find_problems__b9_allows_an_insemination() -> None:
    facts = {"birth": {"3": day("2006-06-01")}, "death": {"1": day("1990-01-01")}}
    assert found(**facts, taken={"3": {"1": day("1989-06-01")}}) == []
    assert found(**facts, species=Species()) == [("notify", "B9", ("3", "1"))]


@pytest.mark.parametrize(
    ("second", "expected"),
    [("2006-06-03", None), ("2006-07-10", "reject"), ("2006-09-01", "warn"), ("2007-03-28", None)],
)
def test_find_problems__b11_litters_too_close(second: str, expected: str | None) -> None:
    records = [*FAMILY, Record("4", WILD, "2")]
    problems = found(records, birth={"3": day("2006-06-01"), "4": day(second)})
    assert problems == ([] if expected is None else [(expected, "B11", ("3", "4", "2"))])


def test_find_problems__b12_a_litter_too_large() -> None:
    young = [Record(f"y{i}", WILD, "2") for i in range(4)]
    birth = {f"y{i}": day("2006-06-01") for i in range(4)}
    assert found([FAMILY[1], *young], birth=birth) == [("warn", "B12", ("y0", "y1", "y2", "y3", "2"))]
    assert found([FAMILY[1], *young[:3]], birth=birth) == []


def test_find_problems__c3_born_in_the_future() -> None:
    assert found(birth={"3": day("2030-01-01")}, on=date(2025, 1, 1)) == [("reject", "C3", ("3",))]


@pytest.mark.parametrize(
    ("born", "died", "expected"),
    [
        (day("2001-01-02"), day("2001-01-01"), "reject"),
        (year(2001), year(2001), "warn"),
        (year(2001), year(2000), "reject"),
        (day("2001-01-01"), day("2001-01-01"), None),
    ],
)
def test_find_problems__c4_dead_before_birth(born, died, expected: str | None) -> None:
    problems = found([Record("1")], birth={"1": born}, death={"1": died})
    assert problems == ([] if expected is None else [(expected, "C4", ("1",))])


def test_find_problems__c14_living_beyond_any_known_age() -> None:
    facts = {"records": [Record("1")], "birth": {"1": year(2000)}, "living": frozenset("1")}
    assert found(**facts, on=date(2025, 3, 1)) == [("warn", "C14", ("1",))]
    assert found(**facts, on=date(2025, 1, 31)) == []


def test_find_problems__only_warns_about_one_of_several_candidates() -> None:
    records = [Record("1", sex=MALE), Record("2", sex=MALE), Record("3", (("1", 0.5), ("2", 0.5)), WILD)]
    birth = {"1": day("2010-01-01"), "3": day("2005-01-01")}
    assert found(records, birth=birth) == [("warn", "B5", ("3", "1"))]


def test_find_problems__puts_the_gravest_first() -> None:
    records = [Record("9"), Record("8", "9", UNKNOWN), Record("7", sex=FEMALE), Record("6", "7", WILD)]
    assert [severity for severity, _, _ in found(records)] == ["reject", "warn", "notify"]


@given(pedigrees())
def test_find_problems__says_nothing_of_sexes_that_fit(records: list[Record]) -> None:
    codes = {problem.code for problem in find_problems(Pedigree.from_records(records))}
    assert codes <= {"K1"}
