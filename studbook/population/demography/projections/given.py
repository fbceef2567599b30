"""What a projection starts from: who lives in the set, at what age, by which rates; and the figures it is set beside."""

from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

import numpy as np
from django.http import QueryDict

from pedigree.breeding import breeders
from pedigree.demography.lifetable import LifeTable
from pedigree.effective import effective_size_by_breeders
from pedigree.errors import NumericalError, PedigreeError, ScenarioError
from pedigree.projection import LivingPopulation, Rates, SexRates
from studbook.core.errors import StudbookError
from studbook.population.basis import Basis, analysis_on
from studbook.population.demography.book import book_on
from studbook.population.demography.filters import Filters
from studbook.population.demography.forms import SetForm
from studbook.population.demography.pyramid import age_on
from studbook.population.demography.rates.reading import base_form, narrowing_words, what_ifs
from studbook.population.demography.sets import BIRTH, PopulationSet, Presence
from studbook.population.demography.tables import FEMALES, MALES, set_on, tables_on
from studbook.population.models import RateSet, Scenario

NOBODY = "Nobody of this set lives on {day}, so there is nothing to project. Widen the set."
NO_RATE = "The life table of the {sex} has no rate at age {age}. Choose a smoothing, a longer window, or what-if rates."
NO_TABLE = "The life table of the {sex} has no age at all in these days. Choose a longer window, or rates of the whole book."
ARCHIVED_RATES = "The rates {rates} are archived. Restore them first, or choose others."
SEXES = {MALES: "males", FEMALES: "females"}


@dataclass(frozen=True, slots=True)
class Drift:
    """What the formula of gene diversity in years to come needs; growth is lambda of the females' table."""

    gene_diversity: float
    effective_ratio: float
    size: int
    generation_interval: float
    growth: float

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """A population and its rates; `notes` say what was taken for granted, `drift` is None where the formula has no answer.

    `rates_inbreeding` is the mean F of the young that the rates were counted on, 0 where the book shows none.
    """

    population: LivingPopulation
    rates: Rates
    rates_inbreeding: float
    notes: tuple[str, ...]
    drift: Drift | None


def form_of(scenario: Scenario, basis: Basis) -> SetForm:
    """Return what narrows the set of a scenario, as the form of the demography pages."""
    return SetForm(QueryDict(scenario.base), book=book_on(basis))


def set_words(scenario: Scenario, basis: Basis) -> str:
    """Say what narrows a scenario's set and the days of its rates; empty where nothing does."""
    return ", ".join(narrowing_words(form_of(scenario, basis)))


def given_on(scenario: Scenario, basis: Basis) -> Given:
    """Return what a scenario starts from; no query beside those of a book not kept yet, its parts and its rate set.

    Raises StudbookError with a sentence where something is missing.
    """
    filters = form_of(scenario, basis).filters
    chosen = set_on(basis, replace(filters, first=None, last=None))
    tables = tables_for(scenario, basis)
    try:
        population, notes = _population(scenario, basis, chosen)
        rates = Rates(*(_rates(tables[sex], sex) for sex in (MALES, FEMALES)))
    except (ScenarioError, PedigreeError, NumericalError) as refusal:
        raise StudbookError(str(refusal)) from refusal
    drift = _drift(basis, population, tables)
    return Given(population, rates, _inbreeding_of_young(scenario, basis), notes, drift)


def tables_for(scenario: Scenario, basis: Basis) -> dict[str, LifeTable]:
    """Return the life tables that a scenario's rates are of, by sex."""
    if scenario.rate_set is not None:
        refuse_archived_rates(scenario.rate_set)
        return {
            each.sex: _edited(each)
            for each in what_ifs(scenario.rate_set, basis, scenario.rate_set.rates.all())
        }
    tables = tables_on(basis, _rate_filters(scenario, basis), smoothing=scenario.smoothing)
    return {sex: tables.of(sex) for sex in SEXES}


def refuse_archived_rates(rates: RateSet | None) -> None:
    """Refuse rates that were put away: no projection uses them."""
    if rates is not None and rates.is_archived:
        raise StudbookError(ARCHIVED_RATES.format(rates=rates), field="rates")


