"""People, their roles, what they do and keep."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from studbook.accounts.models import InstitutionRole, ProgrammeRole, SignInCount, User
from studbook.core.models import AuditChange, AuditEntry, SentOnce
from studbook.programmes.models import ListPage, SavedView
from tests.factories.places import InstitutionFactory, ProgrammeFactory

PASSWORD = "a-leopard-never-changes"


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


class SavedViewFactory(DjangoModelFactory):
    class Meta:
        model = SavedView

    programme = factory.SubFactory(ProgrammeFactory)
    user = factory.SubFactory(UserFactory)
    page = ListPage.ANIMALS
    name = factory.Sequence(lambda n: f"View {n}")
    query = "status=living"


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
