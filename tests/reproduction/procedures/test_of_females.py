"""What is found in females alone: refused of a male, not asked of him, and young counted of a pregnancy only."""

from typing import Any

import pytest
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.models import Animal, Observation
from studbook.core.errors import StudbookError
from studbook.core.findings import RuleError
from studbook.reproduction.models import Procedure
from tests import factories
from tests.reproduction.procedures.conftest import Logged

pytestmark = pytest.mark.django_db
FIELDS = [f'name="{name}"' for name in ("ovulation", "cysts", "pregnancy", "young")]
TOLD = {"on": "2025-10-08", "method": "ultrasound", "ovulation": "yes"}


@pytest.mark.parametrize("finding", ["pregnancy", "ovulation", "cysts"])
def test_examination__finds_in_no_male_what_females_alone_have(
    finding: str, logged: Logged, sire: Animal, dam: Animal
) -> None:
    with pytest.raises(RuleError, match=r"recorded male and cannot .*correct its sex first") as refused:
        logged("examination", sire, {finding: "yes"})
    assert [(each.code, each.field) for each in refused.value.findings] == [("B2", finding)]
    assert not Procedure.objects.exists()
    assert logged("examination", dam, {finding: "yes"}).pk
    assert logged("examination", sire, {"findings": "Both testes are sound."}).pk


def test_examination__of_unknown_sex_may_find_a_pregnancy(logged: Logged, dam: Animal) -> None:
    Animal.objects.filter(pk=dam.pk).update(sex="U")
    assert logged("examination", dam, {"pregnancy": "yes", "young": 3}).examination.young == 3


@pytest.mark.parametrize("pregnancy", ["", "no", "unsure"])
def test_examination__counts_young_of_a_pregnancy_alone(pregnancy: str, logged: Logged, dam: Animal) -> None:
    with pytest.raises(StudbookError, match=r"3 young are counted in .* and no pregnancy was found"):
        logged("examination", dam, {"pregnancy": pregnancy, "young": 3})


def new(number: str) -> str:
    return reverse("procedure_new", args=["leopards", number, "examination"])


def asked(text: str) -> list[str]:
    return [name for name in FIELDS if name in text]


def test_form__of_a_male_asks_nothing_that_females_alone_have(
    sire: Animal, dam: Animal, bo: User, signed_in: Any
) -> None:
    browser = signed_in(bo)
    assert (asked(browser.get(new("22")).text), asked(browser.get(new("21")).text)) == (FIELDS, [])
    answer = browser.post(new("21"), {"on": "2025-10-08", "method": "ultrasound", "pregnancy": "yes"})
    assert "is recorded male and cannot be pregnant" in answer.text
    assert not Procedure.objects.exists()


def test_correction__of_a_male_shows_only_what_is_to_be_taken_away(
    sire: Animal, rita: User, signed_in: Any
) -> None:
    place = sire.holdings.get().institution
    of_him = {"programme": sire.programme, "animal": sire, "institution": place}
    made = factories.ExaminationFactory(procedure=factories.ProcedureFactory(**of_him))
    address = reverse("procedure_correct", args=["leopards", made.procedure_id])
    browser = signed_in(rita)
    assert asked(browser.get(address).text) == []
    type(made).objects.update(pregnancy="yes", young=3)
    assert asked(browser.get(address).text) == ['name="pregnancy"', 'name="young"']


def test_correction__of_a_pregnancy_takes_the_young_away_too(
    dam: Animal, bo: User, rita: User, signed_in: Any
) -> None:
    signed_in(bo).post(new("22"), TOLD | {"pregnancy": "yes", "young": "3"})
    made = Procedure.objects.get()
    address = reverse("procedure_correct", args=["leopards", made.pk])
    browser, told = (
        signed_in(rita),
        TOLD | {"pregnancy": "no", "reason": "It was none.", "opened_version": "1"},
    )
    assert "3 young are counted in" in browser.post(address, told | {"young": "3"}).text
    assert browser.post(address, told).status_code == 302
    made.examination.refresh_from_db()
    assert (made.examination.pregnancy, made.examination.young) == ("no", None)


@pytest.mark.parametrize("state", ["pregnant", "not pregnant", "lactating", "cysts"])
def test_state__of_females_alone_is_not_offered_of_a_male_and_refused(
    state: str, sire: Animal, dam: Animal, bo: User, signed_in: Any
) -> None:
    browser = signed_in(bo)
    his, hers = (reverse("log_event", args=["leopards", number, "reproduction"]) for number in ("21", "22"))
    assert f'value="{state}"' not in browser.get(his).text
    assert 'name="expected"' not in browser.get(his).text
    assert f'value="{state}"' in browser.get(hers).text
    told = {"on": "2025-10-08", "status": state}
    answer = browser.post(his, told)
    assert "is recorded male, and" in answer.text
    assert "(B2)" in answer.text
    assert not Observation.objects.exists()
    assert browser.post(hers, told).status_code == 302
