"""The kinship of every two living animals as a picture: who is on it, in which order."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.population.basis import Basis, analysis_on
from studbook.population.breeders import holders_of
from studbook.population.genetics.kinship_map_order import by_closeness

ORDERS = {
    "lineage": "lineage: the closest side by side",
    "mean_kinship": "mean kinship, rare genes first",
    "institution": "institution",
    "number": "studbook number",
}
NOWHERE = "\uffff"
"""Sorts behind every name: who lives at no recorded place comes last."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """One living animal on the map; `sex` is as recorded or as an overlay assumes it."""

    studbook_number: str
    house_name: str
    sex: str
    order: int
    holder: Institution | None
    mean_kinship: float


@dataclass(frozen=True, slots=True, eq=False)
class KinshipMap:
    """Animals in their order on the map, and the kinship of every two of them. `rows` and `columns` are places in `animals`."""

    animals: list[Mapped]
    kinship: NDArray[np.float64]
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.animals)

    def kept(self, wanted: Callable[[Mapped], bool]) -> "KinshipMap":
        """Return the map of some of the animals."""
        return self._of([place for place, animal in enumerate(self.animals) if wanted(animal)])

    def ordered(self, order: str) -> "KinshipMap":
        """Return the map in one of ORDERS."""
        if order == "lineage":
            return self._of(by_closeness(self.kinship))
        keys = {"mean_kinship": _by_mean_kinship, "institution": _by_institution, "number": _by_number}
        return self._of(sorted(range(len(self)), key=lambda place: keys[order](self.animals[place])))

    def mated(self) -> "KinshipMap":
        """Return the map with males as rows and females as columns."""
        sexes = np.array([animal.sex for animal in self.animals], dtype=np.str_)
        return replace(self, rows=np.flatnonzero(sexes == "M"), columns=np.flatnonzero(sexes == "F"))

    def _of(self, places: list[int]) -> "KinshipMap":
        every = np.arange(len(places))
        return KinshipMap(
            [self.animals[place] for place in places], self.kinship[np.ix_(places, places)], every, every
        )


def kinship_map_on(basis: Basis) -> KinshipMap:
    """Return the map of all living animals, by studbook number; three queries beside those of an analysis."""
    analysis, holders = analysis_on(basis), holders_of(basis.programme)
    found = {animal.studbook_number: animal for animal in basis.living()}
    # The book may have moved on since the analysis: whoever left it in between is left out.
    rows = [row for row in np.flatnonzero(analysis.measured) if analysis.population.ids[row] in found]
    rows.sort(key=lambda row: _place_in_book(found[analysis.population.ids[row]]))
    animals = [found[analysis.population.ids[row]] for row in rows]
    mapped = [
        _mapped(
            animal,
            analysis.sex_of(animal.studbook_number),
            holders.get(animal.pk),
            float(analysis.mean_kinships[row]),
        )
        for row, animal in zip(rows, animals, strict=True)
    ]
    every = np.arange(len(mapped))
    return KinshipMap(mapped, analysis.kinship[np.ix_(rows, rows)], every, every)


def _mapped(animal: Animal, sex: str, holder: Institution | None, mean_kinship: float) -> Mapped:
    return Mapped(animal.studbook_number, animal.house_name, sex, animal.number_order, holder, mean_kinship)


def _place_in_book(animal: Animal) -> tuple[int, str]:
    return animal.number_order, animal.studbook_number


def _by_number(animal: Mapped) -> tuple[int, str]:
    return animal.order, animal.studbook_number


def _by_mean_kinship(animal: Mapped) -> tuple[float, int, str]:
    return round(animal.mean_kinship, 12), *_by_number(animal)


def _by_institution(animal: Mapped) -> tuple[str, int, str]:
    return animal.holder.name if animal.holder else NOWHERE, *_by_number(animal)
