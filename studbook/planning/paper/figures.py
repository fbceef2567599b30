"""The figures of a plan, from frozen inputs alone."""

from collections.abc import Mapping
from typing import Any

from studbook.planning.paper.figures_demography import demography_figures, last_began
from studbook.planning.paper.figures_genetics import genetics_figures
from studbook.planning.paper.figures_goals import goals_figures
from studbook.planning.paper.figures_pairs import pairs_figures
from studbook.planning.paper.figures_rows import rows_figures
from studbook.planning.paper.figures_series import series_figures
from studbook.planning.paper.plain import PlainDict, plain
from studbook.planning.paper.remade import remade


def figures_in(inputs: Mapping[str, Any]) -> PlainDict:
    """Return the figures; no query."""
    book = remade(inputs["book"])
    goals = goals_figures(book)
    figures = {
        "demography": demography_figures(book, inputs["former"]),
        "genetics": genetics_figures(book, goals, inputs["book"]),
        "goals": goals,
        "series": series_figures(book, inputs["book"]),
        "pairs": pairs_figures(book, inputs["lines"]),
        "rows": rows_figures(inputs["lines"]),
    }
    made: PlainDict = plain(figures)
    return made


def makings_of(inputs: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what `figures_in` takes of inputs: of two that are equal in this the figures are the same. No query."""
    lines = inputs["lines"]
    return inputs["format"], inputs["book"], lines["pairs"], rows_figures(lines), last_began(inputs["former"])
