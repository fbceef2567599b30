"""Pairs, matings and procedures for tests."""

import factory
from factory.django import DjangoModelFactory

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.reproduction.models import (
    Anaesthesia,
    AnaesthesiaAgent,
    Examination,
    GameteWork,
    Insemination,
    Mating,
    Pairing,
    Procedure,
    ProcedureFile,
    SemenCollection,
)
from tests.factories.animals import AnimalFactory
from tests.factories.dated import DatedFactory
from tests.factories.places import InstitutionFactory, ProgrammeFactory


def _of_the_book(**columns: object) -> factory.SubFactory:
    return factory.SubFactory(AnimalFactory, programme=factory.SelfAttribute("..programme"), **columns)


class PairingFactory(DatedFactory):
    """An open pair."""

    class Meta:
        model = Pairing

    programme = factory.SubFactory(ProgrammeFactory)
    sire = _of_the_book(sex=Animal.Sex.MALE)
    dam = _of_the_book()
    institution = factory.SubFactory(InstitutionFactory)
    introduced = DateInterval.parse("2025-02-01")


class MatingFactory(DatedFactory):
    """A mating of no pair on record."""

    class Meta:
        model = Mating

    programme = factory.SubFactory(ProgrammeFactory)
    sire = _of_the_book(sex=Animal.Sex.MALE)
    dam = _of_the_book()
    institution = factory.SubFactory(InstitutionFactory)
    date = DateInterval.parse("2025-03-01")


class ProcedureFactory(DatedFactory):
    """An examination, without its findings."""

    class Meta:
        model = Procedure

    programme = factory.SubFactory(ProgrammeFactory)
    kind = Procedure.Kind.EXAMINATION
    animal = _of_the_book()
    institution = factory.SubFactory(InstitutionFactory)
    date = DateInterval.parse("2025-10-08")


class AnaesthesiaFactory(DjangoModelFactory):
    class Meta:
        model = Anaesthesia

    procedure = factory.SubFactory(ProcedureFactory, kind=Procedure.Kind.ANAESTHESIA)
    way = Anaesthesia.Way.DART


class AnaesthesiaAgentFactory(DjangoModelFactory):
    class Meta:
        model = AnaesthesiaAgent

    anaesthesia = factory.SubFactory(AnaesthesiaFactory)
    agent = "medetomidine"


class SemenCollectionFactory(DjangoModelFactory):
    class Meta:
        model = SemenCollection

    procedure = factory.SubFactory(
        ProcedureFactory, kind=Procedure.Kind.COLLECTION, animal__sex=Animal.Sex.MALE
    )
    method = SemenCollection.Method.CATHETER


class ExaminationFactory(DjangoModelFactory):
    class Meta:
        model = Examination

    procedure = factory.SubFactory(ProcedureFactory)
    method = Examination.Method.ULTRASOUND


class InseminationFactory(DjangoModelFactory):
    class Meta:
        model = Insemination

    procedure = factory.SubFactory(ProcedureFactory, kind=Procedure.Kind.INSEMINATION)
    donor = factory.SubFactory(
        AnimalFactory, programme=factory.SelfAttribute("..procedure.programme"), sex=Animal.Sex.MALE
    )
    route = Insemination.Route.CERVIX


class GameteWorkFactory(DjangoModelFactory):
    class Meta:
        model = GameteWork

    procedure = factory.SubFactory(ProcedureFactory, kind=Procedure.Kind.GAMETES)
    what = GameteWork.What.OOCYTES


class ProcedureFileFactory(DjangoModelFactory):
    class Meta:
        model = ProcedureFile

    procedure = factory.SubFactory(ProcedureFactory)
    title = "Ultrasound of the uterus"
    file = factory.django.FileField(filename="paper.pdf", data=b"%PDF-1.7")
    content_type = "application/pdf"
    file_size = 8
    sha256 = "0" * 64
