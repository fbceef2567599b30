"""What a gene drop needs to know of a pedigree, and the chance it is handed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from itertools import product
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pedigree import kernels
from pedigree._levels import blocks
from pedigree._origins import NOBODY, ROLES, Origins
from pedigree.errors import DropNumberError, RelatedFoundersError
from pedigree.kernels.drop_numpy import DRAWN, NAMELESS, OWN
from pedigree.structure import SEVERAL, UNKNOWN, WILD, Pedigree

CHUNK: Final = 1024
"""Drops that share one stream of chance; each chunk has a stream of its own."""
WORD: Final = 64
MEMORY: Final = 2**24
"""Bytes, about, that a block of drops may take: what a processor keeps at hand."""

Rows = NDArray[np.int32]
Words = NDArray[np.uint64]
Item = TypeVar("Item")
Result = TypeVar("Result")

Chance = tuple[Words, Rows, int]
"""A bit for each meiosis and drop, the parent of each draw and drop, and the number of drops."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A pedigree of genomes for the kernels: see `pedigree.kernels.drop_numpy.survivals`.

    `place` is where each row's genome stands, or -1 when it is not needed; `founders` the numbers,
    in `Origins`, of the founders whose genes are dropped; `draws` the possible parents of each draw and
    the bounds of their probabilities.
    """

    source: Rows
    gene: NDArray[Any]
    levels: Rows
    place: Rows
    founders: NDArray[np.intp]
    draws: tuple[tuple[Rows, NDArray[np.float64]], ...]

    @property
    def meioses(self) -> NDArray[np.intp]:
        """Which places (2 x row + role) are the outcome of a meiosis."""
        return np.flatnonzero((self.source.ravel() >= 0) | (self.source.ravel() <= DRAWN))


def planned(
    pedigree: Pedigree, needed: NDArray[np.bool_], sources: Origins, *, unknown_as_founders: bool
) -> Plan:
    """Return the plan of a drop to the rows needed, among which are all their own ancestors."""
    _refuse_related(pedigree, needed)
    rows = np.unique(pedigree.genome[needed])
    place = _places(pedigree, rows, OWN if unknown_as_founders else NAMELESS)
    draws = {draw for (row, _), draw in pedigree.draws.items() if needed[row]}
    number = {draw: n for n, draw in enumerate(sorted(draws))}
    source = np.column_stack([place[pedigree.sire[rows]], place[pedigree.dam[rows]]])
    for (row, role), draw in pedigree.draws.items():
        if needed[row]:
            source[place[row], ROLES.index(role)] = DRAWN - number[draw]
    source[_itself(sources.founder[rows])] = OWN
    founders, gene = _genes(sources.founder[rows])
    levels = [start for start, _ in blocks(pedigree.generation[rows])]
    ends = np.array([*levels, len(rows)], dtype=np.int32)
    bounds = _bounds(pedigree, place, number)
    return Plan(source, gene, ends, place[: len(pedigree)], founders, bounds)


def _refuse_related(pedigree: Pedigree, needed: NDArray[np.bool_]) -> None:
    genomes = set(pedigree.genome[needed].tolist()) if pedigree.related else set()
    for one, other in pedigree.related:
        if one in genomes and other in genomes:
            raise RelatedFoundersError(pedigree.ids[one], pedigree.ids[other])


def _places(pedigree: Pedigree, rows: NDArray[np.int32], unknown: int) -> Rows:
    place = np.full(len(pedigree) - SEVERAL, NOBODY, dtype=np.int32)
    place[rows] = np.arange(len(rows))
    place[: len(pedigree)] = place[pedigree.genome]
    # The codes below zero index the last entries, which say whose gene comes from outside.
    place[WILD], place[UNKNOWN] = OWN, unknown
    return place


def _itself(founder: Rows) -> NDArray[np.bool_]:
    # A founder with a row has its two genes from itself.
    return np.asarray((founder[:, 0] == founder[:, 1]) & (founder[:, 0] != NOBODY))


def _genes(founder: Rows) -> tuple[NDArray[np.intp], NDArray[Any]]:
    founders, number = np.unique(founder[founder != NOBODY], return_inverse=True)
    nameless = 2 * len(founders)
    gene = np.full(founder.shape, nameless, dtype=np.uint16 if nameless < 2**16 - 1 else np.uint32)
    gene[founder != NOBODY] = 2 * number
    gene[_itself(founder), 1] += 1
    return founders.astype(np.intp), gene


def _bounds(
    pedigree: Pedigree, place: Rows, number: Mapping[int, int]
) -> tuple[tuple[Rows, NDArray[np.float64]], ...]:
    candidates = {pedigree.draws[at]: options for at, options in pedigree.candidates.items()}
    parents = (np.array([place[who] for who, _ in candidates[draw]], dtype=np.int32) for draw in number)
    chances = (np.cumsum([chance for _, chance in candidates[draw]]) for draw in number)
    return tuple(zip(parents, chances, strict=True))


def streams(drops: int, seed: int) -> list[tuple[np.random.SeedSequence, int]]:
    """Return a stream of chance for every chunk of drops, and how many drops that is: the seed decides all."""
    whole = all(isinstance(number, int | np.integer) for number in (drops, seed))
    if not whole or drops < 1 or seed < 0:
        raise DropNumberError(drops, seed)
    starts = range(0, drops, CHUNK)
    spawned = np.random.SeedSequence(seed).spawn(len(starts))
    return [(stream, min(CHUNK, drops - start)) for stream, start in zip(spawned, starts, strict=True)]


def chance_of(plan: Plan, stream: np.random.SeedSequence, drops: int) -> Chance:
    """Return what the stream decides in one chunk of drops."""
    source = np.random.PCG64(stream)
    shape = plan.source.size, CHUNK // WORD
    words = source.random_raw(math.prod(shape)).reshape(shape)
    return words, _picked(plan, np.random.Generator(source).random((len(plan.draws), CHUNK))), drops


def _picked(plan: Plan, drawn: NDArray[np.float64]) -> Rows:
    picks = np.empty(drawn.shape, dtype=np.int32)
    for pick, chance, (parents, bounds) in zip(picks, drawn, plan.draws, strict=True):
        pick[:] = parents[np.searchsorted(bounds[:-1], chance, side="right")]
    return picks


def outcomes(plan: Plan) -> Iterator[tuple[float, Chance]]:
    """Yield every outcome of the draws with its probability, and in it once every outcome of the meioses."""
    drops = max(2 ** len(plan.meioses), WORD)
    words = np.zeros((plan.source.size, drops // WORD), dtype=np.uint64)
    for digit, place in enumerate(plan.meioses):
        bits = (np.arange(drops) >> digit & 1).astype(np.uint8)
        words[place] = np.packbits(bits, bitorder="little").view("<u8")
    for choice in product(*(range(len(parents)) for parents, _ in plan.draws)):
        chance = math.prod(
            float(np.diff(bounds, prepend=0)[i]) for i, (_, bounds) in zip(choice, plan.draws, strict=True)
        )
        parents = np.array([options[i] for i, (options, _) in zip(choice, plan.draws, strict=True)], np.int32)
        yield chance, (words, np.repeat(parents[:, None], drops, axis=1), drops)


def kernel(plan: Plan, drops: int) -> Any:
    """Return the module whose kernels shall drop: compiled where there is much to do."""
    large = kernels.use_numba(float(plan.source.size) * drops)
    return import_module(f"pedigree.kernels.drop_{'numba' if large else 'numpy'}")


def at_once(kernels: Any, count: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """Yield the count of each item in order, as many at a time as the kernels gain from."""
    if kernels.THREADS == 1:
        yield from map(count, items)
    else:
        with ThreadPoolExecutor(kernels.THREADS) as pool:
            yield from pool.map(count, items)


def in_blocks(chance: Chance, bytes_per_drop: int) -> Iterator[Chance]:
    """Yield the chance in blocks of drops that need little memory at a time."""
    words, picks, drops = chance
    width = max(MEMORY // ((bytes_per_drop + 1) * WORD), 1)
    for start in range(0, -(-drops // WORD), width):
        stop = start + width
        yield (
            np.ascontiguousarray(words[:, start:stop]),
            np.ascontiguousarray(picks[:, start * WORD : stop * WORD]),
            min(width * WORD, drops - start * WORD),
        )


def estimated(
    counts: NDArray[Any], worth: ArrayLike, *, exact: bool = False
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the mean of what the drops counted are worth, and its standard error: 0 where it is exact."""
    drops = counts.sum(axis=1)
    value = np.asarray(worth, dtype=np.float64)
    mean = (counts * value).sum(axis=1) / drops
    if exact:
        return mean, np.zeros(len(mean))
    spread = np.maximum((counts * value**2).sum(axis=1) / drops - mean**2, 0)
    # One drop alone tells nothing of how drops differ.
    error = np.full(len(mean), np.nan)
    return mean, np.sqrt(np.divide(spread, drops - 1, out=error, where=drops > 1))
