"""The insemination at Mulhouse from the first dart to the outcome, told to the book by the zoo's registrar, on its pages."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from studbook.accounts.models import InstitutionRole
from studbook.animals.models import Animal, Observation
from studbook.institutions.models import Institution
from studbook.reproduction.models import Mating, Pairing, Pregnancy, Procedure, Sample, SampleStep
from tests.browser.conftest import PHONE, Enter, follow
from tests.browser.moves import BOOK, agree_on_terms, answered, proposed, travel
from tests.browser.test_keeping import new_person
from tests.browser.test_pages import axe_violations, overflow

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIRE, DAM = "853 Baruto", "832 Khala"
DAY = "2025-10-08"
TEAM = "Seven veterinarians"


@pytest.fixture
def untold(demonstration: None) -> None:
    """Strike out what the demonstration says of it, so that the registrar tells it again."""
    struck = {"struck_at": timezone.now(), "struck_why": "Told again on the pages."}
    for model in (Mating, Pairing, Pregnancy, Procedure, Sample):
        if model is Procedure:
            told = Procedure.objects.filter(animal__house_name__in=["Khala", "Baruto"])
        elif model is Sample:
            told = Sample.objects.filter(donor__house_name="Baruto")
        else:
            told = model.objects.filter(dam__house_name="Khala")
        told.update(**struck)


def test_mulhouse__from_the_dart_to_the_outcome(enter: Enter, untold: None) -> None:
    page = enter("registrar")
    pair(page)
    semen = collect(page)
    insemination = inseminate(page, semen)
    store(page, semen)
    pregnancy = hope(page, insemination)
    remind(page, enter("keeper", viewport=PHONE, dark=True), pregnancy)
    no_young(page, pregnancy)
    move_on(page, enter)
    told(page)


def pair(page: Page) -> None:
    page.goto(f"{BOOK}reproduction/pairs/new/")
    page.get_by_label("Male", exact=True).select_option(value="853")
    page.get_by_label("Female").select_option(value="832")
    page.get_by_label("Introduced").fill("2025-03-10")
    follow(page, page.get_by_role("button", name="Introduce"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Baruto")
    unfold(page)
    form = page.locator("form[action$='/matings/']").last
    form.locator("[name=on]").fill("2025-09-02")
    form.locator("[name=times]").fill("3")
    follow(page, form.get_by_role("button"))
    expect(page.get_by_role("link", name="2025-09-02")).to_be_visible()


def unfold(page: Page) -> None:
    """Open what a page keeps folded."""
    page.locator("main").evaluate(
        "main => main.querySelectorAll('details').forEach(each => (each.open = true))"
    )


def logged(page: Page, number: str, kind: str, at: str, **told: str) -> int:
    """Log a procedure of the day, and return its key."""
    page.goto(f"{BOOK}animals/{number}/procedures/{kind}/")
    unfold(page)
    for name, value in {"on": DAY, "started": at, "team": TEAM, **told}.items():
        field = page.locator(f"main [name='{name}']")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value=value)
        else:
            field.fill(value)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile(r"/procedures/\d+/$"))
    return int(page.url.rstrip("/").rsplit("/", 1)[-1])


def asleep(page: Page, number: str, at: str, **times: str) -> str:
    agents = {"agent-0-agent": "medetomidine", "agent-0-dose": "2.5", "agent-0-unit": "mg"}
    return str(logged(page, number, "anaesthesia", at, way="dart", recovery="smooth", **times, **agents))


def collect(page: Page) -> int:
    under = asleep(page, "853", "08:25", lying_at="08:35", standing_at="09:50")
    quality = {"volume_ml": "1.6", "million_per_ml": "92", "motile_percent": "70"}
    semen = logged(page, "853", "collection", "08:55", method="massage", under=under, **quality)
    logged(page, "853", "weighing", "09:30", weight="50", under=under)
    return semen


def inseminate(page: Page, semen: int) -> int:
    under = asleep(page, "832", "09:30", lying_at="09:40", standing_at="11:20")
    found = {"ovulation": "yes", "cysts": "yes", "pregnancy": "no"}
    logged(page, "832", "examination", "09:55", method="ultrasound", under=under, **found)
    given = {"donor": "853", "collection": str(semen), "route": "cervix", "chance_percent": "50"}
    insemination = logged(page, "832", "insemination", "10:25", under=under, stimulus="true", **given)
    logged(page, "832", "weighing", "10:55", weight="35", under=under)
    page.goto(f"{BOOK}reproduction/procedures/{insemination}/")
    day = page.get_by_role("region", name="That day at Mulhouse")
    expect(day.get_by_role("listitem")).to_have_count(7)
    assert [*overflow(page), *axe_violations(page)] == []
    return insemination


def store(page: Page, semen: int) -> None:
    """Keep twenty straws of what was collected, by the link on the page of its collection."""
    page.goto(f"{BOOK}reproduction/procedures/{semen}/")
    follow(page, page.get_by_role("link", name="Store a sample from it"))
    expect(page.locator("[name=donor]")).to_have_value(re.compile("853"))
    page.get_by_label("How many are stored").fill("20")
    for field, zoo in (("institution", "MULHOUSE"), ("owner", "CLERMONT")):
        page.locator(f"[name={field}]").select_option(value=str(Institution.objects.get(mnemonic=zoo).pk))
    page.get_by_label("Tank").fill("T9")
    page.get_by_label("Canister").fill("1")
    page.get_by_role("button", name="Store").click()
    page.wait_for_url(re.compile(r"/samples/\d+/$"))
    sample = Sample.objects.get(pk=int(page.url.rstrip("/").rsplit("/", 1)[-1]))
    assert (sample.units, sample.procedure_id, sample.donor.house_name) == (20, semen, "Baruto")
    assert SampleStep.objects.filter(sample=sample).values_list("kind", "change").get() == ("stored", 20)
    assert [*overflow(page), *axe_violations(page)] == []


def hope(page: Page, insemination: int) -> int:
    page.goto(f"{BOOK}reproduction/procedures/{insemination}/")
    follow(page, page.get_by_role("link", name="Start a pregnancy"))
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile(r"/pregnancies/\d+/$"))
    pregnancy = Pregnancy.objects.get(pk=int(page.url.rstrip("/").rsplit("/", 1)[-1]))
    assert (pregnancy.method, pregnancy.insemination_id) == ("fresh", insemination)
    # 90 to 105 days after the insemination
    expect(page.get_by_role("main")).to_contain_text("6 January 2026 to 21 January 2026")
    assert [*overflow(page), *axe_violations(page)] == []
    return pregnancy.pk


def remind(page: Page, phone: Page, pregnancy: int) -> None:
    """Read on the room's page and on the dashboard that its outcome is overdue."""
    for reader in (page, phone):
        reader.goto(f"{BOOK}reproduction/")
        line = reader.locator("main li").filter(has=reader.locator(f"a[href$='/pregnancies/{pregnancy}/']"))
        expect(line).to_contain_text("outcome overdue")
        assert [*overflow(reader), *axe_violations(reader)] == []
    phone.goto(f"{BOOK}reproduction/pregnancies/{pregnancy}/")
    assert [*overflow(phone), *axe_violations(phone)] == []
    phone.goto(BOOK)
    expect(phone.get_by_role("main")).to_contain_text("overdue")


