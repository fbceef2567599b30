"""Where the breeders live and how old they are, as columns beside the rows of the population."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedigree.structure import Pedigree
from studbook.population.breeders import Breeder
from studbook.population.distance import great_circle_km

NOBODY = 0


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Columns over rows of the population; `holder` is a primary key or NOBODY, ages and degrees NaN if unknown."""

    age: NDArray[np.float64]
    holder: NDArray[np.int64]
    region: NDArray[np.str_]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]

    def distance_km(self, row: NDArray[np.intp], other: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the distance between the holders of two columns of animals; NaN where a place is not known."""
        return great_circle_km(
            self.latitude[row], self.longitude[row], self.latitude[other], self.longitude[other]
        )


def places_of(population: Pedigree, breeders: Mapping[str, Breeder]) -> Places:
    """Return the columns for the rows of a pedigree; an animal that is no breeder has no place."""
    rows = [breeders.get(number) for number in population.ids]
    holders = [each.holder if each else None for each in rows]
    return Places(
        age=_column([each.age if each else None for each in rows]),
        holder=np.array([holder.pk if holder else NOBODY for holder in holders], dtype=np.int64),
        region=np.array([holder.region if holder else "" for holder in holders], dtype=np.str_),
        latitude=_column([holder.latitude if holder else None for holder in holders]),
        longitude=_column([holder.longitude if holder else None for holder in holders]),
    )


def _column(values: list[float | None]) -> NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
