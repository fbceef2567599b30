"""What the book itself tells of the numbers that goals rest on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedigree.demography.lifetable import LifeTable
from pedigree.summary import Summary
from studbook.animals.models import Animal
from studbook.population.basis import Basis, analysis_on
from studbook.population.demography.filters import Filters
from studbook.population.demography.pyramid import age_on
from studbook.population.demography.sets import PopulationSet
from studbook.population.demography.tables import Tables, set_on, tables_on
from studbook.population.demography.vital import Vital, vital_on
from studbook.population.demography.yearly import Year, whole_years
from studbook.population.numbers import or_none

RECENT = 5

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """The population on the last day: its genetic summary (None when nobody lives), its size, its life tables, what it did lately.

    A figure is None where the book has no answer.
    """

    summary: Summary | None
    chosen: PopulationSet
    tables: Tables
    size: int
    target: int | None
    growth: float | None
    ratio: float | None
    interval: float | None
    litter: float | None
    recent: list[Year]

    def mean_a_year(self, name: str) -> float | None:
        """Return births, deaths, entries or exits a year, lately."""
        if not self.recent:
            return None
        totals: list[int] = [getattr(year, name).total for year in self.recent]
        return sum(totals) / len(totals)

    @property
    def holders(self) -> int:
        return len({stay.place for _, stay in self.chosen.on(self.chosen.last) if stay.place is not None})

    @property
    def per_holder(self) -> float | None:
        return self.size / self.holders if self.holders else None

    @property
    def births_a_year(self) -> float | None:
        return self.mean_a_year("births")

    @property
    def deaths_a_year(self) -> float | None:
        return self.mean_a_year("deaths")


def measured_on(basis: Basis) -> Measured:
    """Return what the book tells on a basis; no query beside those of an analysis and a book not kept yet."""
    filters = Filters()
    return measured_of(
        analysis_on(basis).summary,
        set_on(basis, filters),
        tables_on(basis, filters),
        vital_on(basis, filters),
        target=basis.programme.target_size,
    )


def measured_of(
    summary: Summary | None, chosen: PopulationSet, tables: Tables, vital: Vital, *, target: int | None
) -> Measured:
    """Return what a set's figures tell; no query."""
    sizes = [len(litter.young) for litter in vital.born]
    ratio = or_none(summary.effective_ratio) if summary else None
    return Measured(
        summary,
        chosen,
        tables,
        len(chosen.on(chosen.last)),
        target,
        or_none(tables.pooled.lambda_),
        ratio or None,
        or_none(tables.pooled.T),
        float(np.mean(sizes)) if sizes else None,
        whole_years(vital.years, RECENT),
    )


def ages_by_sex(chosen: PopulationSet, males: LifeTable, females: LifeTable) -> tuple[Floats, Floats]:
    """Return the animals of the last day by whole years of age, males and females.

    One of unknown sex counts half in each; those of unknown age are spread as in a stable population.
    """
    counts = {sex: np.zeros(max(len(males), len(females), 1)) for sex in ("M", "F")}
    undated = {"M": 0.0, "F": 0.0}
    for presence, _ in chosen.on(chosen.last):
        age = age_on(presence.member, chosen.last)
        for sex, share in _shares(presence.member.sex):
            if age is None:
                undated[sex] += share
            else:
                counts[sex][min(age, len(counts[sex]) - 1)] += share
    for sex, table in (("M", males), ("F", females)):
        if undated[sex] and not np.isnan(table.cx).any():
            counts[sex][: len(table)] += undated[sex] * table.cx
    return counts["M"], counts["F"]


def _shares(sex: Animal.Sex) -> tuple[tuple[str, float], ...]:
    return (("M", 0.5), ("F", 0.5)) if sex == Animal.Sex.UNKNOWN else ((str(sex.value), 1.0),)
