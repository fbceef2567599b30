"""Two people at one basket at the same moment: who opened it first wins, and what is only added is all kept."""

import pytest

from studbook.animals.models import Animal
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.population.baskets.actions import make_basket
from studbook.population.baskets.drafts import StepDraft
from studbook.population.baskets.stepping import add_steps, undo_last
from studbook.population.models import Basket, BasketStep
from studbook.programmes.models import Programme
from tests.factories import BasketFactory, BasketStepFactory
from tests.races.threads import at_once, errors_in

pytestmark = pytest.mark.django_db(transaction=True)
IMPORT = StepDraft("import", sex="F")


def opened(basket: Basket) -> Basket:
    return Basket.objects.select_related("programme").get(pk=basket.pk)


def test_undo_last__of_two_at_the_same_moment_takes_one_step_out(programme: Programme, cub: Animal) -> None:
    basket = BasketFactory(programme=programme)
    for _ in range(2):
        BasketStepFactory(basket=basket, animal=cub)

    def undo() -> str:
        return str(undo_last(opened(basket), by=None, opened_version=1))

    assert [type(error) for error in errors_in(at_once(undo, undo))] == [StaleRecordError]
    assert BasketStep.objects.count() == 1


def test_add_steps__without_a_version_keeps_all(programme: Programme, cub: Animal) -> None:
    basket = BasketFactory(programme=programme)

    def add() -> int:
        return len(add_steps(opened(basket), [IMPORT], by=None))

    assert errors_in(at_once(add, add, add)) == []
    steps = BasketStep.objects.filter(basket=basket)
    assert [step.place for step in steps] == [1, 2, 3]
    assert {each.label for step in steps for each in step.newcomers.all()} == {"I1", "I2", "I3"}


def test_make_basket__gives_a_name_once_at_the_same_moment(programme: Programme) -> None:
    def make() -> Basket:
        return make_basket(Programme.objects.get(pk=programme.pk), name="Cubs", by=None, drafts=[IMPORT])

    told = errors_in(at_once(make, make, make))
    assert [type(error) for error in told] == [StudbookError] * 2
    assert Basket.objects.count() == 1
