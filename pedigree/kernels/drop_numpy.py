"""Genes dropped down a pedigree, a generation at a time, with numpy.

Every public function here but `segregated` has a twin of the same name, arguments and result in `drop_numba`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

OWN: Final = -1
"""The copy is a founder's gene."""
NAMELESS: Final = -2
"""The copy is a gene that no founder is named for."""
DRAWN: Final = -3
"""The parent is drawn anew in each drop: DRAWN - n stands for draw n."""

THREADS: Final = 1
"""Chunks of drops counted at a time."""

Copies = NDArray[Any]
Rows = NDArray[np.int32]
Bits = NDArray[np.bool_]
Words = NDArray[np.uint64]
Counts = NDArray[np.int64]


def survivals(
    source: Rows,
    gene: Copies,
    levels: Rows,
    words: Words,
    picks: Rows,
    heads: Rows,
    later: int,
    founders: int,
    drops: int,
) -> tuple[Counts, Counts, Counts, Counts]:
    """Return in how many drops 0, 1 or 2 genes of each founder survive, and of each head are unique.

    `source` (n, 2) says where a row's copies come from: a row above, or OWN, NAMELESS, DRAWN - n;
    `gene` (n, 2) holds the gene of a copy that comes from no row: founder f has genes 2f and 2f + 1,
    the nameless gene is the number after all of these. `levels` are the first rows of the generations
    and n. `words` (2n, w) gives each meiosis a bit for each drop; `picks` (n_draws, 64w) the parents drawn.
    `heads` are the rows of the living; from `later` on they are founders, whom the first of the two
    uniqueness counts does not see as others. The last result counts drops by surviving genes in all.
    """
    alleles = segregated(source, gene, levels, words, picks, founders, drops)[:, heads]
    index = alleles.astype(np.intp) * drops + np.arange(drops)
    bins = (2 * founders + 1) * drops
    young = _carriers(index[:, :later], bins)
    carriers = young + _carriers(index[:, later:], bins) if later < len(heads) else young
    named = alleles < 2 * founders
    # A founder carries its genes itself, but was not counted among the young.
    itself = (np.arange(len(heads)) < later).astype(np.int64)[:, None]
    among_young = _drops_by_number(*((young[index] == itself) & named))
    among_all = _drops_by_number(*((carriers[index] == 1) & named)) if later < len(heads) else among_young
    alive = (carriers[: 2 * founders * drops] > 0).reshape(founders, 2, drops)
    in_all = np.bincount(alive.sum(axis=(0, 1)), minlength=2 * founders + 1)
    return _drops_by_number(*alive.transpose(1, 0, 2)), among_young, among_all, in_all


def autozygosities(
    source: Rows, gene: Copies, levels: Rows, words: Words, picks: Rows, founders: int, drops: int
) -> Counts:
    """Return in how many drops 0, 1 or 2 copies of each row were autozygous in an ancestor before.

    The arguments are those of `survivals`.
    """
    bits = _bits(words, drops)
    alleles = _segregated(source, gene, levels, bits, picks, 2 * founders)
    alike = alleles[0] == alleles[1]
    both = np.stack([alike, alike])
    before = np.zeros(alleles.shape, dtype=np.bool_)
    for role, rows, above in _steps(source, levels, picks, drops):
        side = bits[2 * rows + role]
        inherited = _inherited(both, side, above) | _inherited(before, side, above)
        before[role, rows] = inherited & (above >= 0) if side.ndim == 1 else inherited
    return _drops_by_number(*before)


def segregated(
    source: Rows, gene: Copies, levels: Rows, words: Words, picks: Rows, founders: int, drops: int
) -> Copies:
    """Return the gene that each copy of each row is in every drop, (2, n, drops).

    The arguments are those of `survivals`.
    """
    return _segregated(source, gene, levels, _bits(words, drops), picks, 2 * founders)


def _segregated(source: Rows, gene: Copies, levels: Rows, bits: Bits, picks: Rows, nameless: int) -> Copies:
    alleles = np.empty((2, len(source), bits.shape[1]), dtype=gene.dtype)
    alleles[:] = gene.T[:, :, None]
    for role, rows, above in _steps(source, levels, picks, bits.shape[1]):
        side = bits[2 * rows + role]
        inherited = _inherited(alleles, side, above)
        if side.ndim == 1:
            outside = np.where(above == OWN, gene[rows, role] + side, nameless)
            inherited = np.where(above >= 0, inherited, outside)
        alleles[role, rows] = inherited
    return alleles


def _steps(source: Rows, levels: Rows, picks: Rows, drops: int) -> Iterator[tuple[int, Any, Rows]]:
    # Either the rows of a generation with one parent each, or one row with a parent for each drop.
    for start, stop in pairwise(levels.tolist()):
        for role in (0, 1):
            column = source[start:stop, role]
            rows = np.flatnonzero(column >= 0)
            if len(rows):
                yield role, rows + start, column[rows]
            for row in np.flatnonzero(column <= DRAWN):
                yield role, row + start, picks[DRAWN - column[row], :drops]


def _inherited(copies: Copies, side: Bits, above: Rows) -> Copies:
    if side.ndim == 1:
        # Where there is no parent the answer is not used.
        return np.asarray(copies[side.astype(np.intp), np.maximum(above, 0), np.arange(len(above))])
    inherited: Copies = np.where(side, copies[1, above], copies[0, above])
    return inherited


def _bits(words: Words, drops: int) -> Bits:
    octets = words.astype("<u8").view(np.uint8)
    bits: Bits = np.unpackbits(octets, axis=1, count=drops, bitorder="little").view(np.bool_)
    return bits


def _carriers(index: NDArray[np.intp], bins: int) -> Counts:
    # An animal with two copies of one gene is one carrier.
    second = index[1][index[0] != index[1]]
    return np.bincount(index[0].ravel(), minlength=bins) + np.bincount(second, minlength=bins)


def _drops_by_number(one: Bits, other: Bits) -> Counts:
    both, either = (one & other).sum(axis=1), (one | other).sum(axis=1)
    return np.column_stack([one.shape[1] - either, either - both, both])
