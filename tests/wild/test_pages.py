"""The pages and files of the wild."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django.fixtures import DjangoAssertNumQueries

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.programmes.models import Programme
from studbook.wild.models import CameraRecord, Release, ReleaseSite, SurveyCount
from tests import factories
from tests.wild.conftest import COUNT, MET, PAGES, SITE, WHY

pytestmark = pytest.mark.django_db
EVIL = '<script>alert("1")</script>'


@pytest.fixture
def window(ada: User, client: Client) -> Client:
    client.force_login(ada)
    return client


def rows(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(b"".join(answer).decode())))


def test_overview__of_an_empty_book_says_so(window: Client, programme: Programme) -> None:
    page = window.get(PAGES).text
    assert "No count of the wild is in the book yet." in page
    assert "No release site is in the book yet." in page


def test_overview__draws_the_counts_beside_the_captive_population(
    window: Client, count: SurveyCount, two: list[Animal]
) -> None:
    factories.SurveyCountFactory(programme=count.programme, area="Jilin", best=None, low=8, high=11)
    page = window.get(PAGES)
    figure = page.context["figure"]
    assert [(each.where, each.counts) for each in figure.series] == [
        ("Land of the Leopard, Russia", 1),
        ("Jilin, Russia", 1),
    ]
    assert figure.captive_label == "2 captive"
    assert "2015, Jilin, Russia: 8–11 (camera traps)" in page.text


def test_overview__marks_an_animal_whose_release_was_taken_back(window: Client, site: ReleaseSite) -> None:
    factories.ReleaseAnimalFactory(release__site=site, event=None)
    assert "(taken back)" in window.get(PAGES).text


def test_overview__takes_as_many_queries_for_many_records(
    window: Client,
    programme: Programme,
    site: ReleaseSite,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(12):
        factories.SurveyCountFactory(programme=programme)
        factories.CameraRecordFactory(programme=programme)
        factories.ReleaseAnimalFactory(release__site=site, animal__studbook_number=str(number))
    with django_assert_max_num_queries(13):
        window.get(PAGES)


@pytest.mark.parametrize("page", ["counts", "cameras", "sites", "releases"])
def test_list__takes_as_many_queries_for_many_records(
    window: Client, programme: Programme, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(6):
        factories.SurveyCountFactory(programme=programme)
        factories.CameraRecordFactory(programme=programme)
        factories.ReleaseAnimalFactory(release__site__programme=programme)
    for address in (f"{PAGES}{page}/", f"{PAGES}{page}/export.csv"):
        with django_assert_max_num_queries(8):
            b"".join(window.get(address))


def test_list__shows_what_stands_and_is_narrowed(window: Client, count: SurveyCount) -> None:
    factories.SurveyCountFactory(programme=count.programme, area="Jilin", country="China")
    struck = {"struck_at": "2026-01-01T00:00Z", "struck_why": "Counted twice."}
    factories.SurveyCountFactory(programme=count.programme, area="Khasan", **struck)
    page = window.get(f"{PAGES}counts/").text
    assert "Jilin" in page
    assert "Khasan" not in page
    assert "Khasan" in window.get(f"{PAGES}counts/", {"records": "struck"}).text
    assert "Land of" not in window.get(f"{PAGES}counts/", {"about": "jilin"}).text
    assert "cannot be read" in window.get(f"{PAGES}counts/", {"records": "none"}).text


def test_list__is_sorted_by_its_heads(window: Client, count: SurveyCount) -> None:
    factories.SurveyCountFactory(programme=count.programme, first_year=2018, best=9)
    found = window.get(f"{PAGES}counts/", {"order": "-years"}).context["page"].object_list
    assert [each.first_year for each in found] == [2018, 2015]
    found = window.get(f"{PAGES}counts/", {"order": "best"}).context["page"].object_list
    assert [each.best for each in found] == [9, 57]


def test_export__holds_every_column_and_runs_nothing(window: Client, count: SurveyCount) -> None:
    SurveyCount.objects.update(note="=HYPERLINK(1)")
    (row,) = rows(window.get(f"{PAGES}counts/export.csv"))
    assert (row["best"], row["source"], row["note"]) == (
        "57",
        "A report, https://example.org/report",
        "'=HYPERLINK(1)",
    )
    book = load_workbook(BytesIO(window.get(f"{PAGES}counts/export.xlsx").content))
    assert book.active["A2"].value == "2015"
    (row,) = rows(window.get(f"{PAGES}counts/export.csv", {"columns": "area"}))
    assert row == {"years": "2015", "area": "Land of the Leopard"} or row == {"area": "Land of the Leopard"}


def test_export__of_a_filter_that_cannot_be_read_is_refused(window: Client, count: SurveyCount) -> None:
    assert window.get(f"{PAGES}counts/export.csv", {"records": "none"}).status_code == 400


@pytest.mark.parametrize(
    ("page", "told", "model"),
    [("counts", COUNT, SurveyCount), ("cameras", MET, CameraRecord), ("sites", SITE, ReleaseSite)],
)
def test_new__writes_a_record_once(
    window: Client, programme: Programme, page: str, told: dict[str, Any], model: Any
) -> None:
    for _ in range(2):
        answer = window.post(f"{PAGES}{page}/new/", {**told, "once_key": "one"})
        assert answer.status_code == 302, answer.context["form"].errors
    made = model.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert window.get(answer["Location"]).status_code == 200


def test_new__rounds_a_place_before_anything_keeps_it(window: Client, programme: Programme) -> None:
    window.post(f"{PAGES}cameras/new/", MET)
    record = CameraRecord.objects.get()
    assert (record.latitude, record.longitude) == (43.4, 130.7)
    from studbook.core.models import AuditChange

    assert "43.42" not in str([each.after for each in AuditChange.objects.all()])


@pytest.mark.parametrize(
    ("page", "told", "field"),
    [
        ("counts", COUNT | {"first_year": ""}, "first_year"),
        ("counts", COUNT | {"best": "-1"}, "best"),
        ("counts", COUNT | {"best": "9" * 30}, "best"),
        ("counts", COUNT | {"adults": "40000"}, "adults"),
        ("counts", COUNT | {"area": "x" * 121}, "area"),
        ("counts", COUNT | {"area": "a\x00b"}, "area"),
        ("counts", COUNT | {"area": "a\u202eb"}, "area"),
        ("counts", COUNT | {"method": "guess"}, "method"),
        ("cameras", MET | {"seen": "9 October 2013"}, "seen"),
        ("cameras", MET | {"seen": "soon"}, "seen"),
        ("cameras", MET | {"latitude_tenths": "91"}, "latitude_tenths"),
        ("cameras", MET | {"latitude_tenths": "NaN"}, "latitude_tenths"),
        ("cameras", MET | {"longitude_tenths": ""}, "longitude_tenths"),
        ("sites", SITE | {"state": "on hold"}, "state_reason"),
        ("sites", SITE | {"kinship_limit": "inf"}, "kinship_limit"),
        ("sites", SITE | {"lineage_cap": "100"}, "lineage_cap"),
        ("sites", SITE | {"males_wanted": "21"}, "males_wanted"),
        ("sites", SITE | {"wild_area": "99999999999999999999"}, "wild_area"),
        ("sites", SITE | {"oldest_months": "5", "youngest_months": "6"}, "youngest_months"),
    ],
)
def test_new__tells_what_is_wrong_at_its_field(
    window: Client, programme: Programme, page: str, told: dict[str, Any], field: str
) -> None:
    answer = window.post(f"{PAGES}{page}/new/", told)
    assert answer.status_code == 400
    assert field in answer.context["form"].errors


def test_new__takes_a_wild_area_of_the_programme_only(window: Client, programme: Programme) -> None:
    foreign = factories.InstitutionFactory(kind="wild", mnemonic="RANGE")
    assert window.post(f"{PAGES}sites/new/", SITE | {"wild_area": foreign.pk}).status_code == 400
    factories.ParticipationFactory(programme=programme, institution=foreign)
    assert window.post(f"{PAGES}sites/new/", SITE | {"wild_area": foreign.pk}).status_code == 302


def test_edit__shows_what_stands_and_changes_it(window: Client, site: ReleaseSite) -> None:
    ReleaseSite.objects.update(lineage_cap=0.2)
    form = window.get(f"{PAGES}sites/{site.pk}/edit/").context["form"]
    assert (form["latitude_tenths"].value(), form["lineage_cap"].value()) == (43.4, 20.0)
    told = {name: form[name].value() or "" for name in form.FIRST}
    halted = {"state": "on hold", "state_reason": "Because of the war."}
    answer = window.post(f"{PAGES}sites/{site.pk}/edit/", told | WHY | halted)
    assert answer.status_code == 302
    page = window.get(answer["Location"]).text
    assert "Because of the war. Nothing is released here now." in page
    assert "<del>active</del>" in page


def test_edit__on_an_older_version_shows_both_and_takes_mine(window: Client, count: SurveyCount) -> None:
    SurveyCount.objects.update(best=60, version=2)
    url, mine = f"{PAGES}counts/{count.pk}/edit/", COUNT | WHY | {"best": 62}
    answer = window.post(url, mine)
    assert answer.status_code == 409
    assert "Not saved" in answer.text
    assert window.post(url, mine | {"take_mine": 2}).status_code == 302
    count.refresh_from_db()
    assert count.best == 62


def test_strike__marks_the_record_and_ends_its_changes(window: Client, count: SurveyCount) -> None:
    url = f"{PAGES}counts/{count.pk}/"
    assert window.post(f"{url}strike/", {"opened_version": 1}).status_code == 400
    assert window.post(f"{url}strike/", WHY).status_code == 302
    page = window.get(url).text
    assert "struck out" in page
    assert "strike it out" not in page
    assert window.post(f"{url}edit/", COUNT | {**WHY, "opened_version": 2}).status_code == 409


def test_pages__say_what_people_wrote_without_running_it(
    window: Client, site: ReleaseSite, camera: CameraRecord
) -> None:
    CameraRecord.objects.update(note=EVIL, source=f"http://x.org/{EVIL}", individuals=EVIL, area=EVIL)
    ReleaseSite.objects.update(name=EVIL, note=EVIL, state="closed", state_reason=EVIL)
    for address in (
        "",
        "cameras/",
        f"cameras/{camera.pk}/",
        "sites/",
        f"sites/{site.pk}/",
        f"sites/{site.pk}/release/",
    ):
        assert "<script>alert" not in window.get(f"{PAGES}{address}").text


def test_release__is_written_on_the_page_of_its_site(
    window: Client, site: ReleaseSite, two: list[Animal]
) -> None:
    url = f"{PAGES}sites/{site.pk}/release/"
    assert window.get(url, {"animal": ["7", "8"]}).context["form"]["animals"].value() == "7 8"
    told = {"animals": "7, 8", "on": "2024-05-03", "note": "In the morning."}
    for _ in range(2):
        answer = window.post(url, {**told, "once_key": "one"})
        assert answer.status_code == 302, answer.context["form"].errors
    made = Release.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    for address in (answer["Location"], f"{PAGES}releases/", f"{PAGES}sites/{site.pk}/", PAGES):
        assert "/animals/7/" in window.get(address).text
    panel = window.get("/programmes/leopards/animals/7/").text
    assert made.get_absolute_url() in panel
    assert "(taken back)" not in window.get(PAGES).text
    (row,) = rows(window.get(f"{PAGES}releases/export.csv"))
    assert row["animals"] == "7;8"


def test_release__tells_why_it_cannot_be(window: Client, site: ReleaseSite, two: list[Animal]) -> None:
    url, told = f"{PAGES}sites/{site.pk}/release/", {"animals": "7", "on": "2024-05-03"}
    ReleaseSite.objects.update(state="on hold", state_reason="Because of the war.")
    answer = window.post(url, told)
    assert answer.status_code == 400
    assert "on hold: Because of the war. Nothing is released there." in answer.text
    ReleaseSite.objects.update(state="active", state_reason="")
    assert window.post(url, told | {"animals": "7 99"}).context["form"].errors["animals"]
    assert not Release.objects.exists()


def test_release__of_an_animal_that_stays_has_no_panel(window: Client, two: list[Animal]) -> None:
    assert "Released" not in window.get("/programmes/leopards/animals/7/").text


@pytest.mark.parametrize("page", ["counts", "cameras", "sites", "releases"])
def test_record__of_another_programme_is_not_there(window: Client, programme: Programme, page: str) -> None:
    other = factories.ProgrammeFactory(code="tigers")
    made = {
        "counts": factories.SurveyCountFactory(programme=other),
        "cameras": factories.CameraRecordFactory(programme=other),
        "sites": factories.ReleaseSiteFactory(programme=other),
        "releases": factories.ReleaseFactory(site__programme=other),
    }[page]
    assert window.get(f"{PAGES}{page}/{made.pk}/").status_code == 404
