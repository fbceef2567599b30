"""A basket as files: every animal now and after, and every step with what it does; numbers in full."""

from collections.abc import Iterable

from pedigree.whatif import Figures
from studbook.core.downloads import Cell, Table, neutral
from studbook.population.baskets.moves import Move, MoveList
from studbook.population.baskets.reckoning import Reckoning, Taken
from studbook.population.numbers import or_none

MOVE_COLUMNS = (
    "sex",
    "animal",
    "house_name",
    "newcomer",
    "mean_kinship_now",
    "rank_now",
    "mean_kinship_after",
    "rank_after",
    "mean_kinship_change",
    "movement",
)
FIGURES = (
    "living",
    "gene_diversity",
    "mean_kinship",
    "founder_genome_equivalents",
    "mean_inbreeding",
)
STEP_COLUMNS = ("step", "what", "brings", *FIGURES, "gene_diversity_change", "not_possible", "provided")


def moves_table(lists: Iterable[MoveList]) -> Table:
    """Return the animals, a line each."""
    lines = (_move(move) for each in lists for move in each.moves)
    return Table(MOVE_COLUMNS, ([neutral(cell) for cell in line] for line in lines))


def steps_table(reckoning: Reckoning) -> Table:
    """Return the steps, a line each, after the line of the population as it is."""
    first: list[Cell] = [0, "now", "", *_figures(reckoning.now), None, "", ""]
    lines = [first, *(_step(taken) for taken in reckoning.steps)]
    return Table(STEP_COLUMNS, ([neutral(cell) for cell in line] for line in lines))


def _move(move: Move) -> list[Cell]:
    name = move.animal.house_name if move.animal else ""
    return [
        *(move.sex, move.label, name, "yes" if move.is_new else "no"),
        *(move.mean_kinship, move.rank, move.mean_kinship_after, move.rank_after),
        *(move.change, move.words),
    ]


def _step(taken: Taken) -> list[Cell]:
    brings = " ".join(each.label for each in taken.step.newcomers.all())
    change = or_none(taken.after.gene_diversity - taken.before.gene_diversity)
    own: list[Cell] = [taken.number, str(taken.step), brings, *_figures(taken.after)]
    return [*own, None if taken.refusal else change, taken.refusal, " ".join(taken.cautions)]


def _figures(figures: Figures) -> list[Cell]:
    return [or_none(getattr(figures, name)) for name in FIGURES]
