"""What a procedure needs: a sample of the male, a way to log in few words, and procedures to list."""

from collections.abc import Callable
from datetime import time
from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.animals.entry.observation_values import weight_from
from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.models import Procedure, Sample, SampleStep
from studbook.reproduction.procedures.actions import log_procedure
from tests import factories
from tests.reproduction.conftest import day
from tests.reproduction.procedures.listed import STRUCK, made

TOLD: dict[str, dict[str, Any]] = {
    "anaesthesia": {"told": {"way": "dart"}},
    "collection": {"told": {"method": "catheter"}},
    "examination": {"told": {"method": "ultrasound"}},
    "insemination": {"told": {"route": "cervix"}},
    "gametes": {"told": {"what": "oocytes"}},
    "weighing": {"weight": weight_from("38.5")},
}
DAY = day("2025-10-08")
Logged = Callable[..., Procedure]


@pytest.fixture
def logged(bo: User) -> Logged:
    """Return a function that logs a procedure on 8 October 2025."""

    def log(kind: str, animal: Animal, told: dict[str, Any] | None = None, **more: Any) -> Procedure:
        given = TOLD[kind] | {"on": DAY, "by": bo} | more
        if told is not None:
            given["told"] = TOLD[kind]["told"] | told
        return log_procedure(kind, animal, **given)

    return log


def sample_of(donor: Animal, zoo: Institution, **columns: Any) -> Sample:
    """Return four straws of a male, with the line of the ledger that stored them."""
    told: dict[str, Any] = {"label": "AL-1", "units_stored": 4, "units": 4, "institution": zoo, "owner": zoo}
    collected = columns.pop("collected", day("2025-01-08"))
    sample = Sample(programme=donor.programme, donor=donor, **(told | columns))
    sample.collected = collected
    sample.save()
    SampleStep.objects.create(sample=sample, kind="stored", on=collected.earliest, change=sample.units)
    return sample


@pytest.fixture
def sample(sire: Animal, zoo: Institution) -> Sample:
    return sample_of(sire, zoo)


@pytest.fixture
def book(
    programme: Programme, zoo: Institution, away: Institution, sire: Animal, dam: Animal
) -> list[Procedure]:
    """Return procedures of every kind, at two zoos, on days known and half known, two of them struck out."""
    third = factories.animal_at(away, programme=programme, studbook_number="7", sex="F")
    asleep = made(
        "anaesthesia", sire, zoo, "2025-10-08", started=time(9, 1), place="Clinic", team="Seven vets"
    )
    factories.AnaesthesiaAgentFactory(anaesthesia=asleep.anaesthesia)
    taken = made("collection", sire, zoo, "2025-10-08", started=time(9, 30), under=asleep)
    fresh = {"donor": sire, "collection": taken}
    return [
        asleep,
        taken,
        made("insemination", dam, zoo, "between 2025-10-08 and 2025-10-14", told=fresh, started=time(11, 20)),
        made("gametes", third, away, "2025-11", told={"sire": sire, "dam": dam}),
        made("examination", dam, zoo, "2025-10-08", told={"findings": "A cyst."}, team="=7*7"),
        made("examination", third, away, "2024", started=time(8)),
        made("weighing", third, away, "about 2025-10-08", started=time(9, 1)),
        made("examination", dam, zoo, "2025-10-08", **STRUCK),
        made("weighing", sire, away, "2023-02-03", **STRUCK),
    ]  # fmt: skip
