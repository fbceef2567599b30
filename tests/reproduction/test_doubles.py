"""What may be in the book already is shown before it is told twice."""

from datetime import time
from typing import Any

import pytest
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.findings import UnacknowledgedError
from studbook.reproduction.models import Mating, Pairing, Pregnancy, Procedure
from studbook.reproduction.pregnancies.actions import start_pregnancy, tell_outcome
from studbook.reproduction.pregnancies.beginnings import choice_of
from studbook.reproduction.procedures.actions import log_procedure
from tests.reproduction.conftest import day

pytestmark = pytest.mark.django_db
AGAIN = {"acknowledged": "D16", "reason": "Seen by two keepers, hours apart."}
WARNED = "Read this first"


@pytest.mark.rule("D16", door="form", case="inside outside")
def test_mating__of_the_same_two_on_one_day_is_shown_first(pair: Pairing, bo: User, signed_in: Any) -> None:
    browser, url = signed_in(bo), f"{pair.get_absolute_url()}matings/"
    sent = {"on": "2025-03-01", "seen": "seen"}
    assert browser.post(url, sent).status_code == 302
    first = Mating.objects.get()
    for where, told in (
        (url, sent),
        (reverse("mating_new", args=["leopards"]), sent | {"sire": "21", "dam": "22"}),
    ):
        warned = browser.post(where, told)
        assert WARNED in warned.text
        assert "There is one already: mating of 21 Baruto and 22 Khala 2025-03-01, seen" in warned.text
        assert f'<a href="{first.get_absolute_url()}">Look at it</a>' in warned.text
        assert browser.post(where, told | {"acknowledged": "D16"}).status_code != 302  # without a reason
    assert Mating.objects.count() == 1
    assert browser.post(url, sent | AGAIN).status_code == 302
    assert browser.post(url, sent | {"on": "2025-03-02"}).status_code == 302
    assert Mating.objects.count() == 3


@pytest.mark.rule("D16", door="form", case="inside outside")
@pytest.mark.parametrize("started", ["09:30", ""])
def test_procedure__of_one_kind_at_one_time_is_shown_first(
    started: str, sire: Animal, bo: User, signed_in: Any
) -> None:
    browser, url = signed_in(bo), reverse("procedure_new", args=["leopards", "21", "collection"])
    sent = {"on": "2025-10-08", "started": started, "method": "catheter"}
    assert browser.post(url, sent).status_code == 302
    first = Procedure.objects.get()
    warned = browser.post(url, sent)
    assert (WARNED in warned.text, f'href="{first.get_absolute_url()}"' in warned.text) == (True, True)
    assert Procedure.objects.count() == 1
    assert browser.post(url, sent | AGAIN).status_code == 302
    assert browser.post(url, sent | {"started": "11:00"}).status_code == 302
    assert Procedure.objects.count() == 3


def test_procedure__of_another_kind_or_struck_out_is_no_double(sire: Animal, dam: Animal, bo: User) -> None:
    told: dict[str, Any] = {"on": day("2025-10-08"), "by": bo, "told": {"method": "ultrasound"}}
    struck = log_procedure("examination", sire, started=time(9), **told)
    Procedure.objects.filter(pk=struck.pk).update(struck_at="2025-10-09T00:00Z", struck_why="None.")
    log_procedure("examination", sire, started=time(9), **told)
    log_procedure("examination", dam, started=time(9), **told)
    log_procedure("anaesthesia", sire, started=time(9), **told | {"told": {"way": "dart"}})


def pregnancy(dam: Animal, sire: Animal, on: str, by: User, **more: Any) -> Pregnancy:
    return start_pregnancy(dam, on=day(on), sire=choice_of(sire), by=by, **more)


@pytest.mark.rule("D16", door="form", case="inside outside")
def test_pregnancy__beside_an_open_one_is_shown_first(
    sire: Animal, dam: Animal, bo: User, signed_in: Any
) -> None:
    first = pregnancy(dam, sire, "2025-01-10", bo)
    browser, url = signed_in(bo), reverse("pregnancy_new", args=["leopards", "22"])
    sent = {"on": "2025-01-12", "sire": "21", "method": "natural"}
    warned = browser.post(url, sent)
    assert WARNED in warned.text
    assert "There is one already: pregnancy of 22 Khala, conceived 2025-01-10. Is it another?" in warned.text
    assert f'href="{first.get_absolute_url()}"' in warned.text
    assert browser.post(url, sent | AGAIN).status_code == 302
    assert Pregnancy.objects.count() == 2


@pytest.mark.parametrize(
    ("on", "warned"), [("2025-04-25", True), ("2025-04-26", False), ("2024-09-01", False)]
)
def test_pregnancy__after_the_days_of_the_other_is_no_double(
    on: str, warned: bool, sire: Animal, dam: Animal, bo: User
) -> None:
    pregnancy(dam, sire, "2025-01-10", bo)  # young come until 25 April
    if warned:
        with pytest.raises(UnacknowledgedError, match="There is one already"):
            pregnancy(dam, sire, on, bo)
    else:
        assert pregnancy(dam, sire, on, bo).pk


def test_pregnancy__after_one_that_is_over_is_no_double(sire: Animal, dam: Animal, bo: User) -> None:
    first = pregnancy(dam, sire, "2025-01-10", bo)
    tell_outcome(first, outcome="lost", on=day("2025-02-01"), by=bo, opened_version=1)
    assert pregnancy(dam, sire, "2025-02-03", bo).pk
