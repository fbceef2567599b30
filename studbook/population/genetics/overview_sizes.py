"""The overview's lines on effective sizes and generations."""

from collections.abc import Iterator
from math import isnan

from pedigree.effective import EffectiveSize
from pedigree.summary import Summary
from studbook.core.templatetags.studbook import decimals
from studbook.population.genetics.figures_totals import Totals
from studbook.population.genetics.overview_lines import Line, with_error

NOBODY_BRED = "No living animal has bred yet."


def sizes(summary: Summary, totals: Totals) -> Iterator[Line]:
    """Yield the effective sizes of a living population."""
    males, females = summary.breeding_males, summary.breeding_females
    shared = (
        "" if males.is_integer() and females.is_integer() else " A possible parent counts by its probability."
    )
    yield Line(
        "Ne by breeders",
        "effective-size",
        decimals(summary.effective_size, 1),
        "",
        f"From the living that ever bred, {males:g} males and {females:g} females: 4·Nm·Nf / (Nm + Nf).{shared}",
        reason=NOBODY_BRED,
    )
    yield Line(
        "Ne / N",
        "effective-size",
        decimals(summary.effective_ratio, 4),
        "",
        f"Ne by breeders over the {summary.living} living.",
        reason=NOBODY_BRED,
    )
    for label, size, what in (
        ("Ne by inbreeding", totals.by_inbreeding, "each living animal's increase in F over its generations"),
        ("Ne by coancestry", totals.by_coancestry, "the increase in kinship of each living pair"),
        ("Ne by rate", totals.by_rate, "the trend of F over the years of birth, one generation long"),
    ):
        yield _realised(label, size, what)


def _realised(label: str, size: EffectiveSize, what: str) -> Line:
    meaning = f"From {what}: what the past was like, not what is to come."
    reason = f"From {what}, no finite size fits: it does not rise, or too few animals can be counted."
    return Line(label, "effective-size", with_error(size.number, size.error, 1), "", meaning, reason)


def generations(totals: Totals) -> Iterator[Line]:
    """Yield the generation interval, over all and by path."""
    intervals = totals.intervals
    reason = "No parent and offspring with known births, the offspring a parent itself, can be counted."
    yield Line(
        "Generation interval (T)",
        "generation-interval",
        _years(intervals.everyone.mean, intervals.everyone.error),
        "",
        "The mean age of parents at the birth of offspring that became parents themselves.",
        reason,
    )
    paths = ("sire to son", intervals.sire_son), ("sire to daughter", intervals.sire_daughter)
    for name, path in (
        *paths,
        ("dam to son", intervals.dam_son),
        ("dam to daughter", intervals.dam_daughter),
    ):
        yield Line(
            f"T, {name}",
            "generation-interval",
            _years(path.mean, path.error),
            "",
            f"From {path.number:g} pairs.",
            reason,
        )


def _years(mean: float, error: float) -> str:
    value = with_error(mean, error, 1)
    return value if isnan(mean) else f"{value} years"
