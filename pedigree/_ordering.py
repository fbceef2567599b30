"""Rows in order of generation, then id: parents above offspring, whatever the order of the records."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pedigree._ingest import SEVERAL, Candidates, Record, columns, loop_among, parents_of
from pedigree._levels import UNPLACED, arrows, placed
from pedigree.errors import CyclicPedigreeError

Columns = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]
"""Sire, dam and generation of each row."""


def ordered(records: list[Record]) -> tuple[list[Record], Columns, dict[tuple[int, str], Candidates]]:
    """Return records that are in order of id in order of generation, their columns, and their candidates."""
    sire, dam, several = columns(records, {record.id: row for row, record in enumerate(records)})
    generation = placed(arrows(sire, dam, several), len(records))
    stuck = np.flatnonzero(generation == UNPLACED)
    if len(stuck):
        waiting = {records[row].id: records[row] for row in stuck}
        raise CyclicPedigreeError(loop_among(parents_of(waiting)))
    order = np.argsort(generation, kind="stable")
    new_row = row_map(order, len(records))
    several = {
        (int(new_row[row]), role): moved_options(options, new_row) for (row, role), options in several.items()
    }
    in_order = new_row[sire[order]], new_row[dam[order]], generation[order]
    return [records[row] for row in order], in_order, several


def row_map(old_rows: NDArray[np.intp], size: int) -> NDArray[np.int32]:
    """Return the new row of each old row; the codes of parents without a row map to themselves."""
    # The codes are negative, so that they index the last entries.
    new_row = np.arange(size - SEVERAL, dtype=np.int32) - np.int32(size - SEVERAL)
    new_row[old_rows] = np.arange(len(old_rows))
    return new_row


def moved_options(options: Candidates, new_row: NDArray[np.int32]) -> Candidates:
    """Return candidates under their new rows, in order of row."""
    return tuple(sorted((int(new_row[who]), chance) for who, chance in options))
