"""A job kept as bytes is the same job: the same name, the same runs."""

import numpy as np
import pytest

from pedigree.errors import ScenarioError
from pedigree.projection import Arrivals, Catastrophe, Departures, GenomeBank, Scenario
from pedigree.projection.figures import FIGURES
from pedigree.projection.keeping import job_from_bytes, job_to_bytes, scenario_from_dict, scenario_to_dict
from pedigree.projection.running import Job
from tests.pedigree.projection.cases import LITTERS, RATES, population

EVERYTHING = Scenario(
    name="All of it",
    years=6,
    seed=3,
    strategy="plan",
    capacity=40,
    litter_sizes=LITTERS,
    fulfilment=0.1 + 0.2,
    imports=(Arrivals(1, 2, every=3),),
    exports=(Departures(1, oldest=4, most_related=True), Departures(females=1, first=2, last=5)),
    catastrophes=(Catastrophe(0.1, 0.5, 0.25),),
    bank=GenomeBank(0.3, per_year=2),
    lethal_equivalents=3.14,
    loci=8,
)


def test_scenario_from_dict__reads_what_was_written() -> None:
    assert scenario_from_dict(scenario_to_dict(EVERYTHING)) == EVERYTHING
    assert scenario_from_dict(scenario_to_dict(Scenario())) == Scenario()


def test_job_from_bytes__gives_the_same_runs() -> None:
    job = Job.of(population(straws={"f03": 5}), RATES, EVERYTHING)
    read = job_from_bytes(job_to_bytes(job))
    assert read.name == job.name
    one, other = job(2, 3), read(2, 3)
    assert [
        name for name in FIGURES if not np.array_equal(one.figures[name], other.figures[name], equal_nan=True)
    ] == []
    assert one.to_bytes() == other.to_bytes()


def test_job_to_bytes__is_the_same_for_the_same_job() -> None:
    first, second = (Job.of(population(), RATES, Scenario(loci=8)) for _ in range(2))
    assert job_to_bytes(first) == job_to_bytes(second)


def test_job_from_bytes__keeps_a_population_without_loci() -> None:
    job = Job.of(population(), RATES, Scenario(years=2, loci=0))
    assert job_from_bytes(job_to_bytes(job))(0, 1).to_bytes() == job(0, 1).to_bytes()


def test_job_from_bytes__refuses_what_would_give_other_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    data = job_to_bytes(Job.of(population(), RATES, Scenario(loci=8)))
    monkeypatch.setattr("pedigree.projection.running.MODEL", 999)
    with pytest.raises(ScenarioError, match="kept by another version"):
        job_from_bytes(data)
