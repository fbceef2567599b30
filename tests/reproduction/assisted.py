"""Inseminations for tests: with a banked sample, or with fresh semen of a collection."""

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.reproduction.models import (
    Insemination,
    Procedure,
    Sample,
    SampleStep,
    SemenCollection,
)


def procedure(animal: Animal, kind: str, on: str, place: Institution) -> Procedure:
    """Write one procedure on an animal, without what is told of its kind alone."""
    made = Procedure(programme=animal.programme, animal=animal, kind=kind, institution=place)
    made.date = DateInterval.parse(on)
    made.save()
    return made


def inseminated(
    dam: Animal, donor: Animal, on: str, place: Institution, collection: Procedure | None = None
) -> Procedure:
    """Write an insemination of a dam; nothing is said yet of a sample."""
    made = procedure(dam, Procedure.Kind.INSEMINATION, on, place)
    Insemination.objects.create(procedure=made, donor=donor, collection=collection, route="cervix")
    return made


def collected(donor: Animal, on: str, place: Institution) -> Procedure:
    """Write a collection of semen."""
    made = procedure(donor, Procedure.Kind.COLLECTION, on, place)
    SemenCollection.objects.create(procedure=made, method=SemenCollection.Method.CATHETER)
    return made


def sample_of(donor: Animal, on: str, place: Institution, **columns: object) -> Sample:
    """Put ten straws of a donor into the bank."""
    columns = {"label": f"{donor.studbook_number}-{on}"} | columns
    made = Sample(
        programme=donor.programme,
        donor=donor,
        units_stored=10,
        units=10,
        institution=place,
        owner=place,
        **columns,
    )
    made.collected = DateInterval.parse(on)
    made.save()
    SampleStep.objects.create(sample=made, kind=SampleStep.Kind.STORED, on=made.collected.latest, change=10)
    return made


def used(sample: Sample, insemination: Procedure, units: int = 2) -> SampleStep:
    """Take straws of a sample for an insemination."""
    Sample.objects.filter(pk=sample.pk).update(units=sample.units - units)
    assert insemination.date_earliest is not None
    return SampleStep.objects.create(
        sample=sample,
        kind=SampleStep.Kind.USED,
        on=insemination.date_earliest,
        change=-units,
        procedure=insemination,
    )
