"""Inbreeding by the founder whose gene an animal holds twice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedigree._bounds import check_parts
from pedigree._mixing import mixed, parent_values
from pedigree._nodes import Nodes, nodes_of
from pedigree._origins import origins
from pedigree._passes import BOTH
from pedigree._tabular import PHANTOMS
from pedigree.founders import FounderTable, founder_table
from pedigree.kinship import kinship_matrix
from pedigree.structure import Pedigree

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class PartialInbreeding:
    """Every founder, with its share of the genes of all animals, and each animal's inbreeding through it."""

    founders: FounderTable
    matrix: Floats


def partial_inbreeding(pedigree: Pedigree) -> PartialInbreeding:
    """Return each animal's inbreeding through each founder: how likely it holds one gene of that founder twice.

    The parts of an animal add up to its F. What two related founders share counts half for each; an unrecorded parent
    shared by twins or a tied litter is the first one's.

    Parameters
    ----------
    pedigree :                          The pedigree.

    Returns
    -------
    The founders, as from `founder_table`, and a matrix of shape (n_animals, n_founders), dimensionless, in [0, 1).

    Raises
    ------
    NumericalError
        A part is negative, or the parts of an animal do not add up to its F.

    Notes
    -----
    Time n_animals^2 x n_founders, memory n_animals^2. For a living set call it on `pedigree.pruned_to_ancestors(living)`.

    References
    ----------
    R. C. Lacy, G. Alaks and A. Walsh (1996). Hierarchical analysis of inbreeding depression in Peromyscus
    polionotus. Evolution 50, 2187-2200. D. Gulisija and J. F. Crow (2007). Inferring purging from pedigree data.
    Evolution 61, 1043-1051.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> records = [Record("1"), Record("2"), Record("3", "1", "2"), Record("4", "1", "3")]
    >>> found = partial_inbreeding(Pedigree.from_records(records))
    >>> found.matrix[3].tolist()
    [0.25, 0.0]
    """
    founders = founder_table(pedigree, np.ones(len(pedigree), dtype=np.bool_))
    nodes = nodes_of(pedigree)
    parts = _Parts(nodes, _given(pedigree, nodes), len(founders)).by_founder()[nodes.of_row]
    check_parts("partial inbreeding", parts, 2 * kinship_matrix(pedigree).diagonal() - 1)
    return PartialInbreeding(founders, np.maximum(parts, 0))


Given = dict[int, dict[int, float]]
"""By node and founder, the share of the node's genes that is the founder's own, not handed down in the pedigree."""


def _given(pedigree: Pedigree, nodes: Nodes) -> Given:
    sources = origins(pedigree, unknown_as_founders=True)
    given: Given = {}
    for row, side in np.argwhere(sources.founder >= 0).tolist():
        if pedigree.genome[row] == row:
            founder, share = int(sources.founder[row, side]), float(sources.chance[row, side])
            node = int(nodes.of_row[row])
            parent = int((nodes.sire, nodes.dam)[side][node])
            whole = founder == sources.founder[row, 1 - side]
            if parent in nodes.drawn:
                given.setdefault(parent, {founder: share})
            else:
                given.setdefault(node, {})[founder] = share if whole else share / 2
    return given


class _Parts:
    """Kinship through each founder, as lines of descent from genes that came in, or were drawn, anew.

    `lines` holds each node's share of every node's genes, `anew` the chance, through each founder, that two genes are
    copies of one in that node and not before, `itself` the self-kinship and `genes` the share of each founder.
    """

    def __init__(self, nodes: Nodes, given: Given, founders: int) -> None:
        self.nodes, size = nodes, len(nodes)
        self.lines = np.zeros((size + PHANTOMS, size))
        self.anew, self.inbred = np.zeros((size, founders)), np.zeros((size, founders))
        self.itself, self.genes = (np.zeros((size + PHANTOMS, founders)) for _ in range(2))
        self.given, self.told = given, dict[tuple[int, int], Floats]()

    def by_founder(self) -> Floats:
        """Return each node's inbreeding through each founder."""
        for start, stop in self.nodes.blocks:
            self._fill(start, stop)
        return self.inbred

    def _fill(self, start: int, stop: int) -> None:
        block, above = slice(start, stop), self.lines[:, :start]
        sire, dam = (parent_values(self.nodes, above, start, stop, role) for role in BOTH)
        genes = (parent_values(self.nodes, self.genes, start, stop, role) for role in BOTH)
        self.genes[block] = sum(genes) / 2
        self._add_given(start, stop)
        between = self._kinship(sire, dam)
        self._fill_itself(start, stop, between)
        before = (self._kinship(sire, sire) + self._kinship(dam, dam) + 2 * between) / 4
        self.anew[block] = self.itself[block] - before
        self.lines[block, :start] = (sire + dam) / 2
        self.lines[np.arange(start, stop), np.arange(start, stop)] = 1
        self._relate_founders(start, stop)

    def _fill_itself(self, start: int, stop: int, between: Floats) -> None:
        block = slice(start, stop)
        self.inbred[block] = between
        self._add_inbred_founders(start, stop)
        self.itself[block] = (self.genes[block] + self.inbred[block]) / 2
        for node in self.nodes.draws(start, stop):
            # One drawn animal, whichever it was: its two genes are those of that candidate.
            options = self.nodes.drawn[node]
            outside = self.genes[node] - mixed(options, self.genes)
            self.itself[node] = mixed(options, self.itself) + outside / 2

    def _add_given(self, start: int, stop: int) -> None:
        for node in range(start, stop):
            for founder, share in self.given.get(node, {}).items():
                self.genes[node, founder] += share

    def _add_inbred_founders(self, start: int, stop: int) -> None:
        for (one, other), value in self.nodes.related.items():
            if one == other and start <= one < stop:
                self.inbred[one] += (2 * value - 1) * self.genes[one]

    def _relate_founders(self, start: int, stop: int) -> None:
        for (one, other), value in self.nodes.related.items():
            if one != other and start <= one < stop:
                self.told[one, other] = value / 2 * (self.genes[one] + self.genes[other])

    def _kinship(self, one: Floats, other: Floats) -> Floats:
        found = (one * other) @ self.anew[: one.shape[1]]
        for (a, b), told in self.told.items():
            found += np.outer(one[:, a] * other[:, b] + one[:, b] * other[:, a], told)
        return np.asarray(found)
