"""The figures of demography in the printed plan: Table 1, the pyramid, the life tables."""

from collections.abc import Sequence
from datetime import date
from math import isnan
from statistics import mean, median
from typing import Any

from pedigree.demography.leslie import project_two_sexes
from studbook.core.dates import DAYS_IN_YEAR
from studbook.planning.paper.figures_series import MOVES
from studbook.planning.paper.plain import Plain, columns_of
from studbook.planning.paper.remade import Remade
from studbook.population.census import counted
from studbook.population.demography.goals.measured import ages_by_sex
from studbook.population.demography.life_tables import COLUMNS, rows_of
from studbook.population.demography.pyramid import breeding_ages, pyramid_on
from studbook.population.demography.sets import BIRTH
from studbook.population.demography.tables import FEMALES, MALES, POOLED
from studbook.population.demography.yearly import observed_growth, whole_years

RECENT, AHEAD = 5, 20
BOTH = (MALES, FEMALES)


def demography_figures(book: Remade, former: Sequence[Plain]) -> dict[str, Any]:
    """Return the figures of the set on the last day; rates are None where the book has no answer."""
    chosen, tables, vital = book.chosen, book.tables, book.vital
    if chosen.empty:
        return {"empty": True}
    present = chosen.on(chosen.last)
    now, sizes = vital.years[-1], [len(litter.young) for litter in vital.born]
    return {
        "empty": False,
        "census": columns_of(now.census, "male", "female", "unknown", "total"),
        "born_in_zoos": now.captive_born / len(present) if present else None,
        "holders": now.holders,
        "growth": {sex: table.lambda_ for sex, _, table in tables.titled()},
        "interval": {sex: table.T for sex, _, table in tables.titled()},
        "observed_growth": observed_growth(chosen, RECENT),
        "projected_growth": _projected_growth(book, len(present)),
        "first_year": {sex: vital.sexes[sex].early.first_year.share for sex in (*BOTH, POOLED)},
        "median_life": {sex: _years(vital.sexes[sex].median_after_a_year.age) for sex in (*BOTH, POOLED)},
        "oldest": {sex: _oldest(book, sex) for sex in BOTH},
        "breeding": {sex: _breeding(book, sex) for sex in BOTH},
        "litter_mean": mean(sizes) if sizes else None,
        "litter_median": median(sizes) if sizes else None,
        "litters": len(sizes),
        "a_year": _a_year(book),
        "births_since": _births_since(book, former),
        "pyramid": _pyramid(book),
        "life_tables": {sex: _life_table(book, sex) for sex in BOTH},
    }


def _projected_growth(book: Remade, size: int) -> float | None:
    """Return the mean lambda of the years ahead, from the ages of now by the rates of the life tables, without chance."""
    male, female = book.tables.male, book.tables.female
    if not size or not (len(male) and len(female)):
        return None
    numbers = ages_by_sex(book.chosen, male, female)
    try:
        ahead = float(project_two_sexes(male, female, *numbers, AHEAD).size[-1])
    except ValueError:
        return None
    return (ahead / size) ** (1 / AHEAD) if ahead > 0 else None


def _years(days: float) -> float | None:
    return None if isnan(days) else days / DAYS_IN_YEAR


def _oldest(book: Remade, sex: str) -> dict[str, Any] | None:
    found = book.vital.sexes[sex].oldest
    if not found:
        return None
    return {"animal": found[0].animal, "age": found[0].age_days / DAYS_IN_YEAR, "living": found[0].living}


def _breeding(book: Remade, sex: str) -> list[float] | None:
    seen = book.vital.observed()[sex]
    return None if seen is None else list(seen)


def _a_year(book: Remade) -> dict[str, Any]:
    recent = whole_years(book.vital.years, RECENT)
    return {
        "from": recent[0].year,
        "to": recent[-1].year,
        **{name: sum(getattr(year, name).total for year in recent) / len(recent) for name in MOVES},
    }


def last_began(former: Sequence[Plain]) -> str | None:
    """Return the day on which the last plan came into force."""
    return next((each["published_on"] for each in former if each["published_on"]), None)


def _births_since(book: Remade, former: Sequence[Plain]) -> dict[str, Any] | None:
    """Return the young born there since the last plan came into force."""
    began = last_began(former)
    if began is None:
        return None
    first = date.fromisoformat(began)
    born = [move.member.sex for move in book.chosen.moves() if move.kind == BIRTH and move.on >= first]
    return {"since": began, **columns_of(counted(born), "male", "female", "unknown", "total")}


def _pyramid(book: Remade) -> dict[str, Any] | None:
    ages = breeding_ages(book.programme, book.vital.observed())
    pyramid = pyramid_on(book.chosen, book.tables, ages, book.chosen.last)
    if pyramid is None:
        return None
    return {
        "on": pyramid.on,
        "undated": pyramid.figure.undated,
        "breeding": {
            sex: columns_of(ages, "first", "last", "observed") for sex, ages in pyramid.breeding.items()
        },
        "classes": [
            {
                **columns_of(each.bars.age_class, "first", "last"),
                **columns_of(each.bars.age_class.census, "male", "female", "unknown"),
                **columns_of(each, "male_stable", "female_stable", "male_breeds", "female_breeds"),
            }
            for each in pyramid.classes
        ],
    }


def _life_table(book: Remade, sex: str) -> dict[str, Any]:
    table = book.tables.of(sex)
    return {
        "basis": table.basis,
        "rows": [columns_of(row, "age", *COLUMNS) for row in rows_of(table)],
        "R0": table.R0,
        "T": table.T,
        "growth": table.lambda_,
        "expectancy": float(table.Ex[0]) if len(table) else None,
        "deaths": float(table.deaths.sum()),
        "births": float(table.births.sum()),
        "cautions": [each.sentence for each in table.cautions],
    }
