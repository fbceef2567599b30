"""The chance that a recommended pair has young within the plan, learnt from recommendations that are over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree._wilson import check_level
from pedigree.calibrating import Calibration, calibration
from pedigree.cases import REFERENCE, TERMS, Case, Cases, History, Prime
from pedigree.logistic import chance_of_logit, logit_of, penalised_logistic

Floats = NDArray[np.float64]

BASE_RATE: Final = 0.2
"""Of breeding recommendations about one in five gives young (Faust et al. 2019)."""
LEVEL: Final = 0.9
PARTS: Final = 20
"""Parts the cases are dealt into to tell each one's chance without knowing it."""
MOSTLY: Final = 0.5


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed before any case: the base rate, as firmly as if so many cases had been seen; nothing else matters.

    The scales are the standard deviations of the coefficients of `TERMS`, whose means are 0: nineteen times of twenty
    a term changes the odds over its whole range (yes or no, 5 years, 3 years) by less than about sevenfold either way.
    """

    base_rate: float = BASE_RATE
    weight: float = 10.0
    scales: tuple[float, ...] = (0.2, 0.2, 1.0, 1.0, 0.33, 1.0, 1.0)

    def __post_init__(self) -> None:
        if not 0 < self.base_rate < 1:
            raise ValueError(
                f"The base rate is {self.base_rate:g}. Give a share between 0 and 1, such as 0.2."
            )
        if self.weight <= 0 or len(self.scales) != len(TERMS) or min(self.scales) <= 0:
            raise ValueError(
                f"A prior needs a weight above 0 and {len(TERMS)} scales above 0: without them it would be none."
            )

    @property
    def means(self) -> Floats:
        """Of the constant and the coefficients of `TERMS`."""
        return np.array([logit_of(self.base_rate), *(0.0 for _ in self.scales)])

    @property
    def precisions(self) -> Floats:
        """Return one over the variance of each, in the order of `means`."""
        constant = self.weight * self.base_rate * (1 - self.base_rate)
        return np.array([constant, *(1 / scale**2 for scale in self.scales)])


@dataclass(frozen=True, slots=True)
class Estimate:
    """A chance with its interval, and the share of its precision that the cases brought, the rest being the prior's."""

    chance: float
    low: float
    high: float
    from_cases: float

    @property
    def mostly_prior(self) -> bool:
        """Whether the cases brought less than half of the precision."""
        return self.from_cases < MOSTLY


@dataclass(frozen=True, slots=True)
class Effect:
    """One term: by what it multiplies the odds for each unit, with its interval, and what of that the cases brought."""

    term: str
    coefficient: float
    odds_ratio: float
    low: float
    high: float
    from_cases: float


