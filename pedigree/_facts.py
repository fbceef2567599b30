"""What a check may know besides the pedigree, and the form its findings take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

REJECT: Final = "reject"
WARN: Final = "warn"
NOTIFY: Final = "notify"
SEVERITIES: Final = (REJECT, WARN, NOTIFY)

Interval = tuple[date, date]
"""The earliest and the latest day on which something can have happened."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about one or more animals that cannot be, or may not be, as recorded.

    `severity` is "reject" (no date in the intervals makes it possible), "warn" (some do not) or
    "notify" (incomplete rather than wrong); `code` is the rule's, as in the data model.
    """

    code: str
    animals: tuple[str, ...]
    severity: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Species:
    """The biology that dates are checked against; a rule whose figure is None is skipped.

    Breeding ages are ages at conception. `sperm_storage_days` is how long after a sire's death its
    offspring can still be conceived; `incubation_max_days` how long after laying a dam may be dead.
    """

    youngest_sire_days: int | None = None
    youngest_dam_days: int | None = None
    oldest_sire_days: int | None = None
    oldest_dam_days: int | None = None
    gestation_min_days: int | None = None
    gestation_max_days: int | None = None
    interbirth_min_days: int | None = None
    litter_max: int | None = None
    longevity_days: int | None = None
    sperm_storage_days: int = 0
    incubation_max_days: int = 0
    hermaphrodite: bool = False

    def breeding_ages(self, role: str) -> tuple[int | None, int | None]:
        """Return the youngest and the oldest age in days at which a sire, or a dam, breeds."""
        if role == "sire":
            return self.youngest_sire_days, self.oldest_sire_days
        return self.youngest_dam_days, self.oldest_dam_days


@dataclass(frozen=True, slots=True)
class Facts:
    """Dates and circumstances by id; an animal without an entry is one of which nothing is known.

    `living` and `captive_born` hold ids; `conceived` are the days of conception where they are recorded for
    themselves, as of an insemination; `taken` tells, by animal and parent, when the gametes were taken of the parent
    that the animal comes of, so that the parent need not live, nor be near, at the conception;
    `on` is the day the book is read, without which no age of the living is judged; nothing can have
    happened after `latest`, which is `on` where it is not given.
    """

    birth: Mapping[str, Interval] = field(default_factory=dict)
    death: Mapping[str, Interval] = field(default_factory=dict)
    living: frozenset[str] = frozenset()
    captive_born: frozenset[str] = frozenset()
    conceived: Mapping[str, Interval] = field(default_factory=dict)
    taken: Mapping[str, Mapping[str, Interval]] = field(default_factory=dict)
    on: date | None = None
    latest: date | None = None
    species: Species = Species()


def when(interval: Interval) -> str:
    """Return an interval as people read it."""
    earliest, latest = interval
    if earliest == latest:
        return f"on {earliest.isoformat()}"
    if earliest == date.min:
        return f"before {latest.isoformat()}"
    if latest == date.max:
        return f"after {earliest.isoformat()}"
    return f"between {earliest.isoformat()} and {latest.isoformat()}"


def gap_days(earlier: Interval, later: Interval) -> tuple[int, int]:
    """Return the least and the greatest number of days from one interval to another."""
    least = later[0].toordinal() - earlier[1].toordinal()
    greatest = later[1].toordinal() - earlier[0].toordinal()
    return least, greatest


def severity_of(gap: tuple[int, int], least_allowed: int) -> str | None:
    """Return "reject" when no day fits the rule gap >= least_allowed, "warn" when some do not."""
    if gap[1] < least_allowed:
        return REJECT
    return WARN if gap[0] < least_allowed else None
