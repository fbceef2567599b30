"""Everything that the overview of demography shows of a set."""

from dataclasses import dataclass
from datetime import date

from studbook.population.curves import Chart
from studbook.population.demography.asked import Asked
from studbook.population.demography.drawings import SeasonFigure, census_charts, season_figure, survival_chart
from studbook.population.demography.forms import OverviewForm
from studbook.population.demography.headline import groups_of
from studbook.population.demography.headline_lines import Asking, Group
from studbook.population.demography.life_tables import AgeRow, fecundity_chart, rows_of, without_rates
from studbook.population.demography.pyramid import Pyramid, breeding_ages, pyramid_on
from studbook.population.demography.sets import PopulationSet
from studbook.population.demography.survival_rows import SurvivalRow, survival_rows
from studbook.population.demography.tables import Tables, tables_on
from studbook.population.demography.vital import Vital, vital_on
from studbook.programmes.models import Programme

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONAL = 0.05


@dataclass(frozen=True, slots=True)
class Overview:
    """The page: its figures, and each drawing with the numbers of the table behind it."""

    groups: list[Group]
    vital: Vital
    census: list[Chart]
    pyramid: Pyramid | None
    survival: Chart | None
    survival_rows: list[SurvivalRow]
    fecundity: Chart | None
    fecundity_rows: list[tuple[AgeRow, AgeRow]]
    season: SeasonFigure | None
    season_words: str
    cautions: dict[str, list[str]]


def overview_of(programme: Programme, asked: Asked[OverviewForm]) -> Overview:
    """Return the overview of the set asked for, the pyramid on its day."""
    chosen = asked.chosen
    tables, vital = tables_on(asked.basis, asked.filters), vital_on(asked.basis, asked.filters)
    return Overview(
        groups=groups_of(Asking(programme, chosen, asked.query), tables, vital),
        vital=vital,
        census=census_charts(vital.years),
        pyramid=pyramid_of(programme, chosen, tables, vital, asked.form.day or chosen.last),
        survival=survival_chart(vital),
        survival_rows=survival_rows(vital),
        fecundity=fecundity_chart(tables),
        fecundity_rows=_beside(rows_of(tables.male), rows_of(tables.female)),
        season=season_figure(vital.season),
        season_words=season_words(vital),
        cautions={title: [each.sentence for each in table.cautions] for _, title, table in tables.titled()},
    )


def pyramid_of(
    programme: Programme, chosen: PopulationSet, tables: Tables, vital: Vital, day: date
) -> Pyramid | None:
    """Return the pyramid of a day with the breeding ages of the programme, or those seen."""
    return pyramid_on(chosen, tables, breeding_ages(programme, vital.observed()), day)


def season_words(vital: Vital) -> str:
    """Say whether births keep to a season, and about which day; empty without births on known days."""
    season = vital.season
    if not season.litters:
        return ""
    left = f" {season.left_out} births have a date too uncertain to tell." if season.left_out else ""
    if season.p >= SEASONAL:
        return f"{season.litters:,} litters keep to no season that could be told from chance (p = {season.p:.2f}).{left}"
    on = date.fromordinal(date(2001, 1, 1).toordinal() + int(season.mean_day))
    chance = "less than one in a thousand" if season.p < 0.001 else f"{season.p:.3f}"
    return (
        f"{season.litters:,} litters lie about {on.day} {MONTH_NAMES[on.month - 1]}, with a concentration of {season.concentration:.2f} "
        f"(0 evenly on the year, 1 all on one day); by chance so much would be {chance}.{left}"
    )


def _beside(males: list[AgeRow], females: list[AgeRow]) -> list[tuple[AgeRow, AgeRow]]:
    return [(_at(males, age), _at(females, age)) for age in range(max(len(males), len(females)))]


def _at(rows: list[AgeRow], age: int) -> AgeRow:
    return rows[age] if age < len(rows) else without_rates(age)
