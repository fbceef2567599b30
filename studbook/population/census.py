"""How many animals there are and were, by sex; how old the living are; who came and went in the last twelve months."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db.models import Max, Min

from studbook.animals.models import Animal
from studbook.core.census import Census
from studbook.core.dates import DAYS_IN_YEAR, DateInterval
from studbook.programmes.models import Programme

SEXES = ("M", "F", "U")


@dataclass(frozen=True, slots=True)
class Life:
    """When an animal was in the population: from its birth, or its first stay when wild-born, until it left.

    Days stand for intervals by their middle. `start` is None when nothing dates it, `end` while it is living.
    """

    number: str
    sex: str
    status: str
    birth: date | None
    death: date | None
    start: date | None
    end: date | None

    @property
    def living(self) -> bool:
        return self.status == Animal.Status.LIVING

    def age_on(self, day: date) -> float | None:
        return None if self.birth is None else max((day - self.birth).days / DAYS_IN_YEAR, 0.0)


@dataclass(frozen=True, slots=True)
class YearCensus:
    """The census at the end of a year, or on the day the book is current to."""

    on: date
    census: Census


def lives_of(programme: Programme) -> list[Life]:
    """Return the life of every animal of the book; one query."""
    rows = (
        programme.animals.order_by()
        .annotate(first_stay=Min("holdings__start"), last_stay=Max("holdings__end"))
        .values_list(
            "studbook_number", "sex", "status", "birth_type",
            "birth_earliest", "birth_latest", "death_earliest", "death_latest", "first_stay", "last_stay",
        )
    )  # fmt: skip
    return [_life(*row) for row in rows]


def _life(
    number: str,
    sex: str,
    status: str,
    birth_type: str,
    birth_earliest: date | None,
    birth_latest: date | None,
    death_earliest: date | None,
    death_latest: date | None,
    first_stay: date | None,
    last_stay: date | None,
) -> Life:
    birth, death = _middle(birth_earliest, birth_latest), _middle(death_earliest, death_latest)
    start = birth if birth_type == Animal.BirthType.CAPTIVE and birth else first_stay or birth
    end = None if status == Animal.Status.LIVING else death or last_stay or start
    return Life(number, sex, status, birth, death, start, end)


def _middle(earliest: date | None, latest: date | None) -> date | None:
    return DateInterval(earliest, latest).middle if earliest and latest else None


def counted(sexes: Iterable[str]) -> Census:
    """Return the census of animals given by their sexes."""
    counts = Counter(sexes)
    return Census(*(counts[sex] for sex in SEXES))


def census_by_year(lives: Sequence[Life], on: date) -> list[YearCensus]:
    """Return the census at each year's end up to a day, and on that day; animals without any date are left out."""
    dated = [life for life in lives if life.start and life.start <= on]
    if not dated:
        return []
    first = min(life.start.year for life in dated if life.start)
    days = [date(year, 12, 31) for year in range(first, on.year)] + [on]
    counts = {sex: _alive([life for life in dated if life.sex == sex], days) for sex in SEXES}
    return [YearCensus(day, Census(*(int(counts[sex][at]) for sex in SEXES))) for at, day in enumerate(days)]


def _alive(lives: Sequence[Life], days: Sequence[date]) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    starts = np.sort([life.start.toordinal() for life in lives if life.start])
    ends = np.sort([life.end.toordinal() for life in lives if life.end])
    on = [day.toordinal() for day in days]
    return np.searchsorted(starts, on, side="right") - np.searchsorted(ends, on, side="right")


def within_a_year(day: date | None, on: date) -> bool:
    """Tell whether a day lies in the twelve months that end with another."""
    if day is None:
        return False
    return year_before(on) <= day <= on


def year_before(on: date) -> date:
    """Return the first of the twelve months' days that end with a day: the day after its anniversary."""
    # 29 February has no day a year earlier.
    leap = (on.month, on.day) == (2, 29)
    anniversary = on.replace(year=on.year - 1, day=28) if leap else on.replace(year=on.year - 1)
    return anniversary + timedelta(days=1)
