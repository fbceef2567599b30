"""The pages of the chance of young, their files, and the panel on a pair's page."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from studbook.accounts.models import User
from tests.planning.chances.conftest import ClosedPlan
from tests.planning.conftest import SmallBook

pytestmark = pytest.mark.django_db
RECOMMEND = "Recommend this pair"


def get(client: Any, name: str, *args: str, **query: str) -> Any:
    return client.get(reverse(name, args=["leopards", *args]), query)


def rows_of(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))


def test_model_page__says_that_without_a_closed_plan_all_is_the_prior(
    book: SmallBook, olga: User, signed_in: Any
) -> None:
    page = get(signed_in(olga), "chances").text
    assert "No plan of this programme is closed yet." in page
    assert "based mostly on the prior" in page
    assert "There is no closed plan to hold the chances against." in page


def test_model_page__shows_data_terms_prior_and_calibration(
    closed: ClosedPlan, olga: User, signed_in: Any
) -> None:
    answer = get(signed_in(olga), "chances")
    page = answer.text
    assert "Plan of 2020" in page
    assert "Sire outside his prime" in page
    assert "Brier score" in page
    told = answer.context["told"]
    assert [(each.pairs, each.fulfilled) for each in told.plans] == [(2, 1)]
    assert told.figure is not None
    assert all(told.figure.left <= dot.x <= told.figure.right for dot in told.figure.dots)


def test_model_files__hold_every_case_and_every_term(closed: ClosedPlan, olga: User, signed_in: Any) -> None:
    client = signed_in(olga)
    cases = rows_of(get(client, "chances_csv", "cases"))
    assert [(each["sire"], each["dam"], each["had_young"]) for each in cases] == [
        ("21", "31", "yes"),
        ("21", "22", "no"),
    ]
    terms = rows_of(get(client, "chances_csv", "terms"))
    assert [each["term"] for each in terms][:2] == ["average case", "Sire outside his prime"]
    assert len(terms) == 8
    book = load_workbook(BytesIO(get(client, "chances_xlsx", "terms").content))
    assert book.active.max_row == 9
    assert get(client, "chances_csv", "nothing").status_code == 404


def test_pairs_page__is_in_order_of_expected_gain_those_over_the_limit_last(
    closed: ClosedPlan, book: SmallBook, olga: User, signed_in: Any
) -> None:
    client = signed_in(olga)
    answer = get(client, "chance_pairs")
    rows = answer.context["rows"]
    below = [row for row in rows if not row.pair.above_limit]
    assert [row.gain for row in below] == sorted((row.gain for row in below), reverse=True)
    assert [row.pair.above_limit for row in rows] == sorted(row.pair.above_limit for row in rows)
    for row in rows:
        assert row.gain == pytest.approx(row.chance * row.pair.numbers.delta_gd)
    lines = rows_of(get(client, "chance_pairs_csv"))
    assert [each["sire"] + each["dam"] for each in lines] == [
        row.pair.sire.number + row.pair.dam.number for row in rows
    ]
    assert get(client, "chance_pairs_xlsx").status_code == 200


def test_pairs_page__keeps_those_at_one_place(
    closed: ClosedPlan, book: SmallBook, olga: User, signed_in: Any
) -> None:
    client = signed_in(olga)
    rows = get(client, "chance_pairs", together="on").context["rows"]
    assert rows
    assert all(row.pair.same_place for row in rows)
    assert len(rows) < get(client, "chance_pairs").context["total"]


def test_pairs_page__says_what_is_wrong_with_a_filter(book: SmallBook, olga: User, signed_in: Any) -> None:
    client = signed_in(olga)
    answer = get(client, "chance_pairs", animal="nobody")
    assert answer.status_code == 200
    assert "so no pair is shown" in answer.text
    assert get(client, "chance_pairs_csv", animal="nobody").status_code == 400


def test_pair_page__tells_chance_gain_and_what_would_change_it(
    closed: ClosedPlan, olga: User, signed_in: Any
) -> None:
    page = get(signed_in(olga), "pair", "21", "22").text
    assert "Chance of young" in page
    assert "Natural mating, one moves" in page
    assert "Insemination, a banked sample" in page
    assert "Dam had young before" in page
    assert "No case is like this one" in page


def test_pair_page__reads_the_history_and_the_open_plan_once(
    closed: ClosedPlan, ada: User, signed_in: Any, django_assert_num_queries: Any
) -> None:
    client = signed_in(ada)
    get(client, "pair", "21", "31")
    with django_assert_num_queries(43) as asked:
        assert RECOMMEND in get(client, "pair", "21", "31").text
    statements = [each["sql"] for each in asked.captured_queries]
    assert len(statements) == len(set(statements))


def test_pair_page__of_a_pair_that_cannot_breed_tells_no_chance(
    book: SmallBook, olga: User, signed_in: Any
) -> None:
    assert "Chance of young" not in get(signed_in(olga), "pair", "22", "21").text


def test_reason__tells_the_chance_and_that_it_is_the_published_one(
    book: SmallBook, ada: User, signed_in: Any
) -> None:
    written = get(signed_in(ada), "pair", "21", "22").text.split("<textarea")[1].split("</textarea>")[0]
    assert "The chance of young within a plan is 20 %" in written
    assert "mostly the published rate of all programmes" in written
