"""Animals and what belongs to them."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import uuid4

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory
from PIL import Image

from studbook.animals.adding import number_order
from studbook.animals.entry.photo import keep_photo
from studbook.animals.models import (
    Animal,
    Event,
    Holding,
    Identifier,
    NotSame,
    Observation,
    Ownership,
    ParentCandidate,
    ParentKind,
)
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from tests.factories.dated import DatedFactory
from tests.factories.places import InstitutionFactory, ProgrammeFactory


class AnimalFactory(DatedFactory):
    """A living captive-born animal of unknown parents; give `sire=` or `dam=` and the kind follows."""

    class Meta:
        model = Animal

    programme = factory.SubFactory(ProgrammeFactory)
    studbook_number = factory.Sequence(lambda n: str(n + 1))
    number_order = factory.LazyAttribute(lambda animal: number_order(animal.studbook_number))
    sex = Animal.Sex.FEMALE
    birth = DateInterval.parse("2018-05-03")
    birth_type = Animal.BirthType.CAPTIVE
    sire_kind = factory.LazyAttribute(lambda animal: _kind_of(animal.sire))
    dam_kind = factory.LazyAttribute(lambda animal: _kind_of(animal.dam))
    sire = None
    dam = None


class FounderFactory(AnimalFactory):
    """A wild-born animal, both of whose parents are wild."""

    birth = DateInterval.parse("1961")
    birth_type = Animal.BirthType.WILD
    sire_kind = ParentKind.WILD
    dam_kind = ParentKind.WILD


class ParentCandidateFactory(DjangoModelFactory):
    class Meta:
        model = ParentCandidate

    animal = factory.SubFactory(AnimalFactory, sire_kind=ParentKind.SEVERAL)
    role = ParentCandidate.Role.SIRE
    parent = factory.SubFactory(
        AnimalFactory, programme=factory.SelfAttribute("..animal.programme"), sex=Animal.Sex.MALE
    )
    probability = Decimal("0.5")


class EventFactory(DatedFactory):
    class Meta:
        model = Event

    animal = factory.SubFactory(AnimalFactory)
    sequence = factory.LazyAttribute(lambda event: event.animal.events.count() + 1)
    kind = Event.Kind.BIRTH
    date = DateInterval.parse("2018-05-03")
    institution = factory.SubFactory(InstitutionFactory)


class HoldingFactory(DjangoModelFactory):
    class Meta:
        model = Holding

    animal = factory.SubFactory(AnimalFactory)
    institution = factory.SubFactory(InstitutionFactory)
    start = date(2018, 5, 3)


class OwnershipFactory(DjangoModelFactory):
    class Meta:
        model = Ownership

    animal = factory.SubFactory(AnimalFactory)
    institution = factory.SubFactory(InstitutionFactory)
    start = date(2018, 5, 3)


class IdentifierFactory(DjangoModelFactory):
    class Meta:
        model = Identifier

    animal = factory.SubFactory(AnimalFactory)
    kind = Identifier.Kind.TRANSPONDER
    value = factory.Sequence(lambda n: f"2502690{n:08d}")


class ObservationFactory(DatedFactory):
    """A weight."""

    class Meta:
        model = Observation

    animal = factory.SubFactory(AnimalFactory)
    kind = Observation.Kind.WEIGHT
    date = DateInterval.parse("2025-05-03")
    quantity = Decimal("38.5")
    unit = "kg"


class NotSameFactory(DjangoModelFactory):
    class Meta:
        model = NotSame

    programme = factory.SubFactory(ProgrammeFactory)
    one = factory.SubFactory(AnimalFactory, programme=factory.SelfAttribute("..programme"))
    other = factory.SubFactory(AnimalFactory, programme=factory.SelfAttribute("..programme"))
    reason = "They are two of one litter."


def animal_at(institution: Institution, **columns: Any) -> Animal:
    """Return an animal that an institution holds and owns since its birth, with its birth event."""
    animal: Animal = AnimalFactory(**columns)
    start = animal.birth.middle if animal.birth else date(2018, 5, 3)
    EventFactory(animal=animal, institution=institution, date=animal.birth)
    HoldingFactory(animal=animal, institution=institution, start=start)
    OwnershipFactory(animal=animal, institution=institution, start=start)
    return animal


def photo_of(animal: Animal, **columns: Any) -> Observation:
    """Return a photo of an animal, with its file."""
    drawn = BytesIO()
    Image.new("RGB", (640, 480), "green").save(drawn, "JPEG")
    kept = keep_photo(ContentFile(drawn.getvalue(), name=f"{uuid4().hex}.jpg"))
    kind = Observation.Kind.PHOTO
    photo: Observation = ObservationFactory(
        animal=animal, kind=kind, quantity=None, unit="", file=kept, **columns
    )
    return photo


def _kind_of(parent: Animal | None) -> str:
    return ParentKind.KNOWN if parent else ParentKind.UNKNOWN
