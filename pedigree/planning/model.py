"""A linear problem with whole numbers in it, put together column by column and row by row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pedigree.planning.objective import Values

Columns = NDArray[np.intp]
UNIT: Final = 1e4
"""Costs are handed to the solver in ten-thousandths of mean kinship, so that its tolerances mean nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What the solver found: the columns, or None; the least cost there can be; the price of raising each column from 0."""

    columns: Values | None
    bound: float
    prices: Values | None
    nodes: int
    ended: bool
    """Whether the solver ended by itself, with a solution or without any there could be."""


@dataclass(slots=True, eq=False)
class Model:
    """Columns with a cost and bounds, rows with bounds, both in the order they were added."""

    cost: list[Values] = field(default_factory=list)
    lower: list[Values] = field(default_factory=list)
    upper: list[Values] = field(default_factory=list)
    whole: list[Values] = field(default_factory=list)
    width: int = 0
    height: int = 0
    entries: list[tuple[NDArray[np.intp], Columns, Values]] = field(default_factory=list)
    least: list[Values] = field(default_factory=list)
    most: list[Values] = field(default_factory=list)

    def columns(
        self, count: int, cost: ArrayLike, lower: ArrayLike, upper: ArrayLike, *, whole: bool = False
    ) -> Columns:
        """Add columns and return their places."""
        for values, given in (
            (self.cost, cost),
            (self.lower, lower),
            (self.upper, upper),
            (self.whole, float(whole)),
        ):
            values.append(np.broadcast_to(np.asarray(given, dtype=float), count))
        self.width += count
        return np.arange(self.width - count, self.width)

    def rows(
        self,
        least: ArrayLike,
        most: ArrayLike,
        *parts: tuple[ArrayLike, ArrayLike, ArrayLike],
        count: int = 1,
    ) -> None:
        """Add rows; each part gives entries: row (from 0 among the new ones), column, value."""
        for row, column, value in parts:
            places = np.broadcast_arrays(np.asarray(row), np.asarray(column), np.asarray(value, dtype=float))
            self.entries.append((places[0] + self.height, places[1], places[2]))
        self.least.append(np.broadcast_to(np.asarray(least, dtype=float), count))
        self.most.append(np.broadcast_to(np.asarray(most, dtype=float), count))
        self.height += count

    def solved(self, *, nodes: int, gap: float = 0.0) -> Answer:
        """Solve in whole numbers with at most so many nodes; the relative `gap` suffices."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        cost, lower, upper, whole = (
            np.concatenate(each) for each in (self.cost, self.lower, self.upper, self.whole)
        )
        constraints = LinearConstraint(self._matrix(), np.concatenate(self.least), np.concatenate(self.most))
        found = milp(
            cost,
            integrality=whole,
            bounds=Bounds(lower, upper),
            constraints=constraints,
            options={"node_limit": nodes, "mip_rel_gap": gap},
        )
        if found.status == 2:
            return Answer(None, np.inf, None, 0, ended=True)
        bound = -np.inf if found.mip_dual_bound is None else float(found.mip_dual_bound)
        return Answer(found.x, bound, None, int(found.mip_node_count or 0), ended=found.status == 0)

    def relaxed(self) -> Answer:
        """Solve without asking for whole numbers; tells the prices."""
        from scipy.optimize import linprog
        from scipy.sparse import vstack

        matrix = self._matrix()
        least, most = np.concatenate(self.least), np.concatenate(self.most)
        equal, above, below = (
            least == most,
            np.isfinite(most) & (least != most),
            np.isfinite(least) & (least != most),
        )
        found = linprog(
            np.concatenate(self.cost),
            A_ub=vstack([matrix[above], -matrix[below]]),
            b_ub=np.concatenate([most[above], -least[below]]),
            A_eq=matrix[equal],
            b_eq=most[equal],
            bounds=np.column_stack([np.concatenate(self.lower), np.concatenate(self.upper)]),
            method="highs",
        )
        if found.status == 2:
            return Answer(None, np.inf, None, 0, ended=True)
        if found.status != 0:
            return Answer(None, -np.inf, None, 0, ended=False)
        return Answer(found.x, float(found.fun), np.asarray(found.lower.marginals), 0, ended=True)

    def _matrix(self) -> Any:
        from scipy.sparse import csr_array

        rows, columns, values = (np.concatenate(each) for each in zip(*self.entries, strict=True))
        return csr_array((values, (rows, columns)), shape=(self.height, self.width))
