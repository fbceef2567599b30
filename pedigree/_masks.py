"""What may say who is meant: an array of True or False for each, and nothing that merely looks like one."""

from __future__ import annotations

import numpy as np

from pedigree.errors import MaskError


def check_mask(name: str, mask: object, size: int, of: str = "animals") -> None:
    """Refuse whatever is not an array of True or False for each of the animals (or founders)."""
    # numpy takes an array of 0 and 1 for row numbers and answers for rows 0 and 1, without a word.
    if not isinstance(mask, np.ndarray):
        given = f"an object of type {type(mask).__name__}"
    elif mask.dtype != np.bool_:
        given = f"an array of type {mask.dtype}"
    elif mask.shape != (size,):
        given = f"an array of shape {mask.shape}"
    else:
        return
    raise MaskError(name, given, size, of)
