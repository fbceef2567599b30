"""A projection's job as bytes: all that its runs depend on, kept until it is resumed, here or on another machine."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from typing import Any, Final

import numpy as np

from pedigree._dropping import Plan
from pedigree.errors import ScenarioError
from pedigree.projection.population import LivingPopulation
from pedigree.projection.rates import Rates, SexRates
from pedigree.projection.running import Job
from pedigree.projection.scenario import Arrivals, Catastrophe, Departures, GenomeBank, Scenario

PARTS: Final[dict[str, type[Any]]] = {
    "imports": Arrivals,
    "exports": Departures,
    "catastrophes": Catastrophe,
}
LIVING: Final = ("sex", "age", "founder", "straws", "kinship", "heads")
PLANNED: Final = ("source", "gene", "levels", "place", "founders")


def scenario_to_dict(scenario: Scenario) -> dict[str, Any]:
    """Return a scenario as plain values, which JSON keeps to the last bit."""
    return json.loads(json.dumps(asdict(scenario)))  # type: ignore[no-any-return]


def scenario_from_dict(told: dict[str, Any]) -> Scenario:
    """Return the scenario that `scenario_to_dict` wrote; a name it does not know is refused."""
    values = dict(told)
    for name, kind in PARTS.items():
        values[name] = tuple(kind(**each) for each in values.get(name, ()))
    if values.get("bank") is not None:
        values["bank"] = GenomeBank(**values["bank"])
    if "litter_sizes" in values:
        values["litter_sizes"] = tuple(values["litter_sizes"])
    return Scenario(**values)


def job_to_bytes(job: Job) -> bytes:
    """Return a job as bytes that `job_from_bytes` reads; the same job gives the same bytes."""
    living, plan = job.population, job.population.plan
    told = {
        "name": job.name,
        "scenario": scenario_to_dict(job.scenario),
        "ids": living.ids,
        "donors": living.donors,
        "draws": None if plan is None else len(plan.draws),
    }
    arrays: dict[str, Any] = {"told": json.dumps(told)}
    arrays |= {name: getattr(living, name) for name in LIVING}
    for sex in ("male", "female"):
        rates = getattr(job.rates, sex)
        arrays |= {f"{sex}_q": rates.q, f"{sex}_m": rates.m}
    if plan is not None:
        arrays |= {f"plan_{name}": getattr(plan, name) for name in PLANNED}
        for number, (parents, bounds) in enumerate(plan.draws):
            arrays |= {f"parents_{number}": parents, f"bounds_{number}": bounds}
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def job_from_bytes(data: bytes) -> Job:
    """Return the job that `job_to_bytes` wrote.

    Its name is made anew of what was read, so that bytes that were changed or are of another model are refused.
    """
    with np.load(io.BytesIO(data), allow_pickle=False) as kept:
        told = json.loads(str(kept["told"]))
        population = LivingPopulation(
            ids=tuple(told["ids"]),
            donors=tuple(told["donors"]),
            plan=None if told["draws"] is None else _plan(kept, told["draws"]),
            **{name: kept[name] for name in LIVING},
        )
        rates = Rates(*(SexRates.of(kept[f"{sex}_q"], kept[f"{sex}_m"]) for sex in ("male", "female")))
    job = Job.of(population, rates, scenario_from_dict(told["scenario"]))
    if job.name != told["name"]:
        raise ScenarioError(
            "What this projection works on was kept by another version, which would give other figures. Ask for it anew."
        )
    return job


def _plan(kept: Any, draws: int) -> Plan:
    return Plan(
        **{name: kept[f"plan_{name}"] for name in PLANNED},
        draws=tuple((kept[f"parents_{number}"], kept[f"bounds_{number}"]) for number in range(draws)),
    )
