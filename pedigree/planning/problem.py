"""What a breeding plan is asked to do, and within which limits."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pedigree.errors import PlanError
from pedigree.kinship import kinship_matrix
from pedigree.structure import FEMALE, MALE, Pedigree, Record
from pedigree.whatif import Population


@dataclass(frozen=True, slots=True)
class GroupLimit:
    """At most so many litters of some pairs: the spaces of an institution, a lineage, a region.

    `pairs` are places of the problem's pairs; a litter of each counts `weights`, or 1. A pair that has any litter counts
    `once` besides, however many it has, or 0: the space of whoever moves, the pair itself. `most` None sets no limit.
    """

    name: str
    pairs: tuple[int, ...]
    most: float | None
    weights: tuple[float, ...] | None = None
    once: tuple[float, ...] | None = None

    @property
    def weighed(self) -> tuple[float, ...]:
        """What a litter of each pair counts."""
        return (1.0,) * len(self.pairs) if self.weights is None else self.weights

    @property
    def weighed_once(self) -> tuple[float, ...]:
        """What each pair counts that has any litter, beside its litters."""
        return (0.0,) * len(self.pairs) if self.once is None else self.once


@dataclass(frozen=True, slots=True, eq=False)
class PlanProblem:
    """Which pairs may breed, how many litters are wanted, and the limits they must keep.

    Parameters
    ----------
    population :                The population as it is, or as a basket left it.
    sires, dams :               The pairs that may breed, as two columns of ids; dead donors are allowed.
    wanted :                    Litters in all. `at_most`: fewer, as many as the limits allow, are accepted.
    litter :                    Young of each litter.
    per_pair :                  Litters of one pair at most.
    per_sire, per_dam :         Litters of one sire, of one dam at most.
    per_animal :                Litters of single animals at most, by id; such a number stands in the place of the one for all.
    inbreeding_limit :          F of every young stays below it.
    groups :                    Limits on the litters of groups of pairs.
    chance :                    The chance that a litter of each pair is born; None: every one is.
    distance_km :               The way to bring each pair together; it counts once, however many litters the pair has.
    km_most, cost_per_km :      Kilometres in all at most; what a kilometre costs, in mean kinship.
    moves, moves_most :         Which pairs need a transfer; how many of them there may be.
    required, forbidden :       Places of pairs that have at least one litter, of pairs that have none.
    """

    population: Population
    sires: tuple[str, ...]
    dams: tuple[str, ...]
    wanted: int
    litter: int = 1
    per_pair: int = 1
    per_sire: int | None = None
    per_dam: int | None = None
    per_animal: Mapping[str, int] = field(default_factory=dict)
    inbreeding_limit: float | None = None
    groups: tuple[GroupLimit, ...] = ()
    chance: tuple[float, ...] | None = None
    distance_km: tuple[float, ...] | None = None
    km_most: float | None = None
    cost_per_km: float = 0.0
    moves: tuple[bool, ...] | None = None
    moves_most: int | None = None
    required: tuple[int, ...] = ()
    forbidden: tuple[int, ...] = ()
    at_most: bool = False

    def __post_init__(self) -> None:
        _check_pairs(self)
        for name, least in (("wanted", 0), ("litter", 1), ("per_pair", 1)):
            _whole(name, getattr(self, name), least)
        _check_animals(self)
        if self.inbreeding_limit is not None and not 0 <= self.inbreeding_limit <= 1:
            raise PlanError(
                f"The limit of inbreeding is {self.inbreeding_limit:g}. Give a share from 0 to 1."
            )
        for group in self.groups:
            _check_group(group, len(self))
        _check_travel(self)
        if self.chance is not None:
            _column("chance", self.chance, len(self), most=1)
        for name in ("required", "forbidden"):
            _places(f"The {name} pairs", getattr(self, name), len(self))
        if both := sorted({*self.required} & {*self.forbidden}):
            raise PlanError(
                f"The pair {self.pair_name(both[0])} is both required and forbidden. Take it out of one of the two."
            )

    def __len__(self) -> int:
        return len(self.sires)

    def pair_name(self, place: int) -> str:
        """Return a pair as people write it."""
        return f"{self.sires[place]} x {self.dams[place]}"

    def most_of(self, side: str, animal: str) -> int | None:
        """Return the litters an animal may have as "sire" or "dam"; None: as many as it likes."""
        usual: int | None = getattr(self, f"per_{side}")
        return self.per_animal.get(animal, usual)


def _whole(name: str, value: object, least: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise PlanError(f"{name} is {value!r}. Give a whole number from {least} up.")


def _column(name: str, values: Sequence[float], size: int, *, most: float = math.inf) -> None:
    if len(values) != size:
        raise PlanError(f"{name} has {len(values)} values for {size} pairs. Give one for each pair.")
    for value in values:
        # Written so that NaN is refused too.
        if not (0 <= value <= most and value < math.inf):
            upto = "from 0 up" if most == math.inf else f"from 0 to {most:g}"
            raise PlanError(f"{name} holds {value:g}. Give numbers {upto}.")


def _places(what: str, places: Sequence[int], size: int) -> None:
    for place in places:
        if not 0 <= place < size:
            raise PlanError(
                f"{what} name place {place}, but the places are those from 0 to {size - 1}. Correct it."
            )
    for place, times in Counter(places).items():
        if times > 1:
            raise PlanError(f"{what} name place {place} twice. Name it once.")


def _check_pairs(problem: PlanProblem) -> None:
    if len(problem.sires) != len(problem.dams):
        raise PlanError(
            f"There are {len(problem.sires)} sires for {len(problem.dams)} dams. Give both of each pair."
        )
    for (sire, dam), times in Counter(zip(problem.sires, problem.dams, strict=True)).items():
        if sire == dam:
            raise PlanError(f"Animal {sire} cannot be both sire and dam. Take the pair out.")
        if times > 1:
            raise PlanError(f"The pair {sire} x {dam} is given twice. Give each pair once.")


def _check_animals(problem: PlanProblem) -> None:
    for name in ("per_sire", "per_dam"):
        if (most := getattr(problem, name)) is not None:
            _whole(name, most, 0)
    for animal, most in problem.per_animal.items():
        _whole(f"per_animal of {animal}", most, 0)
    for animal in {*problem.sires, *problem.dams, *problem.per_animal}:
        problem.population.row(animal)


def _check_group(group: GroupLimit, size: int) -> None:
    _places(f"The limit “{group.name}”", group.pairs, size)
    for weights in (group.weighed, group.weighed_once):
        _column(f"The limit “{group.name}”", weights, len(group.pairs))
    if group.most is not None and not 0 <= group.most < math.inf:
        raise PlanError(f"The limit “{group.name}” allows {group.most:g}. Give a number from 0 up, or none.")


def _check_travel(problem: PlanProblem) -> None:
    if problem.distance_km is not None:
        _column("distance_km", problem.distance_km, len(problem))
    elif problem.km_most is not None or problem.cost_per_km:
        raise PlanError(
            "Kilometres are limited or cost, but no distances are given. Give distance_km of each pair."
        )
    if problem.moves is not None and len(problem.moves) != len(problem):
        raise PlanError(
            f"moves has {len(problem.moves)} values for {len(problem)} pairs. Give one for each pair."
        )
    if problem.moves is None and problem.moves_most is not None:
        raise PlanError(
            "Transfers are limited, but it is not said which pairs need one. Give moves of each pair."
        )
    for name in ("km_most", "cost_per_km", "moves_most"):
        value = getattr(problem, name)
        if value is not None and not 0 <= value < math.inf:
            raise PlanError(f"{name} is {value:g}. Give a number from 0 up.")


def example(wanted: int) -> PlanProblem:
    """Return a small problem for examples: two founder males and two females, unrelated, any pair as often as it likes."""
    ids, sexes = ("A", "B", "C", "D"), (MALE, MALE, FEMALE, FEMALE)
    pedigree = Pedigree.from_records([Record(each, sex=sex) for each, sex in zip(ids, sexes, strict=True)])
    population = Population.of(pedigree, kinship_matrix(pedigree), pedigree.mask(ids))
    return PlanProblem(population, ("A", "A", "B", "B"), ("C", "D", "C", "D"), wanted, per_pair=wanted)
