import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from pedigree.cli.commands import COMMANDS

LACY = """id,sire,dam,sex,death_date
A,WILD,WILD,M,2001
B,WILD,WILD,F,2001-05
C,A,B,M,
D,A,B,M,
E,WILD,WILD,F,2001-05-31
F,D,E,F,
G,D,E,F,
"""


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_inbreeding__answers_for_every_animal_in_the_files_order(ask) -> None:
    text = "dam,id,note,sire\nB,X,young,A\nB,Y,inbred,X\n,A,,\n0,B,,NA\n"
    assert rows(ask("inbreeding", text)[1]) == [
        ["id", "F"],
        ["X", "0.0"],
        ["Y", "0.25"],
        ["A", "0.0"],
        ["B", "0.0"],
    ]


def test_inbreeding__of_known_genes_is_empty_where_nothing_is_known(ask) -> None:
    answer = ask("inbreeding", "id,sire,dam\n1,WILD,WILD\n2,1,UNK\n", "--known-only")
    assert rows(answer[1]) == [["id", "known_F"], ["1", "0.0"], ["2", ""]]


def test_kinship__is_the_square_matrix_of_the_set(ask) -> None:
    code, out, _ = ask("kinship", LACY, chosen="G\nC\n")
    assert (code, rows(out)) == (0, [["id", "C", "G"], ["C", "0.5", "0.125"], ["G", "0.125", "0.5"]])


def test_means__measures_the_animals_without_a_death_date(ask) -> None:
    code, out, _ = ask("means", LACY)
    assert code == 0
    assert rows(out) == [
        ["id", "mean_kinship", "F", "known"],
        ["C", "0.25", "0.0", "1.0"],
        ["D", "0.3125", "0.0", "1.0"],
        ["F", "0.28125", "0.0", "1.0"],
        ["G", "0.28125", "0.0", "1.0"],
    ]


def test_means__of_known_genes_bear_another_name(ask) -> None:
    code, out, _ = ask("means", LACY + "J,UNK,G,M,\n", "--known-only", "--json")
    last = json.loads(out)[-1]
    assert code == 0
    assert last["id"] == "J"
    assert last["known"] == 0.5
    assert last["known_F"] is None
    assert last["known_mean_kinship"] == pytest.approx((1 / 8 + 1 / 4 + 1 / 4 + 1 / 2 + 1 / 2) / 4.5)


def test_summary__is_json_with_full_precision(ask) -> None:
    code, out, _ = ask("summary", LACY)
    figures = json.loads(out)
    known = figures.pop("known_only")
    assert code == 0
    assert figures == {
        "animals": 7,
        "living": 4,
        "founders": 3,
        "founder_equivalents": 32 / 11,
        "mean_kinship": 9 / 32,
        "gene_diversity": 23 / 32,
        "founder_genome_equivalents": 16 / 9,
        "mean_inbreeding": 0.0,
        "known": 1.0,
        "certain": 1.0,
        "breeding_males": 1.0,
        "breeding_females": 0.0,
        "effective_size": 0.0,
        "effective_ratio": 0.0,
    }
    assert known["gene_diversity"] == 23 / 32


def test_pairs__are_ranked_best_first(ask) -> None:
    code, out, _ = ask("pairs", LACY)
    header, *pairs = rows(out)
    assert code == 0
    assert header[:6] == ["sire", "dam", "F_offspring", "mk_sire", "mk_dam", "delta_gd"]
    assert [pair[:2] for pair in pairs] == [["C", "F"], ["C", "G"], ["D", "F"], ["D", "G"]]
    assert float(pairs[0][5]) == pytest.approx(-0.00625)


def test_pairs__tell_their_suitability_and_why(ask) -> None:
    code, out, _ = ask("pairs", LACY)
    header, *pairs = rows(out)
    assert (code, header[8:]) == (0, ["suitability", "suitability_rules"])
    assert [pair[8:] for pair in pairs] == [["", "mk-difference too-close"]] * 4
    code, out, _ = ask("pairs", "id,sire,dam,sex\n1,WILD,WILD,M\n2,WILD,WILD,F\n", "--json")
    assert [(pair["suitability"], pair["suitability_rules"]) for pair in json.loads(out)] == [(4, "")]


def test_pairs__says_who_is_left_out(ask) -> None:
    code, out, err = ask("pairs", "id,sire,dam,sex\n1,,,M\n2,,,F\n3,,,\n")
    assert (code, len(rows(out)), err) == (0, 2, "Left out, their sex being unknown: 1 of 3 animals.\n")


def test_pairs__need_a_column_of_sexes(ask) -> None:
    code, out, err = ask("pairs", "id,sire,dam\n1,,\n")
    assert (code, out) == (1, "")
    assert "The file has no column sex" in err


