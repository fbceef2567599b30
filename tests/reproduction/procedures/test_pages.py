"""The pages of procedures: one form for each kind, the story of a day, documents and photos."""

from datetime import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.reproduction.models import Procedure, ProcedureFile, Sample
from studbook.reproduction.procedures.kinds import KINDS
from tests import factories
from tests.reproduction.conftest import day
from tests.reproduction.procedures.conftest import Logged

pytestmark = pytest.mark.django_db
PAPER = b"%PDF-1.7 ultrasound"
SENT: dict[str, dict[str, Any]] = {
    "anaesthesia": {
        "way": "dart",
        "started": "09:01",
        "lying_at": "09:12",
        "standing_at": "10:41",
        "recovery": "smooth",
        "agent-0-agent": "medetomidine",
        "agent-0-dose": "2.5",
        "agent-0-unit": "mg",
        "agent-3-agent": "ketamine",
    },
    "collection": {"method": "massage", "volume_ml": "0.42", "motile_percent": "70"},
    "examination": {"method": "ultrasound", "ovulation": "yes", "cysts": "yes", "pregnancy": "no"},
    "insemination": {"route": "cervix", "chance_percent": "50", "stimulus": "true"},
    "gametes": {"what": "oocytes", "oocytes": "12", "matured": "3"},
    "weighing": {"weight": "38,5"},
}
SHOWN = {
    "anaesthesia": "medetomidine 2.5 mg, ketamine",
    "collection": "massage of the prostate",
    "examination": "found",
    "insemination": "2 straws of AL-1",
    "gametes": "oocytes collected",
    "weighing": "38.5 kg",
}


def new(kind: str, number: str = "22") -> str:
    return reverse("procedure_new", args=["leopards", number, kind])


def whom(kind: str) -> str:
    return "21" if kind == "collection" else "22"


def sent(kind: str, sample: Sample | None = None) -> dict[str, Any]:
    more = {"sample": sample.pk, "units": "2"} if kind == "insemination" and sample else {}
    return {"on": "2025-10-08", "place": "Clinic", "team": "Seven vets", **SENT[kind], **more}


def test_kinds__are_all_sent_here() -> None:
    assert sorted(SENT) == sorted(KINDS)


@pytest.mark.parametrize("kind", sorted(SENT))
def test_procedure__of_each_kind_is_logged_shown_corrected_and_struck_out(
    kind: str, sire: Animal, dam: Animal, sample: Sample, bo: User, rita: User, signed_in: Any
) -> None:
    browser, url = signed_in(bo), new(kind, whom(kind))
    assert browser.get(url).status_code == 200
    answer = browser.post(url, sent(kind, sample))
    assert answer.status_code == 302, answer.text
    made = Procedure.objects.get()
    assert (answer["Location"], made.kind, made.place) == (made.get_absolute_url(), kind, "Clinic")
    page = browser.get(made.get_absolute_url()).text
    for words in (SHOWN[kind], "Seven vets", "No paper is kept yet"):
        assert words in page
    # the next one begins with where and with whom the last was done
    assert 'value="Seven vets"' in browser.get(new("examination")).text
    browser, own = signed_in(rita), made.get_absolute_url()
    form = browser.get(f"{own}correct/").text
    assert 'value="2025-10-08"' in form
    changed = {**SENT[kind], "on": "2025-10-09", "reason": "The protocol.", "opened_version": 1}
    changed |= {"donor": "21"} if kind == "insemination" else {}
    answer = browser.post(f"{own}correct/", changed)
    assert answer.status_code == 302, answer.text
    made.refresh_from_db()
    assert (str(made.date), made.version, made.place) == ("2025-10-09", 2, "")
    assert ("put_back" in browser.get(f"{own}strike/").text) == (kind == "insemination")
    told = {"reason": "Not done.", "opened_version": 2, "fate": "some", "put_back": "1"}
    struck = browser.post(f"{own}strike/", told)
    assert struck.status_code == 302, struck.text
    page = browser.get(own).text
    noun = KINDS[kind].label
    assert f"The {noun} is struck out. It stays in the book, and counts no more." in page
    assert "rita: Not done. It stays" in page
    sample.refresh_from_db()
    assert sample.units == (3 if kind == "insemination" else 4)


