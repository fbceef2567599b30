"""The tabular method: kinship by generations, each in a few array operations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree._ingest import Candidates
from pedigree._nodes import Nodes, nodes_of
from pedigree.structure import Pedigree

Matrix = NDArray[np.float64]
Vector = NDArray[np.float64]
PHANTOMS: Final = 3
"""Entries after the last node, so that -1, -2 and -3 mean a parent related to nobody."""

IN_CACHE: Final = 2**15
"""Numbers that are worked on at once: more would leave the processor's cache, fewer cost a call each."""
TILE: Final = 256


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Weighted kinship k_x k_y f(x, y) of nodes, and what the two parents of each give together.

    `parents_known` is the chance that the genes from both parents are known, `parents_alike` that they
    are known and copies of one; each has an entry for every node, then one for every phantom.
    """

    joint: Matrix
    known: Vector
    parents_known: Vector
    parents_alike: Vector
    nodes: Nodes

    def among_rows(self) -> Matrix:
        """Return the weighted kinship of the rows of the pedigree."""
        size, of_row = len(self.nodes), self.nodes.of_row
        if np.array_equal(of_row, np.arange(size)):
            return self.joint[:size]
        return self.joint[np.ix_(of_row, of_row)]


def tabular(pedigree: Pedigree, known: Vector) -> Table:
    """Return k_x k_y f(x, y) for every pair of genomes; with every known fraction 1 that is the kinship.

    `known` holds the known fractions of the rows, and after them those of the phantoms.
    """
    table = _empty(nodes_of(pedigree), known)
    for start, stop in table.nodes.blocks:
        _fill_rows(table, start, stop, slice(0, start))
        _mirror(table.joint, start, stop)
        _fill_rows(table, start, stop, slice(start, stop))
        _make_symmetric(table.joint[start:stop, start:stop])
        _fill_parents_alike(table, start, stop)
        _relate(table, start, stop)
        _fill_diagonal(table, start, stop)
    return table


def _empty(nodes: Nodes, known: Vector) -> Table:
    size = len(nodes)
    joint = np.empty((size + PHANTOMS, size))
    joint[size:] = 0.0
    fractions = np.zeros(size + PHANTOMS)
    fractions[nodes.of_row], fractions[size:] = known[:-PHANTOMS], known[-PHANTOMS:]
    for node, options in nodes.drawn.items():
        fractions[node] = _mixed(options, fractions)
    # Both genes of a phantom are known or neither, and it is not inbred.
    both = fractions**2
    both[:size] = _parents_fraction(nodes, fractions, "sire") * _parents_fraction(nodes, fractions, "dam")
    return Table(joint, fractions, both, np.zeros(size + PHANTOMS), nodes)


def _parents_fraction(nodes: Nodes, fractions: Vector, role: str) -> Vector:
    found = fractions[nodes.sire if role == "sire" else nodes.dam]
    for node in nodes.uncertain(0, len(nodes)):
        found[node] = _mixed(nodes.options(node, role), fractions)
    return found


def _mixed(options: Candidates, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weighted mean of the candidates' values (or rows of values)."""
    return _total([chance * values[who] for who, chance in options])


def _total(parts: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    # Sorted, so that the names of the candidates, which order them, do not reach the last bit.
    return np.asarray(np.add.reduce(np.sort(np.array(parts), axis=0), axis=0))


def _fill_rows(table: Table, start: int, stop: int, columns: slice) -> None:
    joint, nodes = table.joint, table.nodes
    step = 1 + IN_CACHE // (1 + columns.stop - columns.start)
    for first in range(start, stop, step):
        last = min(first + step, stop)
        rows = joint[nodes.sire[first:last], columns]
        rows += joint[nodes.dam[first:last], columns]
        np.multiply(rows, 0.5, out=joint[first:last, columns])
    values = joint[:, columns]
    for node in nodes.uncertain(start, stop):
        sire, dam = (_mixed(nodes.options(node, role), values) for role in ("sire", "dam"))
        values[node] = (sire + dam) * 0.5
    for node in nodes.draws(start, stop):
        values[node] = _mixed(nodes.drawn[node], values)


def _mirror(joint: Matrix, start: int, stop: int) -> None:
    for first in range(0, start, TILE):
        last = min(first + TILE, start)
        joint[first:last, start:stop] = joint[start:stop, first:last].T


def _make_symmetric(square: Matrix) -> None:
    # Either side could be taken, but then the last bit would depend on whose row comes first.
    for i in range(0, len(square), TILE):
        for j in range(i, len(square), TILE):
            one, other = square[i : i + TILE, j : j + TILE], square[j : j + TILE, i : i + TILE]
            mean = one + other.T
            mean *= 0.5
            one[:], other[:] = mean, mean.T


def _fill_parents_alike(table: Table, start: int, stop: int) -> None:
    nodes, dam = table.nodes, table.nodes.dam[start:stop]
    # A sire without a row has a row of zeros; a dam without a row has no column.
    alike = table.joint[nodes.sire[start:stop], np.maximum(dam, 0)]
    table.parents_alike[start:stop] = np.where(dam >= 0, alike, 0.0)
    for node in nodes.uncertain(start, stop):
        pairs = [
            np.asarray(p * q * table.joint[sire, dam] if dam >= 0 else 0.0)
            for sire, p in nodes.options(node, "sire")
            for dam, q in nodes.options(node, "dam")
        ]
        table.parents_alike[node] = _total(pairs)


def _relate(table: Table, start: int, stop: int) -> None:
    for (one, other), kinship in table.nodes.related.items():
        if not start <= one < stop:
            continue
        if one == other:
            table.parents_alike[one] = (2 * kinship - 1) * table.parents_known[one]
        else:
            weighted = kinship * table.known[one] * table.known[other]
            table.joint[one, other] = table.joint[other, one] = weighted


def _fill_diagonal(table: Table, start: int, stop: int) -> None:
    # Both draws hit a known gene: the same copy (weight k_x) or the two copies (weight k_s k_d).
    k = table.known[start:stop]
    both, alike = k + table.parents_known[start:stop], k + table.parents_alike[start:stop]
    for node in table.nodes.draws(start, stop):
        # One parent was drawn, so two genes of it are two genes of one candidate, not of two.
        options = table.nodes.drawn[node]
        both[node - start] = _mixed(options, table.known + table.parents_known)
        alike[node - start] = _mixed(options, table.known + table.parents_alike)
    diagonal = table.joint.ravel()[: -PHANTOMS * len(table.nodes) : len(table.nodes) + 1]
    np.divide(k * k * alike, np.where(k > 0, both, 1.0), out=diagonal[start:stop])
