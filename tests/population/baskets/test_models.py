"""What the database itself refuses of a basket, whatever the way in."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from studbook.population.models import BasketNewcomer
from tests.factories import (
    AnimalFactory,
    BasketFactory,
    BasketKinshipFactory,
    BasketNewcomerFactory,
    BasketStepFactory,
)

pytestmark = pytest.mark.django_db


def refused(constraint: str, make: Any, **columns: Any) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(**columns)


def test_basket__has_a_name() -> None:
    refused("basket_has_name", BasketFactory, name="")


def test_basket__bears_a_name_once_among_those_in_use() -> None:
    basket = BasketFactory(name="Cubs")
    BasketFactory(name="Cubs")
    BasketFactory(name="Cubs", programme=basket.programme, archived_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        BasketFactory(name="Cubs", programme=basket.programme)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"animal": None}, "basket_step_about_one"),
        ({"kind": "import"}, "basket_step_about_one"),
        ({"kind": "litter", "animal": None}, "basket_step_"),
        ({"kind": "guess"}, "basket_step_"),
    ],
)
def test_step__names_whom_its_kind_is_about(columns: dict[str, Any], constraint: str) -> None:
    refused(constraint, BasketStepFactory, **columns)


def test_step__names_an_animal_or_a_newcomer() -> None:
    newcomer = BasketNewcomerFactory()
    refused("basket_step_about_one", BasketStepFactory, animal_newcomer=newcomer)
    assert BasketStepFactory(animal=None, animal_newcomer=newcomer).party("animal") == newcomer


@pytest.mark.parametrize("role", ["sire", "dam"])
def test_litter__has_two_parents_and_no_other_kind_has_one(role: str) -> None:
    sire, dam = AnimalFactory(sex="M"), AnimalFactory()
    parents = {"sire": sire, "dam": dam}
    step = BasketStepFactory(kind="litter", animal=None, **parents)
    assert str(step) == f"litter of {sire} × {dam}"
    refused(f"basket_step_{role}_of_litter", BasketStepFactory, **{role: parents[role]})
    refused(
        f"basket_step_{role}_of_litter",
        BasketStepFactory,
        kind="litter",
        animal=None,
        **parents | {role: None},
    )
    both = parents | {f"{role}_newcomer": BasketNewcomerFactory()}
    refused(f"basket_step_{role}_of_litter", BasketStepFactory, kind="litter", animal=None, **both)


def test_litter__is_of_two_animals() -> None:
    one = AnimalFactory()
    refused("basket_step_parents_are_two", BasketStepFactory, kind="litter", animal=None, sire=one, dam=one)


def test_step__has_a_place_of_its_own() -> None:
    step = BasketStepFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        BasketStepFactory(basket=step.basket, place=step.place)


def test_newcomer__has_a_label_and_a_sex() -> None:
    newcomer = BasketNewcomerFactory()
    refused("basket_newcomer_has_label", BasketNewcomerFactory, label="")
    refused("basket_newcomer_sex_known", BasketNewcomerFactory, sex="X")
    with pytest.raises(IntegrityError), transaction.atomic():
        BasketNewcomerFactory(step=newcomer.step, label=newcomer.label)


def test_newcomer__cannot_go_from_under_a_later_step() -> None:
    newcomer = BasketNewcomerFactory()
    later = BasketStepFactory(basket=newcomer.step.basket, animal=None, animal_newcomer=newcomer)
    with pytest.raises(ProtectedError):
        newcomer.step.delete()
    later.delete()
    newcomer.step.delete()
    assert not BasketNewcomer.objects.exists()


@pytest.mark.parametrize("kinship", [-0.1, 1.1])
def test_kinship__is_a_share(kinship: float) -> None:
    refused("basket_kinship_is_a_share", BasketKinshipFactory, kinship=kinship)


def test_kinship__is_to_one_and_once() -> None:
    kin = BasketKinshipFactory()
    assert str(kin) == f"0.125 with {kin.animal}"
    refused("basket_kinship_to_one", BasketKinshipFactory, animal=None)
    refused("basket_kinship_to_one", BasketKinshipFactory, newcomer=BasketNewcomerFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        BasketKinshipFactory(step=kin.step, animal=kin.animal)
