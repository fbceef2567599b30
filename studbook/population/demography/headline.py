"""The figures at the head of the overview, in groups: males, females and all, what each means, how it is made."""

from collections.abc import Iterator

from studbook.core.census import Census
from studbook.core.templatetags.studbook import decimals
from studbook.population.demography.headline_lines import Asking, Cell, Group, Line
from studbook.population.demography.headline_lives import breeding, survival
from studbook.population.demography.sets import BIRTH, DEATH, ENTRY, EXIT
from studbook.population.demography.tables import Tables
from studbook.population.demography.vital import Vital
from studbook.population.demography.yearly import Year, observed_growth, whole_years

RECENT = 5
NO_RATE = "The life table has ages without a rate, or nobody bred, so nothing can be said."
MOVES = (
    ("Births", BIRTH, "births", "Young born there, those that died soon included."),
    ("Deaths", DEATH, "deaths", "Of all ages."),
    ("Imports", ENTRY, "entries", "Those that came from outside, by capture, transfer or return."),
    ("Exports", EXIT, "exits", "Those that left alive, by transfer, release or lost to follow-up."),
)


def groups_of(asking: Asking, tables: Tables, vital: Vital) -> list[Group]:
    """Return the groups of figures; none when nobody was ever there."""
    if asking.chosen.empty:
        return []
    recent = whole_years(vital.years, RECENT)
    return [
        Group("Size and growth", list(_growth(asking, tables, vital.years))),
        Group("Survival", list(survival(asking, tables, vital))),
        Group("Breeding", list(breeding(asking, vital))),
        Group(f"Mean of a year, {_span(recent)}", list(_moves(asking, recent))),
    ]


def _growth(asking: Asking, tables: Tables, years: list[Year]) -> Iterator[Line]:
    last = years[-1]
    census, target = last.census, asking.programme.target_size
    unknown = f", {census.unknown} of them of unknown sex" if census.unknown else ""
    aim = f" The programme's target is {target:,}." if target else ""
    yield Line(
        "Animals",
        "",
        tuple(
            Cell(f"{count:,}", url=asking.animals(what="present", day=last.on, sex=sex))
            for count, sex in ((census.male, "M"), (census.female, "F"), (census.total, None))
        ),
        f"On {last.on:%-d %B %Y}, at {last.holders} holders{unknown}.{aim}",
    )
    observed = observed_growth(asking.chosen, RECENT)
    yield Line(
        f"λ observed, {RECENT} years",
        "census",
        (Cell(""), Cell(""), Cell(decimals(observed, 3))),
        f"By what factor the census changed each year over the last {RECENT}: what was, imports and exports included.",
        f"There are no {RECENT} years of census before the last day.",
    )
    for label, name, places, meaning in (
        ("λ of the life table", "lambda_", 3, "By what factor the population would change each year if rates stayed so: above 1 it grows."),
        ("R0", "R0", 3, "Young of its own sex that a newborn will have in its life."),
        ("Generation time T", "T", 1, "Years from one generation to the next, by the life table."),
    ):  # fmt: skip
        yield Line(
            label, "growth-rate", tuple(_of_tables(tables, name, places)), meaning, NO_RATE, "life_tables"
        )


def _of_tables(tables: Tables, name: str, places: int) -> Iterator[Cell]:
    yield from (Cell(decimals(getattr(table, name), places)) for _, _, table in tables.titled())


def _moves(asking: Asking, recent: list[Year]) -> Iterator[Line]:
    for label, what, name, meaning in MOVES:
        counts = [getattr(year, name) for year in recent]
        yield Line(
            label,
            "census",
            tuple(
                Cell(
                    _a_year(counts, column),
                    url=asking.animals(what=what, year=recent[0].year, to=recent[-1].year, sex=sex),
                )
                for column, sex in (("male", "M"), ("female", "F"), ("total", None))
            ),
            meaning,
        )


def _span(years: list[Year]) -> str:
    first, last = years[0].year, years[-1].year
    return f"{first}" if first == last else f"{first} to {last}"


def _a_year(counts: list[Census], column: str) -> str:
    return f"{sum(getattr(each, column) for each in counts) / len(counts):.1f}"
