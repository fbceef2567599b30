"""What a plan asks of a population: births, breeding females and places, for a size held or a target reached."""

from __future__ import annotations

import math

import numpy as np

from pedigree.demography.leslie import aged, steps
from pedigree.demography.lifetable import LifeTable
from pedigree.demography.lives import Floats


def growth_needed(size: float, target: float, years: int) -> float:
    """Return the lambda by which a population reaches a target in some years.

    lambda = (target / size)^(1 / years).

    Parameters
    ----------
    size, target :          Animals now and then, above 0.
    years :                 At least 1.

    Returns
    -------
    lambda, per year.

    Raises
    ------
    ValueError
        A number lies outside what it can be.

    Notes
    -----
    One power.

    Examples
    --------
    >>> growth_needed(20, 80, 2)
    2.0
    """
    _refuse(size, target)
    if years < 1:
        raise ValueError(f"{years} years are too few. Give a number of years from 1 up.")
    return float((target / size) ** (1 / years))


def births_needed(males: LifeTable, females: LifeTable, size: float, growth: float = 1.0) -> float:
    """Return the births a year by which a population of stable ages holds its size, or grows by a factor.

    B = 2 N / (sum lambda^-x s_x of the males + the same of the females); half of the young are males.

    Parameters
    ----------
    males, females :        The life tables of the sexes, by one convention.
    size :                  N, males and females, in animals, above 0.
    growth :                lambda per year, above 0; 1 holds the size.

    Returns
    -------
    Young born in a year, those that die soon included, while N animals live; NaN where a table has an age without rates, or both are empty.

    Raises
    ------
    ValueError
        A number lies outside what it can be.

    Notes
    -----
    One sum. Rests on survival only: fertility does not count. Ages other than the stable ones need more or fewer births at first: `births_by_year`.

    References
    ----------
    A. J. Lotka (1907). Studies on the mode of growth of material aggregates. American Journal of Science 24, 199-216.

    Examples
    --------
    >>> table = LifeTable.from_rates([0.5, 1.0], [0.0, 4.0], convention="textbook")
    >>> births_needed(table, table, 30)
    20.0
    """
    _refuse(size, growth)
    lived = sum(_lived(table, growth) for table in (males, females))
    return 2 * size / lived if lived else math.nan


def births_by_year(
    males: LifeTable,
    females: LifeTable,
    male_animals: Floats,
    female_animals: Floats,
    sizes: Floats,
) -> Floats:
    """Return the births needed in each year so that the population has given sizes at the ends of years.

    The animals there are age and die by the tables; young fill what lacks, half of them males; none are needed where nothing lacks.

    Parameters
    ----------
    males, females :                    The life tables of the sexes, by one convention.
    male_animals, female_animals : shape (n_classes,)   Animals by whole years of age now.
    sizes : shape (n_years,)            Males and females wished for after 1, 2, 3 ... years.

    Returns
    -------
    shape (n_years,)                    Young born in each year, those that die before its end included.

    Raises
    ------
    ValueError
        A rate of a table is not known.

    Notes
    -----
    One pass over the ages for each year.

    Examples
    --------
    >>> table = LifeTable.from_rates([0.5, 1.0], [0.0, 4.0], convention="textbook")
    >>> ages = np.array([10.0, 5.0])
    >>> births_by_year(table, table, ages, ages, np.array([30.0, 36.0])).tolist()
    [20.0, 26.0]
    """
    tables = males, females
    passing = [steps(table)[0] for table in tables]
    first = [float(table.survivorship[0]) for table in tables]
    now = [aged(male_animals, len(males)), aged(female_animals, len(females))]
    births = np.zeros(len(sizes))
    for year, size in enumerate(sizes):
        now = [np.append(0.0, share * each[:-1]) for share, each in zip(passing, now, strict=True)]
        lacking = max(float(size) - sum(float(each.sum()) for each in now), 0.0)
        births[year] = 2 * lacking / sum(first)
        for each, survive in zip(now, first, strict=True):
            each[0] = births[year] / 2 * survive
    return births


def females_to_recommend(
    births: float, litter_size: float, fulfilment: float, litters_a_year: float = 1.0
) -> int:
    """Return how many females a plan should recommend for breeding so that enough young are born.

    Births / (litter size x litters a year x fulfilment), rounded up.

    Parameters
    ----------
    births :                Young wanted in a year, at least 0.
    litter_size :           Mean young per litter, above 0.
    fulfilment :            Share of the females recommended that have a litter, in (0, 1].
    litters_a_year :        Litters of a female that breeds, per year, above 0.

    Returns
    -------
    Females, a whole number.

    Raises
    ------
    ValueError
        A number lies outside what it can be.

    Notes
    -----
    One division.

    Examples
    --------
    >>> females_to_recommend(6, 2, 0.5)
    6
    """
    _refuse(litter_size, litters_a_year)
    if not births >= 0:
        raise ValueError(f"{births:g} births cannot be wanted. Give a number from 0 up.")
    if not 0 < fulfilment <= 1:
        raise ValueError(
            f"{fulfilment:g} is no share of recommendations fulfilled. Give one above 0 and up to 1."
        )
    # Rounding of a product must not ask for one female more.
    return math.ceil(round(births / (litter_size * litters_a_year * fulfilment), 9))


def years_until_full(size: float, spaces: float, growth: float) -> float:
    """Return after how many years a growing population fills the places there are.

    t = ln(spaces / size) / ln lambda.

    Parameters
    ----------
    size, spaces :          Animals now, and places for them, above 0.
    growth :                lambda per year, above 0.

    Returns
    -------
    Years; 0 when the places are full already, infinite when the population does not grow.

    Raises
    ------
    ValueError
        A number lies outside what it can be.

    Notes
    -----
    Two logarithms.

    Examples
    --------
    >>> years_until_full(20, 80, 2.0)
    2.0
    """
    _refuse(size, spaces, growth)
    if size >= spaces:
        return 0.0
    return math.log(spaces / size) / math.log(growth) if growth > 1 else math.inf


def _lived(table: LifeTable, growth: float) -> float:
    return float(table.survivorship @ growth ** -np.arange(len(table), dtype=np.float64))


def _refuse(*numbers: float) -> None:
    for number in numbers:
        if not 0 < number < math.inf:
            raise ValueError(f"{number:g} is not possible here. Give a finite number above 0.")
