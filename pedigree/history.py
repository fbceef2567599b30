"""The population through time: its numbers and its genes on every day asked about."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from pedigree._bounds import check_diversity, check_founder_sizes
from pedigree._presence import Bred, Change, Stays, bred_by, changes_of
from pedigree._running import Running, mean
from pedigree.effective import effective_size_by_breeders
from pedigree.structure import FEMALE, MALE, UNKNOWN_SEX, Pedigree


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """The population on one day; numbers are NaN where nobody is living, or nothing is known.

    `known_gene_diversity` is within known genes; `effective_ratio` is Ne/N; breeders are expected numbers
    where parents are uncertain.
    """

    on: date
    living: int
    males: int
    females: int
    unknown_sex: int
    founders: int
    founder_equivalents: float
    mean_kinship: float
    gene_diversity: float
    founder_genome_equivalents: float
    mean_inbreeding: float
    breeding_males: float
    breeding_females: float
    effective_size: float
    effective_ratio: float
    known: float
    certain: float
    known_gene_diversity: float


def genetic_history(
    pedigree: Pedigree, presence: Stays, days: Sequence[date], *, births: Mapping[str, date] | None = None
) -> tuple[HistoryRow, ...]:
    """Return the figures of the population on each day asked about.

    An animal is counted from the day a stay begins up to the day before it ends; unknown parents count as
    founders. Breeders are the living with offspring born by that day, dead young too.

    Parameters
    ----------
    pedigree :              The pedigree.
    presence :              By id, the stays (first day, day of leaving or None); animals without one never count.
    days :                  The days asked about, in any order.
    births :                By id, the day of birth; an animal without one is taken as born when it is first there.

    Returns
    -------
    A row for each day, in the order asked.

    Raises
    ------
    UnknownAnimalError
        `presence` or `births` names an animal that is not in the pedigree.
    NumericalError
        A figure lies outside its bounds.
    ValueError
        A stay ends before it begins.

    Notes
    -----
    One kinship matrix of all who were ever there and their ancestors; then each arrival and each departure
    costs one pass over the animals.

    References
    ----------
    R. C. Lacy (1995). Clarification of genetic terms and their use in the management of captive
    populations. Zoo Biology 14, 565-577.

    Examples
    --------
    >>> from pedigree.structure import Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("1"), Record("2"), Record("3", "1", "2")])
    >>> new_year = [date(2000, 1, 1), date(2001, 1, 1)]
    >>> presence = {"1": [(new_year[0], new_year[1])], "3": [(new_year[0], None)]}
    >>> [(row.living, row.mean_kinship) for row in genetic_history(pedigree, presence, new_year)]
    [(2, 0.375), (1, 0.5)]
    """
    changes = changes_of(pedigree, presence)
    ever = np.zeros(len(pedigree), dtype=np.bool_)
    ever[[change.row for change in changes]] = True
    running, found = Running(pedigree, ever), dict[date, HistoryRow]()
    events: list[Change | Bred] = [*changes, *bred_by(pedigree, presence, births or {})]
    waiting = deque(sorted(events, key=lambda event: event.on))
    for day in sorted(set(days)):
        while waiting and waiting[0].on <= day:
            running.take(waiting.popleft())
        found[day] = _row(day, running)
    return tuple(found[day] for day in days)


def _row(day: date, running: Running) -> HistoryRow:
    size, mean_kinship, sexes = running.size, running.mean_kinship, running.pedigree.sex[running.living]
    founders, equivalents = int((running.carriers > 0).sum()), running.founder_equivalents
    check_diversity(mean_kinship, size)
    if size:
        check_founder_sizes(1 / (2 * mean_kinship), equivalents, founders, size)
    males, females = running.breeders("sire"), running.breeders("dam")
    effective = effective_size_by_breeders(males, females)
    return HistoryRow(
        on=day,
        living=size,
        males=int((sexes == MALE).sum()),
        females=int((sexes == FEMALE).sum()),
        unknown_sex=int((sexes == UNKNOWN_SEX).sum()),
        founders=founders,
        founder_equivalents=equivalents,
        mean_kinship=mean_kinship,
        gene_diversity=1 - mean_kinship,
        founder_genome_equivalents=1 / (2 * mean_kinship),
        mean_inbreeding=running.mean_inbreeding,
        breeding_males=males,
        breeding_females=females,
        effective_size=effective,
        effective_ratio=effective / size if size else float("nan"),
        known=mean(running.known[running.living]),
        certain=mean(running.certain[running.living]),
        known_gene_diversity=running.known_gene_diversity,
    )
