"""Gene diversity now, the most it could be and the goal, as marks on one scale."""

from dataclasses import dataclass
from math import floor, isnan

from studbook.core.templatetags.studbook import percent
from studbook.population.figures import Scale, Tick, steps
from studbook.population.genetics.figures import Figures
from studbook.programmes.models import Programme

LEFT, RIGHT, TOP, ROW = 112.0, 340.0, 14.0, 22.0
BELOW = 0.02  # room left of the lowest mark
MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """One diversity: its name, where its dot stands, its words."""

    name: str
    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class DiversityFigure:
    """The drawing; `goal` is where the goal's line stands."""

    marks: tuple[Mark, ...]
    goal: float
    goal_words: str
    ticks: tuple[Tick, ...]
    axis: float
    left: float
    right: float

    @property
    def height(self) -> float:
        return self.axis + 32


def diversity_figure(programme: Programme, figures: Figures) -> DiversityFigure | None:
    """Return the drawing; None when nobody lives."""
    summary, totals = figures.analysis.summary, figures.totals
    if summary is None or totals is None:
        return None
    values = {
        "most that could be": totals.retained.potential_gene_diversity,
        "now": summary.gene_diversity,
        "known genes only": summary.known_only.gene_diversity,
    }
    return _drawn(
        {name: value for name, value in values.items() if not isnan(value)},
        float(programme.gene_diversity_goal),
    )


def _drawn(values: dict[str, float], goal: float) -> DiversityFigure:
    low = max(floor(20 * (min(*values.values(), goal) - BELOW)) / 20, 0.0)
    scale = Scale(low, 1.0, LEFT, RIGHT)
    marks = tuple(
        Mark(name, scale.place(value), TOP + place * ROW + ROW / 2, percent(value, 2))
        for place, (name, value) in enumerate(values.items())
    )
    axis = TOP + len(marks) * ROW
    ticks = tuple(Tick(scale.place(at), percent(at, 0)) for at in steps(low, 1.0, MOST_TICKS))
    return DiversityFigure(marks, scale.place(goal), f"goal {percent(goal, 0)}", ticks, axis, LEFT, RIGHT)
