import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook

from studbook.population.basis import Basis
from studbook.population.demography.filters import Filters
from studbook.population.demography.life_tables import shown_tables
from studbook.population.demography.tables import tables_on
from tests.population.demography.conftest import Story

URL = "/programmes/leopards/demography/life-tables/"


def _lines(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))


def test_life_tables__shows_three_tables_with_what_to_be_careful_about(
    story: Story, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(URL)
    assert [table.title for table in page.context["tables"]] == ["Males", "Females", "Both sexes"]
    text = page.content.decode()
    assert "Fewer than 30 animals were at risk" in text
    assert "nan" not in text.lower().replace("provenance", "")


def test_shown_tables__count_a_half_for_an_animal_of_unknown_sex(story: Story) -> None:
    tables = tables_on(Basis(story.programme), Filters())
    both, male, female = (sum(table.risk) for table in (tables.pooled, tables.male, tables.female))
    assert both == pytest.approx(male + female)


def test_life_tables__follow_the_convention_and_the_smoothing(
    story: Story, olga: Any, signed_in: Any
) -> None:
    browser = signed_in(olga)
    textbook = browser.get(URL, {"convention": "textbook", "smoothing": "filled"})
    lines = _lines(browser.get(f"{URL}export.csv", {"convention": "textbook", "smoothing": "5"}))
    assert lines[0]["convention"] == "textbook"
    assert lines[0]["basis"] == "moving average of 5 ages"
    recorded = tables_on(Basis(story.programme), Filters(), "textbook", "filled")
    assert textbook.context["tables"][1].rows == shown_tables(recorded)[1].rows


def test_life_tables_files__hold_every_age_of_both_sexes(story: Story, olga: Any, signed_in: Any) -> None:
    browser = signed_in(olga)
    lines = _lines(browser.get(f"{URL}export.csv"))
    tables = tables_on(Basis(story.programme), Filters())
    assert len(lines) == len(tables.male) + len(tables.female) + len(tables.pooled)
    assert float(lines[0]["risk"]) == float(tables.male.risk[0])
    sheet = load_workbook(BytesIO(browser.get(f"{URL}export.xlsx").content)).active
    assert sheet is not None
    assert sheet.max_row == len(lines) + 1


def test_life_tables__of_a_window_without_animals_say_so(story: Story, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(URL, {"region": "AZA"})
    assert "No animal of this book was there in these days." in page.content.decode()


@pytest.mark.parametrize(
    "query", [{"convention": "mine"}, {"smoothing": "4"}, {"first": "2010-01-01", "last": "2000-01-01"}]
)
def test_life_tables__nonsense_is_answered_and_gives_no_file(
    story: Story, olga: Any, signed_in: Any, query: dict[str, str]
) -> None:
    browser = signed_in(olga)
    assert "The filter cannot be read" in browser.get(URL, query).content.decode()
    assert browser.get(f"{URL}export.csv", query).status_code == 400


def test_life_tables__are_for_the_programmes_people(
    story: Story, cy: Any, signed_in: Any, client: Any
) -> None:
    assert client.get(URL).status_code == 302
    browser = signed_in(cy)
    assert [browser.get(url).status_code for url in (URL, f"{URL}export.csv", f"{URL}export.xlsx")] == [
        404
    ] * 3


def test_life_tables__need_no_query_once_kept(
    story: Story, olga: Any, signed_in: Any, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    browser = signed_in(olga)
    with django_assert_num_queries(11):
        browser.get(URL)
    with django_assert_num_queries(4):
        browser.get(URL, {"convention": "textbook"})
