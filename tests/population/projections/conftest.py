"""A family of six that a projection starts from, and a way to run it at once."""

import pytest

from studbook.core.jobs.worker import Worker
from studbook.core.models import Job
from studbook.population.demography.projections.asking import ask_for
from studbook.population.models import Scenario
from tests.factories import ScenarioFactory
from tests.population.conftest import Family


@pytest.fixture(autouse=True)
def _in_this_process(settings) -> None:  # type: ignore[no-untyped-def]
    settings.WORKER_PROCESSES = 1


@pytest.fixture
def go_on(family: Family) -> Scenario:
    """Return a scenario of five years and six runs."""
    made: Scenario = ScenarioFactory(programme=family.programme, name="Go on")
    return made


def whole(scenario: Scenario) -> Scenario:
    return Scenario.objects.whole().get(pk=scenario.pk)


def asked(scenario: Scenario) -> Job:
    (job,) = ask_for(scenario.programme, [whole(scenario)], by=None)
    return job


def run(scenario: Scenario) -> Job:
    """Ask for a projection and let a worker do it."""
    job = asked(scenario)
    Worker().run(once=True)
    job.refresh_from_db()
    assert (job.state, job.failure) == (Job.State.DONE, "")
    return job
