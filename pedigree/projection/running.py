"""Running a projection: in chunks of runs, with progress, cancelled and resumed between them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pedigree.errors import ScenarioError
from pedigree.projection.breeders import Tables
from pedigree.projection.executors import Executor, Here
from pedigree.projection.figures import empty_figures
from pedigree.projection.population import LivingPopulation
from pedigree.projection.rates import Rates
from pedigree.projection.result import Chunk, Projection
from pedigree.projection.scenario import Scenario
from pedigree.projection.year import Run

CHUNK: Final = 20
"""Runs of a chunk, if not said otherwise: a second or two of work."""
MODEL: Final = 1
"""Changes whenever the same seed gives other figures, so that runs of two models are not mixed."""

Progress = Callable[[Chunk, int], None]
"""Told of every chunk as it finishes, and how many runs are finished then."""
Stop = Callable[[], bool]
"""Asked between chunks whether to stop."""


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """All that a run needs but its number; called with the first run and how many, it returns them as a chunk."""

    population: LivingPopulation
    rates: Rates
    scenario: Scenario
    name: str

    @classmethod
    def of(cls, population: LivingPopulation, rates: Rates, scenario: Scenario) -> Job:
        """Return the job, named by a digest of everything that its figures depend on."""
        return cls(population, rates, scenario, _digest(population, rates, scenario))

    def __call__(self, first: int, number: int) -> Chunk:
        """Return so many runs from the first on."""
        figures = empty_figures(number, self.scenario.years)
        tables = Tables.of(self.rates, self.scenario)
        for row in range(number):
            Run(self.population, tables, self.scenario, first + row).write(figures, row)
        return Chunk(self.name, first, figures)


def _digest(population: LivingPopulation, rates: Rates, scenario: Scenario) -> str:
    told = MODEL, replace(scenario, name=""), population.ids, population.donors
    digest = hashlib.sha256(repr(told).encode())
    for array in _arrays(population, rates):
        digest.update(f"{array.dtype} {array.shape}".encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()


def _arrays(population: LivingPopulation, rates: Rates) -> Iterator[NDArray[Any]]:
    yield from (population.sex, population.age, population.founder, population.straws)
    yield from (rates.male.q, rates.male.m, rates.female.q, rates.female.m)
    plan = population.plan
    if plan is None:
        yield population.kinship
        return
    # The plan decides the kinships, and is smaller where many live.
    yield from (plan.source, plan.gene, plan.levels, population.heads, plan.founders)
    yield from (part for draw in plan.draws for part in draw)


def run_projection(
    population: LivingPopulation,
    rates: Rates,
    scenario: Scenario,
    *,
    runs: int,
    executor: Executor | None = None,
    chunk: int = CHUNK,
    progress: Progress | None = None,
    stop: Stop | None = None,
    done: Iterable[Chunk] = (),
) -> Projection:
    """Return what becomes of a living population in many runs of a simulation of every animal.

    Every animal is one: it survives, breeds and hands on its genes by chance; see `docs/algorithms/projection.md`.

    Parameters
    ----------
    population :            The living with their ages, and whose straws are banked.
    rates :                 Qx and Mx of both sexes.
    scenario :              What is assumed of the years to come.
    runs :                  How many runs, numbered from 0. A run depends on the seed and its number alone.
    executor :              Where they run: `Here` if not given, `Processes`, `Cluster`; it changes no bit.
    chunk :                 Runs that are finished together; it changes no bit either.
    progress :              Called with every chunk as it finishes, and how many runs are finished then.
    stop :                  Asked between chunks; True ends the projection with the runs that are finished.
    done :                  Chunks finished earlier, of the same population, rates and scenario.

    Returns
    -------
    The figures of every finished run and year; `is_complete` is False after a stop.

    Raises
    ------
    ScenarioError
        There are no runs to make, the finished chunks are of something else, or loci cannot be carried.
    ExecutorError
        The runs cannot be spread as asked.

    Notes
    -----
    A run of 250 animals and 100 years takes about a tenth of a second; time grows with years, and with animals
    as `docs/benchmarks.md` shows.

    References
    ----------
    R. C. Lacy (1993). VORTEX: a computer simulation model for population viability analysis. Wildlife
    Research 20, 45-65.

    Examples
    --------
    >>> from pedigree.projection.rates import SexRates
    >>> from pedigree.structure import FEMALE, MALE, Pedigree, Record
    >>> pair = Pedigree.from_records([Record("1", sex=MALE), Record("2", sex=FEMALE)])
    >>> population = LivingPopulation.of(pair, np.array([True, True]), np.array([3, 3]))
    >>> sure = SexRates.of([0, 0, 0, 0, 1], [0, 0, 0, 0, 0.5])
    >>> found = run_projection(population, Rates(sure, sure), Scenario(years=2), runs=1)
    >>> found.animals.tolist(), found.births.tolist(), found.gene_diversity[:, 1].tolist()
    ([[2, 3, 1]], [[0, 1, 0]], [0.7222222222222222])
    """
    job = Job.of(population, rates, scenario)
    finished = list(done)
    _refuse_others(job, finished)
    if runs < 1 or chunk < 1:
        raise ScenarioError(f"{runs} runs in chunks of {chunk} were asked for. Ask for 1 or more of each.")
    number = sum(run < runs for each in finished for run in each.runs)
    parts = list(_missing(runs, chunk, finished))
    for found in (executor or Here()).chunks(job, parts, stop or _never):
        finished.append(found)
        number += len(found)
        if progress is not None:
            progress(found, number)
    return Projection.of(scenario, runs, finished)


def _never() -> bool:
    return False


def _refuse_others(job: Job, finished: list[Chunk]) -> None:
    if any(chunk.job != job.name for chunk in finished):
        raise ScenarioError(
            "The finished chunks are of another population, other rates or another scenario. "
            "Resume with the same, or begin anew without them."
        )


def _missing(runs: int, chunk: int, finished: list[Chunk]) -> Iterator[tuple[int, int]]:
    there = {run for each in finished for run in each.runs}
    first = 0
    while first < runs:
        if first in there:
            first += 1
            continue
        last = first
        while last + 1 < min(runs, first + chunk) and last + 1 not in there:
            last += 1
        yield first, last - first + 1
        first = last + 1
