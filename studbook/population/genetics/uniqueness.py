"""How unique the genome of one animal is, as the pages hold it."""

from dataclasses import dataclass

from pedigree.genedrop import GeneDrop
from studbook.population.numbers import or_none


@dataclass(frozen=True, slots=True)
class Uniqueness:
    """One animal's uniqueness with standard errors; None where there is no answer."""

    value: float | None = None
    error: float | None = None
    descendants: float | None = None
    descendants_error: float | None = None


def uniqueness_of(drop: GeneDrop | None, row: int) -> Uniqueness:
    """Return the uniqueness of a row of the pedigree; no answer without a gene drop or for who is not living."""
    if drop is None:
        return Uniqueness()
    return Uniqueness(
        or_none(drop.uniqueness[row]),
        or_none(drop.uniqueness_error[row]),
        or_none(drop.uniqueness_descendants[row]),
        or_none(drop.uniqueness_descendants_error[row]),
    )
