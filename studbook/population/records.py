"""A programme's records as plain values, for the checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pedigree.checks import Interval
from studbook.animals.models import Animal
from studbook.institutions.models import Institution


@dataclass(frozen=True, slots=True)
class AnimalRecord:
    """An animal without its timelines; `sire` and `dam` are studbook numbers, None unless one animal is known.

    `candidates` are (studbook number, probability) by role, where one of several is the parent; `void_parents` are
    named as parents although their records do not stand in the book.
    """

    number: str
    house_name: str
    sex: str
    status: str
    birth_type: str
    rearing: str
    birth: Interval | None
    death: Interval | None
    sire_kind: str
    sire: str | None
    dam_kind: str
    dam: str | None
    noted: bool = False
    candidates: Mapping[str, Sequence[tuple[str, float]]] = field(default_factory=dict)
    void_parents: tuple[str, ...] = ()

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

    def overlaps(self, other: "Period") -> bool:
        return (other.end is None or self.start < other.end) and (self.end is None or other.start < self.end)


@dataclass(frozen=True, slots=True)
class Happening:
    """One event; places are primary keys of institutions. `moves` and `direction` are as a file gave them."""

    kind: str
    date: Interval | None
    place: int | None
    sender: int | None
    terms: str = ""
    moves: bool | None = None
    direction: str = "none"


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation of the daily work; `what` is the method or the state."""

    kind: str
    what: str
    date: Interval | None
    until: Interval | None


@dataclass(frozen=True, slots=True)
class Borne:
    """Of which pregnancy an animal is, by its record: when it was conceived, of whom by studbook numbers.

    `taken` tells by parent when that was taken which the animal comes of; `banked` are the parents whose part was stored.
    """

    pregnancy: int
    conceived: Interval
    sire: str | None
    dam: str
    taken: Mapping[str, Interval] = field(default_factory=dict)
    banked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mark:
    """A transponder, tag or number that an animal bears, or bore."""

    number: str
    kind: str
    value: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Records:
    """Everything the checks read. The timelines are by studbook number and in order of time.

    `on` is the day ages are counted on; nothing can have happened after `latest`, anywhere on earth. `settled` are the pairs
    of numbers that somebody said to be two animals; `borne` holds the young of pregnancies on record.
    """

    on: date
    latest: date
    gestation_days: tuple[int, int] | None
    animals: Mapping[str, AnimalRecord]
    holdings: Mapping[str, Sequence[Period]]
    ownerships: Mapping[str, Sequence[Period]]
    events: Mapping[str, Sequence[Happening]]
    seen: Mapping[str, Sequence[Seen]]
    marks: Sequence[Mark]
    names: Mapping[int, str]
    kinds: Mapping[int, str]
    nowhere: frozenset[int]
    settled: frozenset[frozenset[str]] = frozenset()
    borne: Mapping[str, Borne] = field(default_factory=dict)

    def captive(self, key: int | None) -> bool:
        """Tell whether a place is known to keep animals: neither a wild area nor one of which nobody said what it is."""
        return key is not None and self.kinds[key] not in (Institution.Kind.WILD, Institution.Kind.UNKNOWN)

    def place(self, key: int | None) -> str:
        """Return the name of an institution for a sentence."""
        return self.names[key] if key is not None else "a place that is not recorded"
