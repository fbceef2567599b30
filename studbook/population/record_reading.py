"""From rows to records: a fixed number of queries, whatever the size of the book or of the part of it that is read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import Q

from pedigree.checks import Interval
from studbook.animals.models import (
    Animal,
    Event,
    Holding,
    Identifier,
    NotSame,
    Observation,
    Ownership,
    ParentCandidate,
)
from studbook.core.newest_day import newest_day
from studbook.institutions.models import Institution
from studbook.population.records import AnimalRecord, Borne, Happening, Mark, Period, Records, Seen
from studbook.programmes.models import Programme
from studbook.reproduction.pregnancies.conceptions import Conception, conceptions_of

NOWHERE = {"UNKNOWN", "UNK", "UND", "UNDETERM"}
Row = TypeVar("Row")
Candidates = Mapping[str, Mapping[str, Sequence[tuple[str, float]]]]


def records_of(programme: Programme, animals: Collection[int] | None = None) -> Records:
    """Read a programme's records, or only those of some animals by their keys; at most eleven queries. Void ones are left out."""
    within = _within(programme, animals)
    read = _animals(programme, animals, _candidates(within))
    places = list(Institution.objects.order_by().values_list("pk", "name", "kind", "mnemonic"))
    gestation = programme.gestation_days_min, programme.gestation_days_max
    return Records(
        on=programme.as_of,
        latest=latest_day(programme),
        gestation_days=None if None in gestation else gestation,  # type: ignore[arg-type]
        animals={animal.number: animal for animal in read},
        holdings=_stays(within, Holding, "local_id"),
        ownerships=_stays(within, Ownership),
        events=_events(within),
        seen=_observations(within),
        marks=_marks(within),
        names={key: name for key, name, *_ in places},
        kinds={key: kind for key, _, kind, _ in places},
        nowhere=frozenset(key for key, _, kind, code in places if _is_nowhere(kind, code)),
        settled=_settled(programme, animals),
        borne={number: _borne(each) for number, each in conceptions_of(programme, animals).items()},
    )


def seen_of(programme: Programme, animals: Collection[int]) -> Records:
    """Read of some animals their births, deaths and what was seen of them, and nothing else; two queries."""
    return Records(
        on=programme.as_of,
        latest=latest_day(programme),
        gestation_days=None,
        animals={animal.number: animal for animal in _animals(programme, animals, {})},
        holdings={},
        ownerships={},
        events={},
        seen=_observations(_within(programme, animals)),
        marks=(),
        names={},
        kinds={},
        nowhere=frozenset(),
    )


def latest_day(programme: Programme) -> date:
    """Return the last day that has come: today where the day begins first, or the day the book is current to."""
    return max(programme.as_of, newest_day())


def _within(programme: Programme, animals: Collection[int] | None) -> Q:
    standing = Q(animal__programme=programme) & ~Q(animal__status=Animal.Status.VOID)
    return standing if animals is None else standing & Q(animal__in=animals)


def _is_nowhere(kind: str, mnemonic: str) -> bool:
    # After an import nobody has said yet what most institutions are; only these stand for no institution at all.
    return kind == Institution.Kind.UNKNOWN and mnemonic.upper() in NOWHERE


def _animals(
    programme: Programme, animals: Collection[int] | None, candidates: Candidates
) -> list[AnimalRecord]:
    columns = (
        "studbook_number", "house_name", "sex", "status", "birth_type", "rearing",
        "birth_earliest", "birth_latest", "death_earliest", "death_latest",
        "sire_kind", "sire__studbook_number", "sire__status", "dam_kind", "dam__studbook_number", "dam__status", "note",
    )  # fmt: skip
    found = programme.animals.all() if animals is None else programme.animals.filter(pk__in=animals)
    rows = found.order_by("number_order", "studbook_number").values(*columns)
    return [_animal(row, candidates.get(row["studbook_number"], {})) for row in rows]


