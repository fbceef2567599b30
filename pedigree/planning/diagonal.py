"""How much of a kinship matrix can be taken off its diagonal and leave a convex rest."""

from __future__ import annotations

from typing import Final

import numpy as np

from pedigree.planning.objective import Values

SLACK: Final = 1e-9
"""By how much the rest may fall short of convex: some millionths of a kinship in all, beyond what is shown."""
DIGITS: Final = 6
WEIGHTS: Final = (0.1, 0.001)
MOST_STEPS: Final = 12


def separable(kinship: Values) -> Values:
    """Return a diagonal, as large as can be in sum, whose difference from the kinships is still positive semi-definite.

    The diagonal maximises its sum by Newton's method with barriers; it is rounded down, so that the last bits of a
    computer's arithmetic do not matter.
    """
    size = len(kinship)
    if size == 0:
        return np.zeros(0)
    raised = kinship + SLACK * np.eye(size)
    least = float(np.linalg.eigvalsh(raised)[0])
    found = np.full(size, max(least, SLACK) / 2)
    for weight in WEIGHTS:
        for _ in range(MOST_STEPS):
            inverse = np.linalg.inv(raised - np.diag(found))
            slope = 1 + weight * (1 / found - inverse.diagonal())
            bend = weight * (inverse**2 + np.diag(1 / found**2))
            step = np.linalg.solve(bend, slope)
            decrement = float(slope @ step)
            found = found + _length(raised, found, step) * step
            if decrement < 1e-3 * weight * size:
                break
    return np.asarray(np.floor(found * 10**DIGITS) / 10**DIGITS)


def _length(raised: Values, found: Values, step: Values) -> float:
    length = 1.0
    while length > 1e-6:
        tried = found + length * step
        if (tried > 0).all() and _is_positive(raised - np.diag(tried)):
            # Half the way on from a full step's end could touch the edge; what is left is far enough.
            return length if length == 1.0 else 0.9 * length
        length *= 0.7
    return 0.0


def _is_positive(matrix: Values) -> bool:
    try:
        np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError:
        return False
    return True
