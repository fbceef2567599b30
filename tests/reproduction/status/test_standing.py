"""What stands of an animal's reproduction on a day, by all that was given and found."""

from datetime import date
from typing import Any

import pytest

from studbook.animals.models import Animal, Observation
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.status.queries import needs_of, related, status_rows
from studbook.reproduction.status.standing import standing_of, standing_on
from tests import factories

DAY = date(2025, 6, 1)


def seen(kind: str, what: str, on: str = "", until: str = "", again: str = "", note: str = "") -> Observation:
    found = Observation(kind=kind, what=what, note=note)
    found.date = DateInterval.parse(on) if on else None
    found.until = DateInterval.parse(until) if until else None
    found.expected_return = DateInterval.parse(again) if again else None
    return found


def implant(*dates: str) -> Observation:
    return seen("contraception", "implant", *dates)


def state(what: str, on: str, **more: str) -> Observation:
    return seen("reproduction", what, on, **more)


NEUTERED = seen("contraception", "neutered", "2020")
BARRED = state("not for breeding", "2024", note="Lens defect.")


@pytest.mark.parametrize(
    ("observed", "expected"),
    [
        ([], []),
        ([NEUTERED], ["neutered"]),
        ([seen("contraception", "neutered")], ["neutered"]),
        ([NEUTERED, state("cycling", "2021")], ["neutered"]),
        ([implant("2024-01-01")], ["contracepted"]),
        ([implant("2024-01-01", "2025-06-01")], ["contracepted"]),
        ([implant("2024-01-01", "2025-05-31")], ["expired"]),
        ([implant("2024-01-01", "June 2025")], ["contracepted"]),
        ([implant("2024-01-01", "2025-01-01", "2025-06-01")], ["contracepted"]),
        ([implant("2024-01-01", "2025-01-01", "2025-05-31")], ["expired"]),
        ([implant("2024-01-01"), state("cycling", "2025-02-01")], []),
        ([state("cycling", "2023-02-01"), implant("2024-01-01")], ["contracepted"]),
        ([implant("2022-01-01", "2023"), implant("2024-01-01")], ["contracepted"]),
        ([implant("2025-01-01", "2026-01-01"), implant("2025-02-01", "2025-02-15")], ["contracepted"]),
        ([implant("2024-01-01"), implant("2025-02-01", "2025-02-15")], ["expired"]),
        (
            [
                implant("2025-01-01", "2026-01-01"),
                state("cycling", "2025-01-20"),
                implant("2025-02-01", "2025-02-15"),
            ],
            ["expired"],
        ),
        ([implant("2024-01-01"), state("not pregnant", "2025-02-01")], ["contracepted"]),
        ([state("infertile", "2020")], ["infertile"]),
        ([state("infertile", "2020"), state("pregnant", "2021")], []),
        ([state("cycling", "2020"), state("post-reproductive", "2024")], ["post-reproductive"]),
        ([state("cysts", "2024")], ["cysts"]),
        ([state("cysts", "2023"), state("other finding", "2024")], ["other finding"]),
        ([state("cysts", "2023"), state("lactating", "2024")], []),
        ([BARRED], ["not for breeding"]),
        ([BARRED, state("cycling", "2025")], ["not for breeding"]),
        ([state("not for breeding", "2024", until="2025-05-31")], []),
        ([state("not for breeding", "2024", until="2025-06-01")], ["not for breeding"]),
        ([state("lactating", "2025-05-01")], []),
        (
            [state("cysts", "2024"), implant("2024-01-01"), BARRED],
            ["not for breeding", "contracepted", "cysts"],
        ),
    ],
)
def test_standing_of__says_what_stands(observed: list[Observation], expected: list[str]) -> None:
    assert [each.what for each in standing_of(observed, DAY).states] == expected


@pytest.mark.parametrize(
    ("observed", "bars", "fertile"),
    [
        ([NEUTERED], True, False),
        ([implant("2024-01-01")], False, False),
        ([implant("2024-01-01", "2025-05-31")], False, True),
        ([state("infertile", "2020")], True, False),
        ([state("post-reproductive", "2020")], True, False),
        ([state("cysts", "2020")], False, True),
        ([BARRED], True, True),
        ([BARRED, implant("2024-01-01")], True, False),
        ([BARRED, state("post-reproductive", "2020")], True, False),
        ([], False, True),
    ],
)
def test_standing__bars_for_good_and_marks_for_a_time(
    observed: list[Observation], bars: bool, fertile: bool
) -> None:
    standing = standing_of(observed, DAY)
    assert (standing.bar is not None, standing.fertile) == (bars, fertile)


