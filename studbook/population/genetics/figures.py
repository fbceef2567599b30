"""Every genetic figure on one basis, computed once: the gene drop alone serves all the pages."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedigree.errors import NumericalError, PedigreeError
from pedigree.founders import FounderTable, founder_table
from pedigree.known import known_inbreeding, known_kinship, known_mean_kinship
from studbook.population.analysis import Analysis, NoFiguresError
from studbook.population.basis import Basis, analysis_on
from studbook.population.cache import Kept

MOST_KEPT = 4


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """What one basis gives beyond its analysis.

    `founders` and `known_founders` (known genes only) are of the whole pedigree, dead lines included. The known-only
    columns run over `analysis.population` and are NaN where nothing is known or the animal is not living.
    """

    analysis: Analysis
    founders: FounderTable
    known_founders: FounderTable
    known_mean_kinships: NDArray[np.float64]
    known_inbreeding: NDArray[np.float64]


_kept: Kept[object, Figures] = Kept(MOST_KEPT)


def figures_on(basis: Basis) -> Figures:
    """Return the figures on a basis. Raises NoFiguresError with a sentence where one of them is impossible."""
    analysis = analysis_on(basis)
    try:
        return _kept.get(basis.key, lambda: _computed(analysis))
    except (NumericalError, PedigreeError) as error:
        raise NoFiguresError(str(error)) from error


def _computed(analysis: Analysis) -> Figures:
    population, measured, known = analysis.population, analysis.measured, analysis.population_known
    kinship = known_kinship(population, known)
    return Figures(
        analysis=analysis,
        founders=founder_table(analysis.pedigree, analysis.living),
        known_founders=founder_table(analysis.pedigree, analysis.living, unknown_as_founders=False),
        known_mean_kinships=known_mean_kinship(kinship, known, measured),
        known_inbreeding=known_inbreeding(population, known, kinship=kinship),
    )
