"""The family of six, and a basket to try things in."""

import pytest

from studbook.population.basis import Basis
from studbook.population.baskets.reckoning import Reckoning, reckoned
from studbook.population.models import Basket
from tests.factories import BasketFactory
from tests.population.conftest import Family


@pytest.fixture
def basket(family: Family) -> Basket:
    """Return an empty basket."""
    made: Basket = BasketFactory(programme=family.programme, name="Cubs")
    return made


def reckon(basket: Basket) -> Reckoning:
    """Return a basket on the book as recorded now."""
    basket = Basket.objects.whole().get(pk=basket.pk)
    return reckoned(Basis(basket.programme), list(basket.steps.all()))
