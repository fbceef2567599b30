"""What the command line refuses, with which words and which exit code."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pedigree.cli.commands import main
from tests.pedigree.test_cli import COMMANDS, LACY

REFUSED = {
    "": "lacks id, sire, dam",
    "id;sire;dam\n1;;\n": "separated by commas",
    "id,sire\n1,\n": "lacks dam",
    "id,sire,dam,dam\n1,,,\n": "names dam twice",
    "id,sire,dam\n1,,,\n": "Row 2 has 4 cells, but the header has 3",
    "id,sire,dam\n1,\n": "Row 2 has 2 cells",
    "id,sire,dam\n,,\n": "Row 2 has no id",
    "id,sire,dam\nNA,,\n": "has the id NA, which stands for a missing parent",
    'id,sire,dam\n"1,,\n': "is not CSV",
    "id,sire,dam\n1,,\n1,,\n": "Animal 1 has more than one row",
    "id,sire,dam\n1,,\n2,1,1\n": "Animal 2 has 1 as both sire and dam",
    "id,sire,dam,sex\n1,,,1\n": "Digits mean different sexes in different programs. Write M, F or U.",
    "id,sire,dam,sex\n1,,,x\n": "field sex: 'x' is no sex. Write M, F or U.",
    "id,sire,dam,birth_date\n1,,,31/02/2001\n": "field birth_date: '31/02/2001' is no date",
    "id,sire,dam,death_date\n1,,,2001-02-30\n": "field death_date: '2001-02-30' is no date",
    "id,sire,dam,death_date\n1,,,0000\n": "'0000' is no date",
    "id,sire,dam\n1,,\n2,1:0,\n": "lists no possible parents",
    "id,sire,dam\n1,,\n2,1:1/0,\n": "divides by 0",
    'id,sire,dam\n1,,\n2,"1:1,x",\n': "lists no possible parents",
    'id,sire,dam\n1,,\n2,"1:1,1:1",\n': "name one candidate twice",
    "id,sire,dam,death_date\n1,,,2001\n": "name the animals to measure with --set",
}


@pytest.mark.parametrize(("text", "reason"), list(REFUSED.items()))
def test_main__refuses_with_the_reason(ask, text: str, reason: str) -> None:
    code, out, err = ask("means", text)
    assert (code, out) == (1, "")
    assert reason in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("text", [b"\xff\xfei\x00d\x00", b"id,sire,dam\n\xe9,,\n"])
def test_main__refuses_text_that_is_not_utf_8(ask, text: bytes) -> None:
    code, _, err = ask("means", text)
    assert code == 1
    assert "is not UTF-8 text" in err


@pytest.mark.parametrize(
    ("chosen", "reason"),
    [
        ("C\nZ\n", "Line 2 of set.txt names Z, which has no row"),
        ("C\nC\n", "a second time"),
        ("\n", "no animal to measure"),
    ],
)
def test_main__refuses_a_set_that_does_not_fit(ask, chosen: str, reason: str) -> None:
    code, _, err = ask("means", LACY, chosen=chosen)
    assert code == 1
    assert reason in err


@pytest.mark.parametrize(
    "arguments",
    [[], ["nonsense"], ["means"], ["means", "a.csv", "--nonsense"], ["pairs", "a", "--known-only"]],
)
def test_main__exits_2_on_bad_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: python -m pedigree" in capsys.readouterr().err


def test_main__exits_2_when_a_file_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["means", str(tmp_path / "absent.csv")]) == 2
    assert main(["means", str(tmp_path)]) == 2
    assert "absent.csv cannot be used: No such file or directory." in capsys.readouterr().err


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    text=st.text(st.sampled_from('id,sreamx:/;10 "\n\r\t\x00\u2028éWILD-2001')),
    headed=st.booleans(),
    command=st.sampled_from(sorted(COMMANDS)),
)
def test_main__never_shows_a_traceback(ask, text: str, headed: bool, command: str) -> None:
    code, _, _ = ask(command, "id,sire,dam,sex,birth_date\n" + text if headed else text)
    assert code in (0, 1)
