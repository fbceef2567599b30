"""Overlays side by side with the book as recorded: the figures, and whose rank moves most."""

from collections.abc import Sequence
from dataclasses import dataclass

from studbook.animals.models import Animal
from studbook.population.analysis import Analysis, NoFiguresError
from studbook.population.basis import Basis, analysis_on
from studbook.population.codes import SEX_CODES
from studbook.population.models import Overlay
from studbook.population.overlays.effects import FIGURES, Cell, Effect, Figure, cell, effect_on
from studbook.programmes.models import Programme

MOST_MOVES = 10
MOST_ASKED = tuple(
    figure for figure in FIGURES if figure.slug in ("gene-diversity", "mean-kinship", "inbreeding")
)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure on every basis compared, the recorded one first."""

    figure: Figure
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """An animal whose place among the living of its sex is another under an overlay."""

    animal: Animal
    recorded_rank: int
    rank: int
    recorded_mean_kinship: float
    mean_kinship: float


@dataclass(frozen=True, slots=True)
class Moves:
    """The largest moves under one overlay; `total` is how many animals move at all."""

    overlay: Overlay
    moves: tuple[Move, ...]
    total: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Figures and moves of some overlays, each alone, beside the book as recorded; `reasons` where one has none."""

    overlays: tuple[Overlay, ...]
    rows: tuple[FigureRow, ...]
    reasons: tuple[tuple[str, str], ...]
    moves: tuple[Moves, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list of overlays: the figures most asked for. `overlay` is None for the book as recorded."""

    overlay: Overlay | None
    cells: tuple[tuple[Figure, Cell], ...] = ()
    reason: str = ""


def listed(programme: Programme, overlays: Sequence[Overlay]) -> list[Listed]:
    """Return the book as recorded, then each overlay; an archived one has no figures."""
    recorded = effect_on(Basis(programme))
    lines = [Listed(None, tuple((each, cell(each, recorded)) for each in MOST_ASKED), recorded.reason)]
    for overlay in overlays:
        if overlay.is_archived:
            lines.append(Listed(overlay))
            continue
        effect = effect_on(Basis(programme, (overlay,)))
        cells = tuple((each, cell(each, effect, recorded)) for each in MOST_ASKED)
        lines.append(Listed(overlay, cells, effect.reason))
    return lines


def figures_beside(programme: Programme, overlays: Sequence[Overlay]) -> Comparison:
    """Return the figures of each overlay beside those as recorded."""
    recorded = effect_on(Basis(programme))
    effects = [effect_on(Basis(programme, (overlay,))) for overlay in overlays]
    named = zip(["As recorded", *(overlay.name for overlay in overlays)], [recorded, *effects], strict=True)
    return Comparison(
        tuple(overlays),
        tuple(_row(figure, recorded, effects) for figure in FIGURES),
        tuple((name, effect.reason) for name, effect in named if effect.reason),
    )


def _row(figure: Figure, recorded: Effect, effects: Sequence[Effect]) -> FigureRow:
    return FigureRow(figure, (cell(figure, recorded), *(cell(figure, each, recorded) for each in effects)))


def moves_of(programme: Programme, overlays: Sequence[Overlay]) -> tuple[Moves, ...]:
    """Return whose ranks move most under each overlay; one query beside those of the analyses."""
    try:
        recorded = analysis_on(Basis(programme))
    except NoFiguresError as error:
        return tuple(Moves(overlay, (), 0, error.sentence) for overlay in overlays)
    animals = {animal.studbook_number: animal for animal in programme.animals.living().order_by()}
    return tuple(_moves(overlay, recorded, animals) for overlay in overlays)


def _moves(overlay: Overlay, recorded: Analysis, animals: dict[str, Animal]) -> Moves:
    try:
        assumed = analysis_on(Basis(overlay.programme, (overlay,)))
    except NoFiguresError as error:
        return Moves(overlay, (), 0, error.sentence)
    before, after = _places(recorded), _places(assumed)
    moves = [
        Move(animals[number], before[number][0], after[number][0], before[number][1], after[number][1])
        for number in before.keys() & after.keys() & animals.keys()
        if before[number][0] != after[number][0]
    ]
    moves.sort(key=lambda move: (-abs(move.rank - move.recorded_rank), move.animal.number_order))
    return Moves(overlay, tuple(moves[:MOST_MOVES]), len(moves))


def _places(analysis: Analysis) -> dict[str, tuple[int, float]]:
    """Return the rank and the mean kinship of each living animal that has a rank."""
    sexes = [analysis.measured & (analysis.population.sex == code) for code in SEX_CODES.values()]
    return {
        analysis.population.ids[row]: (int(analysis.rank[row]), float(analysis.mean_kinships[row]))
        for sex in sexes
        for row in sex.nonzero()[0]
    }
