"""Real studbooks with known answers, read from the folder beside the repository where there is one."""

import csv
import json
from pathlib import Path

import pytest

from pedigree import (
    Pedigree,
    founder_equivalents,
    founder_table,
    inbreeding,
    kinship_matrix,
    mean_kinship,
    summarise,
)
from pedigree.cli.commands import main
from pedigree.cli.reading import read_sheet

SHARED = Path(__file__).resolve().parents[3] / "shared"
LORIS = SHARED / "golden" / "loris_pedigree.csv"
needs_golden = pytest.mark.skipif(
    not LORIS.exists(), reason="the golden studbook (../shared/golden) is not beside the project"
)
needs_pedigrees = pytest.mark.skipif(
    not (SHARED / "pedigrees").exists(),
    reason="the real pedigrees (../shared/pedigrees) are not beside the project",
)
WHOLE_SET = {
    "arrui": (80, 2, 1.769424319129, 0.962872380718, 0.519279615879, 0.485568237305),
    "atlas": (176, 4, 3.583086305809, 1.886180515298, 0.265085974510, 0.244848050473),
}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open() as file:
        return list(csv.DictReader(file))


@pytest.fixture
def loris_set(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    printed = {
        row["id"]: row["mk_printed"] for row in _rows(SHARED / "golden" / "loris_2022_mean_kinship.csv")
    }
    path = tmp_path / "set.txt"
    path.write_text("\n".join(printed))
    return path, printed


@needs_golden
def test_means__equal_the_39_printed_mean_kinships(loris_set, tmp_path: Path) -> None:
    chosen, printed = loris_set
    output = tmp_path / "means.csv"
    assert main(["means", str(LORIS), "--set", str(chosen), "-o", str(output)]) == 0
    found = {row["id"]: f"{float(row['mean_kinship']):.4f}" for row in _rows(output)}
    assert len(found) == 39
    assert {animal: float(value) for animal, value in found.items()} == {
        a: float(v) for a, v in printed.items()
    }


@needs_golden
def test_summary__equals_the_printed_figures(loris_set, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["summary", str(LORIS), "--set", str(loris_set[0])]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["living"], figures["founders"]) == (39, 28)
    assert f"{figures['mean_kinship']:.4f}" == "0.0735"
    assert f"{100 * figures['gene_diversity']:.2f}" == "92.65"
    assert f"{figures['founder_genome_equivalents']:.2f}" == "6.80"
    assert f"{figures['mean_inbreeding']:.4f}" == "0.0048"


@needs_pedigrees
@pytest.mark.parametrize("name", WHOLE_SET)
def test_inbreeding__and_mean_kinship_equal_other_programs(name: str) -> None:
    path = SHARED / "pedigrees" / f"{name}.csv"
    pedigree = Pedigree.from_records(read_sheet(path).records)
    living = pedigree.mask(row["id"] for row in _rows(path) if row["target"] == "1")
    expected = _rows(SHARED / "pedigrees" / f"{name}_expected.csv")
    rows = pedigree.rows(row["id"] for row in expected)
    assert inbreeding(pedigree)[rows] == pytest.approx([float(row["F"]) for row in expected], abs=1e-12)
    means = mean_kinship(kinship_matrix(pedigree), living)[rows]
    assert means == pytest.approx([float(row["mean_kinship_to_target"]) for row in expected], abs=1e-12)


@needs_pedigrees
@pytest.mark.parametrize("name", WHOLE_SET)
def test_summarise__equals_other_programs(name: str) -> None:
    path = SHARED / "pedigrees" / f"{name}.csv"
    pedigree = Pedigree.from_records(read_sheet(path).records)
    living = pedigree.mask(row["id"] for row in _rows(path) if row["target"] == "1")
    found = summarise(pedigree, living)
    number, founders, fe, fge, mean, mean_f = WHOLE_SET[name]
    assert (found.living, found.founders) == (number, founders)
    figures = (
        found.founder_equivalents,
        found.founder_genome_equivalents,
        found.mean_kinship,
        found.mean_inbreeding,
    )
    assert figures == pytest.approx((fe, fge, mean, mean_f), abs=1e-12)
    assert founder_equivalents(founder_table(pedigree, living).contribution) == pytest.approx(fe, abs=1e-12)
