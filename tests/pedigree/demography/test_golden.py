"""The life tables and projections that a plan for the pygmy slow loris printed in 2022, and in 2025."""

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from pedigree import (
    FEMALE,
    MALE,
    LifeRecord,
    LifeTable,
    Lives,
    births_needed,
    gene_diversity_by_year,
    life_table,
    years_until_gene_diversity,
)
from pedigree.cli.reading import read_sheet

Columns = dict[str, np.ndarray]


@pytest.fixture
def printed(shared_folder: Path) -> dict[str, Columns]:
    with (shared_folder / "golden" / "loris_2022_life_tables.csv").open() as file:
        rows = list(csv.DictReader(file))
    return {
        sex: {
            name: np.array([float(row[name]) for row in rows if row["sex"] == sex])
            for name in rows[0]
            if name != "sex"
        }
        for sex in "MF"
    }


def table_of(columns: Columns) -> LifeTable:
    # Px and Qx are each printed with two digits; their mean is nearer to what was printed.
    return LifeTable.from_rates((columns["Qx"] + 1 - columns["Px"]) / 2, columns["Mx"])


@pytest.mark.parametrize(
    ("sex", "replaced", "time", "rate", "growth"),
    [("M", 0.948, 7.6, -0.007, 0.993), ("F", 1.020, 6.3, 0.003, 1.003)],
)
def test_life_table__of_printed_rates_gives_the_printed_figures(
    printed: dict[str, Columns], sex: str, replaced: float, time: float, rate: float, growth: float
) -> None:
    table = table_of(printed[sex])
    # The rates are printed with two digits.
    assert table.R0 == pytest.approx(replaced, abs=0.006)  # noqa: SIM300
    assert table.T == pytest.approx(time, abs=0.05)  # noqa: SIM300
    assert (table.r, table.lambda_) == pytest.approx((rate, growth), abs=0.0015)


@pytest.mark.parametrize("sex", ["M", "F"])
def test_life_table__of_printed_rates_gives_the_printed_columns(
    printed: dict[str, Columns], sex: str
) -> None:
    columns, table = printed[sex], table_of(printed[sex])
    assert table.lx == pytest.approx(columns["Lx_cum"], abs=0.01)
    assert table.Vx == pytest.approx(columns["Vx"], abs=0.021)
    assert table.Ex == pytest.approx(columns["Ex"], rel=0.01, abs=0.011)


def test_life_table__of_the_oldest_is_printed_exactly(printed: dict[str, Columns]) -> None:
    assert table_of(printed["M"]).Ex[19:22].tolist() == printed["M"]["Ex"][19:22].tolist() == [2, 1.5, 1]


def test_life_table__by_textbooks_does_not_give_the_printed_figures(printed: dict[str, Columns]) -> None:
    found = [
        LifeTable.from_rates(columns["Qx"], columns["Mx"], convention="textbook").R0
        for columns in printed.values()
    ]
    assert found == pytest.approx([0.982, 1.055], abs=0.006)


def test_median_age__without_first_year_deaths_lies_about_the_printed_one(
    printed: dict[str, Columns],
) -> None:
    males, females = (table_of(printed[sex]).median_age(1) for sex in "MF")
    assert males < 12.3 < females
    assert (males + females) / 2 == pytest.approx(12.3, abs=0.25)


@pytest.mark.parametrize(("size", "least", "most"), [(40, 5, 6), (46, 6, 8)])
def test_births_needed__to_hold_the_size_are_the_printed_ones(
    printed: dict[str, Columns], size: float, least: float, most: float
) -> None:
    assert least < births_needed(table_of(printed["M"]), table_of(printed["F"]), size) < most


def whole_book(shared_folder: Path) -> Lives:
    sheet = read_sheet(shared_folder / "golden" / "loris_pedigree.csv")
    lives = []
    for record in sheet.records:
        birth, death = sheet.birth[record.id][0], sheet.death.get(record.id)
        stay = (birth.toordinal(), None)
        day = death[0].toordinal() if death else None
        lives.append(LifeRecord(record.id, record.sex, stay[0], day, (stay,), record.sire, record.dam))
    return Lives.from_records(lives)


@pytest.mark.parametrize(("sex", "letter", "plan"), [(MALE, "M", 0.447), (FEMALE, "F", 0.411)])
def test_life_table__shares_the_unsexed_so_that_first_year_deaths_are_the_printed_ones(
    shared_folder: Path, printed: dict[str, Columns], sex: int, letter: str, plan: float
) -> None:
    """The plan's window is not told, so that its animal-years are taken from it; all young that died lie in it."""
    table = life_table(whole_book(shared_folder), sex, last=date(2021, 12, 31).toordinal())
    unlived = table.at_risk[0] - table.risk[0]
    risk = printed[letter]["risk_Qx"][0]
    assert table.deaths[0] / (risk + unlived) == pytest.approx(plan, abs=0.002)


@pytest.mark.parametrize(
    ("sex", "letter", "ages"), [(MALE, "M", slice(18, 21)), (FEMALE, "F", slice(20, 21))]
)
def test_life_table__counts_the_oldest_as_was_printed(
    shared_folder: Path, printed: dict[str, Columns], sex: int, letter: str, ages: slice
) -> None:
    table = life_table(whole_book(shared_folder), sex, last=date(2021, 12, 31).toordinal())
    assert table.Qx[ages] == pytest.approx(printed[letter]["Qx"][ages], abs=0.005)
    assert table.risk[ages] == pytest.approx(printed[letter]["risk_Qx"][ages], abs=0.05)


PLAN_2022 = (0.9265, 0.4344, 40, 6.95)
PLAN_2025 = (0.9201, 0.4683, 46, 7.0)


def test_gene_diversity_by_year__is_what_was_printed_in_2022() -> None:
    left = gene_diversity_by_year(*PLAN_2022, 100).gene_diversity
    # Ten generations of 6.95 years.
    assert (100 * left[[100, 70]]).tolist() == pytest.approx([60.9, 69.1], abs=0.15)


def test_gene_diversity_by_year__is_what_was_printed_in_2025() -> None:
    left = gene_diversity_by_year(*PLAN_2025, 100).gene_diversity
    growing = gene_diversity_by_year(*PLAN_2025, 70, growth=1.02, target=70).gene_diversity
    assert (100 * np.array([left[100], left[70], growing[70]])).tolist() == pytest.approx(
        [65.8, 72.7, 78.0], abs=0.1
    )


def test_whole_years__are_cut_as_was_printed() -> None:
    """Ten per cent lost means ten points less."""
    assert gene_diversity_by_year(*PLAN_2022, 100).whole_years(0.9) == 6
    assert gene_diversity_by_year(*PLAN_2022, 100).whole_years(0.9265 - 0.10) == 27
    assert gene_diversity_by_year(*PLAN_2025, 100).whole_years(0.9201 - 0.10) == 34
    assert int(years_until_gene_diversity(0.9, 0.9265, 0.4344 * 40, 6.95)) == 6
