"""Each rule of parts A and B just inside, just outside, and with dates that are intervals."""

from typing import Any

import pytest

from studbook.animals.models import Animal, ParentKind
from studbook.population.records import Mark
from tests.population.rule_world import FAR, FOREST, ZOO, book, cat, event, family, levels, seen, stay

REJECT, WARN, NOTIFY = ["reject"], ["warn"], ["notify"]
CAPTIVE, WILD_BORN = Animal.BirthType.CAPTIVE, Animal.BirthType.WILD
SEVERAL = ParentKind.SEVERAL


@pytest.mark.rule("A4", door="engine", case="inside outside")
@pytest.mark.parametrize(
    ("born", "expected"), [("2020-05-01", []), ("2020-05-04", WARN), ("2020-05-05", []), ("2020", [])]
)
def test_a4__young_of_one_dam_days_apart(born: str, expected: list[str]) -> None:
    young = [cat(number, birth=birth, dam="2") for number, birth in (("3", "2020-05-01"), ("4", born))]
    assert levels("A4", book([cat("2", birth="2010"), *young])) == expected


@pytest.mark.parametrize(
    ("sex", "born", "expected"),
    [
        ("F", "2020-05-04", WARN),
        ("M", "2020-05-04", []),
        ("F", "2020-05-05", []),
        ("F", "2020", WARN),
        ("F", "", []),
    ],
)
def test_a4__one_transponder_now_or_before(sex: str, born: str, expected: list[str]) -> None:
    marks = [Mark("3", "transponder", "985"), Mark("4", "transponder", "985", active=False)]
    assert (
        levels("A4", book([cat("3", birth="2020-05-01"), cat("4", sex, birth=born)], marks=marks)) == expected
    )


@pytest.mark.rule("A5", door="engine", case="inside outside")
@pytest.mark.parametrize(
    ("first", "second", "columns", "expected"),
    [
        ("transponder", "tag", {}, REJECT),
        ("tag", "tag", {}, []),
        ("transponder", "tag", {"death": "2020"}, []),
    ],
)
def test_a5__one_mark_on_two(first: str, second: str, columns: dict[str, Any], expected: list[str]) -> None:
    marks = [Mark("3", first, "985"), Mark("4", second, "985")]
    assert levels("A5", book([cat("3"), cat("4", **columns)], marks=marks)) == expected


@pytest.mark.rule("A6", door="engine", case="inside outside")
@pytest.mark.parametrize(
    ("start", "place", "expected"),
    [("2020-01-01", ZOO, []), ("2019-12-31", ZOO, WARN), ("2019-12-31", FAR, [])],
)
def test_a6__one_local_id_at_one_time(start: str, place: int, expected: list[str]) -> None:
    holdings = {"3": [stay("2015-01-01", "2020-01-01", ZOO, "L1")], "4": [stay(start, "", place, "L1")]}
    assert levels("A6", book([cat("3"), cat("4")], holdings=holdings)) == expected


@pytest.mark.rule("B1", door="engine", case="inside outside")
@pytest.mark.parametrize(("sire", "expected"), [(None, []), ("5", REJECT)])
def test_b1__an_animal_among_its_ancestors(sire: str | None, expected: list[str]) -> None:
    animals = [cat("3", "M", sire=sire), cat("4", "M", sire="3"), cat("5", "M", sire="4")]
    assert levels("B1", book(animals)) == expected


@pytest.mark.rule("B2", door="engine", case="inside outside")
@pytest.mark.parametrize(("sex", "expected"), [("M", []), ("U", []), ("F", REJECT)])
def test_b2__the_sex_of_a_sire(sex: str, expected: list[str]) -> None:
    assert levels("B2", book(family("2006-06-01", sire={"sex": sex}))) == expected


@pytest.mark.rule("B3", door="engine", case="inside outside")
@pytest.mark.parametrize(
    ("parents", "expected"), [({"dam": "2"}, []), ({"dam": "1"}, REJECT), ({"sire": "1", "dam": "1"}, REJECT)]
)
def test_b3__sire_and_dam_in_one(parents: dict[str, str], expected: list[str]) -> None:
    assert levels("B3", book([*family("2006-06-01"), cat("4", **parents)])) == expected


@pytest.mark.rule("B5", door="engine", case="inside outside interval")
@pytest.mark.parametrize(
    ("born", "young", "expected"),
    [
        ("2010-05-01", "2010-05-02", []),
        ("2010-05-01", "2010-05-01", REJECT),
        ("2010", "2010-12-31", WARN),
        ("2010", "2010-01-01", REJECT),
        ("2010", "2011", []),
    ],
)
def test_b5__a_parent_not_older(born: str, young: str, expected: list[str]) -> None:
    assert levels("B5", book(family(young, sire={"birth": born}))) == expected


