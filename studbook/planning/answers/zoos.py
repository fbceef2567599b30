"""The institution of a plan that an address names, where the person has the right on it."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from studbook.accounts.rights import Right, Standing
from studbook.institutions.models import Institution
from studbook.institutions.queries import institutions_of
from studbook.planning.models import Plan
from studbook.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class AskedZoo:
    plan: Plan
    institution: Institution


def zoo_on_which(
    programme: Programme, standing: Standing, right: Right, arguments: MutableMapping[str, Any]
) -> AskedZoo | None:
    """Return the plan and the institution of an address, where the person may do this for the institution."""
    plan = programme.plans.filter(pk=arguments.pop("pk")).first()
    zoo = arguments.pop("zoo")
    if plan is None or not standing.may_for(right, zoo):
        return None
    institution = institutions_of(programme).filter(pk=zoo).first()
    return AskedZoo(plan, institution) if institution else None
