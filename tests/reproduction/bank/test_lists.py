"""The lists of the bank: stock by donor and by place, samples and their files, labels, what a scanner finds."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from studbook.accounts.models import User
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.models import Sample
from tests import factories

pytestmark = pytest.mark.django_db
BANK = "/programmes/leopards/bank/"
NEW = f"{BANK}samples/new/"


def test_stock__tells_each_donor_once_with_sums(
    programme: Programme, sample: Sample, zoo: Institution, olga: User, signed_in: Any
) -> None:
    at = {"programme": programme, "donor": sample.donor, "institution": zoo}
    factories.SampleFactory(**at, units_stored=5, per_dose=2, account="checking")
    factories.SampleFactory(**at, units_stored=9, account="reserve")
    factories.SampleFactory(**at, units_stored=2, kind="testis", unit="vial")
    page = signed_in(olga).get(BANK).context
    (row,) = page["page"]
    assert (row.donor, row.units, row.doses) == (sample.donor, 22, 8)
    assert {part.name: part.units for part in row.kinds} == {"semen": 20, "tissue of the testis": 2}
    totals = page["totals"]
    assert (totals.donors, totals.samples, totals.units, totals.doses) == (1, 4, 22, 8)
    assert [(each.account, each.units) for each in totals.accounts] == [
        ("reserve", 9),
        ("savings", 8),
        ("checking", 5),
    ]


def test_map__puts_nine_before_ten(
    programme: Programme, zoo: Institution, olga: User, signed_in: Any
) -> None:
    for position in ("10", "9", "b2"):
        factories.SampleFactory(programme=programme, institution=zoo, tank="1", position=position)
    (store,) = signed_in(olga).get(f"{BANK}places/", {"institution": zoo.pk}).context["shown"]
    assert [each.position for each in store.tanks[0].canisters[0].samples] == ["b2", "9", "10"]


def test_find__opens_the_sample_that_was_scanned(
    sample: Sample, zoo: Institution, olga: User, signed_in: Any
) -> None:
    browser = signed_in(olga)
    factories.SampleFactory(programme=sample.programme, institution=zoo, label="12-AB", donor=sample.donor)
    Sample.objects.filter(pk=sample.pk).update(units=0)
    assert browser.get(f"{BANK}find/", {"label": " 12-a "}).headers["Location"] == sample.get_absolute_url()
    for label in ("12", "", "\x00", "9" * 400):
        answer = browser.get(f"{BANK}find/", {"label": label}, follow=True)
        assert answer.status_code == 200
    assert len(browser.get(f"{BANK}find/", {"label": "12"}, follow=True).context["lines"]) == 2


def test_labels__hold_the_words_and_a_code_each(
    sample: Sample, zoo: Institution, olga: User, signed_in: Any
) -> None:
    page = signed_in(olga).get(f"{BANK}labels/").text
    assert re.search(r'<svg[^>]* class="label-code"', page)
    for words in ("12-A", "12 Baruto", "<span>2025-06-01</span>", "savings"):
        assert words in page
    Sample.objects.update(label="кошка <b>")
    assert "кошка &lt;b&gt;" in signed_in(olga).get(f"{BANK}labels/").text


def test_export__holds_all_columns_of_what_was_found(sample: Sample, olga: User, signed_in: Any) -> None:
    browser = signed_in(olga)
    sheet = load_workbook(BytesIO(browser.get(f"{BANK}samples/export.xlsx").content))["samples"]
    head, line = sheet.iter_rows(values_only=True)
    row = dict(zip(head, line, strict=True))
    assert (row["label"], row["donor"], row["left"], row["account"]) == ("12-A", "12", 6, "savings")
    ledger = load_workbook(BytesIO(browser.get(f"{BANK}samples/ledger.xlsx").content))["ledger"]
    assert [cell.value for cell in ledger[2]][:6] == ["12-A", "12", "semen", "stored", "2025-06-01", 6]
    assert browser.get(f"{BANK}samples/export.csv", {"donor": "13"}).getvalue().count(b"\n") == 1
    assert browser.get(f"{BANK}samples/export.csv", {"kind": "blod"}).status_code == 400


def test_filters__find_what_is_left_empty_and_struck_out(
    programme: Programme, sample: Sample, zoo: Institution, olga: User, signed_in: Any
) -> None:
    at = {"programme": programme, "institution": zoo, "donor": sample.donor}
    factories.SampleFactory(**at, label="E", units=0)
    factories.SampleFactory(**at, label="S", struck_at="2026-01-01T00:00Z", struck_why="Never was.")

    def found(**asked: Any) -> list[str]:
        page = signed_in(olga).get(f"{BANK}samples/", {"order": "-label", **asked})
        return [line.row.label for line in page.context["lines"]]

    assert found() == ["12-A"]
    assert found(state="empty") == ["E"]
    assert found(state="all") == ["E", "12-A"]
    assert found(state="struck") == ["S"]
    assert found(donor="12", kind="semen", account="savings", institution=zoo.pk, owner=zoo.pk) == ["12-A"]
    assert found(donor="13") == []
    assert found(institution=2**70) == []


@pytest.mark.parametrize("page", ["", "samples/", "places/", "labels/"])
def test_pages__ask_the_same_of_many_samples_as_of_few(
    page: str, programme: Programme, zoo: Institution, sample: Sample, olga: User, signed_in: Any
) -> None:
    browser = signed_in(olga)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(f"{BANK}{page}").status_code == 200
        return len(queries)

    few = asked()
    for number in range(5):
        factories.SampleFactory(programme=programme, institution=zoo, donor__studbook_number=str(90 + number))
    assert asked() == few
