"""What nodes get from their parents, of which some are mixtures of candidates."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pedigree._ingest import Candidates
from pedigree._nodes import Nodes

Floats = NDArray[np.float64]


def mixed(options: Candidates, values: Floats) -> Any:
    """Return the weighted mean of the candidates' values, or rows of values."""
    # Sorted, so that the names of the candidates, which order them, do not reach the last bit.
    parts = np.sort(np.array([chance * values[who] for who, chance in options]), axis=0)
    return np.add.reduce(parts, axis=0)


def parent_values(nodes: Nodes, values: Floats, start: int, stop: int, role: str) -> Floats:
    """Return the sires' or dams' values of the nodes from start to stop; both are the draw for a drawn parent.

    The last three values are those of parents without a row.
    """
    found = values[(nodes.sire if role == "sire" else nodes.dam)[start:stop]]
    for node in nodes.uncertain(start, stop):
        found[node - start] = mixed(nodes.options(node, role), values)
    for node in nodes.draws(start, stop):
        found[node - start] = mixed(nodes.drawn[node], values)
    return found


def between_parents(nodes: Nodes, kinship: Floats, start: int, stop: int) -> Floats:
    """Return the kinship of sire and dam of the nodes from start to stop; the last three rows are zeros."""
    dam = nodes.dam[start:stop]
    found = np.where(dam >= 0, kinship[nodes.sire[start:stop], np.maximum(dam, 0)], 0.0)
    for node in nodes.uncertain(start, stop):
        columns = kinship[[who for who, _ in nodes.options(node, "sire")]]
        padded = np.pad(columns, ((0, 0), (0, 3)))
        between = [mixed(nodes.options(node, "dam"), row) for row in padded]
        chances = [chance for _, chance in nodes.options(node, "sire")]
        found[node - start] = sum(p * value for p, value in zip(chances, between, strict=True))
    return found
