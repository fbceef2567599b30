"""The chance of young on the page of a pair."""

from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest

from studbook.core.panels import Context
from studbook.planning.chances.fitted import Fitted, fitted_on
from studbook.planning.chances.queries import PairChance, bars_of, chance_of
from studbook.planning.chances.words import WORDS, prime_words, times, value_words
from studbook.population.explanation import PairExplanation
from studbook.programmes.access import programme_of


@dataclass(frozen=True, slots=True)
class IngredientRow:
    """One term of a pair's chance: this pair, the average case, and by what it multiplies the odds."""

    label: str
    here: str
    average: str
    times: str


def fitted_in(request: HttpRequest) -> Fitted:
    """Return the model of the programme of a request; its history is read once for all that the page tells of it."""
    if not hasattr(request, "fitted"):
        request.fitted = fitted_on(programme_of(request))  # type: ignore[attr-defined]
    return cast(Fitted, request.fitted)  # type: ignore[attr-defined]


def chance_panel(request: HttpRequest, pair: PairExplanation) -> Context | None:
    """Tell a pair's chance of young, how else it might breed, and what the chance is made of, or why there is none; the queries of the model."""
    if pair.row is None:
        return None
    fitted = fitted_in(request)
    found = chance_of(fitted, pair)
    return {
        "programme": programme_of(request),
        "pair": pair,
        "chance": found,
        "bars": bars_of(pair.row),
        "model": fitted.model,
        "ingredients": ingredient_rows(fitted, found) if found else [],
        "primes": (prime_words(fitted.model.prime, "M"), prime_words(fitted.model.prime, "F")),
    }


def ingredient_rows(fitted: Fitted, found: PairChance) -> list[IngredientRow]:
    """Return what the chance of a pair is made of, as rows."""
    return [
        IngredientRow(
            WORDS[each.term].label,
            value_words(each.term, each.value),
            WORDS[each.term].mean(each.centre) if fitted.model.cases else "no case yet",
            times(each.odds),
        )
        for each in found.ingredients
    ]
