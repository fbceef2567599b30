"""The bank on the command line."""

import json
from pathlib import Path

import pytest

from tests.pedigree.test_cli import LACY, rows
from tests.pedigree.test_cli_genetics import DATED


@pytest.fixture
def donors(tmp_path: Path):
    def written(text: str) -> str:
        path = tmp_path / "donors.txt"
        path.write_text(text)
        return str(path)

    return written


def test_bank__tells_gene_diversity_with_and_without_and_each_donor(ask, donors) -> None:
    code, out, err = ask("bank", LACY, "--donors", donors("A\nE\nC\n"), chosen="C\nD\nF\nG\n")
    assert code == 0
    assert err == (
        "Gene diversity is 0.718750 without the bank and 0.777778 with it; "
        "with every donor counted once it would be 0.777778.\n"
    )
    header, *found = rows(out)
    assert header == ["id", "living", "mean_kinship", "count", "kept"]
    assert [row[:2] for row in found] == [["A", "no"], ["C", "yes"], ["E", "no"]]
    assert [float(row[3]) for row in found] == [1, 1, 1]
    assert float(found[2][2]) == pytest.approx(1 / 6)


def test_bank__as_json_bears_the_same_numbers(ask, donors) -> None:
    path = donors("A\nE\n")
    table = rows(ask("bank", LACY, "--donors", path, chosen="C\nD\nF\nG\n")[1])
    told = json.loads(ask("bank", LACY, "--donors", path, "--json", chosen="C\nD\nF\nG\n")[1])
    assert told["gene_diversity_with_bank"] == pytest.approx(28 / 36)
    assert told["gene_diversity"] == 23 / 32
    assert [[str(value) for value in each.values()] for each in told["animals"]] == table[1:]


def test_bank__next_lists_every_candidate_in_order(ask, donors) -> None:
    code, out, _ = ask("bank", DATED, "--donors", donors("A\n"), "--next", "2", "--years", "5")
    header, *found = rows(out)
    assert code == 0
    assert header[:4] == ["id", "age_years", "chance_of_death", "lost"]
    assert {row[0] for row in found} == {"C", "D", "F", "G"}
    assert [row[6] for row in found] == ["yes", "yes", "no", "no"]
    assert float(found[0][4]) == pytest.approx(float(found[0][2]) * float(found[0][3]))


def test_bank__next_of_one_sex(ask) -> None:
    found = rows(ask("bank", DATED, "--next", "1", "--sex", "M")[1])[1:]
    assert {row[0] for row in found} == {"C", "D"}


def test_bank__next_needs_dates(ask) -> None:
    code, _, err = ask("bank", LACY, "--next", "1", chosen="C\nD\n")
    assert code == 1
    assert "birth_date" in err
