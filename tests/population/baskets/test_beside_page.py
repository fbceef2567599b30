"""Baskets side by side: figures, who ranks first, what is answered to nonsense."""

import csv
from io import StringIO
from typing import Any

import pytest

from studbook.population.baskets.actions import make_basket
from studbook.population.baskets.drafts import StepDraft, litters
from studbook.population.baskets.stepping import add_steps
from studbook.population.models import Basket
from studbook.population.set_beside import archive
from tests.factories import BasketFactory
from tests.population.conftest import Family

BESIDE = "/programmes/leopards/genetics/baskets/beside/"


@pytest.fixture
def two(basket: Basket) -> list[Basket]:
    """Return a basket of a litter, and one of an import and a death."""
    add_steps(basket, litters([("5", "8")]), by=None)
    other = make_basket(
        basket.programme,
        name="=Wild",
        by=None,
        drafts=[StepDraft("import", sex="F"), StepDraft("death", animal="7")],
    )
    return [basket, other]


def query(baskets: list[Basket]) -> str:
    return "?" + "&".join(f"beside={each.pk}" for each in baskets)


def test_beside__shows_each_figure_now_and_after(two: list[Basket], olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(BESIDE + query(two))
    found = page.context["comparison"]
    lines = {line.label: line for line in found.lines}
    assert lines["Animals counted"].now == 6
    assert [value for value, _ in lines["Animals counted"].cells] == [7, 6]
    diversity = lines["Gene diversity"]
    for value, changed in diversity.cells:
        assert value - diversity.now == pytest.approx(changed)
    females = next(each for each in found.best if each.title == "Females")
    assert [move.label if move else None for move in females.rows[0][1]][2] == "I1"
    assert "NaN" not in page.text
    assert "None" not in page.text


def test_beside__without_a_choice_offers_those_in_use(two: list[Basket], olga: Any, signed_in: Any) -> None:
    archive(two[1], by=None, reason="Tried.", opened_version=1)
    page = signed_in(olga).get(BESIDE)
    assert "Cubs" in page.text
    assert "=Wild" not in page.text
    assert signed_in(olga).get(BESIDE + query(two)).status_code == 404


def test_beside__exports_the_same(two: list[Basket], olga: Any, signed_in: Any) -> None:
    answer = signed_in(olga).get(f"{BESIDE}export.csv{query(two)}")
    rows = list(csv.reader(StringIO(answer.getvalue().decode())))
    assert rows[0] == ["what", "Now", "Cubs", "'=Wild"]
    assert rows[5] == ["Animals counted", "6", "7", "6"]
    assert signed_in(olga).get(f"{BESIDE}export.xlsx{query(two)}").status_code == 200


def test_beside__refuses_nonsense(family: Family, olga: Any, signed_in: Any) -> None:
    made = [BasketFactory(programme=family.programme) for _ in range(5)]
    assert signed_in(olga).get(BESIDE + query(made[:4])).status_code == 200
    for asked in (
        query(made),
        "?beside=x",
        "?beside=٣",
        "?beside=",
        f"?beside={'9' * 30}",
        query([BasketFactory()]),
    ):
        assert signed_in(olga).get(BESIDE + asked).status_code == 404
