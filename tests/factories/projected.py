"""A projection that is done, of a made-up pair, without a worker: for pages that only show one."""

import numpy as np

from pedigree import FEMALE, MALE, Pedigree, Record
from pedigree.projection import LivingPopulation, Rates, SexRates
from pedigree.projection import Scenario as Assumed
from pedigree.projection.keeping import job_to_bytes, scenario_to_dict
from pedigree.projection.running import Job as Projected
from studbook.core.models import Job
from studbook.population.models import Scenario
from tests.factories.jobs import JobChunkFactory, JobFactory, JobInputFactory

RUNS, YEARS = 4, 3


def projected(scenario: Scenario) -> Job:
    """Return a job of four runs over three years that belongs to a scenario."""
    job = made_up(scenario)
    made: Job = JobFactory(
        programme=scenario.programme,
        kind="projection",
        about=scenario.pk,
        title=scenario.name,
        state=Job.State.DONE,
        wanted=RUNS,
        done=RUNS,
        chunk=RUNS,
        revision=scenario.programme.revision,
        parameters=told_of(scenario, job),
    )
    JobInputFactory(job=made, data=job_to_bytes(job))
    JobChunkFactory(job=made, length=RUNS, data=job(0, RUNS).to_bytes())
    return made


def made_up(scenario: Scenario) -> Projected:
    pair = Pedigree.from_records([Record("1", sex=MALE), Record("2", sex=FEMALE)])
    population = LivingPopulation.of(pair, np.array([True, True]), np.array([3, 3]))
    rates = SexRates.of([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 1], [0, 0, 0.5, 0.5, 0.5, 0.5, 0])
    assumed = Assumed(
        name=scenario.name, years=YEARS, seed=1, strategy=str(scenario.strategy), loci=4, capacity=20
    )
    return Projected.of(population, Rates(rates, rates), assumed)


def told_of(scenario: Scenario, job: Projected) -> dict[str, object]:
    return {
        "scenario_version": scenario.version,
        "assumed": scenario_to_dict(job.scenario),
        "digest": job.name,
        "animals": 2,
        "as_of": "31 October 2025",
        "set": "",
        "pairs": scenario.get_strategy_display(),
        "rates": "made up",
        "notes": [],
        "drift": {
            "gene_diversity": 0.75,
            "effective_ratio": 0.5,
            "size": 2,
            "generation_interval": 4.0,
            "growth": 1.1,
        },
        "goal": 0.5,
        "goal_years": 3,
        "target": 3,
    }
