"""Questions on the small book of planning, and a way to have them answered at once."""

from typing import Any

import pytest
from django.urls import reverse

from studbook.core.jobs.worker import Worker
from studbook.core.models import Job
from studbook.planning.models import OptimalPlan
from studbook.planning.optimal.actions import make_optimal_plan
from studbook.planning.optimal.asking import ask_for
from studbook.planning.optimal.forms import opened
from studbook.planning.optimal.question import Question
from tests.planning.conftest import SmallBook, book, other_zoo

__all__ = ["book", "other_zoo"]


@pytest.fixture
def asked(book: SmallBook) -> OptimalPlan:
    """Return an optimal plan of two litters that is not solved yet."""
    return make_optimal_plan(book.programme, name="Two litters", question=question(), by=None)


@pytest.fixture
def solved(asked: OptimalPlan) -> OptimalPlan:
    solve(asked)
    return asked


def question(**told: Any) -> Question:
    return Question(**{"litters": 2, "inbreeding_limit": 0.125, **told})


def solve(plan: OptimalPlan) -> Job:
    """Ask the solver and let a worker do it."""
    job = ask_for(plan, by=None)
    Worker().run(once=True)
    job.refresh_from_db()
    assert (job.state, job.failure) == (Job.State.DONE, "")
    return job


def url(name: str, *keys: Any, query: str = "") -> str:
    return reverse(name, args=["leopards", *keys]) + query


def body(**told: Any) -> dict[str, Any]:
    sent = opened(question()) | {"name": "Two litters", "named": "", "required": "", "forbidden": ""} | told
    return {name: "" if value is None else value for name, value in sent.items() if value is not False}


def job_of(plan: OptimalPlan) -> Job:
    return Job.objects.filter(about=plan.pk).latest("id")
