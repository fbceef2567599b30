"""Generations: who is above whom, a few array operations for each generation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.intp]
Arrows = tuple[Rows, Rows]
"""Offspring rows, ascending, and beside each a (possible) parent of it that has a row itself."""

UNPLACED: Final = -1
"""The generation of an animal that waits for itself, being in a loop or below one."""


def arrows(
    sire: NDArray[np.int32],
    dam: NDArray[np.int32],
    candidates: Mapping[tuple[int, str], tuple[tuple[int, float], ...]],
) -> Arrows:
    """Return every step from an animal up to a parent or a candidate for one."""
    offspring = np.repeat(np.arange(len(sire)), 2)
    parent = np.column_stack([sire, dam]).ravel().astype(np.intp)
    if candidates:
        steps = [(row, who) for (row, _), options in candidates.items() for who, _ in options]
        young, above = np.array(steps, dtype=np.intp).T
        offspring, parent = np.concatenate([offspring, young]), np.concatenate([parent, above])
        order = np.argsort(offspring, kind="stable")
        offspring, parent = offspring[order], parent[order]
    recorded = parent >= 0
    return offspring[recorded], parent[recorded]


def placed(steps: Arrows, size: int) -> NDArray[np.int32]:
    """Return each row's generation: 0 without a parent, else one below its lowest parent, or UNPLACED."""
    offspring, parent = steps
    young = offspring[np.argsort(parent, kind="stable")]
    first = np.concatenate([[0], np.cumsum(np.bincount(parent, minlength=size))])
    waiting = np.bincount(offspring, minlength=size)
    generation = np.full(size, UNPLACED, dtype=np.int32)
    ready, level = np.flatnonzero(waiting == 0), 0
    while len(ready):
        generation[ready] = level
        reached, times = np.unique(young[_spans(first, ready)], return_counts=True)
        waiting[reached] -= times
        ready, level = reached[waiting[reached] == 0], level + 1
    return generation


def _spans(first: Rows, ready: Rows) -> Rows:
    counts = first[ready + 1] - first[ready]
    ends = np.cumsum(counts)
    return np.repeat(first[ready] - ends + counts, counts) + np.arange(ends[-1])


def blocks(generation: NDArray[np.int32]) -> Iterator[tuple[int, int]]:
    """Yield the first row of each generation and the row after its last, the founders' first."""
    edges = np.flatnonzero(np.diff(generation)) + 1
    bounds = [0, *edges.tolist(), len(generation)] if len(generation) else []
    yield from pairwise(bounds)


def with_all_above(mask: NDArray[np.bool_], steps: Arrows, generation: NDArray[np.int32]) -> None:
    """Set the mask, in place, for every ancestor of the rows it holds."""
    for young, above in reversed(list(_steps_by_generation(steps, generation))):
        mask[above[mask[young]]] = True


def with_all_below(mask: NDArray[np.bool_], steps: Arrows, generation: NDArray[np.int32]) -> None:
    """Set the mask, in place, for every descendant of the rows it holds."""
    for young, above in _steps_by_generation(steps, generation):
        mask[young[mask[above]]] = True


def _steps_by_generation(steps: Arrows, generation: NDArray[np.int32]) -> Iterator[Arrows]:
    offspring, parent = steps
    for start, stop in blocks(generation):
        low, high = np.searchsorted(offspring, (start, stop))
        yield offspring[low:high], parent[low:high]
