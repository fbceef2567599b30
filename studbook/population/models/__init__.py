"""What people set beside the book for its analysis."""

from studbook.population.models.assumption import AssumedParent, Assumption
from studbook.population.models.basket import (
    Basket,
    BasketKinship,
    BasketNewcomer,
    BasketQuerySet,
    BasketStep,
)
from studbook.population.models.beside import SetBeside, SetBesideQuerySet
from studbook.population.models.lineage import Lineage, LineageFounder
from studbook.population.models.mate_thresholds import MateThresholds
from studbook.population.models.overlay import Overlay, OverlayQuerySet
from studbook.population.models.rate_set import EditedRate, RateSet, RateSetQuerySet
from studbook.population.models.scenario import (
    BankedDonor,
    Scenario,
    ScenarioCatastrophe,
    ScenarioMove,
    ScenarioQuerySet,
)

__all__ = [
    "AssumedParent",
    "Assumption",
    "BankedDonor",
    "Basket",
    "BasketKinship",
    "BasketNewcomer",
    "BasketQuerySet",
    "BasketStep",
    "EditedRate",
    "Lineage",
    "LineageFounder",
    "MateThresholds",
    "Overlay",
    "OverlayQuerySet",
    "RateSet",
    "RateSetQuerySet",
    "Scenario",
    "ScenarioCatastrophe",
    "ScenarioMove",
    "ScenarioQuerySet",
    "SetBeside",
    "SetBesideQuerySet",
]
