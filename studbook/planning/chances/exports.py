"""The cases, the terms and the pairs by expected gain as files, numbers in full."""

from collections.abc import Iterator

import numpy as np

from pedigree.cases import Cases
from pedigree.chance import Effect
from studbook.core.downloads import Cell, Table, neutral
from studbook.planning.chances.fitted import Fitted
from studbook.planning.chances.queries import GainList
from studbook.planning.chances.words import WORDS
from studbook.population.exports import PAIR_COLUMNS, pair_table
from studbook.population.numbers import or_none

CASE_NAMES = tuple(Cases.__dataclass_fields__)
CASE_COLUMNS = ("plan", "from", "until", "sire", "dam", "method", *CASE_NAMES, "had_young", "chance")
TERM_COLUMNS = (
    "term", "unit", "mean", "coefficient", "standard_error", "odds_ratio", "low", "high",
    "share_from_cases", "prior_mean", "prior_scale",
)  # fmt: skip
GAIN_COLUMNS = ("place", "expected_gain", "chance_of_young", *PAIR_COLUMNS)
TABLES = ("cases", "terms")


def table_of(fitted: Fitted, kind: str) -> Table:
    """Return one of `TABLES`."""
    return case_table(fitted) if kind == "cases" else term_table(fitted)


def case_table(fitted: Fitted) -> Table:
    """Return every case the model was fitted to; an empty cell is what is not known."""
    return Table(CASE_COLUMNS, _cases(fitted))


def _cases(fitted: Fitted) -> Iterator[list[Cell]]:
    chances = fitted.model.chances(fitted.cases)
    for at, past in enumerate(fitted.past):
        pair = past.pair
        yield [
            neutral(str(past.plan)),
            past.day.isoformat(),
            past.until.isoformat(),
            neutral(pair.sire.studbook_number),
            neutral(pair.dam.studbook_number),
            pair.method,
            *(_cell(getattr(fitted.cases, name)[at]) for name in CASE_NAMES),
            "yes" if past.fulfilled else "no",
            float(chances[at]),
        ]


def term_table(fitted: Fitted) -> Table:
    """Return the coefficients, the constant first."""
    model = fitted.model
    average, prior = model.average, model.prior
    constant: list[Cell] = [
        "average case", "", None, float(model.coefficients[0]), float(np.sqrt(model.covariance[0, 0])), None,
        None, None, average.from_cases, float(prior.means[0]), float(prior.precisions[0] ** -0.5),
    ]  # fmt: skip
    rows = [
        _term(effect, float(centre), float(variance), scale)
        for effect, centre, variance, scale in zip(
            model.effects, model.centre, model.covariance.diagonal()[1:], prior.scales, strict=True
        )
    ]
    return Table(TERM_COLUMNS, [constant, *rows])


def _term(effect: Effect, centre: float, variance: float, scale: float) -> list[Cell]:
    word = WORDS[effect.term]
    return [
        word.label, word.unit, centre, effect.coefficient, variance**0.5, effect.odds_ratio, effect.low,
        effect.high, effect.from_cases, 0.0, scale,
    ]  # fmt: skip


def gain_table(found: GainList) -> Table:
    """Return the pairs in their order, with the columns of the list of pairs; without a chance and a gain where either cannot breed today."""
    return Table(GAIN_COLUMNS, _gains(found))


def _gains(found: GainList) -> Iterator[list[Cell]]:
    lines = zip(found.pairs.shown, pair_table(found.pairs).lines, strict=True)
    for place, (at, line) in enumerate(lines, start=1):
        gain, chance = or_none(float(found.gain[at])), or_none(float(found.chance[at]))
        yield [place, gain, chance, *line[: len(PAIR_COLUMNS)]]


def _cell(value: float) -> Cell:
    return None if np.isnan(value) else round(float(value), 4)
