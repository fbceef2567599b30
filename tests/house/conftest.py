"""One world for all tests of a module; what a test writes in it is taken back."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.house.cases import add_cases
from tests.house.world import World, new_world


@pytest.fixture(scope="module")
def standing_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        world = new_world()
        add_cases(world)
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(standing_world: World, db: None) -> Iterator[World]:
    """Return the world as it was made; that thousands of calls are refused is not worth a line each."""
    logging.disable(logging.WARNING)
    yield standing_world
    logging.disable(logging.NOTSET)
