"""How the difference between two scenarios is written."""

from math import nan

import pytest

from studbook.core.templatetags.studbook import NOTHING, decimals, percent
from studbook.population.demography.projections.comparison import _signed


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0123, "+1.2 %"), (-0.0123, "−1.2 %"), (0.0001, "0.0 %"), (-0.0001, "0.0 %"), (nan, NOTHING)],
)
def test_difference__has_a_sign_unless_it_rounds_to_nothing(value: float, words: str) -> None:
    assert _signed(percent, value) == words


def test_difference__of_animals_has_a_sign_too() -> None:
    assert _signed(lambda value: decimals(value, 1), -3.0) == "−3.0"
