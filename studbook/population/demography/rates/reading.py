"""A rate set read: the recorded life tables it starts from, and those with its own rates in their place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from django.http import QueryDict

from pedigree.demography.lifetable import LifeTable
from studbook.core.downloads import Table
from studbook.population.basis import Basis
from studbook.population.curves import Chart, Curve, curve_chart
from studbook.population.demography.book import book_on
from studbook.population.demography.forms import SetForm, TableForm
from studbook.population.demography.tables import FEMALES, MALES, SMOOTHINGS, Tables, tables_on
from studbook.population.models import EditedRate, RateSet, RateSetQuerySet
from studbook.population.numbers import or_none
from studbook.programmes.models import Programme

SEXES = {MALES: "Males", FEMALES: "Females"}
COLUMNS = ("Qx", "Px", "lx", "Lx", "Mx", "Ex", "Vx", "cx")
FIGURES = (("λ", "lambda_", 3), ("r", "r", 4), ("R0", "R0", 3), ("T, years", "T", 2))

Edits = Mapping[tuple[str, int], EditedRate]


@dataclass(frozen=True, slots=True, eq=False)
class WhatIf:
    """The life table of one sex as recorded and with the edited rates; `edited` is None where `reason` says why not.

    `unused` are edited ages that the recorded table does not reach.
    """

    sex: str
    title: str
    recorded: LifeTable
    edited: LifeTable | None
    reason: str
    ages: tuple[int, ...]
    unused: tuple[int, ...]

    def differs(self, column: str) -> bool:
        """Tell whether a column is another with the edited rates."""
        if self.edited is None:
            return False
        return not np.array_equal(
            getattr(self.edited, column), getattr(self.recorded, column), equal_nan=True
        )


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure as recorded and with the edited rates, and by how much it changes; None where it has no answer."""

    label: str
    places: int
    recorded: float | None
    edited: float | None

    @property
    def change(self) -> float | None:
        return None if self.recorded is None or self.edited is None else self.edited - self.recorded


@dataclass(frozen=True, slots=True)
class Summary:
    """A rate set of the list with lambda of both sexes, as recorded and with its rates."""

    rate_set: RateSet
    lambdas: list[tuple[str, Compared]]


def base_form(rate_set: RateSet, basis: Basis) -> TableForm:
    """Return the window, filters, convention and smoothing that a rate set starts from, as the form of the life tables."""
    return TableForm(QueryDict(rate_set.base), book=book_on(basis))


def base_words(form: TableForm) -> str:
    """Say what a rate set starts from: days, places, origin, convention, smoothing."""
    words = [*narrowing_words(form), f"convention {form.convention_asked}"]
    words += [f"smoothing: {SMOOTHINGS[form.smoothing_asked]}"] if form.smoothing_asked else []
    return ", ".join(words)


def narrowing_words(form: SetForm) -> list[str]:
    """Say what narrows a set: days, places, origin; nothing where nothing does."""
    filters = form.filters
    words = [f"from {filters.first:%-d %B %Y} on"] if filters.first else []
    words += [f"up to {filters.last:%-d %B %Y}"] if filters.last else []
    words += [f"in region {filters.region or 'other'}"] if filters.region is not None else []
    places = [form.book.places[pk].name for pk in sorted(filters.institutions) if pk in form.book.places]
    words += [f"at {', '.join(places)}"] if places else []
    words += [f"of {filters.origin} origin"] if filters.origin else []
    words += ["the wild included"] if filters.in_situ else []
    return words


def recorded_on(rate_set: RateSet, basis: Basis) -> Tables:
    """Return the recorded life tables that a rate set starts from; of the whole book where its base cannot be read any more."""
    form = base_form(rate_set, basis)
    return tables_on(basis, form.filters, form.convention_asked, form.smoothing_asked)


def what_ifs(rate_set: RateSet, basis: Basis, rates: Iterable[EditedRate]) -> list[WhatIf]:
    """Return both sexes as recorded and edited."""
    tables = recorded_on(rate_set, basis)
    edits = {(rate.sex, rate.age): rate for rate in rates}
    return [_what_if(sex, title, tables.of(sex), edits) for sex, title in SEXES.items()]


