"""The population year by year: how many at each year's end, and who came and went in it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from studbook.animals.models import Animal
from studbook.core.census import Census
from studbook.population.census import counted
from studbook.population.demography.sets import (
    BIRTH,
    DEATH,
    ENTRY,
    EXIT,
    Move,
    PopulationSet,
    Presence,
    year_ends,
)
from studbook.population.stays import Stay


@dataclass(frozen=True, slots=True)
class Year:
    """One calendar year. `on` is its last day, or that of the window; `regions` counts the animals by the region of their holder, "" being
    another one; `breeding_holders` are those where an animal was born in the year.
    """

    on: date
    census: Census
    captive_born: int
    wild_born: int
    unknown_origin: int
    regions: dict[str, int]
    births: Census
    deaths: Census
    entries: Census
    exits: Census
    holders: int
    breeding_holders: int

    @property
    def year(self) -> int:
        return self.on.year

    @property
    def is_whole(self) -> bool:
        return (self.on.month, self.on.day) == (12, 31)


def years_of(chosen: PopulationSet) -> list[Year]:
    """Return a row for each year of the window; none of an empty set."""
    if chosen.empty:
        return []
    moves: defaultdict[int, list[Move]] = defaultdict(list)
    for move in chosen.moves():
        moves[move.on.year].append(move)
    return [_year(chosen, day, moves[day.year]) for day in year_ends(chosen.first, chosen.last)]


def observed_growth(chosen: PopulationSet, over: int) -> float | None:
    """Return the observed lambda: by what factor the census changed each year over the last years of a window."""
    then = _years_before(chosen.last, over)
    if then < chosen.first:
        return None
    now, before = len(chosen.on(chosen.last)), len(chosen.on(then))
    return float((now / before) ** (1 / over)) if now and before else None


def whole_years(years: Sequence[Year], most: int) -> list[Year]:
    """Return the last years that are told to their end; the one begun where there is no other."""
    return [year for year in years if year.is_whole][-most:] or list(years[-1:])


def _years_before(day: date, years: int) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if leap else day.day)


def _year(chosen: PopulationSet, day: date, moves: Sequence[Move]) -> Year:
    present = chosen.on(day)
    origins = Counter(presence.member.origin for presence, _ in present)
    places = {stay.place for _, stay in present if stay.place is not None}
    return Year(
        on=day,
        census=_census(presence for presence, _ in present),
        captive_born=origins[Animal.BirthType.CAPTIVE],
        wild_born=origins[Animal.BirthType.WILD],
        unknown_origin=origins[Animal.BirthType.UNKNOWN],
        regions=dict(Counter(region_of(chosen, stay) for _, stay in present)),
        births=_moved(moves, BIRTH),
        deaths=_moved(moves, DEATH),
        entries=_moved(moves, ENTRY),
        exits=_moved(moves, EXIT),
        holders=len(places),
        breeding_holders=len({move.place for move in moves if move.kind == BIRTH and move.place is not None}),
    )


def region_of(chosen: PopulationSet, stay: Stay) -> str:
    """Return the region of the holder of a stay; "" for none."""
    return chosen.book.places[stay.place].region if stay.place is not None else ""


def _census(presences: Iterable[Presence]) -> Census:
    return counted(each.member.sex for each in presences)


def _moved(moves: Sequence[Move], kind: str) -> Census:
    return counted(move.member.sex for move in moves if move.kind == kind)
