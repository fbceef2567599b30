"""What people set beside the book for its analysis."""

from studbook.population.models.assumption import AssumedParent, Assumption
from studbook.population.models.lineage import Lineage, LineageFounder
from studbook.population.models.overlay import Overlay, OverlayQuerySet

__all__ = ["AssumedParent", "Assumption", "Lineage", "LineageFounder", "Overlay", "OverlayQuerySet"]
