"""Why a pair has its index: the four ingredients, the thresholds they are held against, and what each gives."""

from collections.abc import Iterator
from dataclasses import dataclass

from pedigree import suitability_sentence
from pedigree.suitability import HARMS, PairSuitability
from studbook.core.templatetags.studbook import change, coefficient, percent
from studbook.population.suitability.thresholds import ThresholdLine, differing


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One of the four in words: its value, what it is held against, what it gives; `fired` where it did something."""

    name: str
    value: str
    against: str
    gives: str
    fired: bool


@dataclass(frozen=True, slots=True)
class ExplainedSuitability:
    """The index of a pair with its parts and its sentence; `differing` are the thresholds that are not as published."""

    told: PairSuitability
    sentence: str
    ingredients: tuple[Ingredient, ...]
    differing: list[ThresholdLine]


def explained_suitability(told: PairSuitability) -> ExplainedSuitability:
    """Return everything the page of a pair says of its index; no query."""
    return ExplainedSuitability(
        told, suitability_sentence(told), tuple(_ingredients(told)), differing(told.thresholds)
    )


def _ingredients(told: PairSuitability) -> Iterator[Ingredient]:
    pair, limits, mean = told.pair, told.thresholds, told.mean_kinship
    side = "above zero" if 0 < told.band < HARMS else "not above zero"
    yield Ingredient(
        "Change in gene diversity",
        change(pair.delta_gd),
        f"{told.better:,} of the {told.rivals:,} candidate{'' if told.rivals == 1 else 's'} {side} "
        f"{'is' if told.better == 1 else 'are'} better",
        str(told.band or "–"),
        fired=True,
    )
    yield Ingredient(
        "Difference of the two mean kinships",
        coefficient(pair.mk_difference),
        f"1 more above {coefficient(limits.mk_deviations * told.mk_deviation)}",
        *_step(told.difference_step),
    )
    over = (coefficient(factor * mean) for factor in (limits.inbreeding, limits.high_inbreeding))
    yield Ingredient(
        "Inbreeding of young",
        coefficient(pair.f_offspring),
        "1 more above {}, 2 above {}, a dash from {}".format(*over, coefficient(limits.inbreeding_limit)),
        *_step(told.inbreeding_step, dash=told.too_close),
    )
    over = (percent(share, 0) for share in (limits.unknown, limits.much_unknown, limits.too_unknown))
    yield Ingredient(
        "Unknown ancestry of young",
        percent(pair.unknown_ancestry),
        "1 more above {}, 2 above {}, a dash from {}".format(*over),
        *_step(told.unknown_step, dash=told.too_unknown),
    )


def _step(step: int, *, dash: bool = False) -> tuple[str, bool]:
    if dash:
        return "a dash", True
    return (f"+ {step}", True) if step else ("nothing", False)
