"""Samples of the genome bank and the lines of their ledgers."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.reproduction.models import Sample, SampleStep
from tests.factories.animals import AnimalFactory
from tests.factories.dated import DatedFactory
from tests.factories.places import InstitutionFactory, ProgrammeFactory


class SampleFactory(DatedFactory):
    """Six straws of semen of a male, stored where they are owned, with the ledger line that says so."""

    class Meta:
        model = Sample
        skip_postgeneration_save = True

    programme = factory.SubFactory(ProgrammeFactory)
    label = factory.Sequence(lambda n: f"S-{n + 1}")
    donor = factory.SubFactory(
        AnimalFactory, programme=factory.SelfAttribute("..programme"), sex=Animal.Sex.MALE
    )
    collected = DateInterval.parse("2025-06-01")
    units_stored = 6
    units = factory.SelfAttribute("units_stored")
    institution = factory.SubFactory(InstitutionFactory)
    owner = factory.SelfAttribute("institution")

    @factory.post_generation
    def steps(self, create: bool, extracted: object, **columns: object) -> None:
        """Write the first line, and one for what is left no more, so that the sum of the lines is what is left."""
        if not create:
            return
        SampleStepFactory(sample=self, change=self.units_stored)
        gone = self.units - self.units_stored
        if gone:
            SampleStepFactory(sample=self, kind=SampleStep.Kind.COUNTED, change=gone)


class SampleStepFactory(DjangoModelFactory):
    """The first line of a ledger."""

    class Meta:
        model = SampleStep

    sample = factory.SubFactory(SampleFactory)
    kind = SampleStep.Kind.STORED
    on = date(2025, 6, 1)
    change = 6
