"""The command that tells whom to release."""

import json
from pathlib import Path

import pytest

from tests.pedigree.test_cli import LACY, rows


def test_release__is_told_with_who_could_go_instead(ask) -> None:
    code, out, err = ask("release", LACY, "--males", "1", "--females", "1", "--weight", "2")
    assert code == 0
    assert rows(out) == [
        ["id", "sex", "replacement", "cost", "loss", "group_gd"],
        ["C", "M", "D", "0.0625", "0.03125", "0.625"],
        ["F", "F", "G", "0.0", "0.09375", "0.6875"],
    ]
    assert err == (
        "Captive gene diversity goes from 0.718750 to 0.625000, a loss of 0.093750.\n"
        "The group's own is 0.687500.\n"
        "No group within the limits is worth more than 2.00000000: a gap of 0.0e+00, which is proven best.\n"
    )


def test_release__as_json_bears_the_same_numbers(ask) -> None:
    found = json.loads(ask("release", LACY, "--males", "2", "--females", "1", "--json")[1])
    assert [each["id"] for each in found["group"]] == ["C", "D", "F"]
    assert [each["replacement"] for each in found["group"]] == ["", "", "G"]
    assert found["group"][0]["cost"] is None
    assert found["is_best"] is True
    assert found["loss"] == found["captive_gd_before"] - found["captive_gd_after"] == 0.71875 - 0.5


def test_release__takes_its_candidates_from_a_file(ask, tmp_path: Path) -> None:
    path = tmp_path / "candidates.txt"
    path.write_text("C\nG\n")
    options = ("--males", "1", "--females", "1", "--candidates", str(path))
    assert [row[:3] for row in rows(ask("release", LACY, *options)[1])[1:]] == [
        ["C", "M", ""],
        ["G", "F", ""],
    ]
    code, out, err = ask("release", LACY, *options, chosen="C\nD\nF\n")
    assert (code, out) == (1, "")
    assert err == (
        "Animal G is a candidate, but not in the set measured. Take it out, or add it to the set.\n"
    )


def test_release__says_who_is_left_out(ask) -> None:
    code, _, err = ask("release", LACY.rstrip("\n") + "\nH,C,F,U,\n", "--males", "1", "--females", "1")
    assert code == 0
    assert err.startswith("Left out, their sex being unknown: 1 of 5 candidates.\n")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--males", "3", "--females", "1"), "The group asked for has 3 males, but the candidates 2 males."),
        (("--males", "1", "--females", "1", "--kinship-limit", "2"), "The limit of kinship is 2.0."),
        (
            ("--males", "1", "--females", "1", "--weight", "nan"),
            "The weight of the group's gene diversity is nan.",
        ),
        (
            ("--males", "0", "--females", "2", "--kinship-limit", "0.1"),
            "There is no group of 0 males and 2 females",
        ),
    ],
)
def test_release__that_cannot_be_is_refused_in_a_sentence(ask, options, sentence: str) -> None:
    code, out, err = ask("release", LACY, *options)
    assert (code, out) == (2, "")
    assert err.startswith(sentence)


def test_release__needs_sexes_and_numbers(ask) -> None:
    assert "no column sex" in ask("release", "id,sire,dam\nA,,\nB,,\n", "--males", "1", "--females", "0")[2]
    assert ask("release", LACY, "--males", "1") == (
        1,
        "",
        "A release needs numbers of males and females. Give them with --males and --females.\n",
    )
