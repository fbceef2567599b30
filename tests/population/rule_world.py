"""A small book in memory, to put one record on either side of a rule."""

from collections.abc import Mapping, Sequence
from typing import Any

from pedigree.checks import Interval
from studbook.animals.models import Animal, ParentKind
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.population.check_news import news_problems
from studbook.population.record_checks import problems_among
from studbook.population.records import AnimalRecord, Borne, Happening, Mark, Period, Records, Seen
from studbook.programmes.models import Programme
from tests.factories import ProgrammeFactory

ZOO, FAR, FOREST, NOWHERE = 1, 2, 3, 4
KINDS = {
    ZOO: Institution.Kind.ZOO,
    FAR: Institution.Kind.ZOO,
    FOREST: Institution.Kind.WILD,
    NOWHERE: Institution.Kind.UNKNOWN,
}
NAMES = {ZOO: "Zoo A", FAR: "Zoo B", FOREST: "Forest", NOWHERE: "nobody knows"}


def leopards() -> Programme:
    """Return a species that bears one to three young after 90 to 105 days, from 900 days to 15 years of age."""
    made: Programme = ProgrammeFactory.build(
        gestation_days_min=90,
        gestation_days_max=105,
        female_first_breeding_days=900,
        male_first_breeding_days=700,
        female_last_breeding_years=15,
        male_last_breeding_years=15,
        litter_interval_days_min=300,
        litter_size_max=3,
        longevity_years=20,
    )
    return made


def on(words: str) -> Interval:
    """Return a date as people write it, as an interval."""
    read = DateInterval.parse(words)
    return read.earliest, read.latest


def cat(number: str, sex: str = "F", birth: str = "", death: str = "", **more: Any) -> AnimalRecord:
    """Return an animal of unknown parents, or of those named; dead if it died."""
    columns: dict[str, Any] = {
        "house_name": "",
        "status": Animal.Status.DEAD if death else Animal.Status.LIVING,
        "birth_type": Animal.BirthType.UNKNOWN,
        "rearing": Animal.Rearing.UNKNOWN,
        "sire": None,
        "dam": None,
    } | more
    for role in ("sire", "dam"):
        columns.setdefault(f"{role}_kind", ParentKind.KNOWN if columns[role] else ParentKind.UNKNOWN)
    dates = {"birth": on(birth) if birth else None, "death": on(death) if death else None}
    return AnimalRecord(number=number, sex=sex, **dates, **columns)


def family(
    young: str, sire: Mapping[str, Any] | None = None, dam: Mapping[str, Any] | None = None
) -> list[AnimalRecord]:
    """Return sire 1, dam 2 (both born in 2000) and their young 3, born on a day."""
    return [
        cat("1", **{"sex": "M", "birth": "2000-05-01"} | dict(sire or {})),
        cat("2", **{"sex": "F", "birth": "2000-05-01"} | dict(dam or {})),
        cat("3", birth=young, sire="1", dam="2"),
    ]


def stay(start: str, end: str = "", place: int = ZOO, local_id: str = "") -> Period:
    """Return a period at, or belonging to, a place."""
    return Period(place, on(start)[0], on(end)[0] if end else None, local_id)


def event(
    kind: str, date: str = "", place: int | None = ZOO, sender: int | None = None, terms: str = ""
) -> Happening:
    return Happening(kind, on(date) if date else None, place, sender, terms)


def seen(kind: str, what: str, date: str, until: str = "") -> Seen:
    return Seen(kind, what, on(date), on(until) if until else None)


def borne(
    conceived: str, *, dam: str = "2", sire: str | None = "1", taken: str = "", banked: bool = True
) -> Borne:
    """Return a pregnancy of dam 2 by sire 1; `taken` is when his semen was, for the bank unless it was used fresh."""
    of_him = {"1": on(taken)} if taken else {}
    return Borne(1, on(conceived), sire, dam, of_him, frozenset(of_him) if banked else frozenset())


def book(
    animals: Sequence[AnimalRecord],
    *,
    holdings: Mapping[str, Sequence[Period]] | None = None,
    ownerships: Mapping[str, Sequence[Period]] | None = None,
    events: Mapping[str, Sequence[Happening]] | None = None,
    findings: Mapping[str, Sequence[Seen]] | None = None,
    marks: Sequence[Mark] = (),
    borne: Mapping[str, Borne] | None = None,
) -> Records:
    """Return the records of these animals, read on the last of October 2025."""
    day = on("2025-10-31")[0]
    return Records(
        on=day,
        latest=day,
        gestation_days=(90, 105),
        animals={each.number: each for each in animals},
        holdings=holdings or {},
        ownerships=ownerships or {},
        events=events or {},
        seen=findings or {},
        marks=marks,
        names=NAMES,
        kinds=KINDS,
        nowhere=frozenset({NOWHERE}),
        borne=borne or {},
    )


def levels(code: str, records: Records) -> list[str]:
    """Return the level of each breach of one rule in these records."""
    found = problems_among(leopards(), records, news_problems)
    return [problem.severity for problem in found if problem.code == code]
