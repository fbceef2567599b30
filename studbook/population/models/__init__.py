"""What people set beside the book for its analysis."""

from studbook.population.models.assumption import AssumedParent, Assumption
from studbook.population.models.overlay import Overlay, OverlayQuerySet

__all__ = ["AssumedParent", "Assumption", "Overlay", "OverlayQuerySet"]