def test_standing__is_told_in_a_sentence() -> None:
    given = implant("2024-01-01", "2026-01-01", "2026")
    given.product = "Deslorelin 9.4 mg"
    assert standing_of([given, BARRED], DAY).sentence == (
        "not for breeding since 2024: Lens defect.; under contraception: hormone implant (Deslorelin 9.4 mg) since "
        "2024-01-01, until 2026-01-01, fertile again 2026"
    )


@pytest.mark.parametrize(
    ("until", "days", "ends"), [("2025-06-01", 1, True), ("2025-06-30", 29, True), ("2025-06-30", 28, False)]
)
def test_ends_within__counts_the_days(until: str, days: int, ends: bool) -> None:
    assert standing_of([implant("2024-01-01", until)], DAY).ends_within(DAY, days) == ends
    assert not standing_of([NEUTERED], DAY).ends_within(DAY, days)


RENEWED = [implant("2024-06-01", "2025-06-01", "2027-06-01"), implant("2025-06-01", "2026-06-01")]


@pytest.mark.parametrize(
    ("observed", "day", "ends"),
    [
        (RENEWED, "2026-05-01", True),
        (RENEWED, "2026-02-01", False),
        (RENEWED, "2026-06-02", False),
        ([implant("2025-06-01", "", "2026-08-01")], "2026-07-15", True),
        ([implant("2024-06-01", "2025-06-01"), implant("2025-06-01", "", "2026-08-01")], "2026-07-15", True),
        ([implant("2024-06-01", "", "2027-06-01"), implant("2025-06-01", "2026-06-01")], "2026-05-01", True),
        (
            [implant("2024-06-01", "", "2026-08-01"), implant("2025-06-01", "", "2025-12-01")],
            "2026-07-15",
            True,
        ),
        ([implant("2024-06-01", "2026-06-01"), implant("2025-06-01")], "2026-05-01", False),
    ],
)
def test_ends_within__is_of_the_contraceptive_to_renew(
    observed: list[Observation], day: str, ends: bool
) -> None:
    standing = standing_of(observed, date.fromisoformat(day))
    assert standing.ends_within(date.fromisoformat(day), 90) == ends
    assert not standing.fertile


@pytest.mark.parametrize(
    ("observed", "day", "past"),
    [
        (RENEWED, "2026-06-01", False),
        (RENEWED, "2026-06-02", True),
        (RENEWED, "2027-06-02", False),  # over, which is told apart
        ([implant("2025-06-01", "", "2026-08-01")], "2026-07-15", False),
        ([implant("2025-06-01")], "2026-07-15", False),
        ([NEUTERED], "2026-07-15", False),
    ],
)
def test_past_its_end__is_from_the_day_after_it_until_fertile_again(
    observed: list[Observation], day: str, past: bool
) -> None:
    assert standing_of(observed, date.fromisoformat(day)).past_its_end(date.fromisoformat(day)) == past


def test_standing__of_a_renewed_contraceptive_shows_the_new_one_and_the_longest_return() -> None:
    assert standing_of(RENEWED, date(2026, 5, 1)).sentence == (
        "under contraception: hormone implant since 2025-06-01, until 2026-06-01, fertile again 2027-06-01 after that of 2024-06-01"
    )
    assert standing_of(RENEWED, date(2027, 6, 2)).state("expired") is not None


@pytest.fixture
def cat(programme: Programme, zoo: Institution) -> Animal:
    return at(zoo, programme, "1", "F")


def at(zoo: Institution, programme: Programme, number: str, sex: str, **columns: Any) -> Animal:
    return factories.animal_at(zoo, programme=programme, studbook_number=number, sex=sex, **columns)


def observed(animal: Animal, kind: str, what: str, on: str, **columns: Any) -> None:
    date_of = DateInterval.parse(on)
    factories.ObservationFactory(
        animal=animal, kind=kind, what=what, date=date_of, quantity=None, unit="", **columns
    )


