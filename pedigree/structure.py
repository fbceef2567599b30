"""The pedigree as data: rows of parents, parents always above offspring."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
    Candidates,
    Parent,
    Record,
    checked_records,
    loop_among,
    parents_of,
    refusals,
)
from pedigree._levels import arrows, with_all_above
from pedigree._masks import check_mask
from pedigree._ordering import moved_options, ordered, row_map
from pedigree._sharing import (
    FounderKinship,
    contradictions,
    draws,
    genomes,
    kept_genome,
    kept_related,
    refused_founder_kinship,
    refused_twins,
    related,
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

NOBODY_RELATED: Final[FounderKinship] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Pedigree:
    """A pedigree that has been checked once and is valid ever after; `from_records` is the only way in.

    Rows are ordered by generation, then id, so that the order of the records given changes no number.
    `genome` holds the first row with the same genome (the row itself but for identical twins);
    `draws` numbers the places of `candidates`, equal where one parent was drawn for all; `related`
    holds the founders' kinships that were given, by two genome rows, the lower first.
    """

    ids: tuple[str, ...]
    sire: NDArray[np.int32]
    dam: NDArray[np.int32]
    sex: NDArray[np.int8]
    generation: NDArray[np.int32]
    genome: NDArray[np.int32]
    candidates: Mapping[tuple[int, str], Candidates]
    draws: Mapping[tuple[int, str], int]
    related: Mapping[tuple[int, int], float]
    _rows: Mapping[str, int]

    @classmethod
    def from_records(
        cls,
        records: Iterable[Record],
        *,
        allow_selfing: bool = False,
        founder_kinship: FounderKinship | None = None,
    ) -> Pedigree:
        """Return the pedigree that the records describe, or refuse them.

        Parameters
        ----------
        records :                One for each animal, in any order.
        allow_selfing :          True where one animal may be both sire and dam of another.
        founder_kinship :        Kinship by pair of founders' ids, dimensionless; an id with itself: (1 + F)/2.

        Returns
        -------
        The pedigree, rows ordered by generation (0 = no parent in the pedigree), then id.

        Raises
        ------
        PedigreeError
            An id is empty or twice there, a parent has no row, an animal is its own ancestor,
            one animal is both parents of another, probabilities do not add up to 1, identical twins
            differ in a parent, or a kinship of founders is impossible.

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
        given = founder_kinship or NOBODY_RELATED
        by_id = checked_records(records, allow_selfing=allow_selfing)
        for error in _refused_sharing(by_id.values(), given):
            raise error
        records = [by_id[animal] for animal in sorted(by_id)]
        in_order, columns, several = ordered(records)
        rows = {record.id: row for row, record in enumerate(in_order)}
        genome = genomes(_twins(in_order, rows), len(rows))
        litters = {row: in_order[row].litter for row, _ in several}
        sex = np.array([record.sex for record in in_order], dtype=np.int8)
        sire, dam, generation = columns
        shared = draws(several, litters, genome), related(given, rows, genome)
        return cls._frozen(tuple(rows), (sire, dam, sex, generation, genome), several, *shared)

    @classmethod
    def _frozen(
        cls,
        ids: tuple[str, ...],
        arrays: Sequence[NDArray[Any]],
        candidates: Mapping[tuple[int, str], Candidates],
        draws: Mapping[tuple[int, str], int],
        related: Mapping[tuple[int, int], float],
    ) -> Pedigree:
        for array in arrays:
            array.setflags(write=False)
        rows = {animal: row for row, animal in enumerate(ids)}
        mappings = (MappingProxyType(dict(each)) for each in (candidates, draws, related, rows))
        return cls(ids, *arrays, *mappings)  # type: ignore[arg-type]

    def __len__(self) -> int:
        return len(self.ids)

    def __reduce__(self) -> tuple[Any, ...]:
        # Read-only mappings cannot be pickled, and a cache that pickles must get a frozen pedigree back.
        mappings = dict(self.candidates), dict(self.draws), dict(self.related)
        return Pedigree._frozen, (self.ids, self._arrays, *mappings)

    @property
    def _arrays(self) -> tuple[NDArray[Any], ...]:
        return self.sire, self.dam, self.sex, self.generation, self.genome

    @property
    def plain(self) -> bool:
        """Whether no row has several possible parents or an identical twin, and no founders are related."""
        alone = np.array_equal(self.genome, np.arange(len(self)))
        return alone and not self.candidates and not self.related

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
        check_mask("keep", keep, len(self))
        young, above = arrows(self.sire, self.dam, self.candidates)
        cut = np.flatnonzero(keep[young] & ~keep[above])
        if len(cut):
            raise OpenSubsetError(self.ids[young[cut[0]]], self.ids[above[cut[0]]])
        return self._kept(np.flatnonzero(keep))

    def _kept(self, kept: NDArray[np.intp]) -> Pedigree:
        new_row = row_map(kept, len(self))
        inside = set(kept.tolist()) if self.candidates else set()
        places = [place for place in self.candidates if place[0] in inside]
        several = {
            (int(new_row[row]), role): moved_options(self.candidates[row, role], new_row)
            for row, role in places
        }
        draws = {(int(new_row[row]), role): self.draws[row, role] for row, role in places}
        arrays = (
            new_row[self.sire[kept]],
            new_row[self.dam[kept]],
            self.sex[kept],
            self.generation[kept],
            kept_genome(self.genome, kept),
        )
        founders = kept_related(self.related, self.genome, kept.tolist()) if self.related else {}
        return self._frozen(tuple(self.ids[row] for row in kept), arrays, several, draws, founders)

    def pruned_to_ancestors(self, keep: NDArray[np.bool_]) -> Pedigree:
        """Return the pedigree of the rows kept and all their ancestors, without everyone else."""
        return self.subset(self.with_ancestors(keep))

    def with_ancestors(self, keep: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return the mask of the rows kept and all their (possible) ancestors."""
        check_mask("keep", keep, len(self))
        mask = keep.copy()
        with_all_above(mask, arrows(self.sire, self.dam, self.candidates), self.generation)
        return mask


def _twins(records: Iterable[Record], rows: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    twins = (record for record in records if record.twin_of is not None)
    return ((rows[record.id], rows[str(record.twin_of)]) for record in twins)


def _refused_sharing(records: Collection[Record], given: FounderKinship) -> Iterator[PedigreeError]:
    yield from refused_twins(records)
    yield from refused_founder_kinship(given, records)


def find_refusals(
    records: Iterable[Record],
    *,
    allow_selfing: bool = False,
    founder_kinship: FounderKinship | None = None,
) -> tuple[PedigreeError, ...]:
    """Return every reason why the records cannot be a pedigree, where `from_records` stops at the first.

    Animals that are each other's ancestors are told as one loop.

    Parameters
    ----------
    records :                One for each animal, in any order.
    allow_selfing :          True where one animal may be both sire and dam of another.
    founder_kinship :        As for `Pedigree.from_records`.

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
    records, given = list(records), founder_kinship or NOBODY_RELATED
    found = list(refusals(records, allow_selfing=allow_selfing))
    found += _refused_sharing(records, given)
    if given and not found:
        rows = {record.id: row for row, record in enumerate(records)}
        found += contradictions(given, rows, genomes(_twins(records, rows), len(rows)))
    parents = parents_of({record.id: record for record in records})
    arrows = ((animal, parent) for animal, above in parents.items() for parent in above)
    for tangle in nx.strongly_connected_components(nx.DiGraph(sorted(arrows))):
        inside = {animal: parents[animal] & tangle for animal in tangle if animal in parents}
        if len(tangle) > 1 or any(inside.values()):
            found.append(CyclicPedigreeError(loop_among(inside)))
    return tuple(sorted(found, key=str))
