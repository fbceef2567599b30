"""What a procedure needs: a sample of the male, and a way to log in few words."""

from collections.abc import Callable
from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.animals.entry.observation_values import weight_from
from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.reproduction.models import Procedure, Sample, SampleStep
from studbook.reproduction.procedures.actions import log_procedure
from tests.reproduction.conftest import day

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
