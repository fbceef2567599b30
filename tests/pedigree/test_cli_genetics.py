"""The commands that drop genes, tell the past and measure effective sizes."""

import json

import pytest

from pedigree.cli.commands import main
from tests.pedigree.test_cli import LACY, rows

DATED = """id,sire,dam,sex,birth_date,death_date
A,WILD,WILD,M,2000,2020-01-01
B,WILD,WILD,F,2000-03,2020-01-01
C,A,B,M,2010-05-01,
D,A,B,M,2010-05-01,
E,WILD,WILD,F,2000-12-31,2020-01-01
F,D,E,F,2015-06-30,
G,D,E,F,2015-06-30,
"""


def test_founders__are_told_with_what_is_left_of_their_genes(ask) -> None:
    code, out, err = ask("founders", LACY, "--drops", "4000")
    header, *found = rows(out)
    assert (code, err) == (0, "")
    assert header == [
        "founder",
        "contribution",
        "target",
        "representation",
        "retention",
        "retention_error",
        "lost",
        "lost_error",
    ]
    assert [row[:2] for row in found] == [["A", "0.375"], ["B", "0.375"], ["E", "0.25"]]
    assert [row[3] for row in found] == ["1.5", "1.5", "1.0"]
    for row in found:
        assert float(row[4]) == pytest.approx(0.75, abs=4 * float(row[5]))
        assert float(row[2]) == pytest.approx(1 / 3, abs=0.02)


def test_founders__of_known_genes_are_the_wild_ones(ask) -> None:
    text = "id,sire,dam\n1,WILD,WILD\n2,1,UNK\n3,WILD,2\n"
    everyone = [row[:2] for row in rows(ask("founders", text, chosen="3")[1])[1:]]
    known = [row[:2] for row in rows(ask("founders", text, "--known-only", chosen="3")[1])[1:]]
    assert everyone == [["1", "0.25"], ["dam of 2", "0.25"], ["sire of 3", "0.5"]]
    assert known == [["1", str(1 / 3)], ["sire of 3", str(2 / 3)]]


def test_founders__as_json_bear_the_same_numbers(ask) -> None:
    table = rows(ask("founders", LACY, "--seed", "3")[1])
    listed = json.loads(ask("founders", LACY, "--seed", "3", "--json")[1])
    assert [[str(value) for value in each.values()] for each in listed] == table[1:]


@pytest.mark.parametrize("command", ["founders", "genedrop"])
def test_main__gives_the_same_answer_for_the_same_seed(ask, command: str) -> None:
    first = ask(command, LACY, "--drops", "500", "--seed", "7")[1]
    assert ask(command, LACY, "--drops", "500", "--seed", "7")[1] == first
    assert ask(command, LACY, "--drops", "500", "--seed", "8")[1] != first


def test_genedrop__tells_how_unique_each_animal_is(ask) -> None:
    header, *found = rows(ask("genedrop", LACY)[1])
    assert header[:3] == ["id", "uniqueness", "uniqueness_error"]
    for row, exact in zip(found, [1 / 2, 1 / 8, 1 / 4, 1 / 4], strict=True):
        assert float(row[1]) == pytest.approx(exact, abs=4 * float(row[2]))


def test_genedrop__as_json_tells_the_figures_of_the_set(ask) -> None:
    found = json.loads(ask("genedrop", LACY, "--json", "--drops", "20000")[1])
    assert (found["drops"], found["seed"]) == (20_000, 0)
    error = found["founder_genomes_surviving_error"]
    assert found["founder_genomes_surviving"] == pytest.approx(2.25, abs=4 * error)
    assert found["potential_gene_diversity"] == pytest.approx(7 / 9, abs=4 * error)
    assert found["founder_genome_equivalents_1989"] == pytest.approx(24 / 11, abs=4 * error)
    assert [animal["id"] for animal in found["animals"]] == ["C", "D", "F", "G"]


