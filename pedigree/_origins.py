"""Where the genes of a pedigree come from: every founder, and the copies that are its."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree._ingest import PROBABILITY_TOLERANCE
from pedigree.structure import UNKNOWN, WILD, Pedigree

SELF: Final = "self"
"""The founder is the animal itself, not a parent of it that has no row."""
ROLES: Final = ("sire", "dam")
NOBODY: Final = -1
"""The place in `Origins.founder` of a copy that no founder can have given."""


@dataclass(frozen=True, slots=True, eq=False)
class Origins:
    """Every founder, and for each row's copy from its sire and dam the founder that may have given it.

    `rows` and `role` name the founders; `founder` (n_animals, 2) numbers them, NOBODY elsewhere;
    `chance` (n_animals, 2) is the probability that the copy is the founder's.
    """

    rows: NDArray[np.int32]
    role: tuple[str, ...]
    founder: NDArray[np.int32]
    chance: NDArray[np.float64]


def origins(pedigree: Pedigree, *, unknown_as_founders: bool) -> Origins:
    """Return the founders, in row order, and their copies.

    Identical twins have one origin, and so have litter-mates whose one parent was drawn for all.
    """
    codes = (WILD, UNKNOWN) if unknown_as_founders else (WILD,)
    chance = np.column_stack([_outside(pedigree, role, codes) for role in ROLES])
    chance[chance > 1 - PROBABILITY_TOLERANCE] = 1.0
    whole: NDArray[np.bool_] = np.all(chance == 1, axis=1)
    whole[_with_a_parent_of_others(pedigree)] = False
    # A founder itself is one origin of two copies; a parent without a row is an origin by its role.
    first = np.where(whole[:, None], 3 * pedigree.genome[:, None], _places(pedigree))
    found = chance > 0
    places, which = np.unique(first[found], return_inverse=True)
    founder = np.full(chance.shape, NOBODY, dtype=np.int32)
    founder[found] = which
    role = np.array([SELF, *ROLES])[places % 3]
    return Origins((places // 3).astype(np.int32), tuple(role.tolist()), founder, chance)


def _outside(pedigree: Pedigree, role: str, codes: tuple[int, ...]) -> NDArray[np.float64]:
    chance = np.isin(pedigree.sire if role == "sire" else pedigree.dam, codes).astype(np.float64)
    for (row, each), options in pedigree.candidates.items():
        if each == role:
            chance[row] = sum(share for who, share in options if who in codes)
    return chance


def _with_a_parent_of_others(pedigree: Pedigree) -> list[int]:
    # A parent without a row that litter-mates share makes relatives of them, not founders.
    heads = (place for place in pedigree.draws if pedigree.genome[place[0]] == place[0])
    times = Counter(pedigree.draws[place] for place in heads)
    return [row for (row, _), draw in pedigree.draws.items() if times[draw] > 1]


def _places(pedigree: Pedigree) -> NDArray[np.int64]:
    # A number for each row and role that sorts by row, then role; the same where one parent is meant.
    places: NDArray[np.int64] = 3 * pedigree.genome.astype(np.int64)[:, None] + np.array([1, 2])
    first: dict[int, int] = {}
    for (row, role), draw in sorted(pedigree.draws.items()):
        column = ROLES.index(role)
        places[row, column] = first.setdefault(draw, int(places[row, column]))
    return places
