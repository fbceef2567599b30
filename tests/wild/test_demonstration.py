"""The wild of the demonstration: published facts, each with where it was read."""

import csv
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from studbook.accounts.models import User
from studbook.programmes.models import Programme
from studbook.wild.demonstration import add_the_wild
from studbook.wild.history import history_of
from studbook.wild.models import CameraRecord, Release, ReleaseSite, SurveyCount
from tests import factories
from tests.wild.conftest import PAGES

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(programme: Programme) -> Programme:
    coordinator = factories.UserFactory(username="coordinator")
    factories.ProgrammeRoleFactory(user=coordinator, programme=programme, role="coordinator")
    add_the_wild(programme)
    return programme


def test_add_the_wild__holds_every_count_with_its_address(shown: Programme) -> None:
    path = Path(settings.FIXTURE_DIR) / "amur_leopard" / "survey_counts.csv"
    with path.open(newline="", encoding="utf-8") as opened:
        rows = list(csv.DictReader(opened))
    counts = SurveyCount.objects.filter(programme=shown)
    assert [(str(each.first_year), each.area) for each in counts] == [
        (row["first_year"], row["area"])
        for row in sorted(rows, key=lambda row: (row["first_year"], row["last_year"]))
    ]
    assert all("http" in each.source for each in counts)
    assert {each.number for each in counts.filter(first_year=2007)} == {"19–26", "30"}
    assert counts.get(first_year=2014).number == "84"


def test_add_the_wild__holds_the_female_with_two_cubs(shown: Programme) -> None:
    record = CameraRecord.objects.get()
    assert (record.where, record.adults, record.young) == ("Wangqing, China", 1, 2)
    assert "30 km" in record.note
    assert str(record.seen) == "October 2013"
    assert "Filmed in October 2013" in record.note


def test_add_the_wild__holds_the_site_that_was_planned_and_is_on_hold(shown: Programme) -> None:
    site = ReleaseSite.objects.get()
    assert (site.name, site.state, site.ages) == ("Lazovsky reserve", "on hold", "12 to 18 months")
    changed = history_of(site, with_places=False)[0].changes[0].facts
    assert ("state", "planned", "on hold") in [(each.fact, each.before, each.after) for each in changed]
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    ("page", "told"), [("", True), ("counts/", True), ("cameras/", True), ("sites/", False)]
)
def test_pages__say_that_what_is_told_of_the_wild_is_published(
    shown: Programme, client: Client, page: str, told: bool
) -> None:
    client.force_login(User.objects.get(username="coordinator"))
    published = "camera-trap records and the release site that came with it are published ones"
    for synthetic in (True, False):
        Programme.objects.update(synthetic=synthetic)
        assert (published in client.get(f"{PAGES}{page}").text) == (told and synthetic)
