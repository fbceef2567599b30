"""A small book said once, as the rows of a folder; every door starts from it."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from studbook.exchange.actions import import_parsed
from studbook.exchange.folder import ANIMALS, EVENTS, IDENTIFIERS, INSTITUTIONS, read_folder
from studbook.exchange.reports import ImportReport

CODE, OTHER = "leopards", "lions"
BORN = "2010-05-01"
LEOPARD: Mapping[str, int] = {
    "gestation_days_min": 90,
    "gestation_days_max": 105,
    "female_first_breeding_days": 900,
    "male_first_breeding_days": 700,
    "female_last_breeding_years": 15,
    "male_last_breeding_years": 15,
    "litter_interval_days_min": 300,
    "litter_size_max": 3,
    "longevity_years": 20,
}
PLACES = (("ZOOA", "zoo"), ("ZOOB", "zoo"), ("ZOOC", "zoo"), ("FOREST", "wild"))
PARENT_WORDS = {"": "unknown", "unknown": "unknown", "wild": "wild"}
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cat:
    """An animal with its events, both in the columns of the folder."""

    columns: Row
    events: tuple[Row, ...] = ()

    @property
    def number(self) -> str:
        return self.columns["studbook_number"]

    def but(self, **columns: str) -> "Cat":
        return replace(self, columns={**self.columns, **columns})

    def then(self, *events: Row) -> "Cat":
        return replace(self, events=(*self.events, *events))


@dataclass(frozen=True, slots=True)
class Seen:
    """An observation that is in the book; no format of a file holds any."""

    number: str
    kind: str
    what: str
    date: str
    until: str = ""


@dataclass(frozen=True, slots=True)
class Borne:
    """A young of a pregnancy by natural mating that is in the book; no format of a file holds any."""

    number: str
    conceived: str
    sire: str = "1"
    dam: str = "2"


@dataclass(frozen=True, slots=True)
class World:
    """The animals of a book, their marks, the species and the day the book is current to."""

    cats: tuple[Cat, ...]
    marks: tuple[Row, ...] = ()
    seen: tuple[Seen, ...] = ()
    borne: tuple[Borne, ...] = ()
    species: Mapping[str, int] = field(default_factory=lambda: LEOPARD)
    current_to: str = "2025-10-31"

    def with_cats(self, *cats: Cat) -> "World":
        return replace(self, cats=(*self.cats, *cats))

    def with_mark(self, **columns: str) -> "World":
        return replace(self, marks=(*self.marks, columns))

    def changed(self, number: str, cat: Cat) -> "World":
        return replace(self, cats=tuple(cat if each.number == number else each for each in self.cats))

    def cat(self, number: str) -> Cat:
        return next(each for each in self.cats if each.number == number)


def cat(
    number: str, sex: str = "F", born: str = BORN, *, events: Sequence[Row] | None = None, **columns: str
) -> Cat:
    """Return an animal born at ZOOA, unless other events begin its life; parents in the words of a person."""
    kinds = {f"{role}_kind": kind_of(columns.get(role, "")) for role in ("sire", "dam")}
    named = {role: _named(columns.get(role, "")) for role in ("sire", "dam")}
    facts = {"studbook_number": number, "sex": sex, "birth": born, "birth_type": "captive", **columns}
    begun = (event("birth", born),) if events is None else tuple(events)
    died = [each["date"] for each in begun if each["kind"] == "death"]
    return Cat({**facts, **kinds, **named, "death": died[0] if died else ""}, begun)


def kind_of(words: str) -> str:
    return PARENT_WORDS.get(words, "several" if ":" in words else "known")


def _named(words: str) -> str:
    return "" if words in PARENT_WORDS else words


def event(kind: str, on: str, place: str = "ZOOA", **columns: str) -> Row:
    return {"kind": kind, "date": on, "institution": place, **columns}


def born_and(*events: Row, born: str = BORN) -> tuple[Row, ...]:
    """Return a birth at ZOOA and what came after it."""
    return event("birth", born), *events


def pair(*more: Cat, sire: Cat | None = None, dam: Cat | None = None) -> tuple[Cat, ...]:
    """Return sire 1 and dam 2, both born in 2010 and held at ZOOA, and whoever else there is."""
    return sire or cat("1", "M"), dam or cat("2", "F"), *more


def day(start: str, days: int) -> str:
    """Return the day some days after another."""
    return (date.fromisoformat(start) + timedelta(days=days)).isoformat()


def between(start: str, first: int, last: int) -> str:
    """Return an interval of days counted from a day, as a person writes it."""
    return f"between {day(start, first)} and {day(start, last)}"


def write_folder(world: World, folder: Path) -> Path:
    """Write a book in the folder format."""
    said = {"code": CODE, "name": "Leopards", "taxon": "Panthera pardus", "common_name": "leopard"}
    programme = {**said, "current_to": world.current_to, "biology": dict(world.species)}
    (folder / "programme.json").write_text(json.dumps(programme))
    places = [{"mnemonic": code, "name": f"Place {code}", "kind": kind} for code, kind in PLACES]
    _write(folder / "institutions.csv", INSTITUTIONS, places)
    _write(folder / "animals.csv", ANIMALS, [each.columns for each in world.cats])
    happened = [{**row, "studbook_number": each.number} for each in world.cats for row in each.events]
    _write(folder / "events.csv", EVENTS, happened)
    _write(folder / "identifiers.csv", IDENTIFIERS, world.marks)
    return folder


def taken_in(world: World, folder: Path, *, with_faults: bool) -> ImportReport:
    """Bring a book in through the folder format."""
    parsed = read_folder(write_folder(world, folder))
    return import_parsed(CODE, parsed, by=None, reason="the card index", with_faults=with_faults)


def _write(path: Path, columns: str, rows: Sequence[Row]) -> None:
    with path.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.DictWriter(opened, columns.split(), restval="")
        writer.writeheader()
        writer.writerows(rows)
