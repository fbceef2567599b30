"""What the plan puts onto the pages of a pair, an animal and the programme."""

from typing import Any

import pytest
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.planning.actions import recommend_pair
from studbook.planning.panels import _said
from tests.factories import PlanFactory
from tests.planning.conftest import SmallBook

pytestmark = pytest.mark.django_db
RECOMMEND = "Recommend this pair"


def page_of(client: Any, name: str, *args: str) -> str:
    return str(client.get(reverse(name, args=["leopards", *args])).text)


def recommend(book: SmallBook, ada: User) -> None:
    recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason="Rare lines, both.", by=ada)


def test_pair_panel__offers_the_form_with_a_reason_from_the_numbers(
    book: SmallBook, ada: User, signed_in: Any
) -> None:
    page = page_of(signed_in(ada), "pair", "21", "22")
    assert RECOMMEND in page
    written = page.split("<textarea")[1].split("</textarea>")[0]
    assert "gene diversity by" in written
    assert "inbreeding 0.0625" in written


def test_pair_panel__asks_for_own_words_above_the_limit(book: SmallBook, ada: User, signed_in: Any) -> None:
    page = page_of(signed_in(ada), "pair", "11", "12")
    assert "inbred beyond the programme&#x27;s limit" in page or "inbred beyond the programme's limit" in page
    assert page.split("<textarea")[1].split(">")[1].split("<")[0].strip() == ""


def test_pair_panel__shows_observers_the_state_only(
    book: SmallBook, ada: User, olga: User, signed_in: Any
) -> None:
    page = page_of(signed_in(olga), "pair", "21", "22")
    assert "This pair is not recommended." in page
    recommend(book, ada)
    page = page_of(signed_in(olga), "pair", "21", "22")
    assert "Rare lines, both." in page
    assert "<textarea" not in page


def test_pair_panel__offers_to_withdraw_what_is_recommended(
    book: SmallBook, ada: User, signed_in: Any
) -> None:
    recommend(book, ada)
    page = page_of(signed_in(ada), "pair", "21", "22")
    assert "✓ recommended" in page
    assert "Withdraw the recommendation" in page
    assert RECOMMEND not in page


def test_pair_panel__offers_nothing_for_a_pair_that_cannot_breed(
    book: SmallBook, ada: User, signed_in: Any
) -> None:
    Animal.objects.filter(pk=book.dam.pk).update(status="lost")
    assert RECOMMEND not in page_of(signed_in(ada), "pair", "21", "22")


def test_pair_panel__fills_no_form_for_a_reader(
    book: SmallBook, olga: User, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("studbook.planning.panels.suggested_reason")
    assert "This pair is not recommended." in page_of(signed_in(olga), "pair", "21", "22")


def test_animal_panel__passes_over_a_plan_whose_row_was_just_taken_out(book: SmallBook) -> None:
    assert _said(PlanFactory(programme=book.programme), book.dam) is None


def test_animal_panel__names_the_mates(book: SmallBook, ada: User, olga: User, signed_in: Any) -> None:
    client = signed_in(olga)
    assert "Recommended to breed" not in page_of(client, "animal", "22")
    recommend(book, ada)
    page = page_of(client, "animal", "22")
    assert "Recommended to breed" in page
    assert reverse("pair", args=["leopards", "21", "22"]) in page


def test_dashboard_panel__counts_the_plan(book: SmallBook, ada: User, olga: User, signed_in: Any) -> None:
    client = signed_in(olga)
    assert "No pair is recommended yet." in page_of(client, "dashboard")
    recommend(book, ada)
    assert "1 pair recommended" in page_of(client, "dashboard")
    Animal.objects.filter(pk=book.dam.pk).update(status="lost")
    assert "1 cannot be carried out any longer" in page_of(client, "dashboard")