def compared(each: WhatIf) -> list[Compared]:
    """Return the figures that follow from a table, as recorded and edited."""
    return [
        Compared(label, places, _figure(each.recorded, name), _figure(each.edited, name))
        for label, name, places in FIGURES
    ]


def rate_sets_of(programme: Programme) -> RateSetQuerySet:
    """Return the rate sets of a programme with their rates, those in use first."""
    found: RateSetQuerySet = programme.rate_sets.select_related("programme", "made_by")
    return found.prefetch_related("rates").order_by("archived_at", "name", "id")


def summaries(basis: Basis, rate_sets: Iterable[RateSet]) -> list[Summary]:
    """Return the rate sets, their rates fetched, with lambda of both sexes."""
    return [
        Summary(
            each,
            [(made.title, compared(made)[0]) for made in what_ifs(each, basis, each.rates.all())],
        )
        for each in rate_sets
    ]


def what_if_charts(whats: Iterable[WhatIf]) -> list[Chart]:
    """Return mortality and fecundity by age where they are edited, recorded and edited in one drawing."""
    charts = []
    for each in whats:
        if each.differs("Qx"):
            charts.append(_chart(each, "Qx", f"Mortality Qx, {each.title.lower()}", most=1.0))
        if each.differs("Mx"):
            charts.append(_chart(each, "Mx", f"Fecundity Mx, {each.title.lower()}", most=None))
    return [chart for chart in charts if chart]


def what_if_file(whats: Iterable[WhatIf]) -> Table:
    """Return both tables of both sexes, numbers in full."""
    lines = (
        [each.sex, rates, age, *(or_none(getattr(table, name)[age]) for name in COLUMNS)]
        for each in whats
        for rates, table in (("recorded", each.recorded), ("what-if", each.edited))
        if table is not None
        for age in table.age.tolist()
    )
    return Table(("sex", "rates", "age", *COLUMNS), lines)


def _what_if(sex: str, title: str, recorded: LifeTable, edits: Edits) -> WhatIf:
    ages = tuple(sorted(age for of_sex, age in edits if of_sex == sex))
    used = tuple(age for age in ages if age < len(recorded))
    edited, reason = _edited(recorded, {age: edits[sex, age] for age in used})
    return WhatIf(sex, title, recorded, edited, reason, used, ages[len(used) :])


def _edited(recorded: LifeTable, edits: Mapping[int, EditedRate]) -> tuple[LifeTable | None, str]:
    dying, young = recorded.Qx.copy(), recorded.Mx.copy()
    for age, rate in edits.items():
        dying[age] = dying[age] if rate.qx is None else rate.qx
        young[age] = young[age] if rate.mx is None else rate.mx
    if not len(dying):
        return None, "No animal of this sex was seen, so there are no rates to start from."
    if missing := np.flatnonzero(np.isnan(dying) | np.isnan(young)).tolist():
        ages = ", ".join(map(str, missing))
        return None, f"There is no rate at age {ages}. Edit it there, or start from a smoothed table."
    if dying[-1] != 1:
        return None, "At the last age Qx must be 1: nobody lives longer than the table. Take its Qx back."
    return LifeTable.from_rates(dying, young, convention=recorded.convention, basis="what-if"), ""


def _figure(table: LifeTable | None, name: str) -> float | None:
    return None if table is None else or_none(getattr(table, name))


def _chart(each: WhatIf, column: str, title: str, most: float | None) -> Chart | None:
    curves = [
        Curve(
            words,
            [
                (float(age), or_none(value))
                for age, value in zip(table.age, getattr(table, column), strict=True)
            ],
        )
        for words, table in (("what-if", each.edited), ("recorded", each.recorded))
        if table is not None
    ]
    return curve_chart(
        title, curves, _two, span="by age in years", across="age in years", most=most, told=False
    )


def _two(value: float) -> str:
    return f"{value:.2f}"
