"""A basket of what-ifs: steps one after the other, each of which can be taken out again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedigree.errors import ImpossibleStepError
from pedigree.structure import UNKNOWN_SEX
from pedigree.whatif import Population


@dataclass(frozen=True, slots=True)
class Offspring:
    """A litter of one pair; `names` are the young's, or none for names made from the parents'."""

    sire: str
    dam: str
    litter: int = 1
    names: tuple[str, ...] = ()
    sex: int = UNKNOWN_SEX

    def applied(self, population: Population) -> Population:
        """Return the population after this step."""
        return population.with_offspring(self.sire, self.dam, self.litter, names=self.names, sex=self.sex)


@dataclass(frozen=True, slots=True)
class Import:
    """A founder from outside, with its kinships to animals on record where it has any."""

    animal: str
    kinship: tuple[tuple[str, float], ...] = ()
    inbreeding: float = 0.0
    sex: int = UNKNOWN_SEX

    def applied(self, population: Population) -> Population:
        """Return the population after this step."""
        related = dict(self.kinship)
        return population.with_import(self.animal, kinship=related, inbreeding=self.inbreeding, sex=self.sex)


@dataclass(frozen=True, slots=True)
class Death:
    """A member dies; it can still be a parent, by stored semen or eggs."""

    animal: str

    def applied(self, population: Population) -> Population:
        """Return the population after this step."""
        return population.without(self.animal)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A member is left out of the population measured: exported, or not to breed."""

    animal: str

    def applied(self, population: Population) -> Population:
        """Return the population after this step."""
        return population.without(self.animal)


@dataclass(frozen=True, slots=True)
class Inclusion:
    """An animal on record that was not counted is: a donor, or an animal that comes back."""

    animal: str

    def applied(self, population: Population) -> Population:
        """Return the population after this step."""
        return population.including(self.animal)


Step = Offspring | Import | Death | Exclusion | Inclusion


@dataclass(frozen=True, slots=True, eq=False)
class Basket:
    """Steps, and the population before the first and after each of them."""

    steps: tuple[Step, ...]
    populations: tuple[Population, ...]

    @classmethod
    def of(cls, population: Population, steps: Iterable[Step] = ()) -> Basket:
        """Return the basket of the steps given, or refuse the first that is impossible."""
        basket = cls((), (population,))
        for step in steps:
            basket = basket.with_step(step)
        return basket

    def __len__(self) -> int:
        return len(self.steps)

    @property
    def before(self) -> Population:
        """The population as it is."""
        return self.populations[0]

    @property
    def after(self) -> Population:
        """The population after every step."""
        return self.populations[-1]

    @property
    def mean_kinships_before(self) -> NDArray[np.float64]:
        """Mean kinships as they are, aligned with `after`: NaN for animals that do not exist yet."""
        newcomers = len(self.after) - len(self.before)
        return np.append(self.before.mean_kinships, np.full(newcomers, np.nan))

    def with_step(self, step: Step) -> Basket:
        """Return the basket with one more step at its end."""
        return Basket((*self.steps, step), (*self.populations, step.applied(self.after)))

    def undone(self) -> Basket:
        """Return the basket without its last step."""
        if not self.steps:
            raise ImpossibleStepError("The basket is empty, so there is no step to undo. Add a step first.")
        return Basket(self.steps[:-1], self.populations[:-1])

    def without_step(self, place: int) -> Basket:
        """Return the basket without one step; refused when a later step needs what it brought."""
        if not 0 <= place < len(self.steps):
            raise ImpossibleStepError(
                f"The basket holds {len(self.steps)} steps, so there is no step {place + 1}. Choose another."
            )
        kept = Basket(self.steps[:place], self.populations[: place + 1])
        for step in self.steps[place + 1 :]:
            kept = kept.with_step(step)
        return kept
