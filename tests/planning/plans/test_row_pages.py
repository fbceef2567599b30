"""The pages of a plan's rows and pairs, and the form that recommends a pair."""

import pytest
from django.test import Client

from studbook.planning.models import Plan, Recommendation
from studbook.planning.plans.saying import say_of_animal
from tests.planning.conftest import SmallBook
from tests.planning.plans.conftest import REASON, row, text, url

pytestmark = pytest.mark.django_db


def test_row__is_changed_on_its_page(
    window: Client, draft: Plan, khala_baruto: Recommendation, book: SmallBook
) -> None:
    made = row(draft, book.dam)
    page = url("plan_row", draft.pk, made.pk)
    assert "BREED WITH" in text(window.get(page))
    said = {
        "opened_version": 1,
        "disposition": "send",
        "destination": book.zoo.pk,
        "priority": 1,
        "notes": "In May",
    }
    assert window.post(page, said).status_code == 302
    made.refresh_from_db()
    assert (made.destination, made.priority, made.notes) == (book.zoo, 1, "In May")
    stale = window.post(page, said)
    assert stale.status_code == 409
    assert "since you opened it" in text(stale)


def test_row__is_added_by_a_number(window: Client, draft: Plan, book: SmallBook) -> None:
    page = url("plan_row_new", draft.pk)
    said = {"number": "31", "disposition": "hold", "priority": 2}
    assert window.post(page, {**said, "number": "99"}).status_code == 400
    assert "No animal 99 is in the book" in text(window.post(page, {**said, "number": "99"}))
    assert window.post(page, said).status_code == 302
    assert window.post(page, said).status_code == 409


def test_row__is_taken_out(
    window: Client, draft: Plan, khala_baruto: Recommendation, book: SmallBook
) -> None:
    paired = window.post(url("plan_row_remove", draft.pk, row(draft, book.dam).pk), {"opened_version": 1})
    assert paired.status_code == 400
    assert "Withdraw its pairs first" in text(paired)
    made = say_of_animal(draft, book.stranger, by=None)
    assert window.post(url("plan_row_remove", draft.pk, made.pk), {"opened_version": 1}).status_code == 302
    assert "taken out" in text(window.get(url("plan_row", draft.pk, made.pk)))


def test_fill_in__names_everybody(window: Client, draft: Plan, book: SmallBook) -> None:
    shown = text(window.post(url("plan_fill_in", draft.pk), {"opened_version": 1}, follow=True))
    assert "5 animals more named in the plan." in shown
    assert "The plan names every living animal already." in text(
        window.post(url("plan_fill_in", draft.pk), {"opened_version": 1}, follow=True)
    )


def test_pair__is_changed_on_its_page(window: Client, draft: Plan, khala_baruto: Recommendation) -> None:
    page = url("plan_pair", draft.pk, khala_baruto.pk)
    assert "Insemination of 22 Khala with semen of 21 Baruto" in text(window.get(page))
    said = {
        "opened_version": 1,
        "method": "banked",
        "priority": 1,
        "litters": 2,
        "reason": "Rare.",
        "if_possible": "on",
    }
    assert window.post(page, said).status_code == 302
    khala_baruto.refresh_from_db()
    assert (khala_baruto.method, khala_baruto.litters, khala_baruto.if_possible) == ("banked", 2, True)
    assert window.post(page, {**said, "litters": "99"}).status_code == 400


def test_pair_panel__asks_how_and_who_moves(window: Client, draft: Plan, book: SmallBook) -> None:
    shown = text(window.get(url("pair", "21", "22")))
    assert "22 Khala to Zoo A" in shown
    answer = window.post(
        url("recommend", "21", "22"), {"reason": REASON, "method": "natural", "moves": "dam", "litters": 2}
    )
    assert answer.status_code == 302
    assert (row(draft, book.dam).destination, Recommendation.objects.get().litters) == (book.zoo, 2)
    assert "Natural mating, 2 litters, priority 2." in text(window.get(url("pair", "21", "22")))


@pytest.mark.parametrize("sent", [{"method": "x"}, {"litters": "0"}, {"priority": "9"}, {"moves": "both"}])
def test_recommend__refuses_nonsense(
    window: Client, draft: Plan, book: SmallBook, sent: dict[str, str]
) -> None:
    assert window.post(url("recommend", "21", "22"), {"reason": REASON, **sent}).status_code == 400
    assert not Recommendation.objects.exists()
