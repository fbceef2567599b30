"""The kin that candidates for a release would meet: the animals released at the site before."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pedigree.relationship import kinship_among
from studbook.population.analysis import Analysis

DECIMALS = 12


@dataclass(frozen=True, slots=True)
class Kin:
    """The closest kin of an animal among those released before, and the kinship of the two."""

    studbook_number: str
    kinship: float


def met_on(analysis: Analysis, released: Sequence[str]) -> tuple[str, ...]:
    """Return who of the animals released before counts: those in the pedigree, except who is of the captive living."""
    known = set(analysis.pedigree.ids)
    return tuple(
        each for each in released if each in known and not analysis.living[analysis.pedigree.row(each)]
    )


def closest_kin(analysis: Analysis, met: Sequence[str]) -> dict[str, Kin]:
    """Return the closest kin of each of the living among the animals met, the first of two as close; {} where there are none."""
    if not met:
        return {}
    pedigree, living = analysis.pedigree, np.flatnonzero(analysis.living)
    rows, everyone = pedigree.rows(met), analysis.living.copy()
    everyone[rows] = True
    place = np.cumsum(everyone) - 1
    among = kinship_among(pedigree, everyone, inbreeding=analysis.inbreeding)
    kinship = among[np.ix_(place[living], place[rows])]
    closest = kinship.round(DECIMALS).argmax(axis=1)
    return {
        pedigree.ids[row]: Kin(met[at], float(kinships[at]))
        for row, at, kinships in zip(living, closest, kinship, strict=True)
    }