def test_history__tells_every_years_end_from_the_first_birth_to_the_last_date(ask) -> None:
    header, *found = rows(ask("history", DATED)[1])
    years = [row[0] for row in found]
    assert years == [f"{year}-12-31" for year in range(2000, 2021)]
    by_day = {row[0]: dict(zip(header, row, strict=True)) for row in found}
    assert by_day["2000-12-31"]["living"] == "3"
    assert by_day["2012-12-31"]["effective_ratio"] == "0.4"
    assert float(by_day["2015-12-31"]["mean_kinship"]) == pytest.approx(10 / 49)
    last = by_day["2020-12-31"]
    assert [last[name] for name in ("living", "founders", "gene_diversity")] == ["4", "3", "0.71875"]


def test_history__of_the_years_or_the_days_asked_about(ask) -> None:
    assert [row[0] for row in rows(ask("history", DATED, "--from", "2019", "--to", "2021")[1])[1:]] == [
        "2019-12-31",
        "2020-12-31",
        "2021-12-31",
    ]
    days = ask("history", DATED, "--on", "2019-12-31", "--on", "2010-05-01")[1]
    assert [row[:2] for row in rows(days)[1:]] == [["2019-12-31", "7"], ["2010-05-01", "5"]]


def test_history__counts_those_named(ask) -> None:
    found = json.loads(ask("history", DATED, "--on", "2016-01-01", "--json", chosen="C\nD\n")[1])
    assert [(row["on"], row["living"]) for row in found] == [("2016-01-01", 2)]


def test_history__says_who_is_left_out(ask) -> None:
    code, _, err = ask("history", DATED + "H,C,F,M,,\n")
    assert (code, err) == (0, "Left out, their date of birth being unknown: 1 of 8 animals.\n")


def test_history__takes_uncertain_dates_that_overlap(ask) -> None:
    text = "id,sire,dam,birth_date,death_date\n1,,,2001,2001-03\n2,,,2001,\n"
    found = rows(ask("history", text, "--on", "2001-07-02")[1])
    assert found[1][:2] == ["2001-07-02", "1"]


def test_history__needs_dates_that_can_be(ask) -> None:
    assert "No row has a birth_date" in ask("history", LACY)[2]
    text = "id,sire,dam,birth_date,death_date\n1,,,2005,2004-12\n"
    code, out, err = ask("history", text)
    assert (code, out) == (1, "")
    assert "Row 2: animal 1 dies on 2004-12-31 or before, but is born on 2005-01-01 or after" in err
    assert "There is no year from 2030 to 2020" in ask("history", DATED, "--from", "2030")[2]


def test_effective__tells_every_effective_size(ask) -> None:
    code, out, _ = ask("effective", DATED)
    found = json.loads(out)
    assert code == 0
    assert (found["living"], found["breeding_males"], found["breeding_females"]) == (4, 1, 0)
    assert (found["effective_size_by_breeders"], found["effective_ratio"]) == (0, 0)
    assert found["founder_equivalents"] == pytest.approx(32 / 11)
    assert found["founder_genome_equivalents"] == 16 / 9
    assert found["mean_equivalent_generations"] == 1.25
    assert found["effective_size_by_inbreeding"]["number"] is None
    assert found["effective_size_by_coancestry"]["number"] > 1
    assert found["realised_effective_size"] is None


BAD = [
    ["founders", "--drops", "0"],
    ["genedrop", "--drops", "1e3"],
    ["genedrop", "--seed", "-1"],
    ["history", "--from", "20x"],
    ["history", "--to", "0"],
    ["history", "--on", "2001"],
    ["history", "--on", "2001-02-30"],
    ["means", "--seed", "1"],
    ["history", "--seed", "1"],
]


@pytest.mark.parametrize("arguments", BAD, ids=" ".join)
def test_main__exits_2_on_options_that_cannot_be(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main([arguments[0], "book.csv", *arguments[1:]])
    assert caught.value.code == 2
    assert "usage: python -m pedigree" in capsys.readouterr().err
