"""The best plan found, and how good any other could be."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Steps:
    """The work a plan took."""

    linear_problems: int
    parts: int
    tangents: int
    exchanges: int


@dataclass(frozen=True, slots=True)
class Solution:
    """Litters of each pair, by its place in the problem, and the gene diversity kept.

    `bound` is what no plan within the limits exceeds; like `objective` it is gene diversity less the cost of the
    kilometres, so that `gap`, their difference, is 0 or more. `proven` says that the gap is within the tolerance.
    """

    litters: tuple[int, ...]
    gene_diversity: float
    mean_kinship: float
    mean_inbreeding: float
    objective: float
    bound: float
    proven: bool
    expected_young: float
    km: float
    moves: int
    steps: Steps
    seconds: float = field(default=0.0, compare=False)

    @property
    def gap(self) -> float:
        """By how much any other plan could be better at most."""
        return self.bound - self.objective

    @property
    def chosen(self) -> tuple[int, ...]:
        """The places of the pairs that have a litter."""
        return tuple(place for place, litters in enumerate(self.litters) if litters)
