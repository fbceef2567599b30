"""What is tried in baskets."""

import factory
from factory.django import DjangoModelFactory

from studbook.animals.models import Animal
from studbook.population.models import Basket, BasketKinship, BasketNewcomer, BasketStep
from tests.factories.animals import AnimalFactory, FounderFactory
from tests.factories.places import ProgrammeFactory


class BasketFactory(DjangoModelFactory):
    """A basket without a step yet."""

    class Meta:
        model = Basket

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Basket {n}")


class BasketStepFactory(DjangoModelFactory):
    """The death of an animal; other kinds are given their columns."""

    class Meta:
        model = BasketStep

    basket = factory.SubFactory(BasketFactory)
    place = factory.Sequence(lambda n: n + 1)
    kind = BasketStep.Kind.DEATH
    animal = factory.SubFactory(AnimalFactory, programme=factory.SelfAttribute("..basket.programme"))


class BasketNewcomerFactory(DjangoModelFactory):
    """A female from outside."""

    class Meta:
        model = BasketNewcomer

    step = factory.SubFactory(BasketStepFactory, kind=BasketStep.Kind.IMPORT, animal=None)
    label = factory.Sequence(lambda n: f"I{n}")
    sex = Animal.Sex.FEMALE


class BasketKinshipFactory(DjangoModelFactory):
    class Meta:
        model = BasketKinship

    step = factory.SubFactory(BasketStepFactory, kind=BasketStep.Kind.IMPORT, animal=None)
    animal = factory.SubFactory(FounderFactory, programme=factory.SelfAttribute("..step.basket.programme"))
    kinship = 0.125
