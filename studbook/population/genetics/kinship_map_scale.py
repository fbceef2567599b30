"""Which kinship the strongest shade of the map stands for."""

from dataclasses import dataclass

import numpy as np

from studbook.population.genetics.kinship_map import KinshipMap

SHARE_BELOW = 0.995
ROUND = 1 / 16
LEAST = 1 / 8


@dataclass(frozen=True, slots=True)
class MapScale:
    """Shades run evenly from kinship 0 to `ceiling`; `clipped` when some pairs lie above it and look like it."""

    ceiling: float
    clipped: bool

    @property
    def middle(self) -> float:
        return self.ceiling / 2


def scale_of(kinship_map: KinshipMap) -> MapScale:
    """Return a scale under which all but the few closest pairs of the map can be told apart."""
    values = kinship_map.kinship[np.triu_indices(len(kinship_map), k=1)]
    if not len(values):
        return MapScale(LEAST, False)
    ceiling = max(LEAST, ROUND * float(np.ceil(np.quantile(values, SHARE_BELOW) / ROUND)))
    return MapScale(ceiling, bool((values > ceiling).any()))
