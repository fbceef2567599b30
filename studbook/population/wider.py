"""An analysis whose population holds animals beside the living and their ancestors: donors of a bank, or who a step names."""

from collections.abc import Iterable
from dataclasses import replace

from pedigree.kinship import kinship_matrix, mean_kinship
from studbook.population.analysis import Analysis, ranked_by_sex
from studbook.population.basis import Basis, Key, analysis_on
from studbook.population.cache import Kept

MOST_KEPT = 8

_kept: Kept[tuple[Key, frozenset[str]], Analysis] = Kept(MOST_KEPT, edition=lambda key: key[0][:2])


def analysis_with(basis: Basis, named: Iterable[str]) -> Analysis:
    """Return the analysis on a basis with some animals in its population, also the dead that left no young.

    Who lives, and every number of the living, stays as it is. Numbers that the pedigree does not hold are passed over.
    Raises NoFiguresError with a sentence, as analysis_on.
    """
    analysis = analysis_on(basis)
    beside = frozenset(named) & set(analysis.pedigree.ids) - set(analysis.population.ids)
    return _kept.get((basis.key, beside), lambda: _widened(analysis, beside)) if beside else analysis


def _widened(analysis: Analysis, beside: frozenset[str]) -> Analysis:
    kept = analysis.living | analysis.pedigree.mask(beside)
    population, among = analysis.pedigree.pruned_to_ancestors(kept), analysis.pedigree.with_ancestors(kept)
    kinship, measured = kinship_matrix(population), analysis.living[among]
    means = mean_kinship(kinship, measured)
    return replace(
        analysis,
        population=population,
        measured=measured,
        kinship=kinship,
        mean_kinships=means,
        population_known=analysis.known[among],
        rank=ranked_by_sex(population, measured, means),
    )
