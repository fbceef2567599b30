"""What is assumed of the years to come."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from pedigree.errors import ScenarioError

RANDOM: Final = "random"
MEAN_KINSHIP: Final = "mean-kinship"
DYNAMIC: Final = "dynamic-mean-kinship"
PLAN: Final = "plan"
STRATEGIES: Final = (RANDOM, MEAN_KINSHIP, DYNAMIC, PLAN)
EXACT: Final = "exact"
BY_LOCI: Final = "loci"
KINSHIPS: Final = (EXACT, BY_LOCI)
FEWEST_LOCI: Final = 100
"""Loci below which kinships estimated from them say little of who is related to whom."""
MOST_LOCI: Final = 1024


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Imports from outside: unrelated founders of one age, in years `first`, `first + every` ... up to `last`."""

    males: int = 0
    females: int = 0
    age: int = 2
    first: int = 1
    last: int | None = None
    every: int = 1


@dataclass(frozen=True, slots=True)
class Departures:
    """Exports: animals between two ages, chosen at random or those of the highest mean kinship."""

    males: int = 0
    females: int = 0
    youngest: int = 0
    oldest: int | None = None
    first: int = 1
    last: int | None = None
    every: int = 1
    most_related: bool = False


@dataclass(frozen=True, slots=True)
class Catastrophe:
    """What strikes in a year with a chance, and multiplies everybody's survival and the chance of every litter."""

    chance: float
    survival: float = 1.0
    litters: float = 1.0


@dataclass(frozen=True, slots=True)
class GenomeBank:
    """How the straws of the population's banked donors are used.

    A straw is spent on every recommended insemination; `success` multiplies the dam's chance of a litter;
    `per_year` is the most inseminations of a year.
    """

    success: float = 0.5
    per_year: int | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """What happens in the years to come, the same in every run but for chance.

    Parameters
    ----------
    years, seed :           How many years; the whole number from 0 that decides all chance.
    strategy :              Who breeds with whom: one of STRATEGIES.
    capacity :              Spaces. With `limits_litters` pairs are recommended only while the living and the young
                            expected do not exceed them; with `exports_surplus` those above them leave after breeding.
    share_male :            The chance that a young is male.
    litter_sizes :          The chance of a litter of 1, 2, 3 ... young.
    fulfilment :            The chance that a recommended pair has a litter; by the dam's Mx where it is None.
    litters_per_sire :      The most recommended pairs of a male in a year.
    kinship_limit :         Pairs of a higher kinship are not recommended.
    lethal_equivalents :    Of a diploid genome: a first year is survived with exp(-F x lethal equivalents / 2).
    rates_inbreeding :      The mean F of the young that Q0 was counted on, from which F is measured there.
    extinction_threshold :  Fewer animals than this count as extinct, as one sex alone does.
    loci :                  Unlinked neutral loci that are carried along.
    kinship :               "exact" from the pedigree, or "loci": pairs are chosen by as many loci more, and gene diversity
                            and F are those of the loci.
    """

    name: str = ""
    years: int = 100
    seed: int = 0
    strategy: str = MEAN_KINSHIP
    capacity: int | None = None
    limits_litters: bool = True
    exports_surplus: bool = False
    share_male: float = 0.5
    litter_sizes: tuple[float, ...] = (1.0,)
    fulfilment: float | None = None
    litters_per_sire: int | None = None
    kinship_limit: float | None = None
    imports: tuple[Arrivals, ...] = ()
    exports: tuple[Departures, ...] = ()
    catastrophes: tuple[Catastrophe, ...] = ()
    bank: GenomeBank | None = None
    lethal_equivalents: float = 0.0
    rates_inbreeding: float = 0.0
    extinction_threshold: int = 0
    loci: int = 32
    kinship: str = EXACT

    def __post_init__(self) -> None:
        _one_of("strategy", self.strategy, STRATEGIES)
        _one_of("kinship", self.kinship, KINSHIPS)
        for name, least in (("years", 1), ("seed", 0), ("loci", 0), ("extinction_threshold", 0)):
            _whole(name, getattr(self, name), least)
        for name in ("capacity", "litters_per_sire"):
            if getattr(self, name) is not None:
                _whole(name, getattr(self, name), 1)
        if self.loci > MOST_LOCI:
            raise ScenarioError(f"loci is {self.loci}. Give a whole number from 0 to {MOST_LOCI}.")
        if self.exports_surplus and self.capacity is None:
            raise ScenarioError(
                "Animals are to be exported above the capacity, but none is given. Give a capacity."
            )
        for name in ("share_male", "rates_inbreeding"):
            _share(name, getattr(self, name))
        for name in ("fulfilment", "kinship_limit"):
            if getattr(self, name) is not None:
                _share(name, getattr(self, name))
        if not 0 <= self.lethal_equivalents < math.inf:
            raise ScenarioError(
                f"There are {self.lethal_equivalents:g} lethal equivalents. Give a number from 0 up, such as 6."
            )
        if self.kinship == BY_LOCI and self.loci < FEWEST_LOCI:
            raise ScenarioError(
                f"Kinship is to be estimated from {self.loci} loci. Give {FEWEST_LOCI} loci or more, or take the exact one."
            )
        _check_litters(self.litter_sizes)
        _check_parts(self)

    @property
    def mean_litter(self) -> float:
        """The mean number of young in a litter."""
        return math.fsum(size * chance for size, chance in enumerate(self.litter_sizes, start=1))


def _one_of(name: str, value: str, options: tuple[str, ...]) -> None:
    if value not in options:
        raise ScenarioError(f"{value!r} is no {name}. Give one of {', '.join(options)}.")


def _whole(name: str, value: object, least: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise ScenarioError(f"{name} is {value!r}. Give a whole number from {least} up.")


def _share(name: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise ScenarioError(f"{name} is {value:g}. Give a share from 0 to 1.")


def _check_litters(chances: tuple[float, ...]) -> None:
    if not chances or not all(chance >= 0 for chance in chances) or abs(math.fsum(chances) - 1) > 1e-9:
        raise ScenarioError(
            f"The chances of litters of 1, 2, 3 ... young are {chances}. Give chances from 0 that add up to 1."
        )


def _check_parts(scenario: Scenario) -> None:
    moves: tuple[Arrivals | Departures, ...] = (*scenario.imports, *scenario.exports)
    for each in moves:
        for name, least in (("males", 0), ("females", 0), ("first", 1), ("every", 1)):
            _whole(name, getattr(each, name), least)
        if each.last is not None:
            _whole("last", each.last, 1)
    for departures in scenario.exports:
        _whole("youngest", departures.youngest, 0)
        if departures.oldest is not None:
            _whole("oldest", departures.oldest, 0)
    for arrivals in scenario.imports:
        _whole("age", arrivals.age, 0)
    for catastrophe in scenario.catastrophes:
        for name in ("chance", "survival", "litters"):
            _share(name, getattr(catastrophe, name))
    if scenario.bank is not None:
        _share("success", scenario.bank.success)
        if scenario.bank.per_year is not None:
            _whole("per_year", scenario.bank.per_year, 0)