@pytest.mark.rule("B6", door="engine", case="inside outside interval")
@pytest.mark.parametrize(
    ("young", "expected"),
    [
        ("2003-01-16", []),  # 990 days old at the birth, 900 at the latest conception
        ("2003-01-15", WARN),
        ("2001-10-23", WARN),  # 540 days: conceived at 450, half of the age
        ("2001-10-22", REJECT),
        ("2003", []),
        ("2002", WARN),
    ],
)
def test_b6__a_dam_too_young(young: str, expected: list[str]) -> None:
    assert levels("B6", book(family(young, sire={"birth": "1995"}))) == expected


@pytest.mark.rule("B7", door="engine", case="inside outside interval")
@pytest.mark.parametrize(
    ("born", "expected"), [("2000-01-01", []), ("1999-12-31", WARN), ("2000", []), ("1999", WARN)]
)
def test_b7__a_sire_too_old(born: str, expected: list[str]) -> None:
    # He breeds until he turns sixteen: 5844 days after his birth, and 105 days before that of the young.
    assert levels("B7", book(family("2016-04-15", sire={"birth": born}, dam={"birth": "2010"}))) == expected


@pytest.mark.rule("B8", door="engine", case="inside outside interval")
@pytest.mark.parametrize(
    ("died", "expected"),
    [("2006-06-01", []), ("2006-05-31", REJECT), ("May 2006", REJECT), ("June 2006", []), ("2006", WARN)],
)
def test_b8__a_dam_dead_before_the_birth(died: str, expected: list[str]) -> None:
    assert levels("B8", book(family("2006-06-01", dam={"death": died}))) == expected


@pytest.mark.rule("B9", door="engine", case="inside outside interval")
@pytest.mark.parametrize(
    ("died", "expected"),
    [("2006-02-16", []), ("2006-02-15", REJECT), ("February 2006", WARN), ("2005", REJECT)],
)
def test_b9__a_sire_dead_before_the_conception(died: str, expected: list[str]) -> None:
    assert levels("B9", book(family("2006-06-01", sire={"death": died}))) == expected


@pytest.mark.rule("B10", door="engine", case="inside outside interval")
@pytest.mark.parametrize(
    ("left", "born", "expected"),
    [
        ("2020-01-17", "2020-05-01", []),  # conceived from 17 January to 1 February
        ("2020-01-16", "2020-05-01", WARN),
        ("2020-01-16", "about 2020-05-01", []),
        ("2019-12-31", "about 2020-05-01", WARN),
    ],
)
def test_b10__parents_never_at_one_place(left: str, born: str, expected: list[str]) -> None:
    parents = family(born)
    young = cat("3", birth=born, sire="1", dam="2", birth_type=CAPTIVE)
    holdings = {"1": [stay("2001-01-01", left), stay(left, "", FAR)], "2": [stay("2001-01-01")]}
    assert levels("B10", book([*parents[:2], young], holdings=holdings)) == expected


@pytest.mark.rule("B11", door="engine", case="inside outside interval")
@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("2006-06-04", []),
        ("2006-06-05", REJECT),
        ("2006-07-15", REJECT),
        ("2006-07-16", WARN),
        ("2007-03-27", WARN),
        ("2007-03-28", []),
        ("2007", []),
        ("August 2006", WARN),
    ],
)
def test_b11__litters_too_close(second: str, expected: list[str]) -> None:
    assert levels("B11", book([*family("2006-06-01"), cat("4", birth=second, dam="2")])) == expected


@pytest.mark.rule("B12", door="engine", case="inside outside")
@pytest.mark.parametrize(("more", "expected"), [(2, []), (3, WARN)])
def test_b12__a_litter_too_large(more: int, expected: list[str]) -> None:
    mates = [cat(str(number), birth="2006-06-01", dam="2") for number in range(10, 10 + more)]
    assert levels("B12", book([*family("2006-06-01"), *mates])) == expected


@pytest.mark.rule("B13", door="engine", case="inside outside interval")
@pytest.mark.parametrize(
    ("what", "start", "until", "expected"),
    [
        ("implant", "2005-01-01", "2006-02-15", []),  # conceived from 16 February to 3 March
        ("implant", "2005-01-01", "2006-02-16", WARN),
        ("implant", "2006-03-03", "", WARN),
        ("implant", "2006-03-04", "", []),
        ("neutered", "2004", "", WARN),
        ("implant", "2005", "about February 2006", WARN),
        ("implant", "2005", "2005", []),
    ],
)
def test_b13__a_dam_under_contraception(what: str, start: str, until: str, expected: list[str]) -> None:
    findings = {"2": [seen("contraception", what, start, until)]}
    assert levels("B13", book(family("2006-06-01"), findings=findings)) == expected


