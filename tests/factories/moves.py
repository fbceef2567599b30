"""Transfers and their papers for tests."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from studbook.transfers.models import Document, Permit, Transfer, TransferAnimal, TransferStep
from tests.factories.animals import AnimalFactory
from tests.factories.places import InstitutionFactory, ProgrammeFactory


class TransferFactory(DjangoModelFactory):
    """A proposed transfer, without an animal yet."""

    class Meta:
        model = Transfer

    programme = factory.SubFactory(ProgrammeFactory)
    sender = factory.SubFactory(InstitutionFactory)
    receiver = factory.SubFactory(InstitutionFactory)
    state_since = datetime(2026, 1, 1, tzinfo=UTC)
    due_on = date(2026, 2, 1)


class TransferAnimalFactory(DjangoModelFactory):
    class Meta:
        model = TransferAnimal

    transfer = factory.SubFactory(TransferFactory)
    animal = factory.SubFactory(AnimalFactory, programme=factory.SelfAttribute("..transfer.programme"))


class TransferStepFactory(DjangoModelFactory):
    class Meta:
        model = TransferStep

    transfer = factory.SubFactory(TransferFactory)
    step = "propose"
    state = "proposed"


class PermitFactory(DjangoModelFactory):
    class Meta:
        model = Permit

    transfer = factory.SubFactory(TransferFactory)
    kind = Permit.Kind.CITES_EXPORT


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = Document

    transfer = factory.SubFactory(TransferFactory)
    title = "Certificate of health"
    file = factory.django.FileField(filename="paper.pdf", data=b"%PDF-1.7")
    content_type = "application/pdf"
    file_size = 8
    sha256 = "0" * 64
