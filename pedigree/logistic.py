"""Logistic regression with normal priors: the most probable coefficients, and how sure they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pedigree.errors import NumericalError

Floats = NDArray[np.float64]

MOST_STEPS: Final = 100
HALVINGS: Final = 40
CLOSE: Final = 1e-12
"""A step is the last when it would gain less than this share of the log posterior."""
WIDEST: Final = 1e8
"""A variance beyond which a coefficient is as good as open."""


@dataclass(frozen=True, slots=True, eq=False)
class LogisticFit:
    """The mode of the posterior of logistic coefficients, and its covariance: the inverse of the curvature there."""

    coefficients: Floats
    covariance: Floats
    log_posterior: float
    steps: int


def penalised_logistic(
    columns: ArrayLike, outcomes: ArrayLike, means: ArrayLike, precisions: ArrayLike
) -> LogisticFit:
    """Return the most probable coefficients b of P(outcome) = 1 / (1 + exp(-x b)) under normal priors.

    The largest of sum[y x b - ln(1 + exp(x b))] - sum[precision (b - mean)^2] / 2, by Newton's steps, each halved
    until it gains. Priors of precision 0 are flat; with all of them flat this is ordinary logistic regression.

    Parameters
    ----------
    columns : shape (n, k)              What is known of each case; a column of ones for a constant.
    outcomes : shape (n,)               True where it came true.
    means, precisions : shape (k,)      Of the prior of each coefficient; a precision is 1 over the variance, at least 0.

    Returns
    -------
    Coefficients, shape (k,); their covariance, shape (k, k); the log posterior there, up to a constant; steps made.

    Raises
    ------
    ValueError
        Shapes do not fit, a number is missing, or a precision is below 0.
    NumericalError
        There is no single answer. This needs a flat prior: cases that a column parts without fault, or columns of one another.

    Notes
    -----
    About six steps of n k^2 + k^3. Where every prior is proper the log posterior is strictly concave with one
    summit, so the steps end there whatever the cases are.

    References
    ----------
    A. Gelman, A. Jakulin, M. G. Pittau and Y.-S. Su (2008). A weakly informative default prior distribution for
    logistic and other regression models. Annals of Applied Statistics 2, 1360-1383.

    Examples
    --------
    One of four, a constant alone, a flat prior: the logit of 1/4 is -ln 3.

    >>> found = penalised_logistic(np.ones((4, 1)), [True, False, False, False], [0.0], [0.0])
    >>> float(found.coefficients[0].round(6)), float(found.covariance[0, 0].round(6))
    (-1.098612, 1.333333)
    """
    x, y, centre, precision = _checked(columns, outcomes, means, precisions)
    at, value = centre.copy(), _log_posterior(x, y, centre, precision, centre)
    for step in range(MOST_STEPS):
        gradient, curvature = _slopes(x, y, centre, precision, at)
        try:
            move = np.asarray(np.linalg.solve(curvature, gradient), dtype=np.float64)
        except np.linalg.LinAlgError as error:
            raise NumericalError(_NO_SUMMIT) from error
        gain = float(gradient @ move) / 2
        if not np.isfinite(gain):
            raise NumericalError(_NO_SUMMIT)
        if gain <= CLOSE * (1 + abs(value)):
            # The last step still doubles the digits that are right.
            at = at + move
            value, (_, curvature) = (
                _log_posterior(x, y, centre, precision, at),
                _slopes(x, y, centre, precision, at),
            )
            return LogisticFit(at, _inverse(curvature, precision), value, step + 1)
        at, value = _gained(x, y, centre, precision, at, move, value)
    raise NumericalError(_NO_SUMMIT)


_NO_SUMMIT: Final = (
    "The coefficients have no single most probable values: with a flat prior, a column that parts the cases without "
    "fault, or that follows from others, leaves them open. Give every coefficient a prior."
)


def chance_of_logit(logit: ArrayLike) -> Floats:
    """Return 1 / (1 + exp(-logit)) without overflow.

    >>> chance_of_logit([0.0, -800.0]).tolist()
    [0.5, 0.0]
    """
    logit = np.asarray(logit, dtype=np.float64)
    small = np.exp(-np.abs(logit))
    return np.asarray(np.where(logit >= 0, 1 / (1 + small), small / (1 + small)))


def logit_of(chance: float) -> float:
    """Return ln(chance / (1 - chance)).

    >>> logit_of(0.5)
    0.0
    """
    return float(np.log(chance) - np.log1p(-chance))


def _checked(
    columns: ArrayLike, outcomes: ArrayLike, means: ArrayLike, precisions: ArrayLike
) -> tuple[Floats, Floats, Floats, Floats]:
    x, y, centre, precision = (
        np.asarray(each, dtype=np.float64) for each in (columns, outcomes, means, precisions)
    )
    if (
        x.ndim != 2
        or y.shape != x.shape[:1]
        or centre.shape != x.shape[1:]
        or precision.shape != centre.shape
    ):
        raise ValueError(
            f"The columns are {x.shape}, the outcomes {y.shape}, the priors {centre.shape} and {precision.shape}. "
            "Give a row of columns for each outcome, and a prior for each column."
        )
    if not all(np.isfinite(each).all() for each in (x, y, centre, precision)):
        raise ValueError("A number is missing or infinite. Fill it, or leave its case out.")
    if (precision < 0).any():
        raise ValueError("A precision is below 0. Give 1 over the variance, or 0 for a flat prior.")
    if not np.isin(y, (0, 1)).all():
        raise ValueError("An outcome is neither true nor false. Give one of the two for each case.")
    return x, y, centre, precision


def _log_posterior(x: Floats, y: Floats, centre: Floats, precision: Floats, at: Floats) -> float:
    logit = x @ at
    return float(y @ logit - np.logaddexp(0, logit).sum() - precision @ (at - centre) ** 2 / 2)


def _slopes(x: Floats, y: Floats, centre: Floats, precision: Floats, at: Floats) -> tuple[Floats, Floats]:
    chance = chance_of_logit(x @ at)
    gradient = x.T @ (y - chance) - precision * (at - centre)
    curvature = (x * (chance * (1 - chance))[:, None]).T @ x + np.diag(precision)
    return gradient, curvature


def _gained(
    x: Floats, y: Floats, centre: Floats, precision: Floats, at: Floats, move: Floats, value: float
) -> tuple[Floats, float]:
    for halving in range(HALVINGS):
        there = at + move / 2**halving
        found = _log_posterior(x, y, centre, precision, there)
        if found >= value:
            return there, found
    # Rounding hides what is left to gain, so this is the summit as far as it can be told.
    return at, value


def _inverse(curvature: Floats, precision: Floats) -> Floats:
    try:
        covariance = np.asarray(np.linalg.inv(curvature), dtype=np.float64)
    except np.linalg.LinAlgError as error:
        raise NumericalError(_NO_SUMMIT) from error
    if not (covariance.diagonal()[precision == 0] < WIDEST).all():
        raise NumericalError(_NO_SUMMIT)
    return covariance
