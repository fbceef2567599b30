"""Procedures to list, and the list as it is read on the page and in a file."""

import csv
from io import StringIO
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.reproduction.models import Procedure
from tests import factories
from tests.reproduction.conftest import day

DETAILS: dict[str, Any] = {
    "anaesthesia": factories.AnaesthesiaFactory,
    "collection": factories.SemenCollectionFactory,
    "examination": factories.ExaminationFactory,
    "insemination": factories.InseminationFactory,
    "gametes": factories.GameteWorkFactory,
}
STRUCK = {"struck_at": timezone.now(), "struck_why": "Another animal was meant."}


def at(name: str = "procedures", *args: object) -> str:
    return reverse(name, args=["leopards", *args])


def made(kind: str, animal: Animal, zoo: Institution, on: str, *, told: Any = None, **more: Any) -> Procedure:
    """Write a procedure with what is told of its kind."""
    procedure: Procedure = factories.ProcedureFactory(
        programme=animal.programme, kind=kind, animal=animal, institution=zoo, date=day(on), **more
    )
    if kind in DETAILS:
        DETAILS[kind](procedure=procedure, **(told or {}))
    return procedure


def found(browser: Client, **asked: str) -> list[int]:
    return [line.row.procedure.pk for line in browser.get(at(), asked).context["lines"]]


def rows_of(browser: Client, **asked: str) -> list[dict[str, str]]:
    text = b"".join(browser.get(at("procedures_csv"), asked)).decode()  # type: ignore[arg-type]
    return list(csv.DictReader(StringIO(text)))
