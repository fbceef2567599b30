"""A scenario as the science takes it."""

from collections.abc import Iterable

from pedigree.errors import ScenarioError
from pedigree.projection import Arrivals, Catastrophe, Departures, GenomeBank
from pedigree.projection import Scenario as Assumed
from studbook.core.errors import StudbookError
from studbook.population.models import Scenario, ScenarioCatastrophe, ScenarioMove

SAME = (
    "name",
    "years",
    "seed",
    "capacity",
    "limits_litters",
    "exports_surplus",
    "share_male",
    "fulfilment",
    "litters_per_sire",
    "kinship_limit",
    "lethal_equivalents",
    "extinction_threshold",
    "loci",
)
IN = ("males", "females", "first", "last", "every")
OUT = (*IN, "youngest", "oldest", "most_related")


def assumed_of(
    scenario: Scenario, moves: Iterable[ScenarioMove], catastrophes: Iterable[ScenarioCatastrophe]
) -> Assumed:
    """Return the assumptions of a scenario; raises StudbookError with the sentence of what cannot be."""
    moves = list(moves)
    try:
        return Assumed(
            litter_sizes=tuple(map(float, scenario.litter_sizes)) or (1.0,),
            imports=tuple(
                Arrivals(age=each.youngest, **{name: getattr(each, name) for name in IN})
                for each in moves
                if each.direction == ScenarioMove.Direction.IN
            ),
            exports=tuple(
                Departures(**{name: getattr(each, name) for name in OUT})
                for each in moves
                if each.direction == ScenarioMove.Direction.OUT
            ),
            catastrophes=tuple(
                Catastrophe(each.chance, each.survival, each.litters) for each in catastrophes
            ),
            bank=GenomeBank(scenario.bank_success, scenario.bank_per_year) if scenario.uses_bank else None,
            # As text, also where a scenario was made a moment ago: a job's digest tells a choice from its word.
            strategy=str(scenario.strategy),
            kinship=str(scenario.kinship),
            **{name: getattr(scenario, name) for name in SAME},
        )
    except ScenarioError as refusal:
        raise StudbookError(str(refusal)) from refusal
