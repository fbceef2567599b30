"""Life tables as a page and a file show them: a row for each age, the totals beside, what to be careful about."""

from collections.abc import Iterator
from dataclasses import dataclass

from pedigree.demography.cautions import FEW, Caution
from pedigree.demography.lifetable import LifeTable
from studbook.core.downloads import Table
from studbook.population.curves import Chart, Curve, curve_chart
from studbook.population.demography.tables import FEMALES, MALES, Tables
from studbook.population.numbers import or_none

COLUMNS = ("risk", "at_risk", "deaths", "births", "Qx", "Px", "lx", "Lx", "Mx", "Ex", "Vx", "cx")
KINDS = {MALES: "males", FEMALES: "females"}


@dataclass(frozen=True, slots=True)
class AgeRow:
    """One age of a life table; a figure is None where it has no answer. `few` tells that chance decides its rates."""

    age: int
    risk: float | None
    at_risk: float | None
    deaths: float | None
    births: float | None
    Qx: float | None
    Px: float | None
    lx: float | None
    Lx: float | None
    Mx: float | None
    Ex: float | None
    Vx: float | None
    cx: float | None

    @property
    def few(self) -> bool:
        return self.at_risk is not None and self.at_risk < FEW


@dataclass(frozen=True, slots=True)
class Shown:
    """The life table of one sex, ready to be shown."""

    sex: str
    title: str
    basis: str
    rows: list[AgeRow]
    R0: float | None
    T: float | None
    cohort_time: float | None
    r: float | None
    growth: float | None
    expectancy: float | None
    risk: float
    deaths: float
    births: float | None
    cautions: tuple[Caution, ...]


def shown_tables(tables: Tables) -> list[Shown]:
    """Return the tables of the males, of the females, and of both."""
    return [_shown(sex, title, table) for sex, title, table in tables.titled()]


def rows_of(table: LifeTable) -> list[AgeRow]:
    """Return a row for each age."""
    columns = [getattr(table, name) for name in COLUMNS]
    return [
        AgeRow(age, *(or_none(column[at]) for column in columns)) for at, age in enumerate(table.age.tolist())
    ]


def without_rates(age: int) -> AgeRow:
    """Return the row of an age that a table does not reach."""
    return AgeRow(age, *(None for _ in COLUMNS))


def life_table_file(tables: Tables) -> Table:
    """Return all three tables as one, numbers in full; `basis` names a smoothing."""
    return Table(("sex", "age", *COLUMNS, "convention", "basis"), _lines(tables))


def rate_charts(tables: Tables) -> list[Chart]:
    """Return survivorship, mortality and fecundity by age, males and females in one drawing each."""
    charts = [
        _chart("Survivorship lx", tables, "lx", most=1.0),
        _chart("Mortality Qx", tables, "Qx", most=1.0),
        fecundity_chart(tables),
    ]
    return [chart for chart in charts if chart]


def fecundity_chart(tables: Tables) -> Chart | None:
    """Return fecundity by age of both sexes; None of nobody."""
    return _chart("Fecundity Mx", tables, "Mx")


def _chart(title: str, tables: Tables, column: str, most: float | None = None) -> Chart | None:
    curves = [
        Curve(
            kind,
            [
                (float(age), or_none(value))
                for age, value in zip(tables.of(sex).age, getattr(tables.of(sex), column), strict=True)
            ],
            kind,
        )
        for sex, kind in KINDS.items()
    ]
    return curve_chart(
        title, curves, _two, span="by age in years", across="age in years", most=most, told=False
    )


def _two(value: float) -> str:
    return f"{value:.2f}"


def _lines(tables: Tables) -> Iterator[list[str | float | None]]:
    for sex, _, table in tables.titled():
        for row in rows_of(table):
            yield [sex, row.age, *(getattr(row, name) for name in COLUMNS), table.convention, table.basis]


def _shown(sex: str, title: str, table: LifeTable) -> Shown:
    return Shown(
        sex,
        title,
        table.basis,
        rows_of(table),
        or_none(table.R0),
        or_none(table.T),
        or_none(table.cohort_time),
        or_none(table.r),
        or_none(table.lambda_),
        or_none(table.Ex[0]) if len(table) else None,
        float(table.risk.sum()),
        float(table.deaths.sum()),
        or_none(table.births.sum()),
        table.cautions,
    )
