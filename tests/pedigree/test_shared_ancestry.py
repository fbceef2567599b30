"""Ancestry, depth and effective sizes of real studbooks with known answers, from the folder beside the repository."""

import csv
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from pedigree import (
    Pedigree,
    ancestral_inbreeding,
    effective_ancestors,
    effective_size_by_inbreeding,
    equivalent_generations,
    founder_equivalents,
    founder_table,
    inbreeding,
    partial_inbreeding,
    purging_coefficient,
    summarise,
)
from pedigree.cli.reading import read_sheet
from tests.pedigree.test_shared_books import LORIS, SHARED, needs_golden, needs_pedigrees

BOOKS = ("arrui", "atlas")
EFFECTIVE_ANCESTORS = {"arrui": 1.769424319129, "atlas": 3.583086305809}
MEAN_EQUIVALENT_GENERATIONS = {"arrui": 5.810595703125, "atlas": 8.778004386208}
PLANNED_AFTER = "2021-12-31"
LAST_DIGIT = {"arrui": 1e-12, "atlas": 5.1e-12}  # one file was printed with eleven digits


@dataclass(frozen=True)
class Known:
    pedigree: Pedigree
    living: np.ndarray
    rows: np.ndarray
    printed: dict[str, np.ndarray]


@cache
def known(name: str) -> Known:
    path = SHARED / "pedigrees" / f"{name}.csv"
    pedigree = Pedigree.from_records(read_sheet(path).records)
    with path.open() as file:
        living = pedigree.mask(row["id"] for row in csv.DictReader(file) if row["target"] == "1")
    with path.with_stem(f"{name}_expected").open() as file:
        expected = list(csv.DictReader(file))
    columns = ("F", "ancestral_F_ballou", "equivalent_generations")
    printed = {column: np.array([float(row[column]) for row in expected]) for column in columns}
    return Known(pedigree, living, pedigree.rows(row["id"] for row in expected), printed)


@needs_pedigrees
@pytest.mark.parametrize("name", BOOKS)
def test_ancestral_inbreeding__equals_another_program(name: str) -> None:
    this = known(name)
    found = ancestral_inbreeding(this.pedigree, inbreeding(this.pedigree))
    assert found[this.rows] == pytest.approx(this.printed["ancestral_F_ballou"], abs=1e-12)


@needs_pedigrees
@pytest.mark.parametrize("name", BOOKS)
def test_equivalent_generations__equal_another_program(name: str) -> None:
    this = known(name)
    found = equivalent_generations(this.pedigree)
    printed = this.printed["equivalent_generations"]
    assert found[this.rows] == pytest.approx(printed, abs=LAST_DIGIT[name])
    assert found[this.living].mean() == pytest.approx(MEAN_EQUIVALENT_GENERATIONS[name], abs=1e-12)


@needs_pedigrees
@pytest.mark.parametrize("name", BOOKS)
def test_effective_ancestors__equal_another_program(name: str) -> None:
    this = known(name)
    found = effective_ancestors(this.pedigree, this.living)
    assert found.number == pytest.approx(EFFECTIVE_ANCESTORS[name], abs=1e-12)
    # Both books go back to so few founders that no later ancestor explains more.
    contribution = founder_table(this.pedigree, this.living).contribution
    assert found.number == pytest.approx(founder_equivalents(contribution), abs=1e-12)


@needs_pedigrees
@pytest.mark.parametrize("name", BOOKS)
def test_partial_inbreeding__adds_up_in_a_real_book(name: str) -> None:
    this = known(name)
    found = partial_inbreeding(this.pedigree).matrix[this.rows]
    assert found.sum(axis=1) == pytest.approx(this.printed["F"], abs=1e-12)


@needs_pedigrees
@pytest.mark.parametrize("name", BOOKS)
def test_purging_coefficient__lies_below_inbreeding_in_a_real_book(name: str) -> None:
    this = known(name)
    own = inbreeding(this.pedigree)
    found = purging_coefficient(this.pedigree, own, d=0.3)
    assert purging_coefficient(this.pedigree, own, d=0) == pytest.approx(own, abs=1e-13)
    inbred = this.living & (own > 0)
    assert 0.1 < (found[inbred] / own[inbred]).mean() < 0.8


@needs_pedigrees
def test_effective_size_by_inbreeding__is_small_where_two_founded_a_herd() -> None:
    this = known("arrui")
    own, depth = inbreeding(this.pedigree), equivalent_generations(this.pedigree)
    found = effective_size_by_inbreeding(own, depth, this.living)
    assert (found.counted, found.left_out) == (80, 0)
    assert 3 < found.number < 5
    assert found.error < 0.5


@needs_golden
def test_effective_ancestors__of_the_loris_take_the_youngest_of_equals() -> None:
    sheet = read_sheet(LORIS)
    pedigree = Pedigree.from_records(sheet.records)
    found = effective_ancestors(pedigree, pedigree.mask(sheet.living))
    assert f"{found.number:.4f}" == "13.3581"


@needs_golden
def test_summarise__counts_the_breeders_of_the_loris() -> None:
    # The plan is of February 2022; the file goes on, and later young make breeders of more animals.
    with LORIS.open() as file:
        born = {row["id"] for row in csv.DictReader(file) if row["birth_date"] <= PLANNED_AFTER}
    records = [record for record in read_sheet(LORIS).records if record.id in born]
    pedigree = Pedigree.from_records(records)
    with (SHARED / "golden" / "loris_2022_mean_kinship.csv").open() as file:
        living = pedigree.mask(row["id"] for row in csv.DictReader(file))
    found = summarise(pedigree, living)
    assert (found.breeding_males, found.breeding_females) == (9, 8)
    assert f"{found.effective_ratio:.4f}" == "0.4344"
