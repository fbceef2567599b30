"""The loops that large pedigrees wait for, on plain arrays: by numpy, or compiled by numba where that pays.

Every function takes int32 rows of sires and dams (below 0: no parent with a row) in an order by
generation, and its generations; a row's parents are of earlier generations. The modules
`numpy_kernels` and `numba_kernels` hold the same functions.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from pedigree.errors import KernelsError
from pedigree.kernels.compiling import is_installed
from pedigree.kernels.front import front_width

Rows = NDArray[np.int32]
Values = NDArray[np.float64]

VARIABLE: Final = "PEDIGREE_KERNELS"
LARGE: Final = 5e8
"""Matrix elements that numpy fills in a second or two; below that, importing numba takes longer than it saves."""


def use_numba(work: float) -> bool:
    """Return whether so much work, in matrix elements or as many steps, is for the numba kernels.

    PEDIGREE_KERNELS=numpy or =numba decides for all; else numba is used when installed and the work is large.
    """
    wish = os.environ.get(VARIABLE, "")
    if wish not in ("", "numpy", "numba"):
        raise KernelsError(f"{VARIABLE} is {wish!r}. Set it to numpy or numba, or leave it out.")
    if wish == "numba" and not is_installed():
        raise KernelsError(
            f"{VARIABLE} asks for numba, which is not installed. Install requirements-fast.txt or leave it out."
        )
    return wish == "numba" or (wish == "" and work >= LARGE and is_installed())


def _kernels(work: float) -> Any:
    return import_module(f"pedigree.kernels.{'numba' if use_numba(work) else 'numpy'}_kernels")


def kinship(sire: Rows, dam: Rows, generation: Rows) -> Values:
    """Return the kinship of every pair; both kernels give the same bits."""
    matrix: Values = _kernels(float(len(sire)) ** 2).kinship(sire, dam, generation)
    return matrix


def inbreeding(sire: Rows, dam: Rows, generation: Rows) -> Values:
    """Return every row's F: numpy keeps a matrix of the parents to come, numba needs memory for the rows only."""
    work = float(front_width(sire, dam, generation)) * len(sire)
    coefficients: Values = _kernels(work).inbreeding(sire, dam, generation)
    return coefficients


def kinship_times(sire: Rows, dam: Rows, generation: Rows, inbreeding: Values, weight: Values) -> Values:
    """Return the kinship matrix times a weight for each row, without the matrix; both give the same bits."""
    product: Values = _kernels(float(len(sire))).kinship_times(sire, dam, generation, inbreeding, weight)
    return product


def kinship_among(
    sire: Rows, dam: Rows, generation: Rows, chosen: NDArray[np.bool_], inbreeding: Values | None = None
) -> Values:
    """Return the kinship of every pair of the chosen rows; numba needs F, and computes it when not given."""
    work = len(sire) * (float(front_width(sire, dam, generation)) + np.count_nonzero(chosen))
    among: Values = _kernels(work).kinship_among(sire, dam, generation, chosen, inbreeding)
    return among
