"""Life tables on the command line."""

import csv
import io
import json

import pytest

from pedigree.cli.commands import main

BOOK = """id,sire,dam,sex,birth_date,death_date,entry_date,exit_date
1,WILD,WILD,M,1999,,2001-01-01,
2,WILD,WILD,F,2000-01-01,2010-06-01,2001-01-01,
3,1,2,F,2003-05-05,,,
4,1,2,U,2003-05-05,2003-05-05,,
5,1,2,M,2004-05-05,,,2008-01-01
6,1,UNK,F,,2009-01-01,,
"""
HEADER = ["age", "risk", "Px", "Qx", "lx", "Lx", "Mx", "Ex", "Vx"]


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_life_table__writes_the_columns_of_a_plan(ask) -> None:
    code, out, err = ask("life-table", BOOK, "--sex", "F", "--as-of", "2012-12-31")
    header, *table = rows(out)
    assert (code, header) == (0, HEADER)
    assert [row[0] for row in table] == [str(age) for age in range(11)]
    # 3 lived a year; 4, of unknown sex, is half a death among one and a half animals.
    assert [float(cell) for cell in table[0][1:4]] == pytest.approx([1, 2 / 3, 1 / 3])
    # The dam is 3 when 3 and 4 are born, two animals being of that age.
    assert float(table[3][6]) == 0.5
    assert "Fewer than 30 animals were at risk at ages 0-10" in err


def test_life_table__as_json_carries_what_follows_and_what_to_beware_of(ask) -> None:
    code, out, err = ask("life-table", BOOK, "--as-of", "2012", "--json")
    figures = json.loads(out)
    assert (code, err) == (0, "")
    assert {"R0", "T", "r", "lambda", "warnings", "rows", "convention", "as_of"} <= figures.keys()
    assert (figures["sex"], figures["convention"], figures["to"]) == ("all", "mid-class", "2012-12-31")
    assert set(HEADER) < figures["rows"][0].keys()
    assert {"few", "undated"} <= {each["code"] for each in figures["warnings"]}


def test_life_table__stays_run_from_entry_to_exit(ask) -> None:
    figures = json.loads(ask("life-table", BOOK, "--sex", "M", "--as-of", "2012-12-31", "--json")[1])
    risk = [row["risk"] for row in figures["rows"]]
    # The wild male came in at about one and a half years, 5 left at three and a half.
    assert risk[0] == 1
    assert risk[1] == pytest.approx(1.5, abs=0.02)
    assert risk[3] == pytest.approx(1.66, abs=0.01)


def test_life_table__of_a_window_sees_only_that(ask) -> None:
    options = ("--from", "2004-05-05", "--to", "2005-05-04", "--as-of", "2012-12-31", "--json")
    figures = json.loads(ask("life-table", BOOK, *options)[1])
    assert sum(row["risk"] for row in figures["rows"]) == pytest.approx(4, abs=0.01)
    assert sum(row["deaths"] for row in figures["rows"]) == 0


def test_life_table__by_textbooks_gives_other_numbers_and_its_name(ask) -> None:
    one, other = (
        json.loads(ask("life-table", BOOK, "--convention", name, "--json")[1])
        for name in ("mid-class", "textbook")
    )
    assert (one["convention"], other["convention"]) == ("mid-class", "textbook")
    assert one["rows"][0]["Ex"] != other["rows"][0]["Ex"]


def test_life_table__of_a_set_leaves_the_others_out_but_for_their_ages(ask) -> None:
    figures = json.loads(ask("life-table", BOOK, "--sex", "F", "--json", chosen="2\n3\n")[1])
    assert sum(row["births"] for row in figures["rows"]) == pytest.approx(1)


def test_life_table__tells_who_lacks_a_birth_date(ask) -> None:
    text = "id,sire,dam,birth_date,entry_date\n1,,,2000-01-01,\n2,,,,2001-01-01\n"
    assert "1 animal was left out for want of a birth date." in ask("life-table", text, "--as-of", "2003")[2]


def test_life_table__tells_who_lacks_every_first_date(ask) -> None:
    assert (
        "1 animal has neither a birth_date nor an entry_date and was left out." in ask("life-table", BOOK)[2]
    )


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        ("id,sire,dam\n1,,\n", (), "No row has a birth_date, so no lives can be told."),
        (
            "id,sire,dam,birth_date,death_date\n1,,,2001,2000\n",
            (),
            "Row 2: animal 1 has the death_date 2000-12-31 or before, but the birth_date 2001-01-01 or after.",
        ),
        (
            "id,sire,dam,birth_date,entry_date,exit_date\n1,,,2001,2003,2002\n",
            (),
            "has the exit_date 2002-12-31 or before, but the entry_date 2003-01-01 or after",
        ),
        (BOOK, ("--from", "2010", "--to", "2009"), "There is no day from 2010-01-01 to 2009-12-31."),
        (BOOK.replace("2008-01-01", "soon"), (), "Row 6, field exit_date: 'soon' is no date."),
    ],
)
def test_life_table__refuses_in_words(ask, text: str, options: tuple[str, ...], sentence: str) -> None:
    code, out, err = ask("life-table", text, *options)
    assert (code, out) == (1, "")
    assert sentence in err


def test_life_table__needs_a_day_for_its_window(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["life-table", "book.csv", "--as-of", "today"])
    assert caught.value.code == 2
    assert "'today' is no date" in capsys.readouterr().err