def no_young(page: Page, pregnancy: int) -> None:
    page.goto(f"{BOOK}reproduction/pregnancies/{pregnancy}/")
    page.get_by_label("not pregnant").check()
    form = page.locator("form[action$='/outcome/']")
    form.locator("[name=on]").fill("2026-02-02")
    form.locator("[name=told_by]").fill("no young by the end of the window")
    follow(page, form.get_by_role("button"))
    expect(page.get_by_role("main")).to_contain_text("not pregnant")
    assert Pregnancy.objects.get(pk=pregnancy).outcome == Pregnancy.Outcome.NOT_PREGNANT


def move_on(page: Page, enter: Enter) -> None:
    """Let the male go back to where he came from; the pair ends with it."""
    owner = Institution.objects.get(mnemonic="CLERMONT")
    new_person("owner", "CLERMONT", InstitutionRole.Role.REGISTRAR)
    there = enter("owner")
    pk = proposed(page, "853", owner, "Back to the female there.")
    answered(there, pk, SIRE)
    agree_on_terms(page, there, pk, "loan return")
    travel(page, there, pk, SIRE, "13-016")


def told(page: Page) -> None:
    """Read the story on the pages of the two, and in the book."""
    ended = Pairing.objects.standing().get(dam__house_name="Khala")
    assert (ended.is_open, ended.end) == (False, Pairing.End.MOVED)
    weights = Observation.objects.filter(kind="weight", date_earliest=DAY, animal__house_name="Khala")
    assert [each.quantity for each in weights] == [35]
    assert Animal.objects.filter(dam__house_name="Khala", sire__house_name="Baruto").count() == 0
    for number, words in (("832", "Insemination"), ("853", "Semen collection")):
        page.goto(f"{BOOK}animals/{number}/")
        expect(page.get_by_role("main")).to_contain_text(words)
        assert [*overflow(page), *axe_violations(page)] == []
