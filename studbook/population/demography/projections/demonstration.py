"""Two scenarios for the demonstration: going on as now, and the same with the semen that is banked. They are not run."""

from studbook.population.basis import Basis
from studbook.population.demography.projections.actions import make_scenarios
from studbook.population.demography.projections.defaults import proposed
from studbook.population.demography.projections.drafts import ScenarioDraft
from studbook.population.models import Scenario
from studbook.programmes.models import Programme

AS_NOW, WITH_BANK = "As now", "As now, with the genome bank"
REASON = (
    "How much gene diversity is left in a hundred years if pairs are chosen as now, in the places there are?"
)
BARUTO, STRAWS = "Baruto", 20


def add_scenarios(programme: Programme) -> list[Scenario]:
    """Add the scenarios to the demonstration's programme, by nobody."""
    assumed = proposed(Basis(programme))
    donor = programme.animals.get(house_name=BARUTO, status="living").studbook_number
    drafts = {
        AS_NOW: ScenarioDraft(assumed),
        WITH_BANK: ScenarioDraft({**assumed, "uses_bank": True, "bank_per_year": 2}, donors={donor: STRAWS}),
    }
    return make_scenarios(programme, drafts, reason=REASON, by=None)
