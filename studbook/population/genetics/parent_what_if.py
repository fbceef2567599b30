"""What an animal and the population would be if its sire or dam were another: the book computed anew each time."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from pedigree.errors import NumericalError, PedigreeError
from pedigree.kinship import kinship_matrix, mean_kinship, population_mean_kinship
from pedigree.structure import Pedigree
from studbook.core.templatetags.studbook import coefficient
from studbook.population.analysis import Analysis
from studbook.population.basis import Basis, Key, analysis_on
from studbook.population.cache import Kept
from studbook.population.genetics.parent_choices import Choice
from studbook.population.genetics.parent_records import parent_words, recorded_parent, with_parent
from studbook.population.numbers import or_none
from studbook.population.ranks import rank_among

MOST_KEPT = 512


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures with one parent; all None with a `refusal`, which says why the parent cannot be.

    `mean_kinship` is to the living, also of an animal that is not; `rank` is among the living of its sex, if it lives.
    """

    inbreeding: float | None = None
    mean_kinship: float | None = None
    rank: int | None = None
    population_mean: float | None = None
    gene_diversity: float | None = None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """A parent tried, what comes of it, and the change in gene diversity against the standing one."""

    choice: Choice
    outcome: Outcome
    change: float | None


_kept: Kept[tuple[Key, str, str, str], Outcome] = Kept(MOST_KEPT)


def tried(basis: Basis, animal: str, role: str, choices: Sequence[Choice]) -> list[Tried]:
    """Return what comes of each parent, the standing one being the first of the choices; no query."""
    analysis = analysis_on(basis)
    outcomes = [
        _kept.get((basis.key, animal, role, choice.word), partial(_outcome, analysis, animal, role, choice))
        for choice in choices
    ]
    return [
        Tried(choice, outcome, _change(outcomes[0], outcome))
        for choice, outcome in zip(choices, outcomes, strict=True)
    ]


def assumed_parent(basis: Basis, animal: str, role: str) -> str:
    """Return in words the parent that an overlay assumes; empty where the recorded one stands."""
    if not basis.overlays:
        return ""
    pedigrees = [analysis_on(each).pedigree for each in (basis, Basis(basis.programme))]
    here, recorded = (recorded_parent(each, each.row(animal), role) for each in pedigrees)
    return "" if here == recorded else parent_words(here)


def how_much(role: str, rows: Sequence[Tried]) -> str:
    """Return in a sentence how far the figures depend on which animal it is; empty with nothing to compare."""
    # WILD and UNKNOWN are the two ends of everything, and say nothing of how much is in doubt.
    named = [row for row in rows if row.choice.animal or row.choice.standing]
    outcomes = [row.outcome for row in named if not row.outcome.refusal]
    inbreeding = [each.inbreeding for each in outcomes if each.inbreeding is not None]
    ranked = [each.rank for each in outcomes if each.rank is not None]
    if len(inbreeding) < 2:
        return ""
    least, most = coefficient(min(inbreeding)), coefficient(max(inbreeding))
    first = (
        f"Whichever of these its {role} is, its inbreeding is {least}"
        if least == most
        else f"Depending on its {role}, its inbreeding lies between {least} and {most}"
    )
    return f"{first}{_rank_words(ranked)}."


def _rank_words(ranked: Sequence[int]) -> str:
    if not ranked:
        return ""
    if min(ranked) == max(ranked):
        return f", and its rank is {ranked[0]}"
    return f", and its rank lies between {min(ranked)} and {max(ranked)}"


def _change(recorded: Outcome, outcome: Outcome) -> float | None:
    if recorded.gene_diversity is None or outcome.gene_diversity is None:
        return None
    return outcome.gene_diversity - recorded.gene_diversity


def _outcome(analysis: Analysis, animal: str, role: str, choice: Choice) -> Outcome:
    try:
        pedigree = (
            analysis.pedigree
            if choice.standing
            else with_parent(analysis.pedigree, animal, role, choice.parent)
        )
        return _measured(analysis, pedigree, animal)
    except (PedigreeError, NumericalError) as error:
        return Outcome(refusal=str(error))


def _measured(analysis: Analysis, pedigree: Pedigree, animal: str) -> Outcome:
    living = pedigree.mask(analysis.pedigree.ids[row] for row in np.flatnonzero(analysis.living))
    kept = living | pedigree.mask([animal])
    population, measured = pedigree.pruned_to_ancestors(kept), living[pedigree.with_ancestors(kept)]
    kinship, row = kinship_matrix(population), population.row(animal)
    means, mean = mean_kinship(kinship, measured), population_mean_kinship(kinship, measured)
    return Outcome(
        inbreeding=float(2 * kinship[row, row] - 1),
        mean_kinship=or_none(float(means[row])),
        rank=_rank(population, measured, means, row),
        population_mean=or_none(mean),
        gene_diversity=or_none(1 - mean),
    )


def _rank(
    population: Pedigree, measured: NDArray[np.bool_], means: NDArray[np.float64], row: int
) -> int | None:
    if not measured[row]:
        return None
    return rank_among(means, measured & (population.sex == population.sex[row]), row)
