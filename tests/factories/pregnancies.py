"""Pregnancies for tests."""

import factory
from factory.django import DjangoModelFactory

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.reproduction.models import Pregnancy, PregnancyYoung
from tests.factories.animals import AnimalFactory
from tests.factories.dated import DatedFactory
from tests.factories.places import InstitutionFactory, ProgrammeFactory


class PregnancyFactory(DatedFactory):
    """A pregnancy of a natural mating on a day, whose outcome is not known yet."""

    class Meta:
        model = Pregnancy

    programme = factory.SubFactory(ProgrammeFactory)
    dam = factory.SubFactory(AnimalFactory, programme=factory.SelfAttribute("..programme"))
    sire = factory.SubFactory(
        AnimalFactory, programme=factory.SelfAttribute("..programme"), sex=Animal.Sex.MALE
    )
    institution = factory.SubFactory(InstitutionFactory)
    conceived = DateInterval.parse("2025-01-10")


class PregnancyYoungFactory(DjangoModelFactory):
    """A young of a pregnancy that ended with it."""

    class Meta:
        model = PregnancyYoung

    pregnancy = factory.SubFactory(
        PregnancyFactory,
        outcome=Pregnancy.Outcome.LITTER,
        ended=DateInterval.parse("2025-04-16"),
        litter_size=1,
    )
    animal = factory.SubFactory(
        AnimalFactory,
        programme=factory.SelfAttribute("..pregnancy.programme"),
        dam=factory.SelfAttribute("..pregnancy.dam"),
        sire=factory.SelfAttribute("..pregnancy.sire"),
        birth=DateInterval.parse("2025-04-16"),
    )
