"""Records of the wild."""

import factory
from factory.django import DjangoModelFactory

from studbook.core.dates import DateInterval
from studbook.wild.models import CameraRecord, Release, ReleaseAnimal, ReleaseSite, SurveyCount
from tests.factories.animals import AnimalFactory
from tests.factories.dated import DatedFactory
from tests.factories.places import ProgrammeFactory


class SurveyCountFactory(DjangoModelFactory):
    class Meta:
        model = SurveyCount

    programme = factory.SubFactory(ProgrammeFactory)
    first_year = 2015
    last_year = factory.SelfAttribute("first_year")
    area = "Land of the Leopard"
    country = "Russia"
    method = "cameras"
    best = 57
    source = "A report, https://example.org/report"


class CameraRecordFactory(DatedFactory):
    class Meta:
        model = CameraRecord

    programme = factory.SubFactory(ProgrammeFactory)
    seen = DateInterval.parse("October 2013")
    area = "Wangqing"
    country = "China"
    individuals = "a female with two cubs"
    adults = 1
    young = 2
    source = "A report"


class ReleaseSiteFactory(DjangoModelFactory):
    class Meta:
        model = ReleaseSite

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda number: f"Site {number}")
    country = "Russia"
    state = "active"


class ReleaseFactory(DatedFactory):
    class Meta:
        model = Release

    site = factory.SubFactory(ReleaseSiteFactory)
    date = DateInterval.parse("2024-05-03")


class ReleaseAnimalFactory(DjangoModelFactory):
    class Meta:
        model = ReleaseAnimal

    release = factory.SubFactory(ReleaseFactory)
    animal = factory.SubFactory(AnimalFactory, programme=factory.SelfAttribute("..release.site.programme"))
