"""What the book tells of each row beyond its parents: when it was born."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from pedigree.structure import Pedigree
from studbook.core.dates import DAYS_IN_YEAR, DateInterval
from studbook.programmes.models import Programme


def births_of(programme: Programme, pedigree: Pedigree) -> NDArray[np.float64]:
    """Return each row's birth in years, by the middle of its interval; NaN where it is not known; one query."""
    rows = programme.animals.order_by().values_list("studbook_number", "birth_earliest", "birth_latest")
    births = {number: _years(earliest, latest) for number, earliest, latest in rows}
    return np.array([births.get(number, np.nan) for number in pedigree.ids], dtype=np.float64)


def _years(earliest: date | None, latest: date | None) -> float:
    if earliest is None or latest is None:
        return float("nan")
    return DateInterval(earliest, latest).middle.toordinal() / DAYS_IN_YEAR
