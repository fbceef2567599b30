"""The kinship map as a file for spreadsheets, and as what the drawing in the browser reads."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from django.urls import reverse

from studbook.core.downloads import Table, csv_of, neutral
from studbook.population.basis import Basis
from studbook.population.genetics.kinship_map import KinshipMap

UNIT = 1e-8
"""Whole numbers of this size travel to the browser: exact to every digit shown, and half as long as fractions."""


def kinship_lines(kinship_map: KinshipMap) -> Iterator[str]:
    """Write the kinship matrix as CSV, line by line: one row for each animal, its studbook number first."""
    numbers = [str(neutral(animal.studbook_number)) for animal in kinship_map.animals]
    columns = tuple(numbers[place] for place in kinship_map.columns)
    lines = (
        [numbers[row], *kinship_map.kinship[row, kinship_map.columns].tolist()] for row in kinship_map.rows
    )
    return csv_of(Table(("studbook_number", *columns), lines))


def kinship_drawn(basis: Basis, kinship_map: KinshipMap) -> dict[str, Any]:
    """Return what the drawing needs: the animals in order, and the upper half of the matrix row by row."""
    code, query = basis.programme.code, f"?{basis.query}" if basis.query else ""
    upper = kinship_map.kinship[np.triu_indices(len(kinship_map))]
    return {
        "unit": UNIT,
        "animals": [
            [each.studbook_number, each.house_name, each.sex, each.holder.name if each.holder else ""]
            for each in kinship_map.animals
        ],
        "rows": kinship_map.rows.tolist(),
        "columns": kinship_map.columns.tolist(),
        "kinship": np.rint(upper / UNIT).astype(np.int64).tolist(),
        "limit": basis.programme.offspring_inbreeding_limit,
        "animal_url": reverse("animal", args=[code, "NUMBER"]),
        "pair_url": reverse("pair", args=[code, "SIRE", "DAM"]) + query,
    }
