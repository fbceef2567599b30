"""The page of whom to release at a site, and its files."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from studbook.accounts.models import User
from studbook.animals.correcting.events import remove_event
from studbook.animals.entry.life import log_death, log_found, log_lost
from studbook.animals.models import Animal, Event
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.wild.models import ReleaseSite
from studbook.wild.releasing import release_animals
from tests import factories
from tests.wild.conftest import PAGES, living

pytestmark = pytest.mark.django_db
ASKED = {"males": "1", "females": "1", "kinship_limit": "0.125"}
# The brother of the one released, and their parents.
KIN = dict.fromkeys(("10", "FF", "FM"), "Its kinship to 12, released here before, is 0.2500, above 0.125.")


@pytest.fixture
def six(programme: Programme, zoo: Institution) -> list[Animal]:
    """Return three males and three females; two of them are brothers."""
    sire, dam = (
        factories.FounderFactory(programme=programme, sex=sex, studbook_number=f"F{sex}") for sex in "MF"
    )
    made = [living(programme, zoo, str(number), sex="MF"[number % 2]) for number in range(10, 16)]
    for each in (made[0], made[2]):
        each.sire_kind = each.dam_kind = "known"
        each.sire, each.dam = sire, dam
        each.save()
    return made


@pytest.fixture
def window(ada: User, client: Client) -> Client:
    client.force_login(ada)
    return client


def page_of(site: ReleaseSite, ending: str = "") -> str:
    return f"{PAGES}sites/{site.pk}/candidates/{ending}"


def rows(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(b"".join(answer).decode())))


def test_candidates__asks_what_the_site_needs(window: Client, six: list[Animal], site: ReleaseSite) -> None:
    needs = {"males_wanted": 1, "females_wanted": 2, "youngest_months": 12, "kinship_limit": 0.1}
    ReleaseSite.objects.update(**needs, lineage_cap=0.2, inbreeding_limit=0.125)
    question = window.get(page_of(site)).context["answer"].question
    assert (question.males, question.females, question.weight) == (1, 2, 1.0)
    assert (question.youngest_months, question.oldest_months) == (12, None)
    assert (question.kinship_limit, question.inbreeding_limit, question.lineage_cap) == (0.1, 0.125, 0.2)


def test_candidates__shows_the_group_and_leads_to_its_release(
    window: Client, six: list[Animal], site: ReleaseSite
) -> None:
    page = window.get(page_of(site), {"males": 2, "females": 1})
    answer = page.context["answer"]
    chosen = [each.animal.studbook_number for each in answer.chosen]
    # The brothers do not go together: the group would be less diverse.
    assert not {"10", "12"} <= set(chosen)
    assert "&amp;".join(f"animal={number}" for number in chosen) in page.text
    assert "no other group of these candidates is worth more" in page.text


def test_candidates__of_a_site_on_hold_shows_who_would_be_chosen(
    window: Client, six: list[Animal], site: ReleaseSite
) -> None:
    ReleaseSite.objects.update(state="on hold", state_reason="Because of the war.")
    page = window.get(page_of(site)).text
    assert "This page only shows who would be chosen." in page
    assert "Write the release of these down" not in page


def test_candidates__says_what_stands_in_the_way(
    window: Client, six: list[Animal], site: ReleaseSite
) -> None:
    page = window.get(page_of(site), {"males": 9}).text
    assert "but the candidates" in page
    page = window.get(page_of(site), {"males": 2, "oldest_months": 1}).text
    assert "months old, older than 1." in page


def test_candidates__of_an_empty_book_say_so(window: Client, site: ReleaseSite) -> None:
    assert "no population to measure" in window.get(page_of(site)).text


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"males": "21"}, "males"),
        ({"males": "-1"}, "males"),
        ({"males": "0", "females": "0"}, "males"),
        ({"males": "9" * 40}, "males"),
        ({"males": "1", "weight": "nan"}, "weight"),
        ({"males": "1", "weight": "1e99"}, "weight"),
        ({"males": "1", "kinship_limit": "2"}, "kinship_limit"),
        ({"males": "1", "youngest_months": "9", "oldest_months": "8"}, "youngest_months"),
        ({"males": "1", "lineage_cap": "0"}, "lineage_cap"),
        ({"males": "1", "known_least": "101"}, "known_least"),
        ({"males": "1", "inbreeding_limit": "\x00"}, "inbreeding_limit"),
    ],
)
def test_candidates__tell_what_cannot_be_read(
    window: Client, six: list[Animal], site: ReleaseSite, asked: dict[str, str], field: str
) -> None:
    page = window.get(page_of(site), asked)
    assert page.status_code == 200
    assert field in page.context["form"].errors
    for ending in ("export.csv", "export.xlsx"):
        assert window.get(page_of(site, ending), asked).status_code == 400


def test_export__holds_the_group_the_swaps_and_everybody_else(
    window: Client, six: list[Animal], site: ReleaseSite
) -> None:
    six[5].sex = "U"
    six[5].house_name = "=cmd"
    six[5].save()
    lineage = factories.LineageFactory(programme=site.programme, name="Founder 1", cap=0.9)
    factories.LineageFounderFactory(lineage=lineage, founder=site.programme.animals.get(studbook_number="FM"))
    told = rows(window.get(page_of(site, "export.csv"), {"males": 1, "females": 1}))
    kinds = [each["list"] for each in told]
    assert (kinds.count("chosen"), kinds.count("swap"), kinds.count("no candidate")) == (2, 2, 2)
    why = {each["studbook_number"]: each["why_not"] for each in told if each["why_not"]}
    assert why == {"FM": "100.0 % of its genes are of Founder 1, above 90 %.", "15": "Its sex is not known."}
    assert "'=cmd" in [each["house_name"] for each in told]
    brothers = [each for each in told if each["studbook_number"] in ("10", "12") and each["list"] != "swap"]
    assert [each["share_of_Founder 1"] for each in brothers] == ["0.5", "0.5"]
    book = load_workbook(BytesIO(window.get(page_of(site, "export.xlsx")).content))
    assert book.active["A1"].value == "list"


def test_candidates__of_unknown_ancestry_are_told_or_left_out(
    window: Client, six: list[Animal], site: ReleaseSite
) -> None:
    six[0].sire, six[0].sire_kind = None, "unknown"
    six[0].save()
    Programme.objects.filter(pk=site.programme.pk).update(revision=site.programme.revision + 1)
    page = window.get(page_of(site), {"males": 4})
    assert "Not all genes of 14 and 10 are of known origin" in page.text
    asked = {"males": 2, "known_least": "75"}
    page = window.get(page_of(site), asked)
    why = "{} % of its genes are of known origin, less than 75 %."
    against = {"10": why.format("50.0"), **dict.fromkeys(("11", "13", "14", "15"), why.format("0.0"))}
    assert left_out(page) == against
    assert "are of known origin: the unknown ones" not in page.text
    told = rows(window.get(page_of(site, "export.csv"), asked))
    assert {each["studbook_number"]: each["why_not"] for each in told if each["why_not"]} == against


@pytest.fixture
def released(six: list[Animal], site: ReleaseSite, ada: User) -> Event:
    """Return the release of one of the brothers at the site, which takes no kin as close."""
    release_animals(site, animals=["12"], on=DateInterval.parse("2024-05-03"), by=ada)
    ReleaseSite.objects.update(kinship_limit=0.125)
    return Event.objects.get(animal=six[2], kind="release")


def left_out(page: Any) -> dict[str, str]:
    return {each.animal.studbook_number: each.reason for each in page.context["answer"].left_out}


def test_candidates__who_is_kin_of_one_released_there_is_none(
    window: Client, released: Event, site: ReleaseSite
) -> None:
    for asked in ({}, ASKED):
        page = window.get(page_of(site), asked)
        assert left_out(page) == KIN
        assert KIN["10"] in page.text
        assert "holds also towards the 1 animal released there before." in page.text
    told = rows(window.get(page_of(site, "export.csv"), ASKED))
    assert {each["studbook_number"]: each["why_not"] for each in told if each["why_not"]} == KIN
    page = window.get(page_of(site), {**ASKED, "kinship_limit": "0.25"})
    assert left_out(page) == {}
    page = window.get(page_of(site), {**ASKED, "kinship_limit": ""})
    assert left_out(page) == {}
    assert "released there before" not in page.text


def test_candidates__of_another_site_do_not_meet_them(
    window: Client, released: Event, programme: Programme
) -> None:
    other = factories.ReleaseSiteFactory(programme=programme, name="Khasan")
    page = window.get(page_of(other), ASKED)
    assert left_out(page) == {}
    assert "released there before" not in page.text


@pytest.mark.parametrize("what", ["taken back", "dead", "found again", "lost since it was found"])
def test_candidates__do_not_meet_one_that_is_no_longer_there(
    window: Client, released: Event, site: ReleaseSite, zoo: Institution, ada: User, what: str
) -> None:
    animal, day = released.animal, DateInterval.parse("2024-06-03")
    if what == "taken back":
        remove_event(released, by=ada, reason="It stayed.", opened_version=released.version)
    elif what == "dead":
        log_death(animal, on=day, by=ada)
    else:
        log_found(animal, on=day, place=zoo, by=ada)
        if what != "found again":
            log_lost(animal, on=DateInterval.parse("2024-07-03"), by=ada)
    page = window.get(page_of(site), ASKED)
    assert left_out(page) == {}
    assert "released there before" not in page.text


def test_candidates__are_shown_to_everybody_of_the_programme(
    client: Client, six: list[Animal], site: ReleaseSite, olga: User
) -> None:
    client.force_login(olga)
    assert client.get(page_of(site)).status_code == 200
