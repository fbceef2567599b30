"""What the death of a living animal, or young of it, would change: the means moved, nothing computed anew."""

from dataclasses import dataclass

from pedigree.structure import UNKNOWN_SEX
from pedigree.whatif import Population
from studbook.animals.models import Animal
from studbook.population.analysis import Analysis
from studbook.population.numbers import or_none
from studbook.population.pairs import PairRow, pairs_with
from studbook.population.ranks import rank_among
from studbook.programmes.models import Programme

BEST_MATES = 3
LITTER = 3


@dataclass(frozen=True, slots=True)
class Step:
    """Something that may happen, and the population after it. `mate` is whom the young would be with.

    `mean_kinship` and `rank` are the animal's own; None once it is dead, and for every figure nobody is left to have.
    """

    words: str
    mate: Animal | None
    gene_diversity: float | None
    change: float | None
    founder_genome_equivalents: float | None
    mean_inbreeding: float | None
    mean_kinship: float | None
    rank: int | None


def steps_of(programme: Programme, analysis: Analysis, number: str) -> list[Step]:
    """Return what may happen to a living animal, the present first; none for another one; three queries."""
    row = analysis.pedigree.row(number)
    if not analysis.living[row]:
        return []
    now = Population.of(analysis.population, analysis.kinship, analysis.measured)
    steps = [
        _step("now", None, now, now, number),
        _step("if it died", None, now.without(number), now, number),
    ]
    for pair in _best(programme, analysis, number):
        mate = pair.dam if pair.numbers.sire == number else pair.sire
        young = now.with_offspring(pair.numbers.sire, pair.numbers.dam)
        steps.append(_step("one young with", mate.animal, young, now, number))
        if len(steps) == 3:
            litter = now.with_offspring(pair.numbers.sire, pair.numbers.dam, LITTER)
            steps.append(_step(f"a litter of {LITTER} with", mate.animal, litter, now, number))
    return steps


def _best(programme: Programme, analysis: Analysis, number: str) -> list[PairRow]:
    if analysis.population.sex[analysis.population.row(number)] == UNKNOWN_SEX:
        return []
    return pairs_with(programme, analysis, number)[:BEST_MATES]


def _step(words: str, mate: Animal | None, after: Population, now: Population, number: str) -> Step:
    figures, before = after.figures, now.figures
    row = after.row(number)
    lives = bool(after.living[row])
    return Step(
        words,
        mate,
        or_none(figures.gene_diversity),
        None if after is now else or_none(figures.gene_diversity - before.gene_diversity),
        or_none(figures.founder_genome_equivalents),
        or_none(figures.mean_inbreeding),
        or_none(float(after.mean_kinships[row])) if lives else None,
        rank_among(after.mean_kinships, after.living & (after.sex == after.sex[row]), row) if lives else None,
    )
