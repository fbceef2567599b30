"""What the rules make of a pregnancy on record: its window, its parents, and what was taken of a parent before."""

from typing import Any

import pytest

from studbook.animals.models import Animal, ParentKind
from tests.population.rule_world import FAR, book, borne, cat, family, levels, seen, stay

REJECT, WARN = ["reject"], ["warn"]
CAPTIVE = Animal.BirthType.CAPTIVE
SEVERAL = ParentKind.SEVERAL


@pytest.mark.rule("B9", door="engine", case="inside outside interval")
@pytest.mark.parametrize(
    ("taken", "expected"),
    [("1998", []), ("1999-01-03", []), ("1999-01-04", REJECT), ("January 1999", WARN), ("", REJECT)],
)
def test_b9__a_sire_of_whom_a_sample_was_used(taken: str, expected: list[str]) -> None:
    animals = family("2006-06-01", sire={"birth": "1990", "death": "1999-01-01"})
    assert levels("B9", book(animals, borne={"3": borne("2006-02-25", taken=taken)})) == expected


@pytest.mark.parametrize(("taken", "expected"), [("2025-01-01", []), ("", WARN)])
def test_b10__semen_travels_without_the_sire(taken: str, expected: list[str]) -> None:
    young = cat("3", birth="2020-05-01", sire="1", dam="2", birth_type=CAPTIVE)
    holdings = {"1": [stay("2001-01-01", "", FAR)], "2": [stay("2001-01-01")]}
    carried = {"3": borne("2020-01-25", taken=taken and "2020-01-25", banked=False)}
    assert levels("B10", book([cat("1", "M"), cat("2"), young], holdings=holdings, borne=carried)) == expected


@pytest.mark.parametrize(("banked", "expected"), [(True, []), (False, WARN)])
def test_b13__a_stored_sample_knows_no_contraception(banked: bool, expected: list[str]) -> None:
    findings = {"1": [seen("contraception", "neutered", "2005")]}
    assisted = {"3": borne("2006-02-25", taken="2004", banked=banked)}
    assert levels("B13", book(family("2006-06-01"), findings=findings, borne=assisted)) == expected


@pytest.mark.rule("B19", door="engine", case="inside outside interval")
@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2006-04-01", []),
        ("2006-03-31", WARN),
        ("2006-02-15", WARN),
        ("2006-02-14", REJECT),
        ("2006-04-16", []),
        ("2006-04-17", WARN),
        ("2006-06-01", REJECT),
        ("about 2006-04-25", []),
    ],
)
def test_b19__born_within_the_window_of_its_pregnancy(born: str, expected: list[str]) -> None:
    assert levels("B19", book(family(born), borne={"3": borne("2006-01-01")})) == expected


@pytest.mark.rule("B20", door="engine", case="inside outside")
@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({}, []),
        ({"sire": None}, []),
        ({"sire": "9"}, WARN),
        ({"dam": "9"}, WARN),
        ({"sire": None, "sire_kind": SEVERAL, "candidates": {"sire": [("1", 0.5), ("9", 0.5)]}}, []),
        ({"sire": None, "sire_kind": SEVERAL, "candidates": {"sire": [("8", 0.5), ("9", 0.5)]}}, WARN),
    ],
)
def test_b20__the_parents_of_its_pregnancy(columns: dict[str, Any], expected: list[str]) -> None:
    young = cat("3", birth="2006-06-01", **{"sire": "1", "dam": "2"} | columns)
    animals = [cat("1", "M"), cat("2"), cat("8", "M"), cat("9", "U"), young]
    assert levels("B20", book(animals, borne={"3": borne("2006-02-25")})) == expected


def test_b20__a_pregnancy_whose_sire_nobody_named() -> None:
    assert levels("B20", book(family("2006-06-01"), borne={"3": borne("2006-02-25", sire=None)})) == []
