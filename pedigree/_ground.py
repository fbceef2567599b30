"""The genomes above a pair, as the ground that its lines of descent walk on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree._nodes import Nodes, nodes_of
from pedigree.structure import Candidates, Pedigree

State = tuple[int, int]
NOT_INBRED: Final = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Genomes, parents before offspring, with the share that each has of its parents' genes.

    The one parent drawn for several offspring is a genome of its own, `drawn`, whose parents are its
    candidates; a stranger among these is a founder. `kin` holds the kinships of related founders.
    """

    of_row: Mapping[int, int]
    names: tuple[str, ...]
    inbreeding: tuple[float, ...]
    parents: tuple[Candidates, ...]
    drawn: frozenset[int]
    kin: Mapping[State, float]
    _nodes: Nodes
    _first: int

    def __len__(self) -> int:
        return len(self.names)

    def pairs(self, row: int) -> dict[State, float]:
        """Return the genomes that may be the sire and the dam of a row, with the probability of each pair."""
        node = self.of_row[row] - self._first
        found: dict[State, float] = {}
        for sire, p in self._nodes.options(node, "sire"):
            for dam, q in self._nodes.options(node, "dam"):
                if sire >= 0 and dam >= 0:
                    # Two candidates may be identical twins, and so one genome.
                    pair = sire + self._first, dam + self._first
                    found[pair] = found.get(pair, 0.0) + p * q
        return found


def ground_above(pedigree: Pedigree, rows: list[int], inbreeding: NDArray[np.float64]) -> Ground:
    """Return the genomes of the rows and of all their ancestors."""
    mask = np.zeros(len(pedigree), dtype=np.bool_)
    mask[rows] = True
    mask = pedigree.with_ancestors(mask)
    above = pedigree.subset(mask)
    nodes = nodes_of(above)
    strangers = [node for node, options in sorted(nodes.drawn.items()) if _strange(options)]
    first, each = len(strangers), range(len(nodes))
    heads = {int(node): row for row, node in reversed(list(enumerate(nodes.of_row)))}
    known = dict(zip(heads, inbreeding[mask][list(heads.values())].tolist(), strict=True))
    return Ground(
        {int(row): int(node) + first for row, node in zip(np.flatnonzero(mask), nodes.of_row, strict=True)},
        (
            *(_stranger_name(above, nodes, node) for node in strangers),
            *(above.ids[heads[node]] if node in heads else "" for node in each),
        ),
        (*(NOT_INBRED for _ in strangers), *(known.get(node, NOT_INBRED) for node in each)),
        (*(() for _ in strangers), *(_parents(nodes, node, strangers) for node in each)),
        frozenset(node + first for node in nodes.drawn),
        {(one + first, other + first): f for (one, other), f in nodes.related.items() if one != other},
        nodes,
        first,
    )


def _strange(options: Candidates) -> float:
    return sum(chance for who, chance in options if who < 0)


def _parents(nodes: Nodes, node: int, strangers: list[int]) -> Candidates:
    """Return the genomes above one, each with its share, as the ground numbers them."""
    first = len(strangers)
    shares: dict[int, float] = {}
    if node in nodes.drawn:
        options = nodes.drawn[node]
        if _strange(options):
            shares[strangers.index(node)] = _strange(options)
        parts = [(who, chance) for who, chance in options]
    else:
        parts = [(who, chance / 2) for role in ("sire", "dam") for who, chance in nodes.options(node, role)]
    for who, share in parts:
        if who >= 0:
            shares[who + first] = shares.get(who + first, 0.0) + share
    return tuple(sorted(shares.items()))


def _stranger_name(pedigree: Pedigree, nodes: Nodes, node: int) -> str:
    role, row = next(
        (role, int(np.flatnonzero(nodes.of_row == young)[0]))
        for young in range(node + 1, len(nodes))
        for role, column in (("sire", nodes.sire), ("dam", nodes.dam))
        if column[young] == node
    )
    return f"{role} of {pedigree.ids[row]}"
