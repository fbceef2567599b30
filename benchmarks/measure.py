"""One measurement in a process of its own: `python -m benchmarks.measure kinship numpy 10000` prints it as JSON."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from typing import Final

import numpy as np

from benchmarks.projecting import by_loci, by_pedigree, of_years, planned_by_loci, planned_by_pedigree
from benchmarks.synthetic import Book, captive_book
from benchmarks.timing import Task, measured
from pedigree import (
    FEMALE,
    MALE,
    GrowingKinship,
    Pedigree,
    Population,
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

LIVING: Final = 250
DROPS: Final = 10_000
MALES: Final = 125
BIRTHS: Final = 1_000
LITTER: Final = 3


def pedigree_of(book: Book) -> Pedigree:
    """Return the book as a pedigree: through the front door for all but the very large."""
    ids = [f"{row:07d}" for row in range(len(book))]
    sexes = np.where(book.male, MALE, FEMALE).tolist()
    parents = (
        [ids[parent] if parent >= 0 else parent for parent in column.tolist()]
        for column in (book.sire, book.dam)
    )
    return Pedigree.from_records(map(Record, ids, *parents, sexes))


def copy(size: int) -> Task:
    """Prepare how fast memory takes a matrix of so many rows: the limit of every full kinship."""
    source, target = np.ones((size, size)), np.zeros((size, size))
    target[:] = 1
    return Task(lambda: np.copyto(target, source), lambda _: 0.0)


def kinship(size: int) -> Task:
    """Prepare the full kinship matrix."""
    pedigree = pedigree_of(captive_book(size))
    return Task(lambda: kinship_matrix(pedigree), lambda matrix: float(matrix.mean()))


def every_inbreeding(size: int) -> Task:
    """Prepare F of every animal."""
    book = captive_book(size)
    rows = book.sire, book.dam, book.generation
    return Task(lambda: kernels.inbreeding(*rows), lambda found: float(found.mean()))


def mean_kinship(size: int) -> Task:
    """Prepare every animal's mean kinship to some living, F known."""
    book = captive_book(size)
    pedigree, living = pedigree_of(book), book.chosen(LIVING)
    known = inbreeding(pedigree)
    return Task(
        lambda: mean_kinship_to(pedigree, living, inbreeding=known), lambda found: float(found.mean())
    )


def kinship_of_living(size: int) -> Task:
    """Prepare the kinship among some living, F known."""
    book = captive_book(size)
    pedigree, living = pedigree_of(book), book.chosen(LIVING)
    known = inbreeding(pedigree)
    return Task(lambda: kinship_among(pedigree, living, inbreeding=known), lambda found: float(found.mean()))


def drop(size: int) -> Task:
    """Prepare a gene drop to the living, with retention and uniqueness."""
    book = captive_book(size)
    pedigree = pedigree_of(book)
    return Task(
        lambda: gene_drop(pedigree, book.living, drops=DROPS, seed=1),
        lambda found: float(found.retention.sum()),
    )


def pairs(size: int) -> Task:
    """Prepare the ranking of every pair of 125 living males and 125 living females."""
    book = captive_book(size)
    pedigree = pedigree_of(book)
    matrix, known = kinship_matrix(pedigree), known_fraction(pedigree)
    males, females = (book.chosen(MALES, among=sex) for sex in (book.male, ~book.male))
    living = males | females
    return Task(lambda: rank_pairs(pedigree, matrix, living, known), lambda table: float(table.delta_gd[0]))


def birth(size: int) -> Task:
    """Prepare births appended to the kinship of so many; some take longer than others, so their mean counts."""
    matrix = kinship_matrix(pedigree_of(captive_book(size)))
    parents = np.random.default_rng(0).integers(0, size, (BIRTHS, 2)).tolist()
    growing = GrowingKinship(matrix)

    def work() -> GrowingKinship:
        for sire, dam in parents:
            growing.append(sire, dam)
        return growing

    return Task(work, lambda found: float(found.kinship[size].mean()), times=BIRTHS, runs=1)


def what_if(size: int) -> Task:
    """Prepare one litter among 250 living, the kinship of so many known: all mean kinships and the order by sex."""
    book = captive_book(size)
    pedigree, living = pedigree_of(book), book.chosen(LIVING)
    matrix = kinship_matrix(pedigree)
    sire, dam = (pedigree.ids[np.flatnonzero(living & (pedigree.sex == sex))[0]] for sex in (MALE, FEMALE))

    def work() -> Population:
        before = Population.of(pedigree, matrix, living)
        after = before.with_offspring(sire, dam, LITTER)
        for each in (before, after):
            for sex in (MALE, FEMALE):
                np.argsort(each.mean_kinships[each.living & (each.sex == sex)], kind="stable")
        return after

    return Task(work, lambda found: found.figures.gene_diversity)


OURS: Final = {
    "copy": copy,
    "kinship": kinship,
    "inbreeding": every_inbreeding,
    "mean kinship": mean_kinship,
    "kinship of the living": kinship_of_living,
    "gene drop": drop,
    "pairs": pairs,
    "birth": birth,
    "what if": what_if,
    "projection": by_pedigree,
    "projection by loci": by_loci,
    "plan": planned_by_pedigree,
    "plan by loci": planned_by_loci,
    "plan of years": of_years,
}


def main(question: str, how: str, size: int) -> None:
    """Measure and print one answer; `how` is numpy, numba or choice (the engine's own)."""
    os.environ.pop(kernels.VARIABLE, None)
    if how != "choice":
        os.environ[kernels.VARIABLE] = how
    sys.stdout.write(json.dumps(asdict(measured(OURS[question], size))) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
