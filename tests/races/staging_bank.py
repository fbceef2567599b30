"""Races at the genome bank: staged for a round, with what would be wrong afterwards."""

from functools import partial
from typing import Any

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval, interval_columns
from studbook.reproduction.bank.stepping import use_sample
from studbook.reproduction.models import Procedure, Sample
from tests.factories import SampleFactory
from tests.races.rounds import Round, refusals_of
from tests.races.staging import Book

STRAWS = 4
DAY = interval_columns("date", DateInterval.parse("2025-07-01"))


def last_straws(book: Book, _: int) -> Round:
    """Two take all that is left of a sample, each for an insemination of their own."""
    donor, place = book.animal(sex=Animal.Sex.MALE), book.zoo
    sample = SampleFactory(
        programme=book.programme, donor=donor, institution=place, units_stored=STRAWS, label=f"L-{donor.pk}"
    )
    procedures = [
        Procedure.objects.create(
            programme=book.programme, kind="insemination", animal=donor, institution=place, **DAY
        )
        for _ in range(2)
    ]

    def take(procedure: Procedure) -> None:
        opened = Sample.objects.select_related("programme").get(pk=sample.pk)
        use_sample(opened, procedure=procedure, units=STRAWS, by=book.ada)

    def fault(outcomes: list[Any]) -> str:
        left = Sample.objects.get(pk=sample.pk).units
        told = sum(sample.steps.values_list("change", flat=True))
        right = (left, told, refusals_of(outcomes)) == (0, 0, 1)
        return "" if right else f"{left} left, {told} in the ledger, {outcomes}"

    return Round([partial(take, each) for each in procedures], fault)
