"""Twins, tied litters and founders' kinships on the command line."""

import json

import pytest

from tests.pedigree.test_cli import rows

TWINS = "id,sire,dam,sex,twin_of\nA,WILD,WILD,M,\nB,WILD,WILD,F,\nC,A,B,M,\nD,A,B,M,C\n"
LITTER = """id,sire,dam,sex,litter
A,WILD,WILD,M,
B,WILD,WILD,M,
C,WILD,WILD,F,
X,"A:1,B:1",C,M,one
Y,"A:1,B:1",C,F,one
Z,"A:1,B:1",C,F,
"""


def test_kinship__counts_identical_twins_as_one_genome(ask) -> None:
    code, out, _ = ask("kinship", TWINS)
    assert (code, rows(out)[3][3:], rows(out)[4][3:]) == (0, ["0.5", "0.5"], ["0.5", "0.5"])


def test_kinship__ties_the_litter(ask) -> None:
    _, out, _ = ask("kinship", LITTER)
    x = dict(zip(rows(out)[0], rows(out)[4], strict=True))
    # One sire for certain: full sibs. Drawn twice: half a chance of full sibs, half of maternal half sibs.
    assert (x["Y"], x["Z"]) == ("0.25", "0.1875")


@pytest.fixture
def matrix(tmp_path):
    def written(text: str) -> str:
        path = tmp_path / "founders.csv"
        path.write_text(text)
        return str(path)

    return written


SIBS = "id,sire,dam\nA,WILD,WILD\nB,WILD,WILD\nC,A,B\n"


def test_inbreeding__takes_founders_that_are_kin(ask, matrix) -> None:
    code, out, _ = ask("inbreeding", SIBS, "--founder-kinship", matrix("id,A,B\nA,.5,.25\nB,,\n"))
    assert (code, rows(out)[1:]) == (0, [["A", "0.0"], ["B", "0.0"], ["C", "0.25"]])


def test_summary__measures_with_kin_founders(ask, matrix) -> None:
    _, out, _ = ask("summary", SIBS, "--founder-kinship", matrix("id,A,B\nA,,.25\nB,.25,\n"))
    assert json.loads(out)["mean_inbreeding"] == 0.25


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is no square matrix"),
        ("id,A,B\nA,.5\nB,0,.5\n", "is no square matrix"),
        ("id,A,A\nA,.5,0\nA,0,.5\n", "names an animal twice"),
        ("id,A,Q\nA,.5,0\nQ,0,.5\n", "names Q, which has no row"),
        ("id,A,B\nA,.5,x\nB,0,.5\n", "row A, column B: 'x' is no kinship"),
        ("id,A,B\nA,.5,.25\nB,.125,.5\n", "given twice"),
        ('id,A,B\nA,.5,"x\n', "is not CSV"),
        ("id,A,B\nA,.5,.9\nB,.9,.5\n", "A"),
        ("id,A,C\nA,.5,0\nC,0,.5\n", "C"),
    ],
)
def test_inbreeding__refuses_a_matrix_that_cannot_be(ask, matrix, text: str, sentence: str) -> None:
    code, out, err = ask("inbreeding", SIBS, "--founder-kinship", matrix(text))
    assert (code, out) == (1, "")
    assert sentence in err
