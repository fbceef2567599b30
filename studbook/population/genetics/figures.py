"""Every genetic figure on one basis, computed once: the gene drop alone serves all the pages."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from pedigree.ancestral import ancestral_inbreeding
from pedigree.depth import equivalent_generations
from pedigree.errors import NumericalError, PedigreeError, RelatedFoundersError
from pedigree.founders import FounderTable, founder_table
from pedigree.genedrop import GeneDrop, gene_drop
from pedigree.known import known_inbreeding, known_kinship, known_mean_kinship
from pedigree.lineage import certain_fraction
from pedigree.uniqueness import first_order_kin
from pedigree.values import kinship_values
from studbook.population.analysis import Analysis, NoFiguresError
from studbook.population.basis import Basis, Key, analysis_on
from studbook.population.cache import Kept
from studbook.population.genetics.figures_totals import Totals, retained, totals_of
from studbook.population.genetics.figures_values import births_of
from studbook.population.genetics.reproductive_values import ReproductiveValues, reproductive_values

MOST_KEPT = 4
DROPS = 10_000
SEED = 1

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """What one basis gives beyond its analysis.

    `founders` and `drop`, `known_founders` and `known_drop` (known genes only) are of the whole pedigree, dead lines included, and so
    are `certain`, `equivalents` (equivalent complete generations), `ancestral` (Ballou) and `first_order_kin`.
    The known-only columns, `values` (reproductive) and `kinship_values` run over `analysis.population`. NaN is no answer. `totals` is None
    when nobody lives. Where no genes can be dropped both drops are None, and `undropped` says why.
    """

    analysis: Analysis
    founders: FounderTable
    known_founders: FounderTable
    drop: GeneDrop | None
    known_drop: GeneDrop | None
    undropped: str
    certain: Floats
    equivalents: Floats
    ancestral: Floats
    first_order_kin: Floats
    known_mean_kinships: Floats
    known_inbreeding: Floats
    values: ReproductiveValues
    kinship_values: Floats
    totals: Totals | None


# Ages, and with them who may still breed, go by the day the book is current to, else by today.
_kept: Kept[tuple[Key, date], Figures] = Kept(MOST_KEPT, edition=lambda key: key[0][:2])


def figures_on(basis: Basis) -> Figures:
    """Return the figures on a basis; two queries when they are not kept yet, beside those of the analysis.

    Raises NoFiguresError with a sentence where one of them is impossible.
    """
    analysis = analysis_on(basis)
    try:
        return _kept.get((basis.key, basis.programme.as_of), lambda: _read(basis, analysis))
    except (NumericalError, PedigreeError) as error:
        raise NoFiguresError(str(error)) from error


def _read(basis: Basis, analysis: Analysis) -> Figures:
    values = reproductive_values(basis, analysis.population)
    return figures_of(analysis, values, births_of(basis.programme, analysis.pedigree))


def figures_of(analysis: Analysis, values: ReproductiveValues, births: Floats) -> Figures:
    """Return the figures, given the reproductive values over the population and the births over the pedigree; no query."""
    pedigree, living = analysis.pedigree, analysis.living
    population, measured, known = analysis.population, analysis.measured, analysis.population_known
    founders = founder_table(pedigree, living)
    known_founders = founder_table(pedigree, living, unknown_as_founders=False)
    drop, known_drop, undropped = _dropped(analysis)
    known_kinships = known_kinship(population, known)
    drops = retained(founders, drop), retained(known_founders, known_drop)
    return Figures(
        analysis=analysis,
        founders=founders,
        known_founders=known_founders,
        drop=drop,
        known_drop=known_drop,
        undropped=undropped,
        certain=certain_fraction(pedigree),
        equivalents=equivalent_generations(pedigree),
        ancestral=ancestral_inbreeding(pedigree, analysis.inbreeding),
        first_order_kin=first_order_kin(pedigree, living),
        known_mean_kinships=known_mean_kinship(known_kinships, known, measured),
        known_inbreeding=known_inbreeding(population, known, kinship=known_kinships),
        values=values,
        kinship_values=kinship_values(analysis.kinship, measured, values.value),
        totals=totals_of(analysis, drops, values.value, births) if living.any() else None,
    )


def _dropped(analysis: Analysis) -> tuple[GeneDrop | None, GeneDrop | None, str]:
    pedigree, living = analysis.pedigree, analysis.living
    try:
        drop = gene_drop(pedigree, living, drops=DROPS, seed=SEED)
        known_drop = gene_drop(pedigree, living, drops=DROPS, seed=SEED, unknown_as_founders=False)
    except RelatedFoundersError as refusal:
        return None, None, _undropped(*refusal.animals)
    return drop, known_drop, ""


def _undropped(one: str, other: str) -> str:
    whose = (
        f"Founder {one} is taken as inbred"
        if one == other
        else f"Founders {one} and {other} are taken as related"
    )
    return (
        f"{whose}, and a gene drop must know which of their genes are copies of one, which a kinship does not tell. "
        "Without that assumption there is an answer."
    )
