"""A scenario as its form shows it."""

from typing import Any

from django.http import QueryDict

from studbook.population.basis import Basis
from studbook.population.demography.projections.copies import draft_of
from studbook.population.demography.projections.defaults import proposed
from studbook.population.demography.projections.drafts import ScenarioDraft
from studbook.population.demography.projections.forms import PLAIN, SHARES
from studbook.population.demography.projections.lines import PER_CENT
from studbook.population.models import Scenario

Opened = tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]
NARROWING = ("region", "origin", "in_situ", "first", "last")


def opened_new(basis: Basis, narrowed: QueryDict) -> Opened:
    """Return what the form of a new scenario shows first: what the book proposes, on the set that an address names."""
    initial = {**_shares(proposed(basis)), **_narrowed(narrowed)}
    return initial, {"imports": [], "exports": [], "catastrophes": []}


def opened(scenario: Scenario) -> Opened:
    """Return what the form of a scenario shows first."""
    draft = draft_of(scenario)
    assumed = dict(draft.assumed)
    initial = {
        "name": scenario.name,
        "reason": scenario.reason,
        "opened_version": scenario.version,
        "rates": str(scenario.rate_set_id or scenario.rate_source),
        "donors": "\n".join(f"{number}: {straws}" for number, straws in draft.donors.items()),
        **_shares({name: assumed[name] for name in (*PLAIN, *SHARES, "litter_sizes")}),
        **_narrowed(QueryDict(scenario.base)),
    }
    return initial, _lines(draft)


def _lines(draft: ScenarioDraft) -> dict[str, list[dict[str, Any]]]:
    return {
        "imports": [dict(each) for each in draft.moves if each["direction"] == "in"],
        "exports": [dict(each) for each in draft.moves if each["direction"] == "out"],
        "catastrophes": [
            {name: _percent(share) for name, share in each.items()} for each in draft.catastrophes
        ],
    }


def _shares(values: dict[str, Any]) -> dict[str, Any]:
    shown = dict(values)
    for name in SHARES:
        if shown.get(name) is not None:
            shown[name] = _percent(shown[name])
    if "litter_sizes" in shown:
        shown["litter_sizes"] = ", ".join(f"{PER_CENT * share:.4g}" for share in shown["litter_sizes"])
    return shown


def _percent(share: float) -> float:
    return round(PER_CENT * share, 6)


def _narrowed(query: QueryDict) -> dict[str, Any]:
    found: dict[str, Any] = {name: query[name] for name in NARROWING if name in query}
    return found | ({"institution": query.getlist("institution")} if "institution" in query else {})
