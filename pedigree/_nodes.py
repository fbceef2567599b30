"""Genomes as nodes: one for identical twins together, and one for each parent drawn for several offspring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedigree._ingest import Candidates
from pedigree._levels import blocks
from pedigree.structure import SEVERAL, UNKNOWN, WILD, Pedigree

Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """Genomes in an order that puts parents first; `of_row` is the node of each row of the pedigree.

    `mixtures` holds the candidates, as nodes, of a node's sire or dam that was drawn for it alone;
    `drawn` those of a node that stands for the one parent drawn for several.
    """

    of_row: Rows
    sire: Rows
    dam: Rows
    blocks: tuple[tuple[int, int], ...]
    mixtures: Mapping[tuple[int, str], Candidates]
    drawn: Mapping[int, Candidates]
    related: Mapping[tuple[int, int], float]

    def __len__(self) -> int:
        return len(self.sire)

    def options(self, node: int, role: str) -> Candidates:
        """Return the nodes that may be a node's sire or dam, with their probabilities."""
        parent = int((self.sire if role == "sire" else self.dam)[node])
        return self.mixtures[node, role] if parent == SEVERAL else ((parent, 1.0),)

    def uncertain(self, start: int, stop: int) -> list[int]:
        """Return the nodes from start to stop that have candidates of their own."""
        return sorted({node for node, _ in self.mixtures if start <= node < stop}) if self.mixtures else []

    def draws(self, start: int, stop: int) -> list[int]:
        """Return the nodes from start to stop that stand for a drawn parent."""
        return [node for node in self.drawn if start <= node < stop]


def nodes_of(pedigree: Pedigree) -> Nodes:
    """Return the nodes of a pedigree; its rows, where twins share no genome and litters no draw."""
    tied = _tied(pedigree)
    heads = np.flatnonzero(pedigree.genome == np.arange(len(pedigree)))
    above = np.array([_level(pedigree, options) for options in tied.values()], dtype=np.int32)
    levels = np.concatenate([2 * pedigree.generation[heads], above])
    order = np.argsort(levels, kind="stable")
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order))
    # The codes of parents without a row index the last entries, which map each to itself.
    new = np.append(
        place[np.searchsorted(heads, pedigree.genome)], np.array([SEVERAL, UNKNOWN, WILD], np.int32)
    )
    drawn = dict(zip(tied, place[len(heads) :].tolist(), strict=True))
    sire, dam = (_columns(column, heads, place, new) for column in (pedigree.sire, pedigree.dam))
    mixtures: dict[tuple[int, str], Candidates] = {}
    for (row, role), options in pedigree.candidates.items():
        draw = drawn.get(pedigree.draws[row, role])
        if draw is None:
            mixtures[int(new[row]), role] = _mapped(options, new)
        else:
            (sire if role == "sire" else dam)[new[row]] = draw
    return Nodes(
        new[: len(pedigree)],
        sire,
        dam,
        tuple(blocks(levels[order])),
        mixtures,
        {node: _mapped(tied[draw], new) for draw, node in drawn.items()},
        {(int(new[one]), int(new[other])): value for (one, other), value in pedigree.related.items()},
    )


def _columns(column: Rows, heads: NDArray[np.intp], place: Rows, new: Rows) -> Rows:
    parents = np.full(len(place), WILD, dtype=np.int32)
    parents[place[: len(heads)]] = new[column[heads]]
    return parents


def _mapped(options: Candidates, new: Rows) -> Candidates:
    return tuple((int(new[who]), chance) for who, chance in options)


def _tied(pedigree: Pedigree) -> dict[int, Candidates]:
    """Return the candidates of each draw that was made for more than one genome."""
    heads = [place for place in pedigree.candidates if pedigree.genome[place[0]] == place[0]]
    times = Counter(pedigree.draws[place] for place in heads)
    several = (place for place in heads if times[pedigree.draws[place]] > 1)
    return {pedigree.draws[place]: pedigree.candidates[place] for place in several}


def _level(pedigree: Pedigree, options: Candidates) -> int:
    # Between its lowest candidate and the offspring, which are a generation below that.
    return 1 + 2 * max((int(pedigree.generation[who]) for who, _ in options if who >= 0), default=-1)
