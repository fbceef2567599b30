"""The columns of a list: what is chosen, in which order, and what goes into its files."""

import pytest

from studbook.core.lists import Column, Columns, order_from

Row = dict[str, str]
LIST: Columns[Row] = Columns(
    tuple(Column(key, key.capitalize(), lambda row, key=key: row[key], needs=(key,)) for key in "abcd"),  # type: ignore[misc]
    ("a", "c"),
)
ROW = {"a": "1", "b": "=2", "c": "", "d": "4"}


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ([], "ac"),
        (["d,b"], "adb"),
        (["d", "b"], "adb"),
        (["b,a"], "ab"),
        (["b,b,, b"], "ab"),
        (["nonsense"], "ac"),
        (["d,nonsense"], "ad"),
        ([","], "ac"),
    ],
)
def test_chosen__keeps_the_order_asked_and_the_first_column_first(asked: list[str], shown: str) -> None:
    assert "".join(LIST.chosen(asked).keys) == shown


def test_chosen__tells_the_words_that_name_no_column() -> None:
    chosen = LIST.chosen(["b,wings,fins"])
    assert chosen.notice == "This list has no column wings, fins, so it is left out."
    assert LIST.chosen(["b"]).notice == ""
    assert len(LIST.chosen(["x" * 5000]).notice) < 120


def test_chosen__knows_what_it_needs_and_what_is_left() -> None:
    chosen = LIST.chosen(["d"])
    assert (chosen.needs, [each.key for each in chosen.rest], chosen.words) == ({"a", "d"}, ["b", "c"], "a,d")
    assert (chosen.is_usual, LIST.chosen(["a,c"]).is_usual) == (False, True)


def test_exported__holds_all_columns_unless_some_are_chosen() -> None:
    assert LIST.exported([]).table([ROW]).columns == ("a", "b", "c", "d")
    assert list(LIST.exported(["b"]).table([ROW]).lines) == [["1", "'=2"]]


def test_lines__have_a_head_and_cells() -> None:
    [line] = LIST.chosen(["b,c"]).lines([ROW])
    assert (line.row, line.head.value, [cell.value for cell in line.cells]) == (ROW, "1", ["=2", ""])


@pytest.mark.parametrize(
    ("asked", "order"), [("a", "a"), ("-b", "-b"), ("wings", "a"), ("--b", "a"), ("", "a")]
)
def test_order_from__takes_a_column_either_way(asked: str, order: str) -> None:
    assert order_from({"order": asked}, {"a": "x", "b": "y"}, "a") == order
    assert order_from({}, {"a": "x"}, "a") == "a"
