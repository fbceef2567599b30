"""One measurement in a process of its own: `python -m benchmarks.measure kinship numpy 10000` prints it as JSON."""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter
from typing import Any, Final

import numpy as np

from benchmarks.synthetic import Book, captive_book
from pedigree import (
    FEMALE,
    MALE,
    GrowingKinship,
    Pedigree,
    Record,
    gene_drop,
    inbreeding,
    kernels,
    kinship_among,
    kinship_matrix,
    known_fraction,
    mean_kinship_to,
    rank_pairs,
)

LONGEST: Final = 8.0
"""Seconds after which a measurement is not repeated again."""
MOST_RUNS: Final = 9
LIVING: Final = 250
DROPS: Final = 10_000
MALES: Final = 125
BIRTHS: Final = 500

Work = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Measured:
    """The median of the runs after a first one, which compiles and fills caches, and what came out."""

    seconds: float
    runs: int
    value: float
    peak_megabytes: float


def measured(work: Work, value: Callable[[Any], float]) -> Measured:
    """Return how long the work takes once it is warm; work that takes long is done once only."""
    times: list[float] = []
    found, first = _timed(work)
    answer = value(found)
    while not times or (len(times) < MOST_RUNS and first + sum(times) < LONGEST):
        del found
        gc.collect()
        found, seconds = (None, first) if first > LONGEST else _timed(work)
        times.append(seconds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measured(median(times), len(times), answer, peak)


def _timed(work: Work) -> tuple[Any, float]:
    start = perf_counter()
    found = work()
    return found, perf_counter() - start


def pedigree_of(book: Book) -> Pedigree:
    """Return the book as a pedigree: through the front door for all but the very large."""
    ids = [f"{row:07d}" for row in range(len(book))]
    sexes = np.where(book.male, MALE, FEMALE).tolist()
    parents = (
        [ids[parent] if parent >= 0 else parent for parent in column.tolist()]
        for column in (book.sire, book.dam)
    )
    return Pedigree.from_records(map(Record, ids, *parents, sexes))


def copy(size: int) -> Measured:
    """Measure how fast memory takes a matrix of so many rows: the limit of every full kinship."""
    source, target = np.ones((size, size)), np.zeros((size, size))
    target[:] = 1
    return measured(lambda: np.copyto(target, source), lambda _: 0.0)


def kinship(size: int) -> Measured:
    """Measure the full kinship matrix."""
    pedigree = pedigree_of(captive_book(size))
    return measured(lambda: kinship_matrix(pedigree), lambda matrix: float(matrix.mean()))


def every_inbreeding(size: int) -> Measured:
    """Measure F of every animal."""
    book = captive_book(size)
    rows = book.sire, book.dam, book.generation
    return measured(lambda: kernels.inbreeding(*rows), lambda found: float(found.mean()))


def mean_kinship(size: int) -> Measured:
    """Measure every animal's mean kinship to some living, F known."""
    book = captive_book(size)
    pedigree, living = pedigree_of(book), book.chosen(LIVING)
    known = inbreeding(pedigree)
    return measured(
        lambda: mean_kinship_to(pedigree, living, inbreeding=known), lambda found: float(found.mean())
    )


def kinship_of_living(size: int) -> Measured:
    """Measure the kinship among some living, F known."""
    book = captive_book(size)
    pedigree, living = pedigree_of(book), book.chosen(LIVING)
    known = inbreeding(pedigree)
    return measured(
        lambda: kinship_among(pedigree, living, inbreeding=known), lambda found: float(found.mean())
    )


def drop(size: int) -> Measured:
    """Measure a gene drop to the living, with retention and uniqueness."""
    book = captive_book(size)
    pedigree = pedigree_of(book)
    return measured(
        lambda: gene_drop(pedigree, book.living, drops=DROPS, seed=1),
        lambda found: float(found.retention.sum()),
    )


def pairs(size: int) -> Measured:
    """Measure the ranking of every pair of 125 living males and 125 living females."""
    book = captive_book(size)
    pedigree = pedigree_of(book)
    matrix, known = kinship_matrix(pedigree), known_fraction(pedigree)
    males, females = (book.chosen(MALES, among=sex) for sex in (book.male, ~book.male))
    living = males | females
    return measured(
        lambda: rank_pairs(pedigree, matrix, living, known), lambda table: float(table.delta_gd[0])
    )


def birth(size: int) -> Measured:
    """Measure one birth appended to the kinship of so many."""
    growing = GrowingKinship(kinship_matrix(pedigree_of(captive_book(size))))
    parents = np.random.default_rng(0).integers(0, size, (BIRTHS, 2)).tolist()

    def all_births() -> None:
        for sire, dam in parents:
            growing.append(sire, dam)

    # Some births take longer than others, so it is their mean that counts.
    seconds = _timed(all_births)[1] / BIRTHS
    return Measured(seconds, BIRTHS, float(growing.kinship[size].mean()), 0.0)


def peer_kinship(size: int) -> Measured:
    """Measure the full kinship matrix by sgkit."""
    return _by_sgkit(size, "pedigree_kinship")


def peer_inbreeding(size: int) -> Measured:
    """Measure F of every animal by sgkit."""
    return _by_sgkit(size, "pedigree_inbreeding")


def _by_sgkit(size: int, question: str) -> Measured:
    import sgkit
    import xarray

    book = captive_book(size)
    parents = np.maximum(np.column_stack((book.sire, book.dam)), -1).astype(np.int64)
    data = xarray.Dataset({"parent": (("samples", "parents"), parents)})
    ask = getattr(sgkit, question)

    def work() -> Any:
        answer = ask(data, method="diploid", parent="parent", allow_half_founders=True)
        return answer[f"stat_{question}"].values

    return measured(work, lambda found: float(found.mean()))


OURS: Final = {
    "copy": copy,
    "kinship": kinship,
    "inbreeding": every_inbreeding,
    "mean kinship": mean_kinship,
    "kinship of the living": kinship_of_living,
    "gene drop": drop,
    "pairs": pairs,
    "birth": birth,
}
SGKIT: Final = {"kinship": peer_kinship, "inbreeding": peer_inbreeding}


def main(question: str, how: str, size: int) -> None:
    """Measure and print one answer; `how` is numpy, numba, choice (the engine's own) or sgkit."""
    os.environ.pop(kernels.VARIABLE, None)
    if how in ("numpy", "numba"):
        os.environ[kernels.VARIABLE] = how
    found = (SGKIT if how == "sgkit" else OURS)[question](size)
    sys.stdout.write(json.dumps(asdict(found)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
