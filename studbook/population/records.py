"""A programme's records as plain values, for the checks; a fixed number of queries whatever the size of the book."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from pedigree.checks import Interval
from studbook.animals.models import Animal, Event, Holding, Identifier, Ownership
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme

NOWHERE = {"UNKNOWN", "UNK", "UND", "UNDETERM"}
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class AnimalRecord:
    """An animal without its timelines; `sire` and `dam` are studbook numbers, None unless one animal is known."""

    number: str
    house_name: str
    sex: str
    status: str
    birth_type: str
    birth: Interval | None
    death: Interval | None
    sire: str | None
    dam: str | None

    @property
    def living(self) -> bool:
        return self.status == Animal.Status.LIVING


@dataclass(frozen=True, slots=True)
class Period:
    """A period at, or belonging to, an institution (its primary key); half-open."""

    place: int
    start: date
    end: date | None
    local_id: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event; places are primary keys of institutions."""

    kind: str
    date: Interval | None
    place: int | None
    sender: int | None
    terms: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A transponder, tag or number that an animal bears."""

    number: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Records:
    """Everything the checks read. The timelines are by studbook number and in order of time."""

    on: date
    gestation_days: tuple[int, int] | None
    animals: Mapping[str, AnimalRecord]
    holdings: Mapping[str, Sequence[Period]]
    ownerships: Mapping[str, Sequence[Period]]
    events: Mapping[str, Sequence[Happening]]
    marks: Sequence[Mark]
    names: Mapping[int, str]
    kinds: Mapping[int, str]
    nowhere: frozenset[int]

    def place(self, key: int | None) -> str:
        """Return the name of an institution for a sentence."""
        return self.names[key] if key is not None else "a place that is not recorded"


def records_of(programme: Programme) -> Records:
    """Read a programme's records; six queries."""
    animals = _animals(programme)
    places = list(Institution.objects.order_by().values_list("pk", "name", "kind", "mnemonic"))
    gestation = programme.gestation_days_min, programme.gestation_days_max
    return Records(
        on=programme.as_of,
        gestation_days=None if None in gestation else gestation,  # type: ignore[arg-type]
        animals={animal.number: animal for animal in animals},
        holdings=_stays(programme, Holding, "local_id"),
        ownerships=_stays(programme, Ownership),
        events=_events(programme),
        marks=_marks(programme),
        names={key: name for key, name, *_ in places},
        kinds={key: kind for key, _, kind, _ in places},
        nowhere=frozenset(key for key, _, kind, code in places if _is_nowhere(kind, code)),
    )


def _is_nowhere(kind: str, mnemonic: str) -> bool:
    # After an import nobody has said yet what most institutions are; only these stand for no institution at all.
    return kind == Institution.Kind.UNKNOWN and mnemonic.upper() in NOWHERE


def _animals(programme: Programme) -> list[AnimalRecord]:
    columns = (
        "studbook_number", "house_name", "sex", "status", "birth_type",
        "birth_earliest", "birth_latest", "death_earliest", "death_latest",
        "sire__studbook_number", "dam__studbook_number",
    )  # fmt: skip
    rows = programme.animals.order_by("number_order", "studbook_number").values_list(*columns)
    return [
        AnimalRecord(
            row[0],
            row[1],
            row[2],
            row[3],
            row[4],
            _interval(row[5], row[6]),
            _interval(row[7], row[8]),
            row[9],
            row[10],
        )
        for row in rows
    ]


def _stays(programme: Programme, model: type[Holding | Ownership], *more: str) -> dict[str, list[Period]]:
    rows = (
        model.objects.filter(animal__programme=programme)
        .order_by("animal", "start", "id")
        .values_list("animal__studbook_number", "institution_id", "start", "end", *more)
    )
    return _grouped((row[0], Period(*row[1:])) for row in rows)


def _events(programme: Programme) -> dict[str, list[Happening]]:
    rows = (
        Event.objects.filter(animal__programme=programme)
        .order_by("animal", "sequence")
        .values_list(
            "animal__studbook_number",
            "kind",
            "date_earliest",
            "date_latest",
            "institution_id",
            "from_institution_id",
            "terms",
        )
    )
    return _grouped(
        (row[0], Happening(row[1], _interval(row[2], row[3]), row[4], row[5], row[6])) for row in rows
    )


def _marks(programme: Programme) -> list[Mark]:
    rows = Identifier.objects.filter(animal__programme=programme, active=True).order_by("animal", "id")
    return [Mark(*row) for row in rows.values_list("animal__studbook_number", "kind", "value")]


def _grouped(pairs: Iterable[tuple[str, Row]]) -> dict[str, list[Row]]:
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for number, row in pairs:
        grouped[number].append(row)
    return dict(grouped)


def _interval(earliest: date | None, latest: date | None) -> Interval | None:
    return (earliest, latest) if earliest is not None and latest is not None else None
