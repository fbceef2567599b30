"""An optimal plan with an answer, without a solver."""

import json

from studbook.core.models import Job
from studbook.planning.models import OptimalPlan
from studbook.planning.optimal.keeping import MODEL
from tests.factories.jobs import JobChunkFactory, JobFactory, JobInputFactory


def answered(plan: OptimalPlan) -> Job:
    """Return a job that is done and found that no pair is worth it."""
    nothing = {"gd": None, "litters": 0, "rows": []}
    told = {
        "model": MODEL,
        "now": 0.75,
        "living": 2,
        "plan": {
            **nothing,
            "gd": 0.75,
            "bound": 0.75,
            "gap": 0.0,
            "proven": True,
            "seconds": 0.1,
            "objective": 0.75,
            "inbreeding": None,
            "young": 0.0,
        },
        "ranked": nothing,
        "dynamic": nothing,
    }
    made: Job = JobFactory(
        programme=plan.programme,
        kind="optimal plan",
        about=plan.pk,
        title=plan.name,
        state=Job.State.DONE,
        wanted=2,
        done=2,
        chunk=1,
        revision=plan.programme.revision,
        parameters={
            "plan_version": plan.version,
            "lines": [["Litters wanted", "1"]],
            "litters": 1,
            "young": 1,
            "use_chance": False,
            "overlays": [],
            "pairs": 1,
            "animals": 2,
            "as_of": "31 October 2025",
            "notes": [],
        },
    )
    JobInputFactory(job=made)
    JobChunkFactory(job=made, first=0, length=1, data=json.dumps(told).encode())
    JobChunkFactory(job=made, first=1, length=1, data=b"null")
    return made
