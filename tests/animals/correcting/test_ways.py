"""The ways from an animal's page to its corrections: for those who may, to everything that can be corrected."""

from typing import Any

import pytest
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.correcting.panels import MOST_OBSERVATIONS
from studbook.animals.models import Animal
from tests import factories


def ways(client: Any, animal: Animal, person: User) -> list[bool]:
    """Tell whether the page leads to the correction of the animal, of its birth, of its last observation."""
    client.force_login(person)
    page = client.get(reverse("animal", args=["leopards", animal.studbook_number])).content.decode()
    event, seen = animal.events.get().pk, animal.observations.last().pk
    names = {"correct_animal": [], "correct_event": [event], "correct_observation": [seen]}
    return [
        f'href="{reverse(name, args=["leopards", animal.studbook_number, *keys])}"' in page
        for name, keys in names.items()
    ]


@pytest.fixture
def weighed(cub: Animal) -> Animal:
    factories.ObservationFactory(animal=cub)
    return cub


def test_ways__are_for_those_who_may_correct_this_animal(
    weighed: Animal, foreign: Animal, ada: User, rita: User, olga: User, client: Any
) -> None:
    factories.ObservationFactory(animal=foreign)
    assert ways(client, weighed, ada) == ways(client, weighed, rita) == [True, True, True]
    assert ways(client, weighed, olga) == ways(client, foreign, rita) == [False, False, False]
    assert ways(client, foreign, ada) == [True, True, True]


def test_ways__lead_to_the_newest_of_many_observations(weighed: Animal, ada: User, client: Any) -> None:
    factories.ObservationFactory.create_batch(MOST_OBSERVATIONS, animal=weighed)
    client.force_login(ada)
    page = client.get(reverse("animal", args=["leopards", "12"])).content.decode()
    assert page.count("/observations/") == MOST_OBSERVATIONS
    assert "The newest 40 are listed." in page
