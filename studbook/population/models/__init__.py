"""What people set beside the book for its analysis."""

from studbook.population.models.assumption import AssumedParent, Assumption
from studbook.population.models.lineage import Lineage, LineageFounder
from studbook.population.models.overlay import Overlay, OverlayQuerySet
from studbook.population.models.rate_set import EditedRate, RateSet, RateSetQuerySet

__all__ = [
    "AssumedParent",
    "Assumption",
    "EditedRate",
    "Lineage",
    "LineageFounder",
    "Overlay",
    "OverlayQuerySet",
    "RateSet",
    "RateSetQuerySet",
]
