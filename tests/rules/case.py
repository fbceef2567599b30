"""One row of the tables: a book, a deed, and what the rule says of it at each door."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from studbook.core.findings import REJECT, WARN
from studbook.core.rulebook import DOORS, rulebook
from tests.rules.deeds import Deed
from tests.rules.doors import SAVED
from tests.rules.world import World, pair

INSIDE, OUTSIDE, INTERVAL = "inside", "outside", "interval"
PLAIN = World(pair())
ALL_DOORS = DOORS
PAGE_DOORS = ("form", "api")
FILE_DOOR = ("import",)


@dataclass(frozen=True, slots=True)
class Case:
    """`says` are the values that the sentence must tell; `at` holds what a door answers otherwise than `level`.

    `level` is SAVED, WARN or REJECT; `also` are other rules that the deed breaks by the way.
    """

    code: str
    case: str
    deed: Deed
    level: str
    world: World = PLAIN
    says: tuple[str, ...] = ()
    at: Mapping[str, str] = field(default_factory=dict)
    doors: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def open_doors(self) -> tuple[str, ...]:
        return self.doors or rulebook()[self.code].doors

    def expected(self, door: str) -> str:
        return self.at.get(door, self.level)


__all__ = [
    "ALL_DOORS",
    "FILE_DOOR",
    "INSIDE",
    "INTERVAL",
    "OUTSIDE",
    "PAGE_DOORS",
    "REJECT",
    "SAVED",
    "WARN",
    "Case",
]
