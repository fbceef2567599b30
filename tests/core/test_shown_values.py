"""How values are shown: the filters that pages, files and the report share."""

import pytest

from studbook.core.templatetags.studbook import (
    NOTHING,
    age,
    change,
    coefficient,
    decimals,
    kilometres,
    percent,
)


@pytest.mark.parametrize("shown", [coefficient, change, percent, decimals, kilometres])
def test_filters__show_a_dash_where_there_is_no_answer(shown) -> None:  # type: ignore[no-untyped-def]
    assert shown(None) == shown(float("nan")) == NOTHING


def test_coefficient__has_four_decimals_and_no_negative_nought() -> None:
    assert [coefficient(value) for value in (0.05630449, -0.00001, -0.25)] == ["0.0563", "0.0000", "−0.2500"]


def test_change__always_has_its_sign() -> None:
    assert [change(value) for value in (0.00012, -0.00012)] == ["+0.00012", "−0.00012"]


def test_change__too_small_to_be_shown_has_no_sign() -> None:
    assert [change(value) for value in (0.0, 0.000004, -0.000004)] == ["0.00000"] * 3


def test_kilometres__are_whole_and_grouped() -> None:
    assert [kilometres(value) for value in (0, 5046.4, 12.6)] == ["0 km", "5,046 km", "13 km"]


@pytest.mark.parametrize(
    ("years", "words"), [(0, "0 d"), (20 / 365.25, "20 d"), (1.5, "18 mo"), (2, "2 y"), (9.99, "9 y")]
)
def test_age__is_told_in_the_unit_that_fits(years: float, words: str) -> None:
    assert age(years) == words
