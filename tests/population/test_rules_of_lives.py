"""Each rule of part C just inside, just outside, and with dates that are intervals."""

from typing import Any

import pytest

from studbook.animals.models import Animal
from studbook.population.records import Happening
from tests.population.rule_world import (
    FAR,
    FOREST,
    NOWHERE,
    ZOO,
    book,
    cat,
    event,
    family,
    levels,
    seen,
    stay,
)

REJECT, WARN, NOTIFY = ["reject"], ["warn"], ["notify"]
CAPTIVE, WILD_BORN = Animal.BirthType.CAPTIVE, Animal.BirthType.WILD
LOST, RELEASED = Animal.Status.LOST, Animal.Status.RELEASED
BORN = event("birth", "2010-05-01")


def life(code: str, *events: Happening, **columns: Any) -> list[str]:
    """Return the levels of one rule for an animal with these events and columns."""
    return levels(code, book([cat("3", **columns)], events={"3": events}))


@pytest.mark.rule("C1", door="engine", case="inside outside")
def test_c1__a_life_needs_a_beginning() -> None:
    assert life("C1", BORN) == life("C1", event("capture", "2010")) == life("C1", event("transfer")) == []
    assert life("C1", birth="2010") == []
    assert life("C1") == life("C1", event("found", "2010")) == REJECT


@pytest.mark.rule("C2", door="engine", case="inside outside")
@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((BORN, event("death", "2012")), []),
        ((BORN, event("death", "2012"), event("transfer", "2012")), REJECT),
        ((BORN, event("capture", "2012")), REJECT),
        ((event("birth", "2010", FOREST), event("capture", "2012")), []),
        ((BORN, event("release", "2012", FOREST), event("capture", "2013")), []),
        ((event("transfer", "2010"), event("birth", "2012")), REJECT),
    ],
)
def test_c2__one_beginning_and_nothing_after_death(
    events: tuple[Happening, ...], expected: list[str]
) -> None:
    assert life("C2", *events) == expected


@pytest.mark.rule("C3", door="engine", case="inside outside interval")
@pytest.mark.parametrize(
    ("when", "expected"),
    [("2025-10-31", []), ("2025-11-01", REJECT), ("2025", []), ("November 2025", REJECT), ("about 2026", [])],
)
def test_c3__nothing_has_happened_tomorrow(when: str, expected: list[str]) -> None:
    assert life("C3", birth=when) == expected
    assert life("C3", event("transfer", when)) == expected
    weight = {"3": [seen("weight", "", when)]}
    assert levels("C3", book([cat("3")], findings=weight)) == expected


@pytest.mark.rule("C4", door="engine", case="inside outside interval")
@pytest.mark.parametrize(
    ("birth", "moved", "death", "expected"),
    [
        ("2010-05-01", "2010-05-01", "2010-05-01", []),
        ("2010-05-01", "2010-04-30", "2012", REJECT),
        ("2010-05-01", "2012-01-02", "2012-01-01", REJECT),
        ("2010", "2010-07-01", "2012", WARN),
        ("2010", "2009", "2012", REJECT),
        ("2010", "2011", "2011", WARN),
    ],
)
def test_c4__birth_every_event_death(birth: str, moved: str, death: str, expected: list[str]) -> None:
    events = event("transfer", moved), event("death", death)
    assert life("C4", *events, birth=birth, death=death) == expected


def test_c4__a_birth_and_its_event_agree() -> None:
    assert life("C4", BORN, birth="2010") == []
    assert life("C4", BORN, birth="2010-05-02") == REJECT


@pytest.mark.parametrize(("kind", "expected"), [("note", []), ("weight", []), ("contraception", REJECT)])
def test_c4__what_is_done_to_the_living_comes_before_the_death(kind: str, expected: list[str]) -> None:
    findings = {"3": [seen(kind, "", "2012-01-02")]}
    assert levels("C4", book([cat("3", birth="2010", death="2012-01-01")], findings=findings)) == expected


@pytest.mark.rule("C5", door="engine", case="inside outside")
@pytest.mark.parametrize(("end", "expected"), [("2015-01-01", []), ("2014-12-31", WARN)])
def test_c5__a_gap_between_two_stays(end: str, expected: list[str]) -> None:
    holdings = {"3": [stay("2010-05-01", end), stay("2015-01-01", "", FAR)]}
    assert levels("C5", book([cat("3", birth="2010-05-01")], holdings=holdings)) == expected


def test_c5__at_the_ends_and_at_no_place() -> None:
    alone = cat("3", birth="2010-05-01", birth_type=CAPTIVE)
    for stays, expected in (
        ([stay("2010-05-02")], WARN),
        ([stay("2010-05-01", "", NOWHERE)], WARN),
        ([], WARN),
    ):
        assert levels("C5", book([alone], holdings={"3": stays})) == expected


def test_c5_and_c6__an_arrival_from_outside_had_a_holder_there() -> None:
    animal = cat("3", birth="2010-05-01", birth_type=CAPTIVE)
    stays, owners = {"3": [stay("2015-01-01")]}, {"3": [stay("2015-01-01")]}
    arrival = {"3": [event("transfer", "2015-01-01", ZOO, FAR)]}
    records = book([animal], holdings=stays, ownerships=owners, events=arrival)
    assert levels("C5", records) == levels("C6", records) == levels("C9", records) == []
    assert levels("C5", book([animal], holdings=stays, ownerships=owners)) == WARN


