"""The closest and the most distant pairs of a kinship map, for readers of words."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studbook.population.genetics.kinship_map import KinshipMap, Mapped

MOST_LISTED = 10


@dataclass(frozen=True, slots=True)
class MappedPair:
    """Two animals of the map. The sire comes first where they are a male and a female."""

    first: Mapped
    second: Mapped
    kinship: float

    @property
    def could_breed(self) -> bool:
        return (self.first.sex, self.second.sex) == ("M", "F")


@dataclass(frozen=True, slots=True)
class Extremes:
    """The first few pairs from either end, of `total`."""

    closest: list[MappedPair]
    most_distant: list[MappedPair]
    total: int


def extremes_of(kinship_map: KinshipMap) -> Extremes:
    """Return the pairs of highest and of lowest kinship among those on the map; ties by studbook number."""
    first, second = _pairs(kinship_map)
    values = kinship_map.kinship[first, second].round(12)
    rank = _ranks(kinship_map)
    ties = np.maximum(rank[first], rank[second]), np.minimum(rank[first], rank[second])
    closest, distant = np.lexsort((*ties, -values)), np.lexsort((*ties, values))
    return Extremes(
        [_pair(kinship_map, first[at], second[at]) for at in closest[:MOST_LISTED]],
        [_pair(kinship_map, first[at], second[at]) for at in distant[:MOST_LISTED]],
        len(values),
    )


def _ranks(kinship_map: KinshipMap) -> NDArray[np.intp]:
    animals = kinship_map.animals
    order = sorted(range(len(animals)), key=lambda at: (animals[at].order, animals[at].studbook_number))
    return np.argsort(np.array(order, dtype=np.intp))


def _pairs(kinship_map: KinshipMap) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    rows, columns = kinship_map.rows, kinship_map.columns
    shown = np.zeros((len(kinship_map), len(kinship_map)), dtype=np.bool_)
    shown[np.ix_(rows, columns)] = True
    first, second = np.nonzero(np.triu(shown | shown.T, k=1))
    return first, second


def _pair(kinship_map: KinshipMap, one: np.intp, other: np.intp) -> MappedPair:
    first, second = kinship_map.animals[one], kinship_map.animals[other]
    turned = (first.sex, second.sex) == ("F", "M")
    in_order = (first.order, first.studbook_number) < (second.order, second.studbook_number)
    if turned or not (in_order or (first.sex, second.sex) == ("M", "F")):
        first, second = second, first
    return MappedPair(first, second, float(kinship_map.kinship[one, other]))