@dataclass(frozen=True, slots=True, eq=False)
class ChanceModel:
    """A fitted model: `coefficients` and `covariance` of a constant and `TERMS`, which are taken less their `centre`.

    `cases` and `fulfilled` count what it was learnt from; `calibration` holds its chances against these cases, each
    told by a model that had not seen it.
    """

    coefficients: Floats
    covariance: Floats
    centre: Floats
    prior: Prior
    prime: Prime
    level: float
    cases: int
    fulfilled: int
    calibration: Calibration = field(repr=False)

    @property
    def average(self) -> Estimate:
        """The chance of the average case: every term at its centre."""
        return self._told(np.zeros((1, len(TERMS))))[0]

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What each term does to the odds, in the order of `TERMS`."""
        z = NormalDist().inv_cdf((1 + self.level) / 2)
        return tuple(
            Effect(
                term,
                value := float(self.coefficients[at]),
                float(np.exp(value)),
                float(np.exp(value - z * (spread := float(np.sqrt(self.covariance[at, at]))))),
                float(np.exp(value + z * spread)),
                float(1 - self.covariance[at, at] * self.prior.precisions[at]),
            )
            for at, term in enumerate(TERMS, start=1)
        )

    def estimate(self, case: Case) -> Estimate:
        """Return the chance of one case."""
        return self.estimates([case])[0]

    def estimates(self, cases: Sequence[Case]) -> list[Estimate]:
        """Return the chances of several cases, in their order."""
        return self.estimates_of(Cases.of(cases))

    def estimates_of(self, cases: Cases) -> list[Estimate]:
        """Return the chances of cases of columns, in their order."""
        return self._told(cases.terms(self.prime) - self.centre)

    def chances(self, cases: Cases) -> Floats:
        """Return the chance of each case of columns, shape (n,); no interval, for many pairs at once."""
        away = np.nan_to_num(cases.terms(self.prime) - self.centre)
        return chance_of_logit(self.coefficients[0] + away @ self.coefficients[1:])

    def _told(self, away: Floats) -> list[Estimate]:
        rows = np.column_stack([np.ones(len(away)), np.nan_to_num(away)])
        logit = rows @ self.coefficients
        variance = np.einsum("ij,jk,ik->i", rows, self.covariance, rows)
        before = rows**2 @ (1 / self.prior.precisions)
        half = NormalDist().inv_cdf((1 + self.level) / 2) * np.sqrt(variance)
        told = (
            *(chance_of_logit(each) for each in (logit, logit - half, logit + half)),
            1 - variance / before,
        )
        return [Estimate(*(float(value) for value in row)) for row in zip(*told, strict=True)]


def fit_chance(
    history: History, prime: Prime, prior: Prior | None = None, *, level: float = LEVEL
) -> ChanceModel:
    """Return the model of the chance that a recommended pair has young before its plan is over.

    logit P = b0 + sum b (term - centre), the terms being `TERMS` and the centre their means over the cases; normal
    priors: b0 about the logit of the base rate, every other b about 0.

    Parameters
    ----------
    history :                           Recommendations that are over, and whether each had young; may be empty.
    prime :                             The ages between which each sex breeds best, in years.
    prior :                             What is believed before any case; by default one in five, as firmly as ten cases.
    level :                             Of every interval, in (0, 1).

    Returns
    -------
    The model: coefficients, covariance, what it was learnt from, and its calibration on these cases.

    Raises
    ------
    ValueError
        The level is none.

    Notes
    -----
    Newton's method of `penalised_logistic`, 21 times: once for the model and once without each of twenty parts of the
    cases, for the calibration. A chance is that of the most probable coefficients; intervals are normal on the logit.
    Whatever is not known of a case counts as its centre, so that it says nothing for or against it.

    References
    ----------
    Gelman et al. (2008), as for `penalised_logistic`. L. J. Faust, S. T. Long, K. Perisin and J. L. Simonis (2019).
    Uncovering challenges to sustainability of AZA Animal Programs by evaluating the outcomes of breeding and transfer
    recommendations with PMCTrack. Zoo Biology 38, 24-35.

    Examples
    --------
    Ten like cases of which two had young leave a prior of "one in five, as firmly as ten cases" where it was, twice as firm.

    >>> like = [Case(sire_age=5, dam_age=5)] * 10
    >>> model = fit_chance(History.of(like, [True] * 2 + [False] * 8), Prime(4, 9, 4, 9))
    >>> found = model.estimate(like[0])
    >>> round(found.chance, 6), round(found.from_cases, 6), found.mostly_prior
    (0.2, 0.5, False)
    >>> [round(end, 3) for end in (found.low, found.high)]
    [0.091, 0.385]
    """
    check_level(level)
    prior = prior or Prior()
    terms, outcomes = history.cases.terms(prime), history.fulfilled
    centre, coefficients, covariance = _fitted(terms, outcomes, prior)
    told = np.empty(len(terms))
    parts = np.arange(len(terms)) % PARTS
    for part in range(min(len(terms), PARTS)):
        out = parts == part
        away, found, _ = _fitted(terms[~out], outcomes[~out], prior)
        told[out] = chance_of_logit(found[0] + np.nan_to_num(terms[out] - away) @ found[1:])
    return ChanceModel(
        coefficients,
        covariance,
        centre,
        prior,
        prime,
        level,
        len(terms),
        int(outcomes.sum()),
        calibration(told, outcomes, base_rate=prior.base_rate, level=level),
    )


def expected_gain(chance: Floats | float, delta_gd: Floats | float, litter: float = 1.0) -> Floats | float:
    """Return what recommending a pair is expected to add to gene diversity: its chance times the change of one young.

    A pair sure to have young may so come before one that would gain more and hardly ever will.

    Parameters
    ----------
    chance :                            That the pair has young within the plan, in [0, 1].
    delta_gd :                          Change in gene diversity by one young; negative where a young lowers it.
    litter :                            Young counted for each success; the changes of several are taken as alike.

    Returns
    -------
    The expected change in gene diversity, of the shape of the two.

    Notes
    -----
    A product. What happens where there are no young is no change: the parents' deaths are not foretold.

    Examples
    --------
    >>> expected_gain(0.25, 0.0004)
    0.0001
    """
    return chance * delta_gd * litter


def _fitted(terms: Floats, outcomes: NDArray[np.bool_], prior: Prior) -> tuple[Floats, Floats, Floats]:
    known = np.isfinite(terms)
    count = known.sum(axis=0)
    centre = np.where(count > 0, np.where(known, terms, 0.0).sum(axis=0) / np.maximum(count, 1), REFERENCE)
    away = np.column_stack([np.ones(len(terms)), np.nan_to_num(terms - centre)])
    fit = penalised_logistic(away, outcomes, prior.means, prior.precisions)
    return centre, fit.coefficients, fit.covariance
