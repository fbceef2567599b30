"""The limits of a problem, one by one, and the problem without one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from pedigree.planning.problem import PlanProblem

PER_PAIR: Final = "per_pair"
PER_SIRE: Final = "per_sire"
PER_DAM: Final = "per_dam"
INBREEDING: Final = "inbreeding"
GROUP: Final = "group"
KM: Final = "km"
KM_COST: Final = "km_cost"
MOVES: Final = "moves"
PER_ANIMAL: Final = "per_animal"
REQUIRED: Final = "required"
FORBIDDEN: Final = "forbidden"
KINDS: Final = (
    PER_PAIR,
    PER_SIRE,
    PER_DAM,
    INBREEDING,
    GROUP,
    KM,
    KM_COST,
    MOVES,
    PER_ANIMAL,
    REQUIRED,
    FORBIDDEN,
)


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: its kind, one of KINDS; in words; and the place of the group or pair it is about, or its animal."""

    kind: str
    name: str
    place: int | None = None
    animal: str | None = None


def limits_of(problem: PlanProblem) -> tuple[Limit, ...]:
    """Return every limit that a problem sets, in the order of KINDS.

    Parameters
    ----------
    problem :       The problem.

    Returns
    -------
    A limit for each number, group and pair that a plan must keep to.

    Notes
    -----
    Time with the number of limits. The cost of a kilometre is among them, since it holds a plan back as they do.

    Examples
    --------
    >>> from pedigree.planning.problem import example
    >>> [limit.name for limit in limits_of(replace(example(wanted=2), per_pair=1, per_animal={"C": 1}))]
    ['litters of one pair: 1', 'litters of C: 1']
    """
    return tuple(limit for limit, _ in _limits(problem))


def without_limit(problem: PlanProblem, limit: Limit) -> PlanProblem:
    """Return the problem without one of its limits."""
    removed = next(remove for each, remove in _limits(problem) if each == limit)
    return removed()


def _limits(problem: PlanProblem) -> Iterator[tuple[Limit, Callable[[], PlanProblem]]]:
    if problem.per_pair < problem.wanted:
        yield (
            Limit(PER_PAIR, f"litters of one pair: {problem.per_pair}"),
            partial(replace, problem, per_pair=max(problem.wanted, 1)),
        )
    for side, kind in (("sire", PER_SIRE), ("dam", PER_DAM)):
        if (most := getattr(problem, kind)) is not None:
            yield Limit(kind, f"litters of one {side}: {most}"), partial(replace, problem, **{kind: None})
    if problem.inbreeding_limit is not None:
        yield (
            Limit(INBREEDING, f"inbreeding below {problem.inbreeding_limit:g}"),
            partial(replace, problem, inbreeding_limit=None),
        )
    for place, group in enumerate(problem.groups):
        if group.most is not None:
            rest_of = problem.groups[:place] + problem.groups[place + 1 :]
            yield (
                Limit(GROUP, f"{group.name}: {group.most:g}", place),
                partial(replace, problem, groups=rest_of),
            )
    if problem.km_most is not None:
        yield Limit(KM, f"kilometres: {problem.km_most:g}"), partial(replace, problem, km_most=None)
    if problem.cost_per_km:
        yield (
            Limit(KM_COST, f"cost per kilometre: {problem.cost_per_km:g}"),
            partial(replace, problem, cost_per_km=0.0),
        )
    if problem.moves_most is not None:
        yield Limit(MOVES, f"transfers: {problem.moves_most}"), partial(replace, problem, moves_most=None)
    for animal, most in sorted(problem.per_animal.items()):
        if most < problem.wanted:
            yield (
                Limit(PER_ANIMAL, f"litters of {animal}: {most}", animal=animal),
                partial(_without_own, problem, animal),
            )
    for kind in (REQUIRED, FORBIDDEN):
        for place in getattr(problem, kind):
            others = tuple(each for each in getattr(problem, kind) if each != place)
            yield (
                Limit(kind, f"{kind} pair {problem.pair_name(place)}", place),
                partial(replace, problem, **{kind: others}),
            )


def _without_own(problem: PlanProblem, animal: str) -> PlanProblem:
    """Return the problem in which an animal may have as many litters as the others; who may have more already, any number."""
    own = problem.per_animal[animal]
    freer = replace(
        problem, per_animal={each: most for each, most in problem.per_animal.items() if each != animal}
    )
    usual = [
        freer.most_of(side, animal)
        for side, animals in (("sire", problem.sires), ("dam", problem.dams))
        if animal in animals
    ]
    if all(most is None or most > own for most in usual):
        return freer
    return replace(problem, per_animal={**problem.per_animal, animal: problem.wanted})
