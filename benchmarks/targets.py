"""What is compared with what, and the ratio each comparison must keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from benchmarks.timing import Measured

Key = tuple[str, str, int]
"""Question, how (numpy, numba, choice, sgkit) and size, as `benchmarks.measure` and `benchmarks.peers` take them."""
Found = Mapping[Key, Measured]

PEER: Final = "sgkit"
HOWS: Final = {
    "numpy": "numpy",
    "numba": "numba",
    "choice": "numpy or numba, as the engine chooses",
    "sgkit": "sgkit",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measurement beside another; `least` or `most` bounds the first's share in the second.

    `least` 2 says at least twice as fast, `most` 7 at most seven times as long; without either it informs.
    """

    part: str
    ours: Key
    other: Key
    least: float | None = None
    most: float | None = None
    of: str = "seconds"
    same_value: bool = False

    def ratio(self, found: Found) -> float:
        """Return how many times faster ours is (`least`), or how many times longer it takes (`most`)."""
        ours, other = (getattr(found[key], self.of) for key in (self.ours, self.other))
        return float(other / ours if self.least is not None else ours / other)

    def is_met(self, found: Found) -> bool | None:
        """Return whether the bound holds and both gave the same number; None without a bound."""
        if self.same_value and abs(found[self.ours].value - found[self.other].value) > 1e-9:
            return False
        if self.least is None and self.most is None:
            return None
        ratio = self.ratio(found)
        return ratio >= self.least if self.least is not None else ratio <= (self.most or 0)


def _full_kinship() -> Iterator[Comparison]:
    for size in (1_000, 5_000, 10_000):
        peer = "kinship", PEER, size
        yield Comparison("kinship", ("kinship", "numpy", size), peer, least=2, same_value=True)
        yield Comparison("kinship", ("kinship", "numba", size), peer, least=2, same_value=True)
        copy = "copy", "numpy", size
        yield Comparison("kinship", ("kinship", "numpy", size), copy)
        yield Comparison("kinship", ("kinship", "numba", size), copy, most=7)


def _inbreeding() -> Iterator[Comparison]:
    ten = "inbreeding", "numba", 10_000
    peer = "inbreeding", PEER, 10_000
    yield Comparison("inbreeding", ("inbreeding", "numpy", 10_000), peer, least=1, same_value=True)
    yield Comparison("inbreeding", ("inbreeding", "choice", 10_000), peer, least=10, same_value=True)
    yield Comparison("inbreeding", ten, peer, same_value=True)
    yield Comparison("inbreeding", ("inbreeding", "choice", 100_000), ("inbreeding", "numba", 100_000))
    yield Comparison("inbreeding", ("inbreeding", "numba", 100_000), ten, most=60)
    million = "inbreeding", "numba", 1_000_000
    yield Comparison("million", million, ten, most=2_500)
    yield Comparison("million", million, ("inbreeding", "numba", 100_000), most=10, of="peak_megabytes")


def _means() -> Iterator[Comparison]:
    for how in ("numpy", "numba"):
        full = "kinship", how, 10_000
        yield Comparison("means", ("mean kinship", how, 10_000), full, most=1 / 300)
        yield Comparison("means", ("kinship of the living", how, 10_000), full)


def _drop() -> Iterator[Comparison]:
    ours, other = ("gene drop", "numba", 2_000), ("gene drop", "numpy", 2_000)
    yield Comparison("drop", ours, other, least=10, same_value=True)


def _planning() -> Iterator[Comparison]:
    pairs = "pairs", "numpy", 10_000
    # Ranking has no compiled kernel, so its target is beside the kinship by numpy.
    yield Comparison("pairs", pairs, ("kinship", "numpy", 10_000), most=1 / 100)
    yield Comparison("pairs", pairs, ("kinship", "numba", 10_000))
    for how in ("numpy", "numba"):
        yield Comparison("birth", ("birth", "numpy", 5_000), ("kinship", how, 5_000), most=1 / 1_000)


def _what_if() -> Iterator[Comparison]:
    # Nothing is computed anew, so it is a small part of the kinship it stands on.
    for size, most in ((1_000, 1), (10_000, 1 / 10)):
        yield Comparison("what if", ("what if", "numpy", size), ("kinship", "numpy", size), most=most)


def _projections() -> Iterator[Comparison]:
    how = "numpy"
    for question in ("projection by loci", "plan by loci"):
        # Half as much again as in proportion is granted to caches.
        for size in (500, 1_000, 2_000, 4_000):
            yield Comparison("projection", (question, how, size), (question, how, 250), most=1.5 * size / 250)
    for years in (100, 200, 400):
        ours, other = ("plan of years", how, years), ("plan of years", how, 50)
        yield Comparison("projection", ours, other, most=1.25 * years / 50)
    # A matrix grows with the square of its rows; how soon that shows is told, not bounded.
    for question in ("projection", "plan"):
        for size in (500, 1_000, 2_000):
            yield Comparison("projection", (question, how, size), (question, how, size // 2))
        for size in (250, 1_000):
            yield Comparison("projection", (question, how, size), (f"{question} by loci", how, size))


COMPARISONS: Final = (
    *_full_kinship(),
    *_inbreeding(),
    *_means(),
    *_drop(),
    *_planning(),
    *_what_if(),
    *_projections(),
)
PARTS: Final = tuple(dict.fromkeys(each.part for each in COMPARISONS))


def compared(parts: tuple[str, ...]) -> tuple[Comparison, ...]:
    """Return the comparisons of some parts."""
    return tuple(each for each in COMPARISONS if each.part in parts)


def keys(comparisons: tuple[Comparison, ...]) -> list[Key]:
    """Return what must be measured, each once, the sizes of one question next to each other."""
    return sorted({key for each in comparisons for key in (each.ours, each.other)})


def measure_all(wanted: list[Key], one: Callable[[Key], Measured]) -> dict[Key, Measured]:
    """Return every measurement by its key."""
    return {key: one(key) for key in wanted}
