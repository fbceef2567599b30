"""How many of the living descend from each founder."""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from pedigree.founders import FounderTable
from pedigree.structure import Pedigree

SELF = "self"


def living_descendants(
    pedigree: Pedigree, table: FounderTable, living: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return for each founder how many living animals can carry its genes, itself left out.

    A missing parent has the animal it is a parent of as its first descendant, and litter-mates for whom it was drawn
    together. Descent by a possible parent counts, and an identical twin carries what the other does.
    """
    reached = np.zeros((len(pedigree), len(table)), dtype=np.bool_)
    for place, rows in enumerate(_first_carriers(pedigree, table)):
        reached[rows, place] = True
    for row in range(len(pedigree)):
        for parent, _ in pedigree.parents(row):
            reached[row] |= reached[parent]
        reached[row] |= reached[pedigree.genome[row]]
    counts = reached[living].sum(axis=0)
    itself = np.array([role == SELF for role in table.role], dtype=np.bool_)
    return np.asarray(counts - (living[table.rows] & itself), dtype=np.int64)


def _first_carriers(pedigree: Pedigree, table: FounderTable) -> Iterator[list[int]]:
    together: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for (row, role), draw in pedigree.draws.items():
        together[draw, role].append(row)
    for row, role in zip(table.rows.tolist(), table.role, strict=True):
        drawn = pedigree.draws.get((row, role))
        yield [row] if drawn is None else together[drawn, role]
