"""Asking for a projection: a scenario and the book as it stands become a job."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pedigree.projection.keeping import job_to_bytes, scenario_to_dict
from pedigree.projection.running import Job as Projected
from studbook.accounts.models import User
from studbook.core.models import Job
from studbook.population.basis import Basis
from studbook.population.demography.projections.assumed import assumed_of
from studbook.population.demography.projections.given import Given, given_on, set_words
from studbook.population.models import Scenario
from studbook.population.set_beside import refuse_archived
from studbook.programmes.jobs import Asked, ask
from studbook.programmes.models import Programme

KIND = "projection"
SECONDS_A_CHUNK = 1.5
SECONDS_A_YEAR_OF_ANIMAL = 4e-6
MOST_A_CHUNK = 50


def ask_for(programme: Programme, scenarios: Sequence[Scenario], *, by: User | None) -> list[Job]:
    """Ask for the projections of some scenarios on the book as recorded, at its present revision."""
    basis = Basis(programme)
    return ask(programme, [_asked(scenario, basis) for scenario in scenarios], by=by)


def _asked(scenario: Scenario, basis: Basis) -> Asked:
    refuse_archived(scenario)
    assumed = assumed_of(scenario, scenario.moves.all(), scenario.catastrophes.all())
    given = given_on(scenario, basis)
    if assumed.lethal_equivalents:
        # Q0 was counted on young that were inbred already; what they lost by it must not be lost twice.
        assumed = replace(assumed, rates_inbreeding=given.rates_inbreeding)
    projected = Projected.of(given.population, given.rates, assumed)
    animals = max(len(given.population), scenario.capacity or 0)
    return Asked(
        kind=KIND,
        about=scenario.pk,
        title=scenario.name,
        data=job_to_bytes(projected),
        wanted=scenario.runs,
        chunk=runs_a_chunk(animals, scenario.years),
        parameters=_told(scenario, basis, given, projected),
    )


def runs_a_chunk(animals: int, years: int) -> int:
    """Return how many runs take a second or two, so that progress is seen to move."""
    return max(1, min(MOST_A_CHUNK, int(SECONDS_A_CHUNK / (SECONDS_A_YEAR_OF_ANIMAL * animals * years))))


def _told(scenario: Scenario, basis: Basis, given: Given, projected: Projected) -> dict[str, Any]:
    programme = basis.programme
    return {
        "scenario_version": scenario.version,
        "assumed": scenario_to_dict(projected.scenario),
        "digest": projected.name,
        "animals": len(given.population),
        "as_of": f"{programme.as_of:%-d %B %Y}",
        "set": set_words(scenario, basis),
        "pairs": scenario.get_strategy_display(),
        "rates": str(scenario.rate_set or scenario.get_rate_source_display()),
        "notes": list(given.notes),
        "drift": given.drift.to_dict() if given.drift else None,
        "goal": programme.gene_diversity_goal,
        "goal_years": programme.goal_years,
        "target": programme.target_size,
    }
