"""Records for tests: one factory for each model, sound by themselves."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import uuid4

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory
from PIL import Image

from studbook.accounts.models import InstitutionRole, ProgrammeRole, SignInCount, User
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
from studbook.core.dates import DateInterval, interval_columns
from studbook.core.models import AuditChange, AuditEntry, SentOnce
from studbook.institutions.models import Institution, Participation
from studbook.planning.models import Recommendation
from studbook.population.models import AssumedParent, Assumption, Lineage, LineageFounder, Overlay
from studbook.programmes.models import Programme, SavedView
from tests.transfer_factories import DocumentFactory as DocumentFactory
from tests.transfer_factories import PermitFactory as PermitFactory
from tests.transfer_factories import TransferAnimalFactory as TransferAnimalFactory
from tests.transfer_factories import TransferFactory as TransferFactory
from tests.transfer_factories import TransferStepFactory as TransferStepFactory

PASSWORD = "a-leopard-never-changes"


class DatedFactory(DjangoModelFactory):
    """Takes a date as one interval, `birth=DateInterval.parse("2019")`, for the three columns that hold it."""

    class Meta:
        abstract = True

    @classmethod
    def _adjust_kwargs(cls, **kwargs: Any) -> dict[str, Any]:
        for name in ("birth", "death", "date", "until"):
            if name in kwargs:
                kwargs |= interval_columns(name, kwargs.pop(name))
        return kwargs


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    password = factory.django.Password(PASSWORD)


class SignInCountFactory(DjangoModelFactory):
    class Meta:
        model = SignInCount

    kind = "name"
    key = factory.Sequence(lambda n: f"person {n + 1}")
    since = datetime(2026, 1, 1, tzinfo=UTC)
    count = 1


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


class SavedViewFactory(DjangoModelFactory):
    class Meta:
        model = SavedView

    programme = factory.SubFactory(ProgrammeFactory)
    user = factory.SubFactory(UserFactory)
    page = SavedView.Page.ANIMALS
    name = factory.Sequence(lambda n: f"View {n}")
    query = "status=living"


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


class ProgrammeRoleFactory(DjangoModelFactory):
    class Meta:
        model = ProgrammeRole

    user = factory.SubFactory(UserFactory)
    programme = factory.SubFactory(ProgrammeFactory)
    role = ProgrammeRole.Role.OBSERVER


class InstitutionRoleFactory(DjangoModelFactory):
    class Meta:
        model = InstitutionRole

    user = factory.SubFactory(UserFactory)
    institution = factory.SubFactory(InstitutionFactory)
    role = InstitutionRole.Role.KEEPER


class AnimalFactory(DatedFactory):
    """A living captive-born animal of unknown parents; give `sire=` or `dam=` and the kind follows."""

    class Meta:
        model = Animal

    programme = factory.SubFactory(ProgrammeFactory)
    studbook_number = factory.Sequence(lambda n: str(n + 1))
    number_order = factory.LazyAttribute(lambda animal: _number_order(animal.studbook_number))
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


class SentOnceFactory(DjangoModelFactory):
    class Meta:
        model = SentOnce

    user = factory.SubFactory(UserFactory)
    key = factory.Sequence(lambda n: f"key-{n}")
    body = "0" * 64


class AuditEntryFactory(DjangoModelFactory):
    class Meta:
        model = AuditEntry

    programme = factory.SubFactory(ProgrammeFactory)
    actor = factory.SubFactory(UserFactory)
    actor_name = factory.LazyAttribute(lambda entry: str(entry.actor))
    verb = "record parents"


class AuditChangeFactory(DjangoModelFactory):
    class Meta:
        model = AuditChange

    entry = factory.SubFactory(AuditEntryFactory)
    record = "animals.animal"
    record_id = 1
    before = None
    after = factory.LazyFunction(dict)


class RecommendationFactory(DjangoModelFactory):
    class Meta:
        model = Recommendation

    programme = factory.SubFactory(ProgrammeFactory)
    sire = factory.SubFactory(
        AnimalFactory, programme=factory.SelfAttribute("..programme"), sex=Animal.Sex.MALE
    )
    dam = factory.SubFactory(AnimalFactory, programme=factory.SelfAttribute("..programme"))
    reason = "Both are rare lines."
    revision = 1


class OverlayFactory(DjangoModelFactory):
    class Meta:
        model = Overlay

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Overlay {n}")
    reason = "Old letters of the zoo name parents that the book lacks."


class AssumptionFactory(DjangoModelFactory):
    """An animal left out of the analysis; other kinds are given their columns."""

    class Meta:
        model = Assumption

    overlay = factory.SubFactory(OverlayFactory)
    kind = Assumption.Kind.EXCLUDED
    animal = factory.SubFactory(AnimalFactory, programme=factory.SelfAttribute("..overlay.programme"))
    reason = "It will never breed."


class AssumedParentFactory(DjangoModelFactory):
    class Meta:
        model = AssumedParent

    assumption = factory.SubFactory(
        AssumptionFactory, kind=Assumption.Kind.PARENT, role=ParentCandidate.Role.SIRE
    )
    role = ParentCandidate.Role.SIRE
    kind = ParentKind.KNOWN
    animal = factory.SubFactory(
        AnimalFactory,
        programme=factory.SelfAttribute("..assumption.overlay.programme"),
        sex=Animal.Sex.MALE,
    )


class LineageFactory(DjangoModelFactory):
    """A lineage without a founder yet."""

    class Meta:
        model = Lineage

    programme = factory.SubFactory(ProgrammeFactory)
    name = factory.Sequence(lambda n: f"Founder {n}")
    cap = 0.41
    reason = "It may be of another subspecies."


class LineageFounderFactory(DjangoModelFactory):
    class Meta:
        model = LineageFounder

    lineage = factory.SubFactory(LineageFactory)
    founder = factory.SubFactory(FounderFactory, programme=factory.SelfAttribute("..lineage.programme"))


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


def _number_order(studbook_number: str) -> int:
    digits = "".join(character for character in studbook_number if character.isdigit())
    return int(digits or 0)
