"""The tables behind the charts of the overview as files, each under its name."""

from collections.abc import Callable, Iterator

from studbook.core.downloads import Cell, Table, iso
from studbook.population.demography.asked import Asked
from studbook.population.demography.forms import OverviewForm
from studbook.population.demography.headline import groups_of
from studbook.population.demography.headline_lines import Asking
from studbook.population.demography.life_tables import life_table_file
from studbook.population.demography.overview import MONTH_NAMES, pyramid_of
from studbook.population.demography.pyramid import pyramid_file
from studbook.population.demography.survival_rows import survival_file
from studbook.population.demography.tables import tables_on
from studbook.population.demography.vital import vital_on
from studbook.population.demography.yearly import Year
from studbook.programmes.models import Programme

YEAR_COLUMNS = (
    "on", "animals", "males", "females", "unknown_sex", "captive_born", "wild_born", "unknown_origin",
    "births", "deaths", "imports", "exports", "holders", "breeding_holders",
)  # fmt: skip

Maker = Callable[[Programme, Asked[OverviewForm]], Table]


def table_named(kind: str, programme: Programme, asked: Asked[OverviewForm]) -> Table | None:
    """Return a table by its name in the address; None where none bears it."""
    maker = MAKERS.get(kind)
    return maker(programme, asked) if maker else None


def _figures(programme: Programme, asked: Asked[OverviewForm]) -> Table:
    tables, vital = tables_on(asked.basis, asked.filters), vital_on(asked.basis, asked.filters)
    groups = groups_of(Asking(programme, asked.chosen, asked.query), tables, vital)
    lines = (
        [group.title, line.label, *(cell.words for cell in line.values), *(cell.note for cell in line.values)]
        for group in groups
        for line in group.lines
    )
    return Table(
        ("group", "figure", "males", "females", "all", "males_note", "females_note", "all_note"), lines
    )


def _census(programme: Programme, asked: Asked[OverviewForm]) -> Table:
    years = vital_on(asked.basis, asked.filters).years
    regions = sorted({region for year in years for region in year.regions})
    columns = (*YEAR_COLUMNS, *(f"region_{region or 'none'}" for region in regions))
    return Table(columns, _year_lines(years, regions))


def _year_lines(years: list[Year], regions: list[str]) -> Iterator[list[Cell]]:
    for year in years:
        census = year.census
        yield [
            iso(year.on), census.total, census.male, census.female, census.unknown,
            year.captive_born, year.wild_born, year.unknown_origin,
            year.births.total, year.deaths.total, year.entries.total, year.exits.total,
            year.holders, year.breeding_holders, *(year.regions.get(region, 0) for region in regions),
        ]  # fmt: skip


def _ages(programme: Programme, asked: Asked[OverviewForm]) -> Table:
    tables, vital = tables_on(asked.basis, asked.filters), vital_on(asked.basis, asked.filters)
    return pyramid_file(
        pyramid_of(programme, asked.chosen, tables, vital, asked.form.day or asked.chosen.last)
    )


def _survival(programme: Programme, asked: Asked[OverviewForm]) -> Table:
    return survival_file(vital_on(asked.basis, asked.filters))


def _fecundity(programme: Programme, asked: Asked[OverviewForm]) -> Table:
    return life_table_file(tables_on(asked.basis, asked.filters))


def _season(programme: Programme, asked: Asked[OverviewForm]) -> Table:
    counts = vital_on(asked.basis, asked.filters).season.by_month
    return Table(
        ("month", "births"), ([name, number] for name, number in zip(MONTH_NAMES, counts, strict=True))
    )


MAKERS: dict[str, Maker] = {
    "figures": _figures,
    "census": _census,
    "ages": _ages,
    "survival": _survival,
    "fecundity": _fecundity,
    "season": _season,
}
