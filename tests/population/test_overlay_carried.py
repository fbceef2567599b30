"""What leads on from a page under an overlay stays under it: links, forms, and the names of files."""

from typing import Any

import pytest
from django.urls import reverse

from studbook.population.basis import Basis
from studbook.population.models import Overlay
from tests.factories import AssumptionFactory, LineageFactory, OverlayFactory
from tests.population.conftest import Family

GENETICS = "/programmes/leopards/genetics/"


@pytest.fixture
def letters(family: Family) -> Overlay:
    made: Overlay = OverlayFactory(programme=family.programme, name="Letters from Kazan, 1987")
    AssumptionFactory(overlay=made, animal=family[10])
    return made


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("pairs_csv", "pairs.csv"),
        ("mean_kinships_csv", "mean-kinship.csv"),
        ("mean_kinships_xlsx", "mean-kinship.xlsx"),
        ("founders_csv", "founders.csv"),
        ("genetic_history_csv", "genetic-history.csv"),
        ("kinship_csv", "kinship.csv"),
    ],
)
def test_export__names_the_overlay_in_its_file_name(
    letters: Overlay, olga: Any, signed_in: Any, name: str, subject: str
) -> None:
    url, browser = reverse(name, args=["leopards"]), signed_in(olga)
    subject, ending = subject.split(".")
    assert browser.get(url)["Content-Disposition"] == f'attachment; filename="leopards-{subject}.{ending}"'
    assumed = browser.get(url, {"overlay": letters.pk})["Content-Disposition"]
    assert assumed == f'attachment; filename="leopards-{subject}-under-letters-from-kazan-1.{ending}"'


def test_lineage_csv__names_the_overlay_in_its_file_name(letters: Overlay, olga: Any, signed_in: Any) -> None:
    lineage = LineageFactory(programme=letters.programme)
    url = reverse("lineage_csv", args=["leopards", lineage.pk])
    answer = signed_in(olga).get(url, {"overlay": letters.pk})
    assert f"leopards-lineage-{lineage.pk}-under-letters-from-kazan-1.csv" in answer["Content-Disposition"]


def test_file_name__names_every_overlay_by_letters_any_system_takes(letters: Overlay) -> None:
    other = OverlayFactory(programme=letters.programme, name="Письма\n")
    names = Basis(letters.programme, (letters, other)).file_name("pairs")
    assert names == f"leopards-pairs-under-letters-from-kazan-1-and-overlay-{other.pk}"


def test_kinship_map__leads_to_pairs_under_the_overlay(letters: Overlay, olga: Any, signed_in: Any) -> None:
    browser, query = signed_in(olga), {"overlay": letters.pk}
    text = browser.get(f"{GENETICS}kinship/", query).content.decode()
    pair = reverse("pair", args=["leopards", "5", "6"])
    assert f'href="{pair}?overlay={letters.pk}"' in text
    assert 'data-file="leopards-kinship-under-letters-from-kazan-1.png"' in text
    assert "kinship of the living with Letters from Kazan, 1987, revision" in text
    drawn = browser.get(f"{GENETICS}kinship.json", query).json()
    assert drawn["pair_url"] == f"/programmes/leopards/pairs/SIRE/DAM/?overlay={letters.pk}"
    assert browser.get(f"{GENETICS}kinship.json").json()["pair_url"].endswith("/SIRE/DAM/")


@pytest.mark.parametrize(
    "path",
    [
        "pairs/",
        "genetics/mean-kinship/",
        "genetics/founders/",
        "genetics/history/",
        "genetics/kinship/",
        "animals/9/genetics/parents/",
    ],
)
def test_filters__keep_the_overlay(letters: Overlay, olga: Any, signed_in: Any, path: str) -> None:
    browser, field = signed_in(olga), f'<input type="hidden" name="overlay" value="{letters.pk}">'
    url = f"/programmes/leopards/{path}"
    assert browser.get(url, {"overlay": letters.pk}).content.decode().count(field) == 1
    assert field not in browser.get(url).content.decode()


def test_animal__its_panels_stand_on_the_overlay_asked_for(
    letters: Overlay, olga: Any, signed_in: Any
) -> None:
    browser, url = signed_in(olga), reverse("animal", args=["leopards", "5"])
    assumed = browser.get(url, {"overlay": letters.pk}).content.decode()
    assert assumed.count("<b>Not as recorded.</b>") == 2
    assert f"/programmes/leopards/pairs/5/6/?overlay={letters.pk}" in assumed
    assert f"/programmes/leopards/pairs/?animal=5&amp;overlay={letters.pk}" in assumed
    assert f"/animals/5/genetics/?overlay={letters.pk}" in assumed
    # 10 is excluded, so it is nobody's mate.
    assert "/pairs/5/10/" not in assumed
    recorded = browser.get(url).content.decode()
    assert "/pairs/5/10/" in recorded
    assert "Not as recorded" not in recorded
    lost = browser.get(url, {"overlay": "999"})
    assert lost.status_code == 200
    assert "No overlay “999” stands in" in lost.content.decode()
