"""The rates of a life table as a matrix that takes the ages of one year to those of the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from pedigree.demography.lifetable import LifeTable
from pedigree.demography.lives import Floats

Dominance = Literal["female", "male", "both"]
DOMINANCES: Final = ("female", "male", "both")
BESIDE: Final = 1e-7
"""How far beside a root, of its size, equations are solved for its vectors: at the root they have no solution."""


@dataclass(frozen=True, slots=True, eq=False)
class ProjectedSexes:
    """Males and females of each age, a row for each year from now on; `size` is their sum."""

    males: Floats
    females: Floats

    @property
    def size(self) -> Floats:
        """All animals, by year."""
        size: Floats = self.males.sum(axis=1) + self.females.sum(axis=1)
        return size


def leslie_matrix(table: LifeTable) -> Floats:
    """Return the matrix that takes the numbers of each age to those of a year later.

    With s_x = L_x by the mid-class convention and l_x by the textbook's: below the diagonal s_(x+1) / s_x, in the first
    row s_0 M_(x+1) s_(x+1) / s_x / (1 - s_0 M_0).

    Parameters
    ----------
    table :                 The life table.

    Returns
    -------
    shape (n_ages, n_ages)  Animals of the row's age next year for each of the column's age now.

    Raises
    ------
    ValueError
        A rate of the table is not known, or births at age 0 alone replace the population.

    Notes
    -----
    Young at age 0 come at once, and their own young with them: hence 1 - s_0 M_0. So the dominant root is lambda of the equation of
    Euler and Lotka, M_0 or no M_0. At ages that nobody reaches all is 0.

    References
    ----------
    P. H. Leslie (1945). On the use of matrices in certain population mathematics. Biometrika 33, 183-212.

    Examples
    --------
    >>> leslie_matrix(LifeTable.from_rates([0.5, 1.0], [0.0, 4.0], convention="textbook")).tolist()
    [[2.0, 0.0], [0.5, 0.0]]
    """
    passing, bearing = steps(table)
    size = len(table)
    matrix = np.zeros((size, size))
    matrix[np.arange(1, size), np.arange(size - 1)] = passing
    matrix[0, : size - 1] = bearing[1:] * passing
    return matrix


def dominant_root(matrix: Floats) -> float:
    """Return the factor by which a population grows in the end that a matrix takes from year to year.

    The largest real eigenvalue, which no other exceeds in size.

    Parameters
    ----------
    matrix : shape (n_ages, n_ages)     No entry below 0.

    Returns
    -------
    lambda, per step; 0 when nobody is ever born.

    Notes
    -----
    The cube of the number of ages. One step of Rayleigh's quotient, with the left and the right vector, mends what the
    search for all eigenvalues leaves of error.

    References
    ----------
    H. Caswell (2001). Matrix Population Models. Sinauer, 2nd edition.

    Examples
    --------
    >>> round(dominant_root(np.array([[0.0, 2.0], [0.5, 0.0]])), 12)
    1.0
    """
    root = float(np.linalg.eigvals(matrix).real.max(initial=0.0))
    if root <= 0:
        return 0.0
    near = matrix - root * (1 + BESIDE) * np.eye(len(matrix))
    right, left = (np.linalg.solve(each, np.ones(len(matrix))) for each in (near, near.T))
    return float(left @ matrix @ right / (left @ right))


def project_one_sex(table: LifeTable, animals: Floats, years: int) -> Floats:
    """Return how many animals of each age there will be, year by year, when rates stay as they are and chance plays no part.

    Each year the matrix of `leslie_matrix`; animals older than the table are taken as of its last age.

    Parameters
    ----------
    table :                             The life table of their sex.
    animals : shape (n_classes,)        Animals by whole years of age now.
    years :                             How many years, at least 0.

    Returns
    -------
    shape (years + 1, n_ages)           The first row is now.

    Raises
    ------
    ValueError
        As for `leslie_matrix`; or the years are below 0.

    Notes
    -----
    A product of the matrix and the ages for each year.

    References
    ----------
    As for `leslie_matrix`.

    Examples
    --------
    >>> table = LifeTable.from_rates([0.5, 1.0], [0.0, 4.0], convention="textbook")
    >>> project_one_sex(table, np.array([10.0, 4.0]), 2).tolist()
    [[10.0, 4.0], [20.0, 5.0], [40.0, 10.0]]
    """
    matrix = leslie_matrix(table)
    rows = [aged(animals, len(table))]
    for _ in range(_checked(years)):
        rows.append(matrix @ rows[-1])
    return np.array(rows)


def project_two_sexes(
    males: LifeTable,
    females: LifeTable,
    male_animals: Floats,
    female_animals: Floats,
    years: int,
    *,
    dominance: Dominance = "female",
) -> ProjectedSexes:
    """Return how many males and females of each age there will be, year by year, when rates stay as they are.

    Young are born to females at the females' rates, as many males as females; with `dominance` "male" to males,
    with "both" as the harmonic mean of the two, which needs both sexes.

    Parameters
    ----------
    males, females :                    The life tables of the sexes, by one convention.
    male_animals, female_animals : shape (n_classes,)   Animals by whole years of age now.
    years :                             How many years, at least 0.
    dominance :                         "female", "male" or "both".

    Returns
    -------
    Males and females by year and age; the first row is now.

    Raises
    ------
    ValueError
        As for `leslie_matrix`; the tables follow two conventions, or the dominance is none.

    Notes
    -----
    One pass over the ages for each year.

    References
    ----------
    H. Caswell (2001), as for `dominant_root`, chapter 17.

    Examples
    --------
    >>> table = LifeTable.from_rates([0.5, 1.0], [0.0, 4.0], convention="textbook")
    >>> project_two_sexes(table, table, np.array([0.0, 0.0]), np.array([10.0, 4.0]), 1).males.tolist()
    [[0.0, 0.0], [20.0, 0.0]]
    """
    if males.convention != females.convention:
        raise ValueError("The tables of the two sexes follow two conventions. Make both by one.")
    if dominance not in DOMINANCES:
        raise ValueError(f"{dominance!r} is no dominance. Choose {', '.join(DOMINANCES)}.")
    tables = males, females
    rates = [steps(table) for table in tables]
    now = [aged(male_animals, len(males)), aged(female_animals, len(females))]
    rows = [now]
    for _ in range(_checked(years)):
        later = [np.append(0.0, passing * each[:-1]) for (passing, _), each in zip(rates, now, strict=True)]
        born = [float(bearing @ each) for (_, bearing), each in zip(rates, later, strict=True)]
        for table, each, first_class in zip(tables, later, _newborn(born, tables, dominance), strict=True):
            each[:1] = first_class if len(table) else 0.0
        rows.append(now := later)
    return ProjectedSexes(*(np.array([row[place] for row in rows]) for place in (0, 1)))


def _newborn(born: list[float], tables: tuple[LifeTable, LifeTable], dominance: Dominance) -> list[float]:
    # `born` are by each sex's own rates in its first class, which holds s_0 of each animal born.
    own = [count / first for count, first in zip(born, _first(tables), strict=True)]
    if dominance == "both":
        young = 2 * own[0] * own[1] / (own[0] + own[1]) if sum(own) else 0.0
    else:
        young = own[0] if dominance == "male" else own[1]
    return [young * first for first in _first(tables)]


def _first(tables: tuple[LifeTable, LifeTable]) -> list[float]:
    return [float(table.survivorship[0]) for table in tables]


def steps(table: LifeTable) -> tuple[Floats, Floats]:
    """Return the shares that pass to the next age, and the animals born per animal of each age."""
    reached, young = table.survivorship, table.Mx
    if not len(table) or np.isnan(reached).any() or np.isnan(young).any():
        raise ValueError(
            "A rate of the life table is not known, so nothing can be projected. Choose a longer window, or fill the gaps by smoothing."
        )
    at_once = reached[0] * young[0]
    if at_once >= 1:
        raise ValueError(
            "Births at age 0 alone replace the population, so nothing can be projected. Correct M at age 0."
        )
    passing = np.divide(reached[1:], reached[:-1], out=np.zeros(len(reached) - 1), where=reached[:-1] > 0)
    bearing = reached[0] * young / (1 - at_once)
    bearing[0] = 0.0
    return passing, bearing


def aged(animals: Floats, ages: int) -> Floats:
    """Return animals by age for a table of so many ages; older ones are taken as of its last."""
    within = np.zeros(ages)
    np.add.at(within, np.minimum(np.arange(len(animals)), ages - 1), animals)
    return within


def _checked(years: int) -> int:
    if years < 0:
        raise ValueError(f"{years} years lie in the past. Give a number of years from 0 up.")
    return years
