"""How many of the living descend from each founder."""

import numpy as np
from numpy.typing import NDArray

from pedigree.founders import FounderTable
from pedigree.structure import Pedigree

SELF = "self"


def living_descendants(
    pedigree: Pedigree, table: FounderTable, living: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return for each founder how many living animals can carry its genes, itself left out.

    A missing parent has the animal it is a parent of as its first descendant. Descent by a possible parent counts.
    """
    reached = np.zeros((len(pedigree), len(table)), dtype=np.bool_)
    reached[table.rows, np.arange(len(table))] = True
    for row in range(len(pedigree)):
        for parent, _ in pedigree.parents(row):
            reached[row] |= reached[parent]
    counts = reached[living].sum(axis=0)
    itself = np.array([role == SELF for role in table.role], dtype=np.bool_)
    return np.asarray(counts - (living[table.rows] & itself), dtype=np.int64)
