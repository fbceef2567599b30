"""Plans on the command line."""

import json
from pathlib import Path

import pytest

from pedigree.cli.commands import main
from tests.pedigree.test_cli import LACY, rows

PAIRS = """sire,dam,chance,km,transfer,zoo
C,F,1,10,yes,1
C,G,1,20,no,1
D,F,1,30,yes,
D,G,1,40,no,2
"""


@pytest.fixture
def pairs(tmp_path: Path):
    def written(text: str = PAIRS) -> str:
        path = tmp_path / "pairs.csv"
        path.write_text(text)
        return str(path)

    return written


def test_plan__is_told_with_its_gap(ask) -> None:
    code, out, err = ask("plan", LACY, "--wanted", "2", "--per-sire", "1", "--costs")
    header, *found = rows(out)
    assert code == 0
    assert header == ["sire", "dam", "litters", "F_offspring", "mk_sire", "mk_dam"]
    assert [row[0] for row in found] == ["C", "D"]
    assert {row[2] for row in found} == {"1"}
    first, second, *costs = err.splitlines()
    assert first == "2 litters keep a gene diversity of 0.704861; it is 0.718750 now."
    assert second.startswith("No plan within the limits exceeds 0.7048")
    assert second.endswith("which is proven best.")
    assert costs[1] == "Without “litters of one sire: 1” it would be 0.711806: it costs 6.94e-03."


def test_plan__as_json_bears_the_same_numbers(ask) -> None:
    table = rows(ask("plan", LACY, "--wanted", "2")[1])
    told = json.loads(ask("plan", LACY, "--wanted", "2", "--json")[1])
    assert [[str(value) for value in pair.values()] for pair in told["pairs"]] == table[1:]
    assert told["gene_diversity"] == pytest.approx(1 - 10.375 / 36, abs=1e-12)
    assert told["gap"] == pytest.approx(told["bound"] - told["gene_diversity"], abs=1e-15)
    assert "limits" not in told
    assert json.loads(ask("plan", LACY, "--wanted", "2", "--json", "--costs")[1])["limits"][0]["cost"] == 0


def test_plan__keeps_the_limits_of_a_file_of_pairs(ask, pairs) -> None:
    def chosen(*options: str) -> list[tuple[str, str]]:
        out = ask("plan", LACY, "--wanted", "1", "--pairs", pairs(), *options)[1]
        return [(row[0], row[1]) for row in rows(out)[1:]]

    assert chosen("--transfers", "0", "--group", "zoo=2", "--forbid", "C", "G") == [("D", "G")]
    assert chosen("--transfers", "0", "--group", "Zoo=1") == [("C", "G")]
    assert chosen("--require", "D", "F") == [("D", "F")]
    assert chosen("--km-most", "10") == [("C", "F")]
    assert chosen("--cost-per-km", "0.01") == [("C", "F")]
    assert (
        chosen("--inbreeding-limit", "0.2", "--litter", "3", "--per-pair", "2", "--per-dam", "1")[0][0] == "C"
    )


def test_plan__that_cannot_be_is_refused_in_a_sentence(ask) -> None:
    code, out, err = ask("plan", LACY, "--wanted", "3", "--per-sire", "1")
    assert (code, out) == (2, "")
    assert err.startswith("At most 2 litters fit within these limits; 3 are wanted.")
    assert len(rows(ask("plan", LACY, "--wanted", "3", "--per-sire", "1", "--at-most")[1])) == 3


BAD = {
    "header": ("sire,chance\nC,1\n", (), "lacks dam"),
    "cells": ("sire,dam\nC\n", (), "has 1 cells, but the header has 2"),
    "animal": ("sire,dam\nC,Z\n", (), "Row 2 of pairs.csv, field dam: Z has no row"),
    "nobody": ("sire,dam\nC,\n", (), "field dam: nobody has no row"),
    "number": ("sire,dam,chance\nC,F,much\n", (), "field chance: 'much' is no number"),
    "not finite": ("sire,dam,km\nC,F,inf\n", (), "field km: 'inf' is no number"),
    "answer": ("sire,dam,transfer\nC,F,1\n", (), "field transfer: '1' is no answer. Write yes or no"),
    "group": (PAIRS, ("--group", "island=1"), "no column island"),
    "place": (PAIRS, ("--require", "A", "B"), "A x B is none of the pairs"),
    "chance": ("sire,dam,chance\nC,F,2\n", (), "chance holds 2. Give numbers from 0 to 1"),
}


@pytest.mark.parametrize("case", BAD)
def test_plan__refuses_a_bad_file_of_pairs(ask, pairs, case: str) -> None:
    text, options, sentence = BAD[case]
    code, out, err = ask("plan", LACY, "--wanted", "1", "--pairs", pairs(text), *options)
    assert (code in (1, 2), out) == (True, "")
    assert sentence in err


def test_plan__needs_sexes_or_pairs(ask) -> None:
    code, _, err = ask("plan", "id,sire,dam\nA,,\nB,,\n", "--wanted", "1")
    assert code == 1
    assert "no column sex" in err


def test_plan__needs_the_litters_wanted(ask) -> None:
    code, _, err = ask("plan", LACY)
    assert code == 1
    assert "Give it with --wanted" in err


@pytest.mark.parametrize("options", [("--group", "zoo"), ("--wanted", "-1"), ("--per-pair", "0")])
def test_plan__refuses_bad_usage(tmp_path: Path, options: tuple[str, ...]) -> None:
    path = tmp_path / "book.csv"
    path.write_text(LACY)
    with pytest.raises(SystemExit):
        main(["plan", str(path), "--wanted", "1", *options])
