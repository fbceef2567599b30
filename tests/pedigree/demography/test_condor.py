"""The real condor book, birds released and taken back, against day-by-day counting straight from its two files."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from pedigree import (
    FEMALE,
    MALE,
    UNKNOWN_SEX,
    LifeRecord,
    LifeTable,
    Lives,
    life_table,
    present_on,
    yearly_census,
)
from studbook.exchange.records import ImportedDate, ImportedEvent, ParsedStudbook
from studbook.exchange.sparks import read_sparks, still_in

SEXES = {"M": MALE, "F": FEMALE, "U": UNKNOWN_SEX}
LAST = date(2015, 12, 31).toordinal()


def day_of(given: ImportedDate | None) -> int | None:
    if given is None:
        return None
    if given.best:
        return given.best.toordinal()
    if given.earliest is None or given.latest is None:
        return None
    return (given.earliest.toordinal() + given.latest.toordinal()) // 2


@pytest.fixture
def condor(condor_folder: Path) -> ParsedStudbook:
    return parsed_once(condor_folder)


@cache
def parsed_once(folder: Path) -> ParsedStudbook:
    return read_sparks(folder)


def moves_of(parsed: ParsedStudbook) -> dict[str, list[ImportedEvent]]:
    moves: dict[str, list[ImportedEvent]] = defaultdict(list)
    for event in parsed.events:
        if event.direction != "none" and day_of(event.date) is not None:
            moves[event.studbook_number].append(event)
    return {
        bird: sorted(each, key=lambda event: (day_of(event.date), event.row)) for bird, each in moves.items()
    }


def records_of(parsed: ParsedStudbook) -> list[LifeRecord]:
    moves, books = moves_of(parsed), {animal.studbook_number for animal in parsed.animals}
    found = []
    for animal in parsed.animals:
        stays: list[tuple[int, int | None]] = []
        for event in moves.get(animal.studbook_number, []):
            inside = bool(stays) and stays[-1][1] is None
            if event.direction == "in" and not inside:
                stays.append((day_of(event.date), None))
            elif event.direction == "out" and inside:
                stays[-1] = stays[-1][0], day_of(event.date)
        parents = [
            parent.studbook_number if parent.studbook_number in books else {"wild": -1}.get(parent.kind, -2)
            for parent in (animal.sire, animal.dam)
        ]
        birth, death = day_of(animal.birth), day_of(animal.death)
        sex = SEXES[animal.sex]
        found.append(
            LifeRecord(animal.studbook_number, sex, birth, death, tuple(stays), *parents, animal.birth_type)
        )
    return found


def inside_on(moves: list[ImportedEvent], on: int) -> bool:
    """Return where a bird is by the last of its events up to a day, the dead and the released being outside."""
    past = [event for event in moves if day_of(event.date) <= on]
    return bool(past) and past[-1].direction == "in"


@pytest.mark.slow
def test_condor__census_is_what_the_events_say_on_each_new_years_eve(condor: ParsedStudbook) -> None:
    moves, lives = moves_of(condor), Lives.from_records(records_of(condor))
    years = range(1966, 2016)
    animals = {animal.studbook_number: animal for animal in condor.animals}
    for row in yearly_census(lives, years):
        eve = date(row.year, 12, 31).toordinal()
        there = [bird for bird, each in moves.items() if inside_on(each, eve)]
        sexes = [sum(animals[bird].sex == sex for bird in there) for sex in "MFU"]
        assert [row.males, row.females, row.unknown_sex] == sexes
    assert row.total > 100


def test_condor__birds_of_today_are_those_the_reader_calls_in(condor: ParsedStudbook) -> None:
    """One bird's return is dated half a year after the export; the reader takes it as seen all the same."""
    lives = Lives.from_records(records_of(condor))
    assert condor.exported_on == date(2016, 2, 23)
    present = present_on(lives, condor.exported_on.toordinal())
    assert still_in(condor) - {lives.ids[row] for row in np.flatnonzero(present)} == {"752"}
    assert int(present.sum()) == 202 - 1


def test_condor__birds_are_released_and_come_back(condor: ParsedStudbook) -> None:
    lives = Lives.from_records(records_of(condor))
    stays = np.bincount(lives.stays.row, minlength=len(lives))
    assert (stays > 1).sum() > 50
    assert sum(row.departures for row in yearly_census(lives, range(1990, 2017))) > 231


def counted(condor: ParsedStudbook, sex: str) -> dict[str, dict[int, float]]:
    """Count bird by bird and day by day: days lived by age, deaths, births by age of the parent."""
    moves = moves_of(condor)
    animals = {animal.studbook_number: animal for animal in condor.animals}
    births = {bird: day_of(animal.birth) for bird, animal in animals.items()}
    counts: dict[str, dict[int, float]] = {name: defaultdict(float) for name in ("days", "deaths", "born")}
    role = "sire" if sex == "M" else "dam"
    unknown = 0
    for bird, animal in animals.items():
        birth, death, each = births[bird], day_of(animal.death), moves.get(bird, [])
        if birth is None or not each:
            continue
        weight = 1.0 if animal.sex == sex else 0.5 if animal.sex == "U" else 0.0
        changes = {day_of(event.date): event.direction for event in each}
        inside = False
        for on in range(min(changes), LAST + 1):
            inside = changes.get(on, "in" if inside else "out") == "in"
            if death is not None and on >= death:
                break
            if inside and on >= birth and weight:
                for quarter in range(4):
                    counts["days"][(4 * (on - birth) + quarter) // 1461] += weight / 4
        if death is not None and death <= LAST and weight and inside_before(each, death):
            counts["deaths"][4 * (death - birth) // 1461] += weight
        parent = getattr(animal, role)
        hatched_in = any(day_of(event.date) == birth and event.direction == "in" for event in each)
        if birth <= LAST and (hatched_in or inside_on(each, birth)):
            parent_birth = births.get(parent.studbook_number or "")
            if parent.kind == "wild":
                continue
            if parent_birth is None:
                unknown += 1
            else:
                counts["born"][4 * (birth - parent_birth) // 1461] += 1
    known = sum(counts["born"].values())
    counts["born"] = {age: number * (known + unknown) / known for age, number in counts["born"].items()}
    return counts


def inside_before(moves: list[ImportedEvent], death: int) -> bool:
    before = [event for event in moves if day_of(event.date) < death]
    on_the_day = [event for event in moves if day_of(event.date) == death and event.direction == "in"]
    return bool(on_the_day) or (bool(before) and before[-1].direction == "in")


def agrees(table: LifeTable, column: str, expected: dict[int, float], scale: float = 1.0) -> None:
    wanted = [expected.get(age, 0) / scale for age in table.age.tolist()]
    assert getattr(table, column) == pytest.approx(wanted, abs=1e-9)
    assert max((age for age, number in expected.items() if number), default=0) < len(table)


@pytest.mark.slow
@pytest.mark.parametrize("sex", ["M", "F"])
def test_condor__life_table_is_what_is_counted_day_by_day(condor: ParsedStudbook, sex: str) -> None:
    table = life_table(Lives.from_records(records_of(condor)), SEXES[sex], last=LAST)
    counts = counted(condor, sex)
    agrees(table, "risk", counts["days"], 365.25)
    agrees(table, "deaths", counts["deaths"])
    agrees(table, "births", counts["born"])
    assert 30 < len(table) < 80
    assert 0.9 < table.lambda_ < 1.3
