"""The question which animals to release, and what one answer is worth."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pedigree._bounds import check_diversity
from pedigree._masks import check_mask
from pedigree._releasing import CLOSE, GroupCosts
from pedigree._tabular import Matrix
from pedigree.errors import ReleaseError


@dataclass(frozen=True, slots=True, eq=False)
class ReleaseProblem:
    """Who is captive, who of them may be released, and how many males and females shall be."""

    kinship: Matrix
    living: NDArray[np.bool_]
    candidates: NDArray[np.bool_]
    is_male: NDArray[np.bool_]
    males: int
    females: int
    weight: float
    kinship_limit: float | None

    def __post_init__(self) -> None:
        for name in ("living", "candidates", "is_male"):
            check_mask(name, getattr(self, name), len(self.kinship))
        if not (0 <= self.weight < np.inf):
            raise ReleaseError(
                f"The weight of the group's gene diversity is {self.weight}. Give a number from 0 up."
            )
        if self.kinship_limit is not None and not 0 <= self.kinship_limit <= 1:
            raise ReleaseError(f"The limit of kinship is {self.kinship_limit}. Give a number from 0 to 1.")
        if min(self.males, self.females) < 0 or self.size < 1:
            raise ReleaseError(
                f"A group of {self.words} was asked for. "
                "Ask for 0 or more of each, and for one animal at least."
            )
        if strangers := int((self.candidates & ~self.living).sum()):
            raise ReleaseError(
                f"Of the candidates {strangers} do not live in the captive population measured. "
                "Take them out, or count them in it."
            )
        for wanted, mask, word in (
            (self.males, self.is_male, "male"),
            (self.females, ~self.is_male, "female"),
        ):
            if (there := int((self.candidates & mask).sum())) < wanted:
                raise ReleaseError(
                    f"The group asked for has {counted(wanted, word)}, but the candidates {counted(there, word)}. "
                    "Ask for fewer, or let more animals be candidates."
                )
        if int(self.living.sum()) <= self.size:
            raise ReleaseError(
                f"A group of {self.size} leaves nobody of a captive population of {int(self.living.sum())}. Ask for fewer."
            )

    @property
    def size(self) -> int:
        """How many animals the group has."""
        return self.males + self.females

    @property
    def words(self) -> str:
        """The numbers asked for, as a sentence says them."""
        return f"{counted(self.males, 'male')} and {counted(self.females, 'female')}"

    @property
    def total(self) -> float:
        """The sum of the kinships among the living, each with itself too."""
        return float(self.kinship[np.ix_(self.living, self.living)].sum())

    def sums(self, rows: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the sum of some animals' kinships with the living."""
        return np.asarray(self.kinship[rows][:, self.living].sum(axis=1))


@dataclass(frozen=True, slots=True, eq=False)
class ReleaseChoice:
    """The group chosen, males before females, what it costs the captive population and what it holds.

    `value` is the captive gene diversity after plus the weight times the group's own; no group within the
    limits exceeds `bound`, and `gap` is the difference. `steps` tells the work done.
    """

    rows: tuple[int, ...]
    captive_gd_before: float
    captive_gd_after: float
    group_gd: float
    value: float
    bound: float
    is_best: bool
    steps: int
    problem: ReleaseProblem = field(repr=False)

    @property
    def loss(self) -> float:
        """Gene diversity that the captive population loses; below 0 where it gains."""
        return self.captive_gd_before - self.captive_gd_after

    @property
    def gap(self) -> float:
        """By how much a better group could exceed this one at most."""
        return self.bound - self.value


def counted(number: int, word: str) -> str:
    """Return a number of animals in words: 1 male, 2 males."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def costs_of(problem: ReleaseProblem) -> tuple[GroupCosts, NDArray[np.intp]]:
    """Return what groups cost, so that the cheapest has the highest value, and the rows of the candidates."""
    rows = np.flatnonzero(problem.candidates)
    among, sums = problem.kinship[np.ix_(rows, rows)], problem.sums(rows)
    left, size = int(problem.living.sum()) - problem.size, problem.size
    rate = 1 / left**2 + problem.weight / size**2
    each = rate * among.diagonal() - 2 * sums / left**2
    # Those that can hardly be in the best group stand first: their parts are large, and soon left out.
    dear = each + (size - 1) * rate * among.mean(axis=1)
    order = np.lexsort((rows, -dear, ~problem.is_male[rows]))
    among = among[np.ix_(order, order)]
    both = 2 * rate * among
    if problem.kinship_limit is not None:
        both[among > problem.kinship_limit + CLOSE] = np.inf
    wanted = problem.males, problem.females
    return GroupCosts(each[order], both, int(problem.is_male[rows].sum()), *wanted), rows[order]


def measured(problem: ReleaseProblem, group: tuple[int, ...]) -> ReleaseChoice:
    """Return a group with its figures; that no other is better is not known of it."""
    male = problem.is_male
    rows = np.array(sorted(group, key=lambda row: (not male[row], row)), dtype=np.intp)
    living, total = int(problem.living.sum()), problem.total
    own, left = float(problem.kinship[np.ix_(rows, rows)].sum()), living - problem.size
    means = (
        total / living**2,
        (total - 2 * float(problem.sums(rows).sum()) + own) / left**2,
        own / problem.size**2,
    )
    for mean, size in zip(means, (living, left, problem.size), strict=True):
        check_diversity(mean, size)
    before, after, group_gd = (1 - mean for mean in means)
    value = after + problem.weight * group_gd
    return ReleaseChoice(tuple(rows.tolist()), before, after, group_gd, value, value, False, 0, problem)
