"""Everything the page of a pair tells beside its kinships: ages, past young, health, methods, genes at stake."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone
from django.utils.dateformat import format as formatted

from studbook.animals.models import Animal
from studbook.core.dates import DAYS_IN_YEAR
from studbook.population.basis import Basis, analysis_on
from studbook.population.demography.book import book_on
from studbook.population.demography.filters import Filters
from studbook.population.demography.vital import vital_on
from studbook.population.explanation import PairExplanation
from studbook.population.pair.ages import ObservedAges, observed_ages
from studbook.population.pair.health import Health, health_of
from studbook.population.pair.methods import Method, methods_of
from studbook.population.pair.stakes import Stakes, stakes_of
from studbook.population.pair.young import PastYoung, past_young

MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class PairTold:
    """What a pair's page tells of two living animals beside what their kinships say."""

    ages: list[ObservedAges]
    together: str
    young: list[PastYoung]
    health: list[Health]
    methods: list[Method]
    stakes: Stakes


def pair_told(basis: Basis, pair: PairExplanation) -> PairTold | None:
    """Return what a page tells of a pair that was not refused; three queries beside those of a book not kept yet."""
    if pair.row is None:
        return None
    book = book_on(basis)
    return PairTold(
        ages=ages_of(basis, pair),
        together=together_sentence(pair, timezone.localdate()),
        young=past_young(book, vital_on(basis, Filters()).born, pair.sire, pair.dam),
        health=health_of(pair.sire, pair.dam),
        methods=methods_of(analysis_on(basis), pair.row),
        stakes=stakes_of(basis, pair.sire, pair.dam),
    )


def together_sentence(pair: PairExplanation, on: date) -> str:
    """Return since when the two share a place and what came of it; empty for a pair apart."""
    if pair.together_since is None:
        return ""
    months = int((on - pair.together_since).days / DAYS_IN_YEAR * MONTHS)
    span = f"{months // MONTHS} years" if months >= 2 * MONTHS else _months(months)
    young = len(pair.offspring)
    told = f"{young} young of theirs {'is' if young == 1 else 'are'}" if young else "no young of theirs is"
    return f"The two have shared a place since {formatted(pair.together_since, 'j F Y')}, {span}; {told} recorded."


def _months(number: int) -> str:
    if not number:
        return "less than a month"
    return f"{number} month{'' if number == 1 else 's'}"


def ages_of(basis: Basis, pair: PairExplanation) -> list[ObservedAges]:
    """Return the ages of a pair that was not refused beside those observed; no query beside those of a book not kept yet."""
    if pair.row is None:
        return []
    breeding = vital_on(basis, Filters()).breeding
    sides = ((Animal.Sex.MALE, pair.row.sire), (Animal.Sex.FEMALE, pair.row.dam))
    return [observed_ages(breeding[sex], breeder, sex) for sex, breeder in sides]
