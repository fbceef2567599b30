"""What an overlay does to the figures, beside those of the book as recorded."""

from collections.abc import Callable
from dataclasses import dataclass
from math import isnan

from pedigree.summary import Summary
from studbook.core.templatetags.studbook import change, coefficient, decimals, percent
from studbook.population.analysis import NOBODY_LIVING, NoFiguresError
from studbook.population.basis import Basis, Key, analysis_on
from studbook.population.cache import Kept

MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class Effect:
    """The figures on one basis; without a summary, `reason` says why there are none."""

    summary: Summary | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the population: its name, the page on it, and how it is read and shown."""

    label: str
    slug: str
    value: Callable[[Summary], float]
    shown: Callable[[float], str] = coefficient
    shown_change: Callable[[float], str] = change


def _whole(value: float) -> str:
    return f"{value:,.0f}"


def _more(value: float) -> str:
    return f"{value:+,.0f}".replace("-", "−") if round(value) else "0"


def _longer(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−") if round(value, 2) else "0.00"


def _hundredths(value: float) -> str:
    return percent(value, 2)


def _hundredths_more(value: float) -> str:
    return _longer(100 * value)


def _points(value: float) -> str:
    return f"{100 * value:+.1f}".replace("-", "−") if round(value, 3) else "0.0"


FIGURES = (
    Figure(
        "Gene diversity",
        "gene-diversity",
        lambda summary: summary.gene_diversity,
        _hundredths,
        _hundredths_more,
    ),
    Figure(
        "Gene diversity, known genes only",
        "known-only",
        lambda summary: summary.known_only.gene_diversity,
        _hundredths,
        _hundredths_more,
    ),
    Figure("Mean kinship", "mean-kinship", lambda summary: summary.mean_kinship),
    Figure("Mean inbreeding", "inbreeding", lambda summary: summary.mean_inbreeding),
    Figure(
        "Founder genome equivalents",
        "founder-genome-equivalents",
        lambda summary: summary.founder_genome_equivalents,
        decimals,
        _longer,
    ),
    Figure(
        "Founder equivalents",
        "founder-equivalents",
        lambda summary: summary.founder_equivalents,
        decimals,
        _longer,
    ),
    Figure("Founders", "founder-contribution", lambda summary: summary.founders, _whole, _more),
    Figure("Living animals measured", "", lambda summary: summary.living, _whole, _more),
    Figure("Known ancestry", "known-fraction", lambda summary: summary.known, percent, _points),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure on one basis, and how far it is from the one as recorded (empty where it is that one)."""

    shown: str
    changed: str = ""


_kept: Kept[Key, Effect] = Kept(MOST_KEPT)


def effect_on(basis: Basis) -> Effect:
    """Return the figures on a basis, kept longer than an analysis, which is large; see analysis_on for the queries."""
    return _kept.get(basis.key, lambda: _computed(basis))


def _computed(basis: Basis) -> Effect:
    try:
        summary = analysis_on(basis).summary
    except NoFiguresError as error:
        return Effect(None, error.sentence)
    return Effect(summary, "" if summary else NOBODY_LIVING)


def cell(figure: Figure, effect: Effect, recorded: Effect | None = None) -> Cell:
    """Return a figure as shown; beside the recorded one, also the difference."""
    value = _value(figure, effect)
    base = _value(figure, recorded) if recorded is not None else None
    changed = figure.shown_change(value - base) if value is not None and base is not None else ""
    return Cell(figure.shown(value) if value is not None else "–", changed)


def _value(figure: Figure, effect: Effect) -> float | None:
    value = figure.value(effect.summary) if effect.summary is not None else None
    return None if value is None or isnan(value) else value
