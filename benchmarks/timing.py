"""How long a piece of work takes, once it is warm."""

from __future__ import annotations

import gc
import resource
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any, Final

LONGEST: Final = 4.0
"""Seconds after which work is not repeated again."""
MOST_RUNS: Final = 49
SMALL: Final = 300
"""The size that work is done with first, to compile and load what it needs."""


@dataclass(frozen=True, slots=True)
class Task:
    """Work to be timed, up to `runs` times; it does `times` of the same; `value` makes a number of what comes out."""

    work: Callable[[], Any]
    value: Callable[[Any], float]
    times: int = 1
    runs: int = MOST_RUNS


@dataclass(frozen=True, slots=True)
class Measured:
    """The median of the runs, what came out, and the most memory the process ever had."""

    seconds: float
    runs: int
    value: float
    peak_megabytes: float


def measured(prepare: Callable[[int], Task], size: int) -> Measured:
    """Return how long work of one size takes, after it was done with a small size; long work is done once."""
    prepare(SMALL).work()
    task = prepare(size)
    times: list[float] = []
    answer: float = 0.0
    while not times or (len(times) < task.runs and sum(times) < LONGEST):
        found, seconds = _timed(task.work)
        answer = task.value(found)
        times.append(seconds / task.times)
        del found
        gc.collect()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(median(times), len(times), answer, peak)


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = perf_counter()
    found = work()
    return found, perf_counter() - start