def _rate_filters(scenario: Scenario, basis: Basis) -> Filters:
    """Return of whom, and in which days, the rates were counted."""
    if scenario.rate_set is not None:
        return base_form(scenario.rate_set, basis).filters
    filters = form_of(scenario, basis).filters
    if scenario.rate_source == Scenario.RateSource.BOOK:
        return replace(filters, region=None, institutions=frozenset(), origin="")
    return filters


def _inbreeding_of_young(scenario: Scenario, basis: Basis) -> float:
    analysis = analysis_on(basis)
    moves = set_on(basis, _rate_filters(scenario, basis)).moves()
    born = [analysis.pedigree.row(move.member.number) for move in moves if move.kind == BIRTH]
    return float(analysis.inbreeding[born].mean()) if born else 0.0


def _edited(what_if: Any) -> LifeTable:
    if what_if.edited is None:
        raise StudbookError(f"{what_if.title} by the what-if rates: {what_if.reason}")
    table: LifeTable = what_if.edited
    return table


def _rates(table: LifeTable, sex: str) -> SexRates:
    if not len(table):
        raise StudbookError(NO_TABLE.format(sex=SEXES[sex]))
    gaps = np.flatnonzero(np.isnan(table.Qx) | np.isnan(table.Mx))
    if len(gaps):
        raise StudbookError(NO_RATE.format(sex=SEXES[sex], age=", ".join(map(str, gaps))))
    return SexRates.of(table.Qx, table.Mx)


def _population(
    scenario: Scenario, basis: Basis, chosen: PopulationSet
) -> tuple[LivingPopulation, tuple[str, ...]]:
    pedigree, day = analysis_on(basis).pedigree, chosen.book.as_of
    present = [presence for presence, _ in chosen.on(day)]
    if not present:
        raise StudbookError(NOBODY.format(day=f"{day:%-d %B %Y}"))
    living, age = np.zeros(len(pedigree), dtype=np.bool_), np.zeros(len(pedigree), dtype=np.int64)
    undated = 0
    for presence in present:
        row = pedigree.row(presence.member.number)
        years = age_on(presence.member, day)
        undated += years is None
        living[row], age[row] = True, _years_seen(presence, chosen) if years is None else years
    straws = (
        {each.animal.studbook_number: each.straws for each in scenario.donors.all()}
        if scenario.uses_bank
        else {}
    )
    return LivingPopulation.of(pedigree, living, age, straws=straws), tuple(_notes(chosen, present, undated))


def _years_seen(presence: Presence, chosen: PopulationSet) -> int:
    return int((chosen.book.as_of - presence.spans[0][0]).days // 365.25)


def _notes(chosen: PopulationSet, present: list[Presence], undated: int) -> list[str]:
    notes = []
    if undated:
        one = undated == 1
        notes.append(
            f"{undated} animal{'' if one else 's'} without a date of birth {'counts' if one else 'count'} as old as "
            f"{'it has' if one else 'they have'} been on record."
        )
    unsexed = sum(presence.member.sex not in SEXES for presence in present)
    if unsexed:
        notes.append(
            f"{unsexed} of unknown sex {'is' if unsexed == 1 else 'are'} male or female by chance in each run."
        )
    if chosen.contradictory:
        notes.append(
            f"{len(chosen.contradictory)} whose days exclude each other {'is' if len(chosen.contradictory) == 1 else 'are'} left out."
        )
    return notes


def _drift(basis: Basis, population: LivingPopulation, tables: dict[str, LifeTable]) -> Drift | None:
    pedigree = analysis_on(basis).pedigree
    living = np.zeros(len(pedigree), dtype=np.bool_)
    living[pedigree.rows(population.ids)] = True
    bred, size = breeders(pedigree, living), len(population)
    effective = effective_size_by_breeders(bred.males, bred.females)
    found = Drift(
        gene_diversity=float(1 - population.kinship[:size, :size].mean()),
        effective_ratio=effective / size,
        size=size,
        generation_interval=(tables[MALES].T + tables[FEMALES].T) / 2,
        growth=tables[FEMALES].lambda_,
    )
    numbers = (found.effective_ratio, found.generation_interval, found.growth)
    return found if all(isfinite(number) and number > 0 for number in numbers) else None