@pytest.mark.parametrize(
    ("kind", "wrong", "words"),
    [
        ("anaesthesia", {"way": "sleep"}, "Select a valid choice"),
        ("anaesthesia", {"agent-1-dose": "2"}, "Name the agent that this dose is of"),
        ("anaesthesia", {"agent-0-dose": "0"}, "A dose is more than nothing"),
        ("anaesthesia", {"agent-0-dose": "9" * 40}, "digits"),
        ("anaesthesia", {"lying_at": "08:00"}, "would be lying at 08:00"),
        ("collection", {"motile_percent": "101"}, "less than or equal to 100"),
        ("collection", {"volume_ml": "-1"}, "greater than or equal to 0"),
        ("examination", {"young": "99999999999"}, "less than or equal to"),
        ("examination", {"findings": "x" * 4001}, "at most 4000"),
        ("examination", {"under": "9" * 30}, "Select a valid choice"),
        ("insemination", {"sample": "999999"}, "Select a valid choice"),
        ("insemination", {"donor": "999"}, "No animal 999 is in the book"),
        ("insemination", {"units": "0"}, "greater than or equal to 1"),
        ("insemination", {"sample": "", "donor": ""}, "Say whose semen it was"),
        ("weighing", {"weight": "heavy"}, "is no weight"),
        ("weighing", {"started": "25:00"}, "valid time"),
        ("gametes", {"sire": "22"}, "needs a male"),
    ],
)
def test_procedure__of_nonsense_is_told_at_its_field(
    sire: Animal,
    dam: Animal,
    sample: Sample,
    bo: User,
    signed_in: Any,
    kind: str,
    wrong: dict[str, str],
    words: str,
) -> None:
    answer = signed_in(bo).post(new(kind, whom(kind)), sent(kind, sample) | wrong)
    assert (answer.status_code, words in answer.text) == (400, True), answer.text
    assert not Procedure.objects.exists()


def test_procedure__of_no_kind_or_of_a_foreign_animal_is_not_there(
    dam: Animal, bo: User, rex: User, olga: User, signed_in: Any
) -> None:
    assert signed_in(bo).get(new("birth")).status_code == 404
    assert signed_in(rex).get(new("weighing")).status_code == 404
    assert signed_in(olga).get(new("weighing")).status_code == 403


def test_menu__of_an_animal_leads_to_the_procedures(
    sire: Animal, dam: Animal, bo: User, signed_in: Any
) -> None:
    page = signed_in(bo).get(dam.get_absolute_url()).text
    assert new("insemination") in page
    assert new("collection") not in page
    assert new("collection", "21") in signed_in(bo).get(reverse("log", args=["leopards"]), {"q": "21"}).text


def test_story__shows_a_day_at_one_place_in_the_order_of_time(
    logged: Logged, sire: Animal, dam: Animal, sample: Sample, olga: User, signed_in: Any
) -> None:
    late = logged("insemination", dam, sample=sample, started=time(11, 20))
    asleep = logged("anaesthesia", sire, started=time(9, 1))
    taken = logged("collection", sire, under=asleep, started=time(9, 30))
    logged("examination", dam, on=day("2025-10-09"))
    page = signed_in(olga).get(late.get_absolute_url()).text
    story = page.split("repro-story")[1].split("</ol>")[0]
    places = [story.index(each.get_absolute_url()) for each in (asleep, taken, late)]
    assert places == sorted(places)
    assert story.count("<li") == 3
    assert "9 October" not in story
    animal = signed_in(olga).get(sire.get_absolute_url()).text
    for each in (late, asleep, taken):
        assert each.get_absolute_url() in animal
    assert late.get_absolute_url() in signed_in(olga).get(reverse("reproduction", args=["leopards"])).text


def test_form__offers_no_sample_of_the_national_reserve(
    dam: Animal, sample: Sample, bo: User, signed_in: Any
) -> None:
    assert sample.label in signed_in(bo).get(new("insemination")).text
    sample.account = Sample.Account.RESERVE
    sample.save()
    assert sample.label not in signed_in(bo).get(new("insemination")).text


def test_story__tells_what_an_examination_found(
    logged: Logged, dam: Animal, olga: User, signed_in: Any
) -> None:
    found = {"ovulation": "yes", "cysts": "no", "findings": "The way to the horns is free."}
    logged("examination", dam, found)
    weighed = logged("weighing", dam)
    page = signed_in(olga).get(weighed.get_absolute_url()).text
    assert "ultrasound; ovulation found; cysts not seen; The way to the horns is free." in page


