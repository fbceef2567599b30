"""Studbook numbers and names with characters that addresses, pages, files and printed plans read as their own."""

import csv
import re
from html import unescape
from io import BytesIO, StringIO
from urllib.parse import quote, urljoin

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from studbook.accounts.models import User
from studbook.animals.adding import add_animals
from studbook.animals.drafts import AnimalDraft
from studbook.core.errors import StudbookError
from studbook.programmes.changes import changing
from studbook.programmes.models import Programme
from tests import factories

SIRES = ("007", "7", "%2F", "a?b", "=1+1", "-1", "'", "<b>", "export.csv", "{{x}}")
DAMS = ("雪豹", "%00", "a#b", "a&b=c", "@x", "a+b", '"', "...", "A" * 20, "\\")
REFUSED = ("", ".", "..", "a b", "a/b", "a\tb", "a\nb", "\u00a0", "1\u200b", "\u202e12", "\x00", "A" * 21)
MARKUP = "<script>alert(1)</script> *a* #set page() $x$ @ref `raw` \\ \u202eR 🐆"


@pytest.fixture
def window(ada: User, programme: Programme) -> Client:
    """Return the coordinator's window on a book of odd numbers, names, notes and reasons."""
    zoo = factories.InstitutionFactory(name="=1+1 <script>alert(1)</script>&\"'", city="<b>", mnemonic="=1+1")
    factories.ParticipationFactory(programme=programme, institution=zoo)
    common = {"programme": programme, "house_name": MARKUP, "note": "=1+1"}
    for sire_number, dam_number in zip(SIRES, DAMS, strict=True):
        sire = factories.animal_at(zoo, studbook_number=sire_number, sex="M", **common)
        dam = factories.animal_at(zoo, studbook_number=dam_number, sex="F", **common)
        factories.AnimalFactory(programme=programme, sire=sire, dam=dam, sex="U")
        factories.RecommendationFactory(
            programme=programme, sire=sire, dam=dam, reason=f"{MARKUP}\n= heading\n"
        )
    client = Client()
    client.force_login(ada)
    return client


@pytest.mark.parametrize(
    "name", ["animals", "pairs", "chance_pairs", "institutions", "quality", "recommendations"]
)
def test_list__links_to_every_odd_number(window: Client, name: str) -> None:
    page = window.get(reverse(name, args=["leopards"])).text
    assert "<script>alert" not in page
    links = {unescape(each) for each in re.findall(r'href="(/programmes/[^"]+)"', page)}
    assert [link for link in links if window.get(link.split("#")[0]).status_code != 200] == []


def test_matrix__leads_to_every_odd_pair_and_animal(window: Client) -> None:
    url = reverse("pair_matrix", args=["leopards"])
    page = window.get(url).text
    assert "<script>alert" not in page
    links = {urljoin(url, unescape(each)) for each in re.findall(r'href="([.?][^"]+)"', page)}
    assert len(links) >= len(SIRES) * len(DAMS)
    assert [link for link in links if window.get(link).status_code != 200] == []


def test_animal__has_page_pair_and_api_under_its_odd_number(window: Client) -> None:
    for sire, dam in zip(SIRES, DAMS, strict=True):
        page = window.get(reverse("animal", args=["leopards", sire])).text
        assert quote(dam, safe="~!*()'$,:=@&+;") in unescape(page)
        assert window.get(reverse("pair", args=["leopards", sire, dam])).status_code == 200
        answer = window.get(reverse("api_animal", args=["leopards", dam])).json()
        assert (answer["studbook_number"], answer["house_name"]) == (dam, MARKUP)


def test_exports__hold_every_animal_and_no_formula(window: Client) -> None:
    text = b"".join(window.get(reverse("animals_csv", args=["leopards"]))).decode()
    rows = list(csv.reader(StringIO(text)))
    assert len(rows) == 31
    assert {number.removeprefix("'") for number, *_ in rows if number != "'"} >= {*SIRES, *DAMS} - {"'"}
    content = window.get(reverse("animals_xlsx", args=["leopards"])).content
    sheet = load_workbook(BytesIO(content), read_only=True).active
    cells = [cell for row in sheet.values for cell in row] + [cell for row in rows for cell in row]
    assert [each for each in cells if isinstance(each, str) and each.startswith(("=", "+", "@"))] == []


def test_report__is_made_of_names_with_markup(window: Client) -> None:
    answer = window.get(reverse("recommendation_report", args=["leopards"]))
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


@pytest.mark.parametrize("number", REFUSED, ids=ascii)
def test_add_animals__refuses_a_number_that_no_address_can_hold(programme: Programme, number: str) -> None:
    with (
        pytest.raises(StudbookError, match=r"cannot be a studbook number|longer than 20"),
        changing(programme, "add", by=None, reason="a test") as trail,
    ):
        add_animals(trail, programme, [AnimalDraft(number)])
    assert not programme.animals.exists()
