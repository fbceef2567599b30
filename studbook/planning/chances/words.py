"""What the terms of the chance of young are called, and their values as a reader sees them."""

from collections.abc import Callable
from dataclasses import dataclass

from pedigree.cases import FARTHEST_OUTSIDE, LONGEST_TOGETHER, Prime
from pedigree.chance import Effect
from studbook.core.templatetags.studbook import NOTHING, decimals, percent

UNTOLD = 0.005  # of the precision


@dataclass(frozen=True, slots=True)
class Term:
    """A term's name, what one unit of it is, and how the mean of it over cases is told."""

    label: str
    unit: str
    mean: Callable[[float], str]


def _years(value: float) -> str:
    return f"{decimals(value, 1)} years"


def _share(value: float) -> str:
    return f"{percent(value, 0)} of cases"


WORDS: dict[str, Term] = {
    "sire_outside": Term("Sire outside his prime", "per year", _years),
    "dam_outside": Term("Dam outside her prime", "per year", _years),
    "sire_proven": Term("Sire had young before", "yes against no", _share),
    "dam_proven": Term("Dam had young before", "yes against no", _share),
    "together": Term("Time at one place", f"per year, up to {LONGEST_TOGETHER:.0f}", _years),
    "moves": Term("One must move", "yes against no", _share),
    "insemination": Term("Insemination", "against natural mating", _share),
}


def value_words(term: str, value: float | None) -> str:
    """Return a term's value of one pair."""
    if value is None:
        return "not known"
    if term.endswith("_outside"):
        more = " or more" if value >= FARTHEST_OUTSIDE else ""
        return "within it" if not value else f"by {_years(value)}{more}"
    if term == "together":
        if not value:
            return "apart"
        return f"{LONGEST_TOGETHER:.0f} years or more" if value >= LONGEST_TOGETHER else _years(value)
    return "yes" if value else "no"


def effect_words(effect: Effect) -> str:
    """Return in words what a term does to the odds, as far as its interval allows."""
    if effect.from_cases < UNTOLD:
        return "no case tells of it"
    ratio = effect.odds_ratio
    size = f"multiplies the odds by {times(ratio)}"
    if effect.low > 1:
        return f"{size}: better"
    if effect.high < 1:
        return f"{size}: worse"
    leaning = "perhaps better" if ratio > 1.05 else "perhaps worse" if ratio < 0.95 else "no clear effect"
    return f"{size}: {leaning}; the interval holds 1"


def times(ratio: float | None) -> str:
    """Return a ratio of odds."""
    if ratio is None or ratio != ratio:
        return NOTHING
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"


def prime_words(prime: Prime, sex: str) -> str:
    """Return the prime of a sex."""
    ends = (prime.sire_from, prime.sire_to) if sex == "M" else (prime.dam_from, prime.dam_to)
    return f"{ends[0]:.1f} to {ends[1]:.1f} years"
