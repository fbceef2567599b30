"""The living that carry the genes of some founders, those with most of them first."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.population.basis import Basis, analysis_on
from studbook.population.breeders import holders_of

ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Carrier:
    """A living animal and the share of its genes that descends from the founders."""

    animal: Animal
    holder: Institution | None
    share: float
    above: bool


def carriers_on(basis: Basis, share: NDArray[np.float64], cap: float | None) -> list[Carrier]:
    """Return the living with any such gene; three queries. `share` runs over the rows of the analysis."""
    analysis, holders = analysis_on(basis), holders_of(basis.programme)
    # The book may have moved on since the analysis: whoever is new to it waits for the next one.
    rows = {analysis.pedigree.ids[row]: row for row in np.flatnonzero(analysis.living & (share > 0))}
    animals = [each for each in basis.living() if each.studbook_number in rows]
    carriers = [
        _carrier(animal, holders.get(animal.pk), float(share[rows[animal.studbook_number]]), cap)
        for animal in animals
    ]
    return sorted(carriers, key=lambda carrier: -round(carrier.share, 12))


def _carrier(animal: Animal, holder: Institution | None, share: float, cap: float | None) -> Carrier:
    return Carrier(animal, holder, share, above_cap(share, cap))


def above_cap(share: float, cap: float | None) -> bool:
    """Tell whether a share lies above a cap; one that only rounding puts above it does not."""
    return cap is not None and share > cap + ROUNDING
