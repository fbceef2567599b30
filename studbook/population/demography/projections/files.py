"""A result as files: every year with its bands, and every run."""

from collections.abc import Iterator

from pedigree.projection import Projection
from pedigree.projection.figures import FIGURES as NOTED
from studbook.core.downloads import Cell, Table
from studbook.population.demography.projections.results import FIGURES, Result
from studbook.population.numbers import or_none

PARTS = ("mean", "standard_error", "q05", "q25", "median", "q75", "q95", "runs")
BESIDE = {"animals": "animals_without_chance", "gene_diversity": "gene_diversity_by_drift"}
RISK = ("extinct", "extinct_low", "extinct_high")


def summary_table(result: Result) -> Table:
    """Return every year a line: each figure's mean, error and quantiles, what it is set beside, the risk of extinction."""
    columns = [f"{name}_{part}" for name in FIGURES for part in PARTS]
    return Table(("year", *columns, *BESIDE.values(), *RISK), _years(result))


def runs_table(projection: Projection) -> Table:
    """Return every year of every run a line, numbers in full."""
    return Table(("run", "year", *NOTED), _runs(projection))


def _years(result: Result) -> Iterator[list[Cell]]:
    for year in range(result.years + 1):
        line: list[Cell] = [year]
        for name in FIGURES:
            wide, narrow = result.figures[name].wide, result.figures[name].narrow
            columns = (wide.mean, wide.error, wide.low, narrow.low, wide.middle, narrow.high, wide.high)
            line += [or_none(column[year]) for column in columns]
            line.append(int(wide.runs[year]))
        for name in BESIDE:
            beside = result.figures[name].beside
            line.append(None if beside is None else or_none(beside[year]))
        risk = result.extinct
        yield [*line, *(or_none(column[year]) for column in (risk.share, risk.low, risk.high))]


def _cell(value: float) -> Cell:
    # Counts stay whole numbers.
    return value if isinstance(value, int) else or_none(value)


def _runs(projection: Projection) -> Iterator[list[Cell]]:
    columns = [getattr(projection, name) for name in NOTED]
    for row, run in enumerate(projection.run.tolist()):
        for year in range(projection.scenario.years + 1):
            yield [run, year, *(_cell(column[row, year].item()) for column in columns)]