def test_page__asks_as_many_queries_on_a_full_day(
    logged: Logged, sire: Animal, dam: Animal, sample: Sample, rita: User, signed_in: Any
) -> None:
    asleep = logged("anaesthesia", sire, agents=[{"agent": "ketamine"}])
    logged("collection", sire, under=asleep)
    browser = signed_in(rita)

    def asked() -> list[int]:
        counts = []
        for url in (
            asleep.get_absolute_url(),
            sire.get_absolute_url(),
            new("insemination"),
            new("anaesthesia"),
        ):
            with CaptureQueriesContext(connection) as queries:
                assert browser.get(url).status_code == 200
            counts.append(len(queries))
        return counts

    asked()
    few = asked()
    for hour in (9, 11, 13):
        at = {"started": time(hour)}
        logged("anaesthesia", sire, agents=[{"agent": "ketamine"}, {"agent": "xylazine"}], **at)
        taken = logged("collection", sire, **at)
        logged("insemination", dam, {"collection": taken}, **at)
        logged("weighing", dam, **at)
        factories.ProcedureFileFactory(procedure=asleep)
    asked()  # the book's problems are found anew after each deed
    assert asked() == few


def address(made: Procedure, rest: str) -> str:
    return f"{made.get_absolute_url()}files/{rest}"


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def keep(browser: Any, made: Procedure, content: bytes, **more: Any) -> Any:
    return browser.post(address(made, "new/"), {"file": SimpleUploadedFile("a.pdf", content), **more})


def test_file__is_kept_for_those_who_log_there_and_the_coordinator(
    logged: Logged,
    dam: Animal,
    folder: Path,
    bo: User,
    rita: User,
    ada: User,
    olga: User,
    remy: User,
    rex: User,
    signed_in: Any,
) -> None:
    made = logged("examination", dam)
    assert keep(signed_in(bo), made, PAPER, title="Uterus").status_code == 302
    paper = address(made, f"{ProcedureFile.objects.get().pk}/")
    answer = signed_in(bo).get(paper)
    assert (answer.status_code, answer.content) == (200, PAPER)
    assert answer["Content-Disposition"].startswith(f'attachment; filename="procedure-{made.pk}-')
    assert [signed_in(each).get(paper).status_code for each in (bo, rita, ada)] == [200, 200, 200]
    assert [signed_in(each).get(paper).status_code for each in (olga, remy, rex)] == [403, 403, 404]
    page = signed_in(olga).get(made.get_absolute_url()).text
    assert "1 kept. Those who log at Zoo A" in page
    assert "Uterus" not in page
    assert keep(signed_in(rex), made, PAPER).status_code == 404


def test_file__is_not_kept_with_what_was_struck_out(
    dam: Animal, rita: User, logged: Logged, signed_in: Any, folder: Path
) -> None:
    browser, made = signed_in(rita), logged("examination", dam)
    assert "Keep one" in browser.get(made.get_absolute_url()).text
    browser.post(f"{made.get_absolute_url()}strike/", {"reason": "twice", "opened_version": 1})
    page = browser.get(made.get_absolute_url()).text
    assert "rita: twice. It stays in the book and counts no more." in page
    assert "Keep one" not in page
    answer = keep(browser, made, PAPER)
    assert "was struck out, so that nothing is kept with it any more" in answer.text
    assert (ProcedureFile.objects.exists(), list(folder.rglob("*.pdf"))) == (False, [])


def test_file__of_another_kind_is_refused_and_leaves_nothing(
    logged: Logged, dam: Animal, folder: Path, bo: User, signed_in: Any
) -> None:
    answer = keep(signed_in(bo), logged("examination", dam), b"MZ\x90\x00")
    assert (answer.status_code, "up to 20 MB" in answer.text) == (400, True)
    assert [each for each in folder.rglob("*") if each.is_file()] == []


def test_file__is_withdrawn_for_a_reason_and_given_to_nobody(
    logged: Logged, dam: Animal, folder: Path, bo: User, signed_in: Any
) -> None:
    made, browser = logged("examination", dam), signed_in(bo)
    keep(browser, made, PAPER)
    paper = address(made, f"{ProcedureFile.objects.get().pk}/")
    assert browser.post(f"{paper}withdraw/", {"reason": " "}).status_code == 400
    assert browser.post(f"{paper}withdraw/", {"reason": "Another cat."}).status_code == 302
    assert browser.get(paper).status_code == 404
    assert "Another cat." in browser.get(made.get_absolute_url()).text
    assert "was withdrawn already" in browser.post(f"{paper}withdraw/", {"reason": "Again."}).text
    other = logged("weighing", dam)
    assert browser.get(address(other, f"{ProcedureFile.objects.get().pk}/")).status_code == 404
