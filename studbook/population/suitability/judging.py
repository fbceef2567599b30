"""Pairs with their mate-suitability index, and with the lineages in their young."""

from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from pedigree.mating import PairTable
from pedigree.suitability import PairSuitability, mate_suitability
from studbook.animals.models import Animal
from studbook.population.analysis import Analysis
from studbook.population.bank.sires import stored_in, stored_sires, with_stored
from studbook.population.basis import Basis, analysis_on
from studbook.population.breeders import breeders_of
from studbook.population.genetics.lineages import founders_among_living, lineage_shares, share_of
from studbook.population.models import Lineage
from studbook.population.pairs import FounderLine, PairList, YoungShare, pairs_among, pairs_from_bank
from studbook.population.suitability.thresholds import thresholds_of
from studbook.population.wider import analysis_with
from studbook.programmes.models import Programme

LIVING, WITH_BANK, BANK_ONLY = "", "with", "only"
SIRES = {LIVING: "living", WITH_BANK: "living and banked", BANK_ONLY: "banked"}


def judged_pairs(basis: Basis, sires: str = LIVING) -> PairList:
    """Return every breedable pair of living or banked sires, ranked and judged, and its young's lineages; seven queries at most.

    Banked sires too are judged among the pairs of the living, so that a pair has one index wherever it stands.
    """
    programme, analysis = basis.programme, analysis_on(basis)
    breeders = breeders_of(programme, analysis.sex_of_animal)
    living = pairs_among(programme, analysis, breeders)
    if sires == LIVING:
        return with_lineages(judged(living, analysis, programme, living.table), basis)
    stored = stored_in(analysis, stored_sires(programme))
    analysis, breeders = analysis_with(basis, stored), with_stored(breeders, stored)
    pairs = pairs_from_bank(programme, analysis, breeders, only=sires == BANK_ONLY)
    return with_lineages(judged(pairs, analysis, programme, living.table), basis)


def judged(pairs: PairList, analysis: Analysis, programme: Programme, candidates: PairTable) -> PairList:
    """Return the list with the index of each pair, cut among candidates; one query."""
    means, thresholds = analysis.mean_kinships[analysis.measured], thresholds_of(programme)
    return replace(pairs, suitability=mate_suitability(pairs.table, means, thresholds, candidates=candidates))


def suitability_of(
    pairs: PairList, analysis: Analysis, programme: Programme, *, ranked: PairList
) -> PairSuitability:
    """Return the index of the only pair of a list, set against all breedable pairs; one query."""
    means, thresholds = analysis.mean_kinships[analysis.measured], thresholds_of(programme)
    return mate_suitability(pairs.table, means, thresholds, candidates=ranked.table).pair(0)


def with_lineages(pairs: PairList, basis: Basis) -> PairList:
    """Return the list with the share of every lineage of the programme in the young of each pair; two queries."""
    rows = analysis_on(basis).pedigree.rows(pairs.population.ids)
    young = (_in_young(pairs, told.lineage, told.share[rows]) for told in lineage_shares(basis))
    return replace(pairs, lineages=tuple(young))


def with_founders(pairs: PairList, basis: Basis) -> PairList:
    """Return the list with each founder that has genes in the living, to be asked about as a lineage is; one query."""
    lines = (
        FounderLine(animal, partial(_founder_in_young, pairs, basis, animal))
        for animal in founders_among_living(basis)
    )
    return replace(pairs, founders=tuple(lines))


def _founder_in_young(pairs: PairList, basis: Basis, founder: Animal) -> YoungShare:
    analysis = analysis_on(basis)
    share, _ = share_of(analysis, [founder.studbook_number])
    among = share[analysis.pedigree.rows(pairs.population.ids)]
    return _in_young(pairs, Lineage(programme=basis.programme, name=f"Founder {founder}"), among)


def _in_young(pairs: PairList, lineage: Lineage, among: NDArray[np.float64]) -> YoungShare:
    return YoungShare(lineage, (among[pairs.table.sire] + among[pairs.table.dam]) / 2)
