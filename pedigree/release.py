"""Which males and females to release: the captive population loses little, and the group released is diverse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree._release_problem import ReleaseChoice, ReleaseProblem, costs_of, measured
from pedigree._releasing import CLOSE, GroupCosts, Search
from pedigree._tabular import Matrix
from pedigree.errors import ReleaseError

__all__ = [
    "ReleaseChoice",
    "ReleaseProblem",
    "Replacement",
    "choose_release",
    "release_alternatives",
    "release_curve",
]

EFFORT: Final = 120_000_000
"""The work allowed: pairs of candidates looked at in parts of all groups. It is counted, not timed, so that every machine finds the same group."""
MILLION: Final = 1e6
WEIGHTS: Final = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
"""The weights of the curve: from the loss alone to the group before all else."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """Who best goes instead of one member, and what then changes; `by` is None, and the rest NaN, where nobody can.

    `cost` is the value lost. The loss and the group's gene diversity are those of the group with the replacement.
    """

    row: int
    by: int | None
    cost: float
    loss: float
    group_gd: float


def choose_release(
    kinship: Matrix,
    living: NDArray[np.bool_],
    candidates: NDArray[np.bool_],
    *,
    is_male: NDArray[np.bool_],
    males: int,
    females: int,
    weight: float = 1.0,
    kinship_limit: float | None = None,
    effort: int = EFFORT,
) -> ReleaseChoice:
    """Return the group whose release costs captive gene diversity least while the group itself is diverse.

    Of all groups of so many males and females it is the one with the highest captive gene diversity afterwards
    plus `weight` times the group's own, both with each animal's kinship to itself.

    Parameters
    ----------
    kinship : shape (n_animals, n_animals)      Kinship, dimensionless.
    living : shape (n_animals,)                 True for the captive population, the candidates among it.
    candidates : shape (n_animals,)             True for those who may be released.
    is_male : shape (n_animals,)                True for males; candidates of unknown sex are left out before.
    males, females :                            How many of each are released.
    weight :                                    Captive gene diversity given for one unit of the group's, from 0 up.
    kinship_limit :                             No two of the group have a kinship above it; no limit if not given.
    effort :                                    The work allowed, in pairs of candidates looked at.

    Returns
    -------
    The group, its figures, and the bound that no group exceeds.

    Raises
    ------
    ReleaseError
        There is no such group; the message says what stands in the way.
    MaskError
        A mask is not True or False for each animal.
    NumericalError
        A figure lies outside its bounds.

    Notes
    -----
    Exact up to 1e-12 where `is_best`; seconds for 100 candidates and eight animals. Where the work allowed ends
    first, the group is the best one known and `gap` says how much better any could be.

    References
    ----------
    Gene diversity as for `gene_diversity`. The bound takes half of each animal's least kinships with others, as
    that of Gilmore (1962) and Lawler (1963) for quadratic assignments does.

    Examples
    --------
    >>> brothers_and_two = np.array([[4, 2, 0, 0], [2, 4, 0, 0], [0, 0, 4, 0], [0, 0, 0, 4]]) / 8
    >>> everyone, male = np.full(4, True), np.array([True, True, False, False])
    >>> chosen = choose_release(brothers_and_two, everyone, everyone, is_male=male, males=1, females=1)
    >>> chosen.rows, chosen.captive_gd_before, chosen.captive_gd_after, chosen.group_gd
    ((0, 2), 0.84375, 0.75, 0.75)
    """
    problem = ReleaseProblem(kinship, living, candidates, is_male, males, females, weight, kinship_limit)
    return _chosen(problem, effort)


def release_curve(
    choice: ReleaseChoice, *, weights: Iterable[float] = WEIGHTS, effort: int = EFFORT
) -> tuple[ReleaseChoice, ...]:
    """Return the groups that are best at other weights: from the least loss to the most diverse group.

    Parameters
    ----------
    choice :        A choice, for its question.
    weights :       The weights to ask with, from 0 up.
    effort :        The work allowed for each weight.

    Returns
    -------
    The choices by weight; a group that is best at several weights stands once, with the lowest of them.

    Raises
    ------
    ReleaseError
        A weight is no number from 0 up.

    Notes
    -----
    As long as one choice for each weight. Both the loss and the group's gene diversity rise along it where every
    choice is proven best. Groups between two neighbours that no weight prefers are not shown.

    Examples
    --------
    >>> kinship = np.array([[4, 0, 2, 0], [0, 4, 2, 0], [2, 2, 4, 0], [0, 0, 0, 4]]) / 8
    >>> everyone, male = np.full(4, True), np.array([True, True, False, False])
    >>> chosen = choose_release(kinship, everyone, everyone, is_male=male, males=1, females=1)
    >>> [(each.rows, each.loss, each.group_gd) for each in release_curve(chosen, weights=(0, 1))]
    [((0, 2), 0.0625, 0.625), ((0, 3), 0.1875, 0.75)]
    """
    found: dict[tuple[int, ...], ReleaseChoice] = {}
    for weight in sorted(set(weights)):
        asked = _chosen(replace(choice.problem, weight=float(weight)), effort)
        found.setdefault(asked.rows, asked)
    return tuple(found.values())


def release_alternatives(choice: ReleaseChoice) -> tuple[Replacement, ...]:
    """Return for each animal chosen who best goes in its place, the others staying, and what that costs.

    Parameters
    ----------
    choice :        The choice.

    Returns
    -------
    One replacement for each animal, in the order of the rows: the candidate of the same sex, not in the group and
    within the limit of kinship, that leaves the highest value.

    Notes
    -----
    Time n_chosen x n_candidates. A cost below 0 is possible only where the choice is not proven best.

    Examples
    --------
    >>> brothers_and_two = np.array([[4, 2, 0, 0], [2, 4, 0, 0], [0, 0, 4, 0], [0, 0, 0, 4]]) / 8
    >>> everyone, male = np.full(4, True), np.array([True, True, False, False])
    >>> chosen = choose_release(brothers_and_two, everyone, everyone, is_male=male, males=1, females=1)
    >>> [(each.row, each.by, each.cost) for each in release_alternatives(chosen)]
    [(0, 1, 0.0), (2, 3, 0.0)]
    """
    costs, places = costs_of(choice.problem)
    at = {int(row): place for place, row in enumerate(places)}
    found = []
    for row in choice.rows:
        others = tuple(each for each in choice.rows if each != row)
        added = costs.added(tuple(at[each] for each in others))
        added[at[row]] = np.inf
        side = costs.side(at[row])
        best = side.start + int(added[side].argmin())
        if added[best] == np.inf:
            found.append(Replacement(row, None, np.nan, np.nan, np.nan))
            continue
        other = int(places[best])
        told = measured(choice.problem, (*others, other))
        found.append(Replacement(row, other, choice.value - told.value, told.loss, told.group_gd))
    return tuple(found)


def _chosen(problem: ReleaseProblem, effort: int) -> ReleaseChoice:
    costs, places = costs_of(problem)
    search = Search(costs)
    search.begin()
    low = search.close(effort)
    if search.group is None:
        raise ReleaseError(_in_the_way(problem, effort, proven=search.ended))
    told = measured(problem, tuple(int(places[place]) for place in sorted(search.group)))
    bound = told.value + max(search.cost - low, 0.0)
    return replace(told, bound=bound, is_best=search.ended, steps=search.work)


def _in_the_way(problem: ReleaseProblem, effort: int, *, proven: bool) -> str:
    """Return the sentence that no group was found, with the lowest limit at which one is."""
    limit = problem.kinship_limit or 0.0
    among = problem.kinship[np.ix_(problem.candidates, problem.candidates)]
    higher = np.unique(among[among > limit + CLOSE])
    # With the highest of them any two may go together.
    first, last = 0, len(higher) - 1
    while first < last:
        middle = (first + last) // 2
        search = Search(_allowed(problem, float(higher[middle])))
        search.begin()
        if search.group is None:
            search.close(effort // 10)
        if search.group is None:
            first = middle + 1
        else:
            last = middle
    # Rounded up, so that it can be asked with as it is told.
    enough = np.ceil((higher[last] - CLOSE) * MILLION) / MILLION
    found = "There is no group" if proven else "The work allowed found no group"
    return (
        f"{found} of {problem.words} among the {len(among)} candidates "
        f"in which no two have a kinship above {limit:.6g}. With a limit of {enough:.6g} there is one: raise the "
        "limit, ask for fewer animals, or let more be candidates."
    )


def _allowed(problem: ReleaseProblem, limit: float) -> GroupCosts:
    costs, _ = costs_of(replace(problem, kinship_limit=limit))
    both = np.where(np.isinf(costs.both), np.inf, 0.0)
    return replace(costs, each=np.zeros(len(costs.each)), both=both)
