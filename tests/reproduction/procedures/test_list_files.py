"""The columns of the list of procedures, on the page and in its files."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.reproduction.models import Procedure
from studbook.reproduction.procedures.columns import PROCEDURE_COLUMNS
from studbook.reproduction.procedures.telling import story_of
from tests import factories
from tests.reproduction.procedures.listed import at, found, made, rows_of

SignedIn = Callable[[User], Client]
EVERY = ",".join(column.key for column in PROCEDURE_COLUMNS.every)


def test_columns__tell_the_procedure(
    book: list[Procedure], bo: User, olga: User, signed_in: SignedIn
) -> None:
    asleep, taken = book[:2]
    Procedure.objects.filter(pk=asleep.pk).update(logged_by=bo, note="Calm.")
    for withdrawn in ({}, {}, {"withdrawn_at": timezone.now(), "withdrawn_why": "Another cat."}):
        factories.ProcedureFileFactory(procedure=asleep, title="Uterus of Khala", **withdrawn)
    browser = signed_in(olga)
    rows = {(row["procedure"], row["animal"]): row for row in rows_of(browser)}
    assert rows["anaesthesia", "21"] == {
        "procedure": "anaesthesia",
        "day": "2025-10-08",
        "started": "09:01",
        "animal": "21",
        "institution": "Zoo A",
        "place": "Clinic",
        "found": "dart; agents medetomidine",
        "team": "Seven vets",
        "under": "",
        "documents": "2",
        "note": "Calm.",
        "struck_why": "",
        "logged_by": str(bo),
        "logged_at": f"{timezone.localtime(asleep.logged_at):%Y-%m-%d %H:%M}",
    }
    assert rows["semen collection", "21"]["under"] == "anaesthesia of 21 Baruto 2025-10-08"
    assert rows["insemination", "22"]["day"] == "between 2025-10-08 and 2025-10-14"
    assert {row["documents"] for row in rows.values()} == {"2", "0"}
    words = {line.procedure.pk: line.words for line in story_of(list(Procedure.objects.whole()))}
    page = browser.get(at(), {"columns": EVERY})
    told = {line.row.procedure.pk: line.row.words for line in page.context["lines"]}
    assert told == {pk: said for pk, said in words.items() if pk in told}
    assert f'href="{asleep.get_absolute_url()}"' in page.text
    assert f'<a href="{asleep.get_absolute_url()}">the anaesthesia of 09:01</a>' in page.text
    assert "Uterus of Khala" not in page.text
    assert taken.struck_why == "" and "struck out</span>" not in page.text  # noqa: PT018
    struck = browser.get(at(), {"columns": EVERY, "state": "struck"}).text
    assert struck.count("struck out</span>") == struck.count("Another animal was meant.") == 2


def test_finding__is_cut_short_on_the_page_and_whole_in_the_files(
    dam: Animal, zoo: Institution, olga: User, signed_in: SignedIn
) -> None:
    long = "A cyst. " * 400
    made("examination", dam, zoo, "2025-10-08", told={"findings": long})
    page = signed_in(olga).get(at()).text
    assert "A cyst." in page
    assert page.count("A cyst.") < 20
    assert rows_of(signed_in(olga))[0]["found"].count("A cyst.") == 400


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"order": "animal"},
        {"state": "struck"},
        {"animal": "21", "order": "-started"},
        {"kind": "", "columns": "day,found,animal"},
        {"after": "2025-10-10", "before": "2025-10-20"},
        {"animal": "99"},
    ],
)
def test_files__hold_what_the_page_shows(
    asked: dict[str, str], book: list[Procedure], olga: User, signed_in: SignedIn
) -> None:
    browser = signed_in(olga)
    asked = {"columns": EVERY} | asked
    page = browser.get(at(), asked).context
    head = list(page["listing"].chosen.keys)
    shown = [
        ["" if c.value is None else str(c.value) for c in (line.head, *line.cells)] for line in page["lines"]
    ]
    # a spreadsheet would run what begins as a formula
    shown = [[f"'{cell}" if cell.startswith("=") else cell for cell in row] for row in shown]
    text = b"".join(browser.get(at("procedures_csv"), asked)).decode()  # type: ignore[arg-type]
    assert list(csv.reader(StringIO(text))) == [head, *shown]
    sheet = load_workbook(BytesIO(browser.get(at("procedures_xlsx"), asked).content)).active
    assert sheet is not None
    cells = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
    assert cells == [head, *shown]


def test_list__is_paged_by_fifty_and_the_files_hold_all(
    dam: Animal, zoo: Institution, olga: User, signed_in: SignedIn
) -> None:
    for number in range(1, 53):
        made("weighing", dam, zoo, f"2025-0{1 + number // 28}-{1 + number % 28:02}")
    browser = signed_in(olga)
    assert [len(found(browser, page=page)) for page in ("1", "2", "99")] == [50, 2, 2]
    assert not set(found(browser)) & set(found(browser, page="2"))
    assert len(rows_of(browser)) == len(rows_of(browser, page="2")) == 52
