"""What the runs of a job say: each figure year by year with its bands, risks, goals, and what it is set beside."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from pedigree.demography.leslie import project_two_sexes
from pedigree.demography.lifetable import TEXTBOOK, LifeTable
from pedigree.errors import ScenarioError
from pedigree.goals import gene_diversity_by_year
from pedigree.projection import Chunk, Projection
from pedigree.projection.keeping import job_from_bytes, scenario_from_dict
from pedigree.projection.outcomes import (
    Bands,
    Chances,
    GoalTimes,
    bands,
    extinction_risk,
    years_kept,
    years_to_reach,
)
from pedigree.projection.running import Job as Projected
from pedigree.structure import FEMALE, MALE
from studbook.core.errors import StudbookError
from studbook.core.models import Job
from studbook.population.cache import Kept

MOST_KEPT = 4  # as many as are compared; 5,000 runs of 100 years take 35 MB
FIGURES = ("animals", "gene_diversity", "inbreeding", "alleles")
OTHER_MODEL = "What was kept of this projection cannot be read by this version. Run it again."

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """One figure of every year: between the wide bands 90 % of the runs lie, between the narrow ones 50 %.

    `beside` is what a formula says of it without chance, NaN where it says nothing; None where there is no such formula.
    """

    name: str
    wide: Bands
    narrow: Bands
    beside: Floats | None = None

    @property
    def told(self) -> bool:
        """Whether any run has the figure: founder alleles need loci."""
        return bool(self.wide.runs.any())


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """The finished runs of a job and what they say together; goals are None where none is set."""

    projection: Projection
    figures: dict[str, Figure]
    extinct: Chances
    goal: float
    kept: GoalTimes
    target: int | None
    reached: GoalTimes | None

    @property
    def years(self) -> int:
        return self.projection.scenario.years

    def at_end(self, name: str) -> tuple[float, float, float]:
        """Return a figure's median in the last year and the band about it that holds 90 % of the runs."""
        found = self.figures[name].wide
        return float(found.middle[-1]), float(found.low[-1]), float(found.high[-1])


_kept: Kept[tuple[int, int], Result] = Kept(MOST_KEPT)


def result_of(job: Job) -> Result | None:
    """Return what the finished runs of a job say, None without any; two queries where it is not kept yet."""
    if not job.done:
        return None
    return _kept.get((job.pk, job.done), partial(_read, job))


def _read(job: Job) -> Result:
    try:
        chunks = [Chunk.from_bytes(bytes(data)) for data in job.chunks.values_list("data", flat=True)]
        scenario = scenario_from_dict(job.parameters["assumed"])
        given = job_from_bytes(bytes(job.input.data))
    except (ScenarioError, KeyError, TypeError) as error:
        raise StudbookError(OTHER_MODEL) from error
    return _told(job, Projection.of(scenario, job.wanted, chunks), given)


def _told(job: Job, projection: Projection, given: Projected) -> Result:
    told = job.parameters
    beside = {"animals": deterministic(given), "gene_diversity": _by_drift(job, projection)}
    goal, target = float(told["goal"]), told["target"]
    return Result(
        projection,
        {
            name: Figure(
                name,
                bands(getattr(projection, name), level=0.9),
                bands(getattr(projection, name), level=0.5),
                beside.get(name),
            )
            for name in FIGURES
        },
        extinction_risk(projection.extinct),
        goal,
        years_kept(projection.gene_diversity, goal),
        target,
        None if target is None else years_to_reach(projection.animals, target),
    )


def deterministic(given: Projected) -> Floats:
    """Return the animals of every year by the same rates without chance and limits, in the order of a year that the runs have."""
    population, rates, years = given.population, given.rates, given.scenario.years
    ages = max(len(rates.male), len(rates.female), int(population.age.max()) + 1)
    # An animal of unknown sex counts by the share of males that the scenario has.
    unsexed = (population.sex != MALE) & (population.sex != FEMALE)
    male = (population.sex == MALE) + unsexed * given.scenario.share_male
    numbers = [np.bincount(population.age, weight, ages).astype(np.float64) for weight in (male, 1.0 - male)]
    tables = [LifeTable.from_rates(sex.q, sex.m, convention=TEXTBOOK) for sex in (rates.male, rates.female)]
    return project_two_sexes(tables[0], tables[1], numbers[0], numbers[1], years).size


def _by_drift(job: Job, projection: Projection) -> Floats | None:
    drift, scenario = job.parameters["drift"], projection.scenario
    if drift is None:
        return None
    return gene_diversity_by_year(
        drift["gene_diversity"],
        drift["effective_ratio"],
        drift["size"],
        drift["generation_interval"],
        scenario.years,
        growth=drift["growth"],
        target=scenario.capacity,
    ).gene_diversity
