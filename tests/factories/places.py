"""Programmes and institutions."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from studbook.institutions.models import Institution, Participation
from studbook.programmes.models import Programme


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    code = factory.Sequence(lambda n: f"programme-{n}")
    name = factory.Sequence(lambda n: f"Programme {n}")
    taxon = "Panthera pardus orientalis"
    common_name = "Amur leopard"
    synthetic = True
    current_to = date(2025, 10, 31)
    gestation_days_min = 90
    gestation_days_mean = 96
    gestation_days_max = 105
    female_first_breeding_days = 937
    male_first_breeding_days = 771


class InstitutionFactory(DjangoModelFactory):
    class Meta:
        model = Institution

    mnemonic = factory.Sequence(lambda n: f"ZOO{n}")
    name = factory.Sequence(lambda n: f"Zoo {n}")
    city = "Mulhouse"
    country = "FR"
    region = Institution.Region.EAZA
    kind = Institution.Kind.ZOO
    latitude = 47.733
    longitude = 7.35


class ParticipationFactory(DjangoModelFactory):
    class Meta:
        model = Participation

    programme = factory.SubFactory(ProgrammeFactory)
    institution = factory.SubFactory(InstitutionFactory)
