"""Sending a form when signed out, from a page left open, or opening the address of a form."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from studbook.accounts.rights import routes
from studbook.programmes.detours import NOT_SAVED, is_page, page_above
from studbook.programmes.models import Programme, SavedView
from tests.hostile.names import NAMES
from tests.house.routes import all_routes

SAVE = {"page": "animals", "name": "Mine"}


def test_form_sent_when_signed_out__leads_back_to_its_page_and_says_that_nothing_was_saved(
    programme: Programme, client: Client
) -> None:
    sent = client.post(reverse("saved_view_save", args=["leopards"]), SAVE, follow=True)
    assert sent.redirect_chain == [("/accounts/login/?next=/programmes/leopards/", 302)]
    assert NOT_SAVED in sent.content.decode()
    assert not SavedView.objects.exists()


def test_form_sent_when_signed_out__to_a_page_leads_to_that_page(client: Client) -> None:
    page = "/programmes/leopards/reproduction/pairs/new/"
    assert client.post(page, {}).headers["Location"] == f"/accounts/login/?next={page}"


def test_page_asked_for_when_signed_out__is_opened_after_with_its_filters(client: Client) -> None:
    asked = client.get("/programmes/leopards/animals/?sex=M", follow=True)
    assert asked.redirect_chain == [("/accounts/login/?next=/programmes/leopards/animals/%3Fsex%3DM", 302)]
    assert NOT_SAVED not in asked.content.decode()


def test_address_of_a_form__is_answered_with_the_way_to_its_page(
    programme: Programme, ada: Any, signed_in: Any
) -> None:
    answer = signed_in(ada).get("/programmes/leopards/wild/counts/21/strike/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert 'href="/programmes/leopards/wild/counts/21/"' in answer.content.decode()


def test_form_of_a_page_left_open__is_refused_in_words(programme: Programme, ada: Any) -> None:
    window = Client(enforce_csrf_checks=True)
    window.force_login(ada)
    answer = window.post(reverse("saved_view_save", args=["leopards"]), SAVE)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Nothing was changed." in page
    assert 'href="/programmes/leopards/"' in page
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("/programmes/leopards/reproduction/pairs/3/matings/", "/programmes/leopards/reproduction/pairs/3/"),
        ("/programmes/leopards/genetics/baskets/1/add/7/", "/programmes/leopards/genetics/baskets/1/"),
        ("/no/such/place/", "/"),
        ("/", "/"),
    ],
)
def test_page_above__is_the_nearest_that_can_be_read(path: str, above: str) -> None:
    assert page_above(path) == above


def test_every_form_of_a_programme__has_a_page_above(programme: Programme) -> None:
    for route in all_routes():
        if route.path.startswith("programmes/<") and "GET" not in routes()[route.name].rules:
            path = route.filled(NAMES)
            assert is_page(page_above(path)), path