def test_standing_on__reads_the_living_up_to_the_day_in_one_query(
    cat: Animal, zoo: Institution, programme: Programme, django_assert_num_queries: Any
) -> None:
    dead = at(zoo, programme, "2", "M", status="dead", death=DateInterval.parse("2025-01-01"))
    other = factories.AnimalFactory()
    for animal in (cat, dead, other):
        observed(animal, "contraception", "neutered", "2020")  # type: ignore[arg-type]
    observed(cat, "reproduction", "cysts", "2025-07-01")
    with django_assert_num_queries(1):
        found = standing_on(programme, DAY)
    assert list(found) == [cat.pk]
    assert [each.what for each in found[cat.pk].states] == ["neutered"]
    assert standing_on(programme, date(2019, 1, 1)) == {}
    assert list(standing_on(programme, DAY, [dead])) == [dead.pk]


def test_related__tells_parents_and_siblings(programme: Programme, zoo: Institution) -> None:
    sire, dam = at(zoo, programme, "1", "M"), at(zoo, programme, "2", "F")
    full = [at(zoo, programme, number, "M", sire=sire, dam=dam) for number in ("3", "4")]
    half = at(zoo, programme, "5", "F", sire=sire)
    assert related(full[0], full[1]) == "full siblings"
    assert related(full[0], half) == "half siblings"
    assert related(sire, half) == related(half, sire) == "parent and young"
    assert related(sire, dam) == ""


def test_needs_of__are_of_one_place_of_breeding_age_and_fertile(
    programme: Programme, zoo: Institution
) -> None:
    mother = at(zoo, programme, "1", "F", birth=DateInterval.parse("2015-05-03"))
    son = at(zoo, programme, "2", "M", dam=mother, birth=DateInterval.parse("2019-05-03"))
    at(zoo, programme, "3", "M", dam=mother, birth=DateInterval.parse("2025-05-03"))
    elsewhere = factories.InstitutionFactory()
    at(elsewhere, programme, "4", "M", dam=mother)  # type: ignore[arg-type]
    rows = status_rows(programme, DAY)
    assert [(each.sire, each.dam, each.how) for each in needs_of(programme, rows)] == [
        (son, mother, "parent and young")
    ]
    observed(mother, "contraception", "implant", "2025-01-01")
    assert needs_of(programme, status_rows(programme, DAY)) == []


def test_needs_of__list_who_may_be_of_breeding_age(programme: Programme, zoo: Institution) -> None:
    mother = at(zoo, programme, "1", "F", birth=None)
    son = at(zoo, programme, "2", "M", dam=mother, birth=DateInterval.parse("2019-05-03"))
    (need,) = needs_of(programme, status_rows(programme, DAY))
    assert (need.sire, need.dam, need.sire_note, need.dam_note) == (son, mother, "", "age not known")


@pytest.mark.parametrize(
    ("kind", "what", "listed"),
    [
        ("reproduction", "not for breeding", True),
        ("reproduction", "cysts", True),
        ("reproduction", "infertile", False),
        ("reproduction", "post-reproductive", False),
        ("contraception", "neutered", False),
        ("contraception", "separation", False),
    ],
)
def test_needs_of__leaves_out_who_can_have_no_young_and_not_whom_a_decision_bars(
    programme: Programme, zoo: Institution, kind: str, what: str, listed: bool
) -> None:
    mother = at(zoo, programme, "1", "F", birth=DateInterval.parse("2015-05-03"))
    at(zoo, programme, "2", "M", dam=mother, birth=DateInterval.parse("2019-05-03"))
    observed(mother, kind, what, "2025-01-01")
    assert bool(needs_of(programme, status_rows(programme, DAY))) == listed


def test_needs_of__mark_who_is_not_for_breeding(programme: Programme, zoo: Institution) -> None:
    mother = at(zoo, programme, "1", "F", birth=None)
    son = at(zoo, programme, "2", "M", dam=mother, birth=DateInterval.parse("2019-05-03"))
    for each in (mother, son):
        observed(each, "reproduction", "not for breeding", "2025-01-01")
    (need,) = needs_of(programme, status_rows(programme, DAY))
    assert (need.sire_note, need.dam_note) == ("not for breeding", "age not known, not for breeding")
