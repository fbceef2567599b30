"""The pedigree as data: rows of parents, parents always above offspring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from pedigree._ingest import (
    FEMALE,
    MALE,
    SEVERAL,
    UNKNOWN,
    UNKNOWN_SEX,
    WILD,
    Parent,
    Record,
    checked_records,
    loop_among,
    parents_of,
    placed,
    refusals,
    resolved,
)
from pedigree.errors import CyclicPedigreeError, OpenSubsetError, PedigreeError, UnknownAnimalError

__all__ = [
    "FEMALE",
    "MALE",
    "SEVERAL",
    "SEXES",
    "UNKNOWN",
    "UNKNOWN_SEX",
    "WILD",
    "Candidates",
    "Parent",
    "Pedigree",
    "Record",
    "find_refusals",
]

SEXES: Final = MappingProxyType({MALE: "male", FEMALE: "female", UNKNOWN_SEX: "unknown"})

Candidates = tuple[tuple[int, float], ...]
"""Parent rows (or WILD, UNKNOWN) with probabilities that add up to 1, in row order."""


@dataclass(frozen=True, slots=True, eq=False)
class Pedigree:
    """A pedigree that has been checked once and is valid ever after; `from_records` is the only way in.

    Rows are ordered by generation, then id, so that the order of the records given changes no number.
    """

    ids: tuple[str, ...]
    sire: NDArray[np.int32]
    dam: NDArray[np.int32]
    sex: NDArray[np.int8]
    generation: NDArray[np.int32]
    candidates: Mapping[tuple[int, str], Candidates]
    _rows: Mapping[str, int]

    @classmethod
    def from_records(cls, records: Iterable[Record], *, allow_selfing: bool = False) -> Pedigree:
        """Return the pedigree that the records describe, or refuse them.

        Parameters
        ----------
        records :                One for each animal, in any order.
        allow_selfing :          True where one animal may be both sire and dam of another.

        Returns
        -------
        The pedigree, rows ordered by generation (0 = no parent in the pedigree), then id.

        Raises
        ------
        PedigreeError
            An id is empty or twice there, a parent has no row, an animal is its own ancestor,
            one animal is both parents of another, or probabilities do not add up to 1.

        Notes
        -----
        Time and memory grow with the number of records; nothing recurses, so depth has no limit.

        Examples
        --------
        >>> cub = Record("3", sire="1", dam="2")
        >>> pedigree = Pedigree.from_records([cub, Record("1"), Record("2")])
        >>> pedigree.ids, pedigree.sire.tolist()
        (('1', '2', '3'), [-2, -2, 0])
        """
        by_id = checked_records(records, allow_selfing=allow_selfing)
        generation = placed(by_id)
        ids = tuple(sorted(by_id, key=lambda animal: (generation[animal], animal)))
        rows = {animal: row for row, animal in enumerate(ids)}
        several: dict[tuple[int, str], Candidates] = {}
        sire = [resolved(by_id[animal].sire, (rows[animal], "sire"), rows, several) for animal in ids]
        dam = [resolved(by_id[animal].dam, (rows[animal], "dam"), rows, several) for animal in ids]
        sexes = [by_id[animal].sex for animal in ids]
        return cls._frozen(ids, sire, dam, sexes, [generation[animal] for animal in ids], several)

    @classmethod
    def _frozen(
        cls,
        ids: tuple[str, ...],
        sire: list[int],
        dam: list[int],
        sex: list[int],
        generation: list[int],
        several: dict[tuple[int, str], Candidates],
    ) -> Pedigree:
        rows = {animal: row for row, animal in enumerate(ids)}
        sires, dams, generations = (np.array(column, dtype=np.int32) for column in (sire, dam, generation))
        sexes = np.array(sex, dtype=np.int8)
        for column in (sires, dams, generations):
            column.setflags(write=False)
        sexes.setflags(write=False)
        proxies = MappingProxyType(several), MappingProxyType(rows)
        return cls(ids, sires, dams, sexes, generations, *proxies)

    def __len__(self) -> int:
        return len(self.ids)

    def __reduce__(self) -> tuple[Any, ...]:
        # Read-only views cannot be pickled, and a cache that pickles must get a frozen pedigree back.
        columns = (column.tolist() for column in (self.sire, self.dam, self.sex, self.generation))
        return Pedigree._frozen, (self.ids, *columns, dict(self.candidates))

    def row(self, animal: str) -> int:
        """Return the row of an animal, or refuse an id that is not in the pedigree."""
        try:
            return self._rows[animal]
        except KeyError:
            raise UnknownAnimalError(animal) from None

    def rows(self, animals: Iterable[str]) -> NDArray[np.intp]:
        """Return the rows of several animals, in the order given."""
        return np.array([self.row(animal) for animal in animals], dtype=np.intp)

    def mask(self, animals: Iterable[str]) -> NDArray[np.bool_]:
        """Return a mask over all rows that is True for the animals given."""
        mask = np.zeros(len(self), dtype=np.bool_)
        mask[self.rows(animals)] = True
        return mask

    def possible(self, row: int, role: str) -> Candidates:
        """Return the possible parents of a row in the role "sire" or "dam", with their probabilities."""
        parent = int(self.sire[row] if role == "sire" else self.dam[row])
        return self.candidates[row, role] if parent == SEVERAL else ((parent, 1.0),)

    def parents(self, row: int) -> Candidates:
        """Return every possible parent of a row that has a row itself, with its share of the row's genome."""
        shares: dict[int, float] = {}
        for role in ("sire", "dam"):
            for parent, probability in self.possible(row, role):
                if parent >= 0:
                    shares[parent] = shares.get(parent, 0.0) + probability / 2
        return tuple(sorted(shares.items()))

    def subset(self, keep: NDArray[np.bool_]) -> Pedigree:
        """Return the pedigree of the rows kept; refuse to cut an animal off from a recorded parent."""
        kept = np.flatnonzero(keep)
        new_row = {int(old): new for new, old in enumerate(kept)}
        for old in new_row:
            for parent, _ in self.parents(old):
                if parent not in new_row:
                    raise OpenSubsetError(self.ids[old], self.ids[parent])
        return self._kept(kept, new_row)

    def _kept(self, kept: NDArray[np.intp], new_row: dict[int, int]) -> Pedigree:
        several = {
            (new_row[row], role): tuple((new_row.get(parent, parent), share) for parent, share in options)
            for (row, role), options in self.candidates.items()
            if row in new_row
        }
        sire, dam = (
            [new_row.get(parent, parent) for parent in column[kept].tolist()]
            for column in (self.sire, self.dam)
        )
        ids = tuple(self.ids[row] for row in kept)
        return self._frozen(ids, sire, dam, self.sex[kept].tolist(), self.generation[kept].tolist(), several)

    def pruned_to_ancestors(self, keep: NDArray[np.bool_]) -> Pedigree:
        """Return the pedigree of the rows kept and all their ancestors, without everyone else."""
        return self.subset(self.with_ancestors(keep))

    def with_ancestors(self, keep: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return the mask of the rows kept and all their (possible) ancestors."""
        mask = keep.copy()
        for row in range(len(self) - 1, -1, -1):
            if mask[row]:
                for parent, _ in self.parents(row):
                    mask[parent] = True
        return mask


def find_refusals(records: Iterable[Record], *, allow_selfing: bool = False) -> tuple[PedigreeError, ...]:
    """Return every reason why the records cannot be a pedigree, where `from_records` stops at the first.

    Animals that are each other's ancestors are told as one loop.

    Parameters
    ----------
    records :                One for each animal, in any order.
    allow_selfing :          True where one animal may be both sire and dam of another.

    Returns
    -------
    Errors that are not raised; none when `from_records` accepts the records.

    Notes
    -----
    Time and memory grow with the number of records.

    Examples
    --------
    >>> [str(error)[:29] for error in find_refusals([Record("12", "40"), Record("40", "12")])]
    ['Ancestry loop: 12 -> 40 -> 12']
    """
    records = list(records)
    found = list(refusals(records, allow_selfing=allow_selfing))
    parents = parents_of({record.id: record for record in records})
    arrows = ((animal, parent) for animal, above in parents.items() for parent in above)
    for tangle in nx.strongly_connected_components(nx.DiGraph(sorted(arrows))):
        inside = {animal: parents[animal] & tangle for animal in tangle if animal in parents}
        if len(tangle) > 1 or any(inside.values()):
            found.append(CyclicPedigreeError(loop_among(inside)))
    return tuple(sorted(found, key=str))