def test_b13__a_treatment_ends_with_what_shows_that_she_is_fertile_again() -> None:
    findings = [seen("contraception", "implant", "2003"), seen("reproduction", "cycling", "2005-01-01")]
    assert levels("B13", book(family("2006-06-01"), findings={"2": findings})) == []
    assert levels("B13", book(family("2006-06-01"), findings={"2": findings[:1]})) == WARN


@pytest.mark.rule("B14", door="engine", case="inside outside")
@pytest.mark.parametrize(
    ("born", "kind", "expected"),
    [(CAPTIVE, ParentKind.UNKNOWN, []), (CAPTIVE, ParentKind.WILD, REJECT), (WILD_BORN, ParentKind.WILD, [])],
)
def test_b14__wild_parents_of_the_captive_born(born: str, kind: str, expected: list[str]) -> None:
    assert levels("B14", book([cat("3", birth_type=born, sire_kind=kind, dam_kind=kind)])) == expected


@pytest.mark.parametrize(
    ("noted", "released", "expected"), [(False, False, WARN), (True, False, []), (False, True, [])]
)
def test_b14__a_wild_birth_by_a_captive_sire(*, noted: bool, released: bool, expected: list[str]) -> None:
    sire = cat("1", "M", birth_type=CAPTIVE)
    events = {"1": [event("release", "2005", FOREST)]} if released else {}
    young = cat("3", sire="1", birth_type=WILD_BORN, noted=noted)
    assert levels("B14", book([sire, young], events=events)) == expected


@pytest.mark.rule("B15", door="engine", case="inside outside")
@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ((0.5, 0.5), []),
        ((0.5, 0.4999995), []),
        ((0.5, 0.49), REJECT),
        ((1.5, -0.5), REJECT),
        ((1.0, 0.0), REJECT),
    ],
)
def test_b15__probabilities_of_candidates(shares: tuple[float, float], expected: list[str]) -> None:
    candidates = {"sire": list(zip(("1", "4"), shares, strict=True))}
    young = cat("3", sire_kind=SEVERAL, candidates=candidates)
    assert levels("B15", book([cat("1", "M"), cat("4", "M"), young])) == expected


@pytest.mark.rule("B16", door="engine", case="inside outside")
@pytest.mark.parametrize(("void", "expected"), [((), []), (("2",), REJECT)])
def test_b16__a_parent_whose_record_is_void(void: tuple[str, ...], expected: list[str]) -> None:
    assert levels("B16", book([cat("3", dam="2", void_parents=void)])) == expected


@pytest.mark.rule("B17", door="engine", case="inside outside")
@pytest.mark.parametrize(
    ("born", "place", "expected"),
    [(WILD_BORN, ZOO, REJECT), (WILD_BORN, FOREST, []), (CAPTIVE, FOREST, WARN), (CAPTIVE, ZOO, [])],
)
def test_b17__a_birth_where_it_cannot_be(born: str, place: int, expected: list[str]) -> None:
    events = {"3": [event("birth", "2006-06-01", place)]}
    assert levels("B17", book([cat("3", birth="2006-06-01", birth_type=born)], events=events)) == expected


@pytest.mark.rule("K1", door="engine", case="inside outside")
@pytest.mark.parametrize(("sire", "expected"), [("1", []), (None, NOTIFY)])
def test_k1__one_parent_unknown(sire: str | None, expected: list[str]) -> None:
    parents = [cat("1", "M", sire_kind="wild", dam_kind="wild"), cat("2", sire_kind="wild", dam_kind="wild")]
    assert levels("K1", book([*parents, cat("3", sire=sire, dam="2")])) == expected


@pytest.mark.rule("K2", door="engine", case="inside outside")
@pytest.mark.parametrize(("born", "expected"), [(WILD_BORN, []), (CAPTIVE, NOTIFY)])
def test_k2__no_parent_known(born: str, expected: list[str]) -> None:
    assert levels("K2", book([cat("3", birth_type=born)])) == expected


@pytest.mark.rule("K3", door="engine", case="inside outside")
@pytest.mark.parametrize(("born", "expected"), [("before 2001", []), ("", NOTIFY)])
def test_k3__no_birth_date(born: str, expected: list[str]) -> None:
    assert levels("K3", book([cat("3", birth=born)])) == expected
