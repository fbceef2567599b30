"""Weights far from what is known of an animal, or above every adult of the book, are asked about before they are written."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.entry.observation_values import weight_from
from studbook.animals.entry.observations import log_weight
from studbook.animals.models import Animal, Observation
from studbook.core.dates import DateInterval
from studbook.core.findings import UnacknowledgedError
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests import factories

pytestmark = pytest.mark.django_db
DAY, BORN = "2025-05-03", DateInterval.parse("2018-05-03")
AGAIN = {"acknowledged": "C18", "reason": "Read twice on the scale."}


@pytest.fixture
def cat(programme: Programme, zoo: Institution) -> Animal:
    return factories.animal_at(zoo, programme=programme, studbook_number="1", sex="F", birth=BORN)


def weigh(cat: Animal, weight: str, on: str, by: User) -> Observation:
    return log_weight(cat, weight=weight_from(weight), on=DateInterval.parse(on), by=by)


@pytest.mark.rule("C18", door="form", case="inside outside")
@pytest.mark.parametrize(
    ("weight", "asked"), [("95", False), ("95.1", True), ("23.75", False), ("23.7 kg", True)]
)
@pytest.mark.parametrize("route", ["log_event", "procedure_new"])
def test_page__asks_about_a_weight_over_twice_or_under_half_the_last(
    route: str, weight: str, asked: bool, cat: Animal, rita: User, signed_in: Any
) -> None:
    weigh(cat, "47.5", "2024-05-03", rita)
    url = reverse(route, args=["leopards", "1", "weight" if route == "log_event" else "weighing"])
    browser, sent = signed_in(rita), {"weight": weight, "on": DAY}
    answer = browser.post(url, sent)
    assert (answer.status_code == 302) is not asked
    assert ("the last weight of 1, 47.5 kg on 2024-05-03" in answer.text) is asked
    if asked:
        assert "Read this first" in answer.text
        assert browser.post(url, sent | AGAIN).status_code == 302
    assert Observation.objects.count() == 2


@pytest.mark.rule("C18", door="api", case="inside outside")
def test_api__asks_about_it_too(cat: Animal, rita: User, client: Client) -> None:
    weigh(cat, "47.5", "2024-05-03", rita)
    client.force_login(rita)
    url = reverse("api_log_event", args=["leopards", "1", "weight"])

    def send(**told: str) -> Any:
        return client.post(url, {"on": DAY, **told}, content_type="application/json")

    refused = send(weight="475")
    assert (refused.status_code, "C18" in refused.text) == (400, True)
    assert send(weight="475", **AGAIN).status_code == 201
    assert send(weight="48", **AGAIN).status_code == 201


def test_weight__of_long_ago_is_compared_with_the_heaviest_adult(
    cat: Animal, zoo: Institution, ada: User
) -> None:
    other = factories.animal_at(zoo, programme=cat.programme, studbook_number="2", sex="M", birth=BORN)
    assert weigh(cat, "20", "2021-05-03", ada).pk
    assert weigh(cat, "40", "2024-05-03", ada).pk
    for animal in (other, cat):
        with pytest.raises(UnacknowledgedError, match=r"more than twice .* 40 kg"):
            weigh(animal, "99999", DAY, ada)


def test_weight__of_young_grows_unasked_up_to_twice_the_heaviest_adult(
    cat: Animal, zoo: Institution, ada: User
) -> None:
    assert weigh(cat, "40", "2024-05-03", ada).pk
    young = factories.animal_at(
        zoo, programme=cat.programme, studbook_number="3", sex="M", birth=DateInterval.parse("2025-01-03")
    )
    for weight, on in (("600 g", "2025-01-04"), ("4.2", "2025-03-04"), ("15", DAY)):
        assert weigh(young, weight, on, ada).pk
    with pytest.raises(UnacknowledgedError, match="more than twice the heaviest adult in the book, 40 kg"):
        weigh(young, "81", DAY, ada)


def test_weight__first_of_adults_is_not_held_against_the_young(
    cat: Animal, zoo: Institution, ada: User
) -> None:
    young = factories.animal_at(
        zoo, programme=cat.programme, studbook_number="3", sex="M", birth=DateInterval.parse("2025-01-03")
    )
    assert weigh(young, "600 g", "2025-01-04", ada).pk
    assert weigh(cat, "40", DAY, ada).pk
