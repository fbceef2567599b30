"""Passes down and up a pedigree, a few array operations for each generation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pedigree._levels import blocks
from pedigree.structure import Pedigree

BOTH = ("sire", "dam")


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Steps from an animal up to a (possible) parent with a row of its own, and how likely each is."""

    offspring: NDArray[np.intp]
    parent: NDArray[np.intp]
    chance: NDArray[np.float64]

    def among(self, chosen: slice | NDArray[Any]) -> Links:
        """Return the links chosen."""
        return Links(self.offspring[chosen], self.parent[chosen], self.chance[chosen])


def links(pedigree: Pedigree, *roles: str) -> Links:
    """Return the links to the sires, the dams or both, ordered so that no number depends on the role."""
    found = [_links_of(pedigree, role) for role in roles or BOTH]
    offspring, parent, chance = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.lexsort((chance, parent, offspring))
    return Links(offspring, parent, chance).among(order)


def _links_of(pedigree: Pedigree, role: str) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    column = (pedigree.sire if role == "sire" else pedigree.dam).astype(np.intp)
    sole = np.flatnonzero(column >= 0)
    steps = [
        (row, who, chance)
        for (row, each), options in pedigree.candidates.items()
        for who, chance in options
        if each == role and who >= 0
    ]
    young, above, chances = np.array(steps, dtype=np.float64).reshape(-1, 3).T
    return (
        np.concatenate([sole, young.astype(np.intp)]),
        np.concatenate([column[sole], above.astype(np.intp)]),
        np.concatenate([np.ones(len(sole)), chances]),
    )


def by_generation(pedigree: Pedigree, steps: Links) -> Iterator[Links]:
    """Yield the links of each generation of offspring, the oldest first."""
    for start, stop in blocks(pedigree.generation):
        low, high = np.searchsorted(steps.offspring, (start, stop))
        yield steps.among(slice(int(low), int(high)))


def added(size: int, where: NDArray[Any], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the sum of the values at each place, in the order given."""
    return np.bincount(where, weights=values, minlength=size).astype(np.float64)
