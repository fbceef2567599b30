"""Procedures that run over midnight: taken where they may be true, told as of the next day."""

from datetime import time
from typing import Any

import pytest
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.reproduction.models import Procedure
from studbook.reproduction.procedures.correcting import correct_procedure
from tests.reproduction.conftest import day
from tests.reproduction.procedures.conftest import DAY, Logged

pytestmark = pytest.mark.django_db
NIGHT: dict[str, Any] = {"lying_at": time(23, 41), "reversed_at": time(0, 30), "standing_at": time(0, 40)}
NEXT = day("2025-10-09")


def test_anaesthesia__over_midnight_is_told_as_of_the_next_day(
    sire: Animal, bo: User, logged: Logged, signed_in: Any
) -> None:
    made = logged("anaesthesia", sire, NIGHT, started=time(23, 30), ended=time(0, 50))
    logged("examination", sire, started=time(23, 50), under=made)
    page = signed_in(bo).get(made.get_absolute_url()).text
    for words in ("23:30 to 00:50 the next day", "<dd>00:40 the next day</dd>", "<dd>23:41</dd>"):
        assert words in page
    assert "standing 00:40 the next day" in page  # in the story of that day


def test_anaesthesia__over_midnight_is_sent_by_its_form(sire: Animal, bo: User, signed_in: Any) -> None:
    told = {"on": "2025-10-08", "way": "dart", "started": "23:30", "standing_at": "00:40"}
    answer = signed_in(bo).post(reverse("procedure_new", args=["leopards", "21", "anaesthesia"]), told)
    assert answer.status_code == 302, answer.text
    assert Procedure.objects.get().anaesthesia.standing_at == time(0, 40)


@pytest.mark.parametrize(
    ("started", "told", "ended", "field"),
    [
        (time(23, 30), {"standing_at": time(11, 31)}, None, "standing_at"),
        (time(9, 30), {"lying_at": time(9, 12)}, None, "lying_at"),
        (time(20), {"lying_at": time(6), "standing_at": time(5)}, None, "lying_at"),
        (time(9), {}, time(8), "ended"),
    ],
)
def test_procedure__longer_than_half_a_day_over_midnight_is_refused(
    started: time, told: dict[str, Any], ended: time | None, field: str, sire: Animal, logged: Logged
) -> None:
    with pytest.raises(
        StudbookError, match=r"lasted longer than 12 hours. Correct one of the times"
    ) as refused:
        logged("anaesthesia", sire, told, started=started, ended=ended)
    assert refused.value.field == field


@pytest.mark.parametrize("ended", [time(11, 30), time(23, 59), None])
def test_procedure__of_half_a_day_is_taken(ended: time | None, sire: Animal, logged: Logged) -> None:
    assert logged("examination", sire, started=time(23, 30), ended=ended).ended == ended


@pytest.mark.parametrize(
    "asleep",
    [
        {"told": NIGHT, "started": time(23, 30)},
        {"started": time(23, 30)},
        {"started": time(23, 30), "ended": time(0, 40)},
    ],
)
def test_under__is_also_the_day_after_of_one_over_midnight(
    asleep: dict[str, Any], sire: Animal, logged: Logged, rita: User
) -> None:
    told = asleep.pop("told", {})
    under = logged("anaesthesia", sire, told, **asleep)
    made = logged("examination", sire, on=NEXT, started=time(0, 10), under=under)
    assert made.under == under
    with pytest.raises(StudbookError, match=r"was not on 2025-10-10"):
        logged("examination", sire, on=day("2025-10-10"), under=under)
    over = {"way": "dart", "lying_at": time(9, 30), "reversed_at": None, "standing_at": time(10)}
    why: dict[str, Any] = {"by": rita, "opened_version": 1, "reason": "The protocol."}
    with pytest.raises(StudbookError, match=r"was done under it, on another day"):
        correct_procedure(under, on=DAY, told=over, started=time(9), ended=time(10), **why)


def test_under__of_one_that_was_over_is_of_its_day(sire: Animal, logged: Logged) -> None:
    under = logged("anaesthesia", sire, {"standing_at": time(14)}, started=time(13))
    with pytest.raises(StudbookError, match=r"was not on 2025-10-09"):
        logged("examination", sire, on=NEXT, under=under)