def test_check__tells_every_problem_and_exits_0_when_it_can_be(ask) -> None:
    text = "id,sire,dam,sex,birth_date\n1,,,F,2005\n2,1,,M,2004-05-01\n"
    code, out, _ = ask("check", text)
    assert code == 0
    lines = out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["reject B2", "reject B5", "notify K1"]
    assert "Animal 1 is recorded female, but is the sire of 2." in lines[0]


def test_check__tells_every_reason_and_exits_1_when_it_cannot_be(ask) -> None:
    code, out, _ = ask("check", "id,sire,dam\n12,40,\n40,77,\n77,12,\n5,99,\n6,,98\n")
    assert code == 1
    assert "Ancestry loop: 12 -> 40 -> 77 -> 12." in out
    assert "Row 5, field sire: Animal 5 names 99 as its sire, but 99 has no row." in out
    assert "Row 6, field dam: Animal 6 names 98 as its dam" in out
    assert len(out.splitlines()) == 3


def test_check__answers_for_the_set_named(ask) -> None:
    text = "id,sire,dam,sex\n1,,,F\n2,1,,M\n3,1,,M\n4,2,,M\n"
    assert len(ask("check", text)[1].splitlines()) == 4
    assert len(ask("check", text, chosen="4")[1].splitlines()) == 1


def test_check__knows_that_nobody_is_born_tomorrow(ask) -> None:
    out = ask("check", "id,sire,dam,birth_date\n1,,,9998\n")[1]
    assert (
        out
        == "reject C3: Animal 1 was born between 9998-01-01 and 9998-12-31, which has not come yet. Correct the date.\n"
    )


def test_check__as_json(ask) -> None:
    code, out, _ = ask("check", "id,sire,dam\n1,1,\n", "--json")
    assert code == 1
    assert json.loads(out)[0]["severity"] == "reject"


@pytest.mark.parametrize("command", COMMANDS)
def test_main__names_the_row_and_field_of_a_parent_without_a_row(ask, command: str) -> None:
    code, out, err = ask(command, "id,sire,dam,sex\n7,,99,M\n")
    assert code == 1
    assert "Row 2, field dam: Animal 7 names 99 as its dam, but 99 has no row. Add a row for 99" in out + err


@pytest.mark.parametrize("code", ["", "0", "NA", "UNK", "UND"])
def test_main__takes_a_missing_parent_as_unknown_and_only_wild_as_wild(ask, code: str) -> None:
    known = [
        row[3] for row in rows(ask("means", f"id,sire,dam\n1,{code},{code}\n2,WILD,{code}\n3,WILD,WILD\n")[1])
    ]
    assert known == ["known", "0.0", "0.5", "1.0"]


def test_main__keeps_ids_as_text(ask) -> None:
    ids = ["007", "1.2", "1E5", "100000", "=1+1", "Ännchen"]
    text = "id,sire,dam\n" + "".join(f"{each},,\n" for each in ids)
    assert [row[0] for row in rows(ask("inbreeding", text)[1])[1:]] == ids


def test_main__tolerates_a_byte_order_mark_capitals_and_blank_lines(ask) -> None:
    code, out, _ = ask("inbreeding", b"\xef\xbb\xbfID, Sire ,DAM\r\n\r\n1,,\r\n\r\n")
    assert (code, rows(out)) == (0, [["id", "F"], ["1", "0.0"]])


@pytest.mark.parametrize(
    "cell", ['"A:1,C:1"', "A:1/2 C:1/2", "A:0.5;C:.5".replace(":.5", ":0.5"), '"A:50, C:50"']
)
def test_main__reads_several_possible_sires(ask, cell: str) -> None:
    out = ask("kinship", f"id,sire,dam\nA,,\nB,,\nC,,\nX,{cell},B\n")[1]
    assert rows(out)[-1] == ["X", "0.125", "0.25", "0.125", "0.5"]


def test_main__reads_an_id_with_a_colon_as_an_id(ask) -> None:
    code, out, _ = ask("inbreeding", "id,sire,dam\nZOO:12,,\n1,ZOO:12,\n")
    assert (code, len(rows(out))) == (0, 3)


def test_main__writes_to_a_file_only_what_it_answers(ask, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    assert ask("means", "id,sire,dam\n1,1,\n", "-o", str(output))[0] == 1
    assert not output.exists()
    assert ask("means", LACY, "-o", str(output)) == (0, "", "")
    assert output.read_text().startswith("id,mean_kinship,F,known\n")


def test_main__states_its_default_convention(ask) -> None:
    assert ask("means", LACY, "--unknown-as-founders") == ask("means", LACY)


def test_main__runs_as_a_module(tmp_path: Path) -> None:
    book = tmp_path / "book.csv"
    book.write_text(LACY.replace("A,", "Ä,"))
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "pedigree", "inbreeding", str(book)]
    done = subprocess.run(command, capture_output=True, cwd=root, env={"LC_ALL": "C"}, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Ä,0.0".encode() in done.stdout