def _animal(row: Mapping[str, Any], candidates: Mapping[str, Sequence[tuple[str, float]]]) -> AnimalRecord:
    return AnimalRecord(
        number=row["studbook_number"],
        house_name=row["house_name"],
        sex=row["sex"],
        status=row["status"],
        birth_type=row["birth_type"],
        rearing=row["rearing"],
        birth=_interval(row["birth_earliest"], row["birth_latest"]),
        death=_interval(row["death_earliest"], row["death_latest"]),
        sire_kind=row["sire_kind"],
        sire=row["sire__studbook_number"],
        dam_kind=row["dam_kind"],
        dam=row["dam__studbook_number"],
        noted=bool(row["note"].strip()),
        candidates=candidates,
        void_parents=tuple(
            row[f"{role}__studbook_number"]
            for role in ("sire", "dam")
            if row[f"{role}__status"] == Animal.Status.VOID
        ),
    )


def _candidates(within: Q) -> Candidates:
    found: defaultdict[str, dict[str, list[tuple[str, float]]]] = defaultdict(dict)
    rows = ParentCandidate.objects.filter(within).order_by("animal", "role", "parent__studbook_number")
    for animal, role, parent, probability in rows.values_list(
        "animal__studbook_number", "role", "parent__studbook_number", "probability"
    ):
        found[animal].setdefault(role, []).append((parent, float(probability)))
    return found


def _stays(within: Q, model: type[Holding | Ownership], *more: str) -> dict[str, list[Period]]:
    rows = (
        model.objects.filter(within)
        .order_by("animal", "start", "id")
        .values_list("animal__studbook_number", "institution_id", "start", "end", *more)
    )
    return _grouped((row[0], Period(*row[1:])) for row in rows)


def _events(within: Q) -> dict[str, list[Happening]]:
    columns = (
        "animal__studbook_number", "kind", "date_earliest", "date_latest",
        "institution_id", "from_institution_id", "terms", "physical", "direction",
    )  # fmt: skip
    rows = Event.objects.filter(within).order_by("animal", "sequence").values_list(*columns)
    return _grouped(
        (number, Happening(kind, _interval(earliest, latest), *rest))
        for number, kind, earliest, latest, *rest in rows
    )


def _observations(within: Q) -> dict[str, list[Seen]]:
    columns = (
        "animal__studbook_number", "kind", "what", "date_earliest", "date_latest", "until_earliest", "until_latest",
    )  # fmt: skip
    rows = Observation.objects.filter(within).order_by("animal", "date_earliest", "id").values_list(*columns)
    return _grouped(
        (number, Seen(kind, what, _interval(*date), _interval(*until)))
        for number, kind, what, *date, until_earliest, until_latest in rows
        for until in [(until_earliest, until_latest)]
    )


def _marks(within: Q) -> list[Mark]:
    rows = Identifier.objects.filter(within).order_by("animal", "id")
    return [Mark(*row) for row in rows.values_list("animal__studbook_number", "kind", "value", "active")]


def _borne(conception: Conception) -> Borne:
    return Borne(
        pregnancy=conception.pregnancy,
        conceived=(conception.conceived.earliest, conception.conceived.latest),
        sire=conception.sire,
        dam=conception.dam,
        taken={parent: (each.earliest, each.latest) for parent, each in conception.taken.items()},
        banked=conception.banked,
    )


def _settled(programme: Programme, animals: Collection[int] | None) -> frozenset[frozenset[str]]:
    found = NotSame.objects.filter(programme=programme).order_by()
    found = found if animals is None else found.filter(one__in=animals, other__in=animals)
    return frozenset(map(frozenset, found.values_list("one__studbook_number", "other__studbook_number")))


def _grouped(pairs: Iterable[tuple[str, Row]]) -> dict[str, list[Row]]:
    grouped: defaultdict[str, list[Row]] = defaultdict(list)
    for number, row in pairs:
        grouped[number].append(row)
    return dict(grouped)


def _interval(earliest: date | None, latest: date | None) -> Interval | None:
    return (earliest, latest) if earliest is not None and latest is not None else None