@pytest.mark.rule("C6", door="engine", case="inside outside")
@pytest.mark.parametrize(("sender", "expected"), [(ZOO, []), (None, []), (FAR, REJECT), (FOREST, REJECT)])
def test_c6__the_sender_holds_the_animal(sender: int | None, expected: list[str]) -> None:
    assert life("C6", BORN, event("transfer", "2012", FAR, sender)) == expected


@pytest.mark.rule("C9", door="engine", case="inside outside")
@pytest.mark.parametrize(
    ("terms", "to", "expected"),
    [
        ("loan", FAR, []),
        ("loan", ZOO, REJECT),
        ("loan return", ZOO, []),
        ("loan return", FAR, REJECT),
    ],
)
def test_c9__a_loan_and_its_return(terms: str, to: int, expected: list[str]) -> None:
    events = {"3": [BORN, event("transfer", "2012-03-04", to, None, terms)]}
    owned = {"3": [stay("2010-05-01")]}
    assert levels("C9", book([cat("3")], events=events, ownerships=owned)) == expected


def test_c9__an_owner_always() -> None:
    whole, gap = [stay("2010-05-01", "2012-01-01"), stay("2012-01-01")], [stay("2010", "2011"), stay("2012")]
    assert levels("C9", book([cat("3")], ownerships={"3": whole})) == []
    assert levels("C9", book([cat("3")], ownerships={"3": gap})) == WARN
    assert levels("C9", book([cat("3")])) == WARN
    assert levels("C9", book([cat("3", death="2020")])) == []


@pytest.mark.rule("C10", door="engine", case="inside outside")
def test_c10__nothing_is_done_to_an_animal_that_is_lost() -> None:
    lost, moved = event("lost", "2012-01-01", None), event("transfer", "2013", FAR)
    assert life("C10", BORN, lost, moved) == REJECT
    assert life("C10", BORN, lost, event("found", "2012-12-31"), moved) == []
    implant = {"3": [seen("contraception", "implant", "2012-01-02")]}
    assert (
        levels("C10", book([cat("3", status=LOST)], events={"3": [BORN, lost]}, findings=implant)) == REJECT
    )
    earlier = {"3": [seen("contraception", "implant", "2012-01-01")]}
    assert levels("C10", book([cat("3", status=LOST)], events={"3": [BORN, lost]}, findings=earlier)) == []


@pytest.mark.rule("C11", door="engine", case="inside outside")
@pytest.mark.parametrize(
    ("date", "place", "expected"),
    [("2012-01-01", FAR, WARN), ("2012-01-02", FAR, []), ("2012-01-01", ZOO, [])],
)
def test_c11__one_event_twice(date: str, place: int, expected: list[str]) -> None:
    assert life("C11", BORN, event("transfer", "2012-01-01", FAR), event("transfer", date, place)) == expected


def test_c11__estimated_dates_tell_nothing() -> None:
    assert life("C11", BORN, event("transfer", "2012", FAR), event("transfer", "2012", FAR)) == []


@pytest.mark.rule("C12", door="engine", case="inside outside")
def test_c12__the_sex_of_a_parent_is_known_and_the_one_last_found() -> None:
    assert levels("C12", book(family("2006-06-01"))) == []
    assert levels("C12", book(family("2006-06-01", dam={"sex": "U"}))) == WARN
    found = [seen("sex", "male, seen", "2010"), seen("sex", "female, DNA", "2011")]
    assert levels("C12", book([cat("3", "F")], findings={"3": found})) == []
    assert levels("C12", book([cat("3", "M")], findings={"3": found})) == WARN


@pytest.mark.rule("C13", door="engine", case="inside outside")
def test_c13__the_first_event_of_the_captive_born_is_no_capture() -> None:
    capture = event("capture", "2012")
    assert life("C13", capture, birth_type=WILD_BORN) == life("C13", BORN, birth_type=CAPTIVE) == []
    assert life("C13", capture, birth_type=CAPTIVE) == REJECT


@pytest.mark.rule("C14", door="engine", case="inside outside interval")
@pytest.mark.parametrize(
    ("born", "expected"), [("2003-11-01", []), ("2003-10-30", WARN), ("2003", []), ("2002", WARN)]
)
def test_c14__a_tenth_older_than_the_oldest(born: str, expected: list[str]) -> None:
    assert life("C14", birth=born) == expected
    assert life("C14", birth=born, status=RELEASED) == []


@pytest.mark.rule("C15", door="engine", case="inside outside")
@pytest.mark.parametrize(
    ("last", "expected"),
    [("2024-10-31", []), ("2024-10-30", NOTIFY), ("2023-11-01", NOTIFY), ("2023-10-30", WARN)],
)
def test_c15__an_institution_that_is_silent(last: str, expected: list[str]) -> None:
    records = book([cat("3")], holdings={"3": [stay("2010-05-01")]}, events={"3": [event("birth", last)]})
    assert levels("C15", records) == expected
