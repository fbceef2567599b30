"""What a reader of demographic figures should know of them: values beside the figures, never exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from pedigree.demography.exposure import Exposure
from pedigree.demography.growth import Growth
from pedigree.demography.lives import Floats, Rows

FEW: Final = 30
"""Animals at risk below which a rate by age says little."""
MANY_SPREAD: Final = 0.25
"""The share of births to parents of unknown age from which on fertility by age is doubtful."""


@dataclass(frozen=True, slots=True)
class Caution:
    """A reservation about figures: a code, the ages it concerns, and a sentence."""

    code: str
    ages: tuple[int, ...]
    sentence: str


def said_of_exposure(seen: Exposure, deaths_above: Floats, *, closed: bool) -> Iterator[Caution]:
    """Yield what the data of a life table are too thin for; `deaths_above` are deaths over animals at risk."""
    if not len(seen):
        yield Caution("nobody", (), "No animal of known birth was in the population in this window.")
    few = np.flatnonzero((seen.at_risk > 0) & (seen.at_risk < FEW))
    if len(few):
        yield Caution(
            "few",
            tuple(few.tolist()),
            f"Fewer than {FEW} animals were at risk at {said(few)}: chance decides these rates.",
        )
    gaps = np.flatnonzero(seen.at_risk == 0)
    if len(gaps):
        sentence = (
            f"Nobody was at risk at {said(gaps)}, so these ages have no rates and nothing that rests on them has a "
            "figure. Choose a longer window or both sexes together, or fill the gaps by smoothing."
        )
        yield Caution("gap", tuple(gaps.tolist()), sentence)
    over = np.flatnonzero(deaths_above > 1)
    if len(over):
        sentence = f"More died than were at risk for a whole class at {said(over)}; Qx is set to 1."
        yield Caution("above_one", tuple(over.tolist()), sentence)
    if closed:
        sentence = f"Animals of the last age seen, {len(seen) - 1}, were still living; one closing age with Qx = 1 follows."
        yield Caution("closed", (len(seen),), sentence)
    yield from _said_of_counts(seen)


def _said_of_counts(seen: Exposure) -> Iterator[Caution]:
    if seen.undated:
        animals = "1 animal was" if seen.undated == 1 else f"{seen.undated} animals were"
        yield Caution("undated", (), f"{animals} left out for want of a birth date.")
    if np.isnan(seen.births).any():
        yield Caution("no_parent_age", (), "No parent's age is known, so there is no fertility by age.")
    elif seen.spread > MANY_SPREAD * seen.bred:
        sentence = (
            f"{seen.spread:.4g} of {seen.bred:.4g} births ({seen.spread / seen.bred:.0%}) are to parents of unknown "
            "age and are spread over the ages in proportion."
        )
        yield Caution("spread", (), sentence)


def said_of_growth(growth: Growth, young: Floats) -> Iterator[Caution]:
    """Yield why there is no growth rate, where the rates are known and there is none."""
    if np.isnan(growth.R0) or not np.isnan(growth.r):
        return
    if growth.R0 == 0:
        yield Caution("no_births", (), "There were no births, so there is no growth rate.")
    elif young[0] >= 1:
        yield Caution(
            "births_at_0", (0,), "Births at age 0 alone replace the population, so lambda has no value."
        )
    else:
        yield Caution("births_at_0", (0,), "All births are at age 0, so lambda has no value.")


def said(ages: Rows) -> str:
    """Return ages as words, runs of them from their first to their last: "ages 3, 7-9"."""
    runs: list[list[int]] = []
    for age in ages.tolist():
        if runs and age == runs[-1][-1] + 1:
            runs[-1].append(age)
        else:
            runs.append([age])
    parts = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
    return f"age{'s' if len(ages) > 1 else ''} {', '.join(parts)}"
