"""The pages of the bank: who sees what, what is filled in, what nonsense is answered, how many queries they ask."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.reproduction.models import Procedure, Sample, SemenCollection
from tests.reproduction.bank.conftest import procedure_of

pytestmark = pytest.mark.django_db
BANK = "/programmes/leopards/bank/"
NEW = f"{BANK}samples/new/"


def fields(**told: Any) -> dict[str, Any]:
    usual = {"donor": "12", "kind": "semen", "on": "2025-06-01", "units": 6, "unit": "straw", "per_dose": 1}
    return usual | {"account": "savings", **told}


def post(browser: Any, sample: Sample, step: str, **told: Any) -> Any:
    version = Sample.objects.get(pk=sample.pk).version
    body = {"on": "2025-07-01", "opened_version": version, **told}
    return browser.post(f"{sample.get_absolute_url()}{step}/", body)


def test_sample__goes_from_the_collection_to_the_last_straw_on_the_pages(
    rita: User, zoo: Institution, away: Institution, donor: Animal, insemination: Procedure, client: Any
) -> None:
    client.force_login(rita)
    taken = procedure_of(donor, zoo, Procedure.Kind.COLLECTION, "2025-06-01")
    SemenCollection.objects.create(procedure=taken, method="catheter", volume_ml="1.500", motile_percent=70)
    form = client.get(NEW, {"procedure": taken.pk}).context["form"]
    assert form.initial["donor"] == "12"
    assert form.initial["quality"] == "fresh: 1.5 ml, 70 % motile"
    sent = client.post(NEW, fields(institution=zoo.pk, owner=zoo.pk, procedure=taken.pk, tank="1"))
    sample = Sample.objects.get()
    assert sent.headers["Location"] == sample.get_absolute_url()
    for step, told in (
        ("thaw", {"units": 1, "motile_percent": "40"}),
        ("move", {"institution": away.pk, "tank": "4"}),
        ("owner", {"owner": zoo.pk}),
        ("count", {"counted": 5}),
        ("account", {"account": "checking"}),
        ("split", {"units": 1, "institution": zoo.pk}),
        ("use", {"units": 2, "procedure": insemination.pk}),
        ("discard", {"units": 2, "why": "The straws broke."}),
    ):
        answer = post(client, sample, step, **told)
        assert answer.status_code == (400 if step == "owner" else 302), (step, answer.text)
    page = client.get(sample.get_absolute_url()).text
    said = (
        "in the account “checking” now",
        "2 straws used, 2 straws left.",
        "2 straws discarded, 0 straws left.",
    )
    for words in ("0 straws", "The straws broke.", "40 % motile", "Zoo B, tank 4", "of 13 Khala", *said):
        assert words in page
    assert "Use in a procedure" not in page


@pytest.mark.parametrize(
    "page", ["", "samples/", "places/", "labels/", "samples/export.csv", "samples/ledger.csv"]
)
def test_pages__are_read_by_everybody_of_the_programme(
    page: str, sample: Sample, ada: User, olga: User, cy: User, signed_in: Any
) -> None:
    for person in (ada, olga):
        answer = signed_in(person).get(f"{BANK}{page}")
        assert answer.status_code == 200
        told = b"".join(answer).decode()
        assert "12-A" in told or page == ""
        assert "None" not in told
    assert signed_in(cy).get(f"{BANK}{page}").status_code == 404


def test_page_of_a_sample__offers_what_the_person_may_do(
    sample: Sample, ada: User, bo: User, olga: User, signed_in: Any
) -> None:
    def offered(person: User) -> list[str]:
        page = signed_in(person).get(sample.get_absolute_url())
        return [offer.step.key for offer in page.context["offers"]]

    every = ["use", "thaw", "move", "split", "count", "account", "owner", "discard"]
    assert (offered(bo), offered(olga)) == (every, [])
    assert "/edit/" not in signed_in(bo).get(sample.get_absolute_url()).text
    Sample.objects.update(account="reserve")
    assert offered(bo) == ["move", "count"]
    assert offered(ada) == [key for key in every if key not in ("use", "thaw")]


@pytest.mark.parametrize(
    ("step", "told", "sentence"),
    [
        ("use", {"units": 3}, "This field is required"),
        ("discard", {"units": 7, "why": "Old."}, "12-A of 12 Baruto has 6 straws left, and 7 are asked for"),
        ("discard", {"units": 10**30, "why": "Old."}, "less than or equal to 10000"),
        ("discard", {"units": 1, "why": "x" * 400}, "at most 199 characters"),
        ("thaw", {"units": 1, "motile_percent": "1e999"}, "Enter a number|no more than|less than or equal"),
        ("move", {"institution": 2**70}, "is no institution you can name here"),
        ("count", {"counted": "\x00"}, "whole number|Null characters"),
        ("account", {"account": "savings"}, "in the account “savings” already"),
        ("owner", {"owner": ""}, "This field is required"),
        ("split", {"units": 1, "label": "a\x00b"}, "Null characters"),
    ],
)
def test_nonsense__is_told_in_its_form(
    step: str, told: dict[str, Any], sentence: str, sample: Sample, bo: User, signed_in: Any
) -> None:
    answer = post(signed_in(bo), sample, step, **told)
    assert answer.status_code == 400
    assert re.search(sentence, answer.text)
    assert [offer.step.key for offer in answer.context["offers"] if offer.open] == [step]
    assert Sample.objects.get().units == 6


def test_new__tells_a_warning_and_saves_it_all_the_same(
    sample: Sample, zoo: Institution, bo: User, signed_in: Any
) -> None:
    browser = signed_in(bo)
    assert browser.get(NEW).context["form"].initial["institution"] == zoo.pk
    told = fields(institution=zoo.pk, owner=zoo.pk, tank="1", position="3")
    answer = browser.post(NEW, told)
    assert answer.status_code == 400
    assert "12-A of 12 Baruto is at Zoo A, tank 1, position 3 too" in answer.text
    answer = browser.post(NEW, {**told, "acknowledged": "G2", "reason": "Two fit in one."})
    assert answer.status_code == 302
    for nonsense in (
        {"donor": "999"},
        {"on": "someday"},
        {"units": 0},
        {"per_dose": 10**20},
        {"label": "x" * 41},
    ):
        assert browser.post(NEW, {**told, "position": "9", **nonsense}).status_code == 400
    for key in ("x", "9" * 40, "²", "-1", str(2**63 - 1)):
        assert browser.get(NEW, {"procedure": key}).status_code == 200


def test_edit_and_strike__are_the_registrars(sample: Sample, rita: User, bo: User, signed_in: Any) -> None:
    url = sample.get_absolute_url()
    assert signed_in(bo).get(f"{url}edit/").status_code == 403
    browser = signed_in(rita)
    assert browser.get(f"{url}edit/").status_code == 200
    told = {"label": "12-A", "kind": "epididymal", "on": "June 2025", "unit": "straw", "per_dose": 1}
    told |= {"opened_version": 1}
    assert "Say how you know" in browser.post(f"{url}edit/", told).text
    assert browser.post(f"{url}edit/", {**told, "why": "The card."}).status_code == 302
    assert browser.post(f"{url}edit/", {**told, "why": "The card."}).status_code == 409
    assert "Say why it is struck out" in browser.post(f"{url}strike/", {"opened_version": 2}).text
    assert browser.post(f"{url}strike/", {"opened_version": 2, "reason": "None."}).status_code == 302
    page = browser.get(url)
    assert "Struck out" in page.text
    assert page.context["offers"] == []
    assert "12-A was struck out" in post(browser, sample, "count", counted=6).text


def test_stale_step__is_told_and_the_forms_stand_anew(sample: Sample, bo: User, signed_in: Any) -> None:
    browser = signed_in(bo)
    post(browser, sample, "thaw", units=1)
    answer = post(browser, sample, "count", counted=5, opened_version=1)
    assert answer.status_code == 409
    assert answer.context["refusals"]
    assert not any(offer.open for offer in answer.context["offers"])
    assert post(browser, sample, "melt").status_code == 404


def test_page_of_a_sample__asks_the_same_of_a_long_ledger(sample: Sample, bo: User, signed_in: Any) -> None:
    browser = signed_in(bo)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            browser.get(sample.get_absolute_url())
        return len(queries)

    post(browser, sample, "thaw", units=1)
    few = asked()
    for _ in range(3):
        post(browser, sample, "thaw", units=1)
    assert asked() == few
