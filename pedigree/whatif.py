"""A population as it would be: young not yet born, imports and losses, each taken in without a new kinship matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pedigree._bounds import check_diversity
from pedigree._descent import by_descent
from pedigree._masks import check_mask
from pedigree._tabular import Matrix
from pedigree.errors import ImpossibleStepError, SexCodeError
from pedigree.lineage import founding
from pedigree.structure import SEXES, UNKNOWN_SEX, Pedigree

_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Figures:
    """What a population holds; NaN where nobody is living, mean inbreeding also where only founders are."""

    living: int
    mean_kinship: float
    gene_diversity: float
    founder_genome_equivalents: float
    mean_inbreeding: float


@dataclass(frozen=True, slots=True, eq=False)
class Newcomer:
    """An animal that is not in the pedigree; `kinship` is to every animal before it, `sire` and `dam` their places."""

    id: str
    sex: int
    sire: int | None
    dam: int | None
    kinship: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """The animals of a pedigree, and after them newcomers; which of them live, and their kinship to those.

    Every method returns another population and leaves this one as it is. Nothing is computed anew: a change
    costs one pass over the animals.
    """

    pedigree: Pedigree
    kinship: Matrix
    newcomers: tuple[Newcomer, ...]
    living: NDArray[np.bool_]
    founder: NDArray[np.bool_]
    self_kinship: NDArray[np.float64]
    kinship_sums: NDArray[np.float64]

    @classmethod
    def of(cls, pedigree: Pedigree, kinship: Matrix, living: NDArray[np.bool_]) -> Population:
        """Return the population as it is: `kinship` is that of the pedigree, `living` a mask over its rows."""
        check_mask("living", living, len(pedigree))
        sums = kinship[:, living].sum(axis=1)
        return cls(pedigree, kinship, (), living, founding(pedigree), kinship.diagonal().copy(), sums)

    def __len__(self) -> int:
        return len(self.living)

    @property
    def ids(self) -> tuple[str, ...]:
        """Every animal's id: the rows of the pedigree, then the newcomers."""
        return *self.pedigree.ids, *(newcomer.id for newcomer in self.newcomers)

    @property
    def sex(self) -> NDArray[np.int8]:
        """Every animal's sex."""
        return np.append(self.pedigree.sex, np.array([each.sex for each in self.newcomers], dtype=np.int8))

    def row(self, animal: str) -> int:
        """Return an animal's place, or refuse an id that nobody here bears."""
        for place, newcomer in enumerate(self.newcomers, start=len(self.pedigree)):
            if newcomer.id == animal:
                return place
        return self.pedigree.row(animal)

    def kinship_of(self, row: int) -> NDArray[np.float64]:
        """Return one animal's kinship with every animal."""
        first = len(self.pedigree)
        if row < first:
            before, later = self.kinship[row], self.newcomers
        else:
            before, later = self.newcomers[row - first].kinship, self.newcomers[row - first + 1 :]
            before = np.append(before, self.self_kinship[row])
        return np.append(before, np.array([newcomer.kinship[row] for newcomer in later]))

    def kinship_among(self, rows: NDArray[np.intp]) -> Matrix:
        """Return the kinships among some animals, in the order given."""
        if not self.newcomers:
            return self.kinship[np.ix_(rows, rows)]
        return np.array([self.kinship_of(row)[rows] for row in rows.tolist()]).reshape(len(rows), len(rows))

    @property
    def mean_kinships(self) -> NDArray[np.float64]:
        """Every animal's mean kinship to the living, itself counted when it lives; NaN when nobody does."""
        size = int(self.living.sum())
        return self.kinship_sums / size if size else np.full(len(self), np.nan)

    @property
    def figures(self) -> Figures:
        """What the population holds."""
        size = int(self.living.sum())
        mean = float(self.kinship_sums[self.living].sum()) / size**2 if size else float("nan")
        check_diversity(mean, size)
        bred = self.living & ~self.founder
        inbreeding = float((2 * self.self_kinship[bred] - 1).mean()) if bred.any() else float("nan")
        return Figures(size, mean, 1 - mean, 1 / (2 * mean), inbreeding)

    def with_offspring(
        self, sire: str, dam: str, litter: int = 1, *, names: Sequence[str] = (), sex: int = UNKNOWN_SEX
    ) -> Population:
        """Return the population after a litter of one pair; the parents may be dead, or newcomers themselves."""
        if litter < 1:
            raise ImpossibleStepError(f"A litter of {litter} has no young. Give a number of at least 1.")
        if sire == dam:
            raise ImpossibleStepError(f"Animal {sire} cannot be both sire and dam. Choose two animals.")
        if names and len(names) != litter:
            raise ImpossibleStepError(
                f"A litter of {litter} was given {len(names)} names. Name each young, or none."
            )
        grown = self
        for place in range(litter):
            grown = grown._born(sire, dam, names[place] if names else grown._unused_name(sire, dam), sex)
        return grown

    def _born(self, sire: str, dam: str, name: str, sex: int) -> Population:
        above = self.row(sire), self.row(dam)
        of_sire, of_dam = (self.kinship_of(parent) for parent in above)
        young = Newcomer(name, sex, *above, (of_sire + of_dam) / 2)
        return self._joined(young, (1 + float(of_sire[above[1]])) / 2, founder=False)

    def _unused_name(self, sire: str, dam: str) -> str:
        taken, number = set(self.ids), 1
        while f"{sire} x {dam} #{number}" in taken:
            number += 1
        return f"{sire} x {dam} #{number}"

    def with_import(
        self,
        animal: str,
        *,
        kinship: Mapping[str, float] | None = None,
        inbreeding: float = 0.0,
        sex: int = UNKNOWN_SEX,
    ) -> Population:
        """Return the population after a founder came from outside.

        It is unrelated to all but those named in `kinship` and, by descent, their offspring.
        """
        itself = (1 + inbreeding) / 2
        if not 0 <= inbreeding < 1:
            raise ImpossibleStepError(
                f"The inbreeding of {animal} is given as {inbreeding}. It must be at least 0 and below 1."
            )
        given = {self.row(relative): float(value) for relative, value in (kinship or {}).items()}
        values = self._by_descent(given)
        excess = values - np.sqrt(itself * self.self_kinship)
        # Written so that NaN is refused too.
        for row in np.flatnonzero(~((excess <= _SLACK) & (values >= 0))):
            raise ImpossibleStepError(
                f"Animal {animal} cannot have the kinship {values[row]:.6g} with {self.ids[row]}: it must be "
                "at least 0 and at most what their own inbreeding allows. Correct the kinships given."
            )
        return self._joined(Newcomer(animal, sex, None, None, values), itself, founder=True)

    def _by_descent(self, given: Mapping[int, float]) -> NDArray[np.float64]:
        start, fixed = np.zeros(len(self.pedigree)), np.zeros(len(self.pedigree), dtype=np.bool_)
        for row in given.keys() & set(range(len(start))):
            genome = self.pedigree.genome[row]
            start[genome], fixed[genome] = given[row], True
        values = by_descent(self.pedigree, start, fixed).tolist()
        for row, newcomer in enumerate(self.newcomers, start=len(values)):
            above = (newcomer.sire, newcomer.dam)
            values.append(given.get(row, sum(values[parent] for parent in above if parent is not None) / 2))
        return np.array(values)

    def _joined(self, newcomer: Newcomer, itself: float, *, founder: bool) -> Population:
        if not newcomer.id:
            raise ImpossibleStepError("An animal was given an empty name. Name every animal.")
        if newcomer.sex not in SEXES:
            raise SexCodeError(newcomer.id, newcomer.sex)
        if newcomer.id in self.ids:
            raise ImpossibleStepError(
                f"Animal {newcomer.id} is in the population's records already. Choose another name."
            )
        own_sum = float(newcomer.kinship[self.living].sum()) + itself
        return replace(
            self,
            newcomers=(*self.newcomers, newcomer),
            living=np.append(self.living, True),
            founder=np.append(self.founder, founder),
            self_kinship=np.append(self.self_kinship, itself),
            kinship_sums=np.append(self.kinship_sums + newcomer.kinship, own_sum),
        )

    def without(self, animal: str) -> Population:
        """Return the population after an animal died or was excluded: it leaves every average."""
        row = self.row(animal)
        if not self.living[row]:
            raise ImpossibleStepError(
                f"Animal {animal} is not in the population measured, so it cannot leave it. "
                "Choose one of its members."
            )
        return self._counting(row, counted=False)

    def including(self, animal: str) -> Population:
        """Return the population after an animal on record that was not counted is."""
        row = self.row(animal)
        if self.living[row]:
            raise ImpossibleStepError(
                f"Animal {animal} is in the population measured already. Choose an animal that is not."
            )
        return self._counting(row, counted=True)

    def _counting(self, row: int, *, counted: bool) -> Population:
        living = self.living.copy()
        living[row] = counted
        change = self.kinship_of(row) if counted else -self.kinship_of(row)
        return replace(self, living=living, kinship_sums=self.kinship_sums + change)
