import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook

from studbook.animals.models import Animal, ParentKind
from studbook.population.analysis import analysis_of
from studbook.population.basis import Basis
from studbook.population.genetics.figures import figures_on
from tests.factories import animal_at
from tests.population.conftest import Family

URL = "/programmes/leopards/genetics/mean-kinship/"


def numbers(page: Any) -> dict[str, list[str]]:
    return {each.sex: [row.number for row in [*each.first, *each.rest]] for each in page.context["lists"]}


def test_means__lists_each_sex_ascending_with_the_figures_of_the_science(
    family: Family, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(URL)
    assert page.status_code == 200
    analysis = analysis_of(family.programme)
    for each in page.context["lists"]:
        rows = [*each.first, *each.rest]
        assert [row.mean_kinship for row in rows] == sorted(row.mean_kinship for row in rows)
        for row in rows:
            among = analysis.population.row(row.number)
            assert row.mean_kinship == analysis.mean_kinships[among]
            assert row.rank == analysis.rank[among]
            assert row.inbreeding == analysis.inbreeding[analysis.pedigree.row(row.number)]
    assert {sex: set(found) for sex, found in numbers(page).items()} == {
        "M": {"5", "7", "9"},
        "F": {"6", "8", "10"},
    }


def test_means__the_line_stands_where_the_mean_of_the_population_falls(
    family: Family, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(URL)
    assert page.context["summary"] is not None
    mean = page.context["summary"].mean_kinship
    assert f"mean of the population {mean:.4f}" in page.content.decode()
    for each in page.context["lists"]:
        assert all(row.mean_kinship <= mean for row in each.first)
        assert all(row.mean_kinship > mean for row in each.rest)


def test_means__falling_the_line_stands_on_the_other_side(family: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(URL, {"order": "-mean_kinship"})
    mean = page.context["summary"].mean_kinship
    for each in page.context["lists"]:
        assert all(row.mean_kinship > mean for row in each.first)
        assert all(row.mean_kinship <= mean for row in each.rest)
    assert "mean of the population" not in signed_in(olga).get(URL, {"order": "age"}).content.decode()


def test_means__ties_share_a_rank(family: Family, olga: Any, signed_in: Any) -> None:
    males = next(each for each in signed_in(olga).get(URL).context["lists"] if each.sex == "M")
    assert {row.number: row.rank for row in [*males.first, *males.rest]} == {"5": 1, "7": 1, "9": 3}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"bred": "proven"}, {"5", "6", "7", "8"}),
        ({"bred": "unproven"}, {"9", "10"}),
        ({"age_from": "10"}, {"5", "6", "7", "8"}),
        ({"age_to": "9"}, {"9", "10"}),
        ({"region": "EARAZA"}, {"6", "8", "10"}),
        ({"country": "FR"}, {"5", "7", "9"}),
        ({"known": "100"}, {"5", "6", "7", "8", "9", "10"}),
    ],
)
def test_means__filters_narrow_the_lists_and_leave_the_ranks(
    family: Family, olga: Any, signed_in: Any, query: dict[str, str], found: set[str]
) -> None:
    page = signed_in(olga).get(URL, query)
    assert {number for each in numbers(page).values() for number in each} == found
    everyone = {row.number: row.rank for row in page.context["form"].rows}
    shown = [row for each in page.context["lists"] for row in [*each.first, *each.rest]]
    assert all(row.rank == everyone[row.number] for row in shown)


def test_means__an_institution_narrows_by_its_key(family: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(URL, {"institution": family.kazan.pk})
    assert set(numbers(page)["F"]) == {"6", "8", "10"}
    assert "M" not in numbers(page)


@pytest.mark.parametrize(
    "query",
    [
        {"institution": "0"},
        {"bred": "perhaps"},
        {"age_from": "old"},
        {"known": "101"},
        {"region": "Mars"},
        {"order": "beauty"},
    ],
)
def test_means__nonsense_is_answered_at_its_field_and_lists_nothing(
    family: Family, olga: Any, signed_in: Any, query: dict[str, str]
) -> None:
    page = signed_in(olga).get(URL, query)
    assert page.status_code == 200
    assert "The filter cannot be read" in page.content.decode()
    assert page.context["lists"] == []
    assert signed_in(olga).get(f"{URL}export.csv", query).status_code == 400
    assert signed_in(olga).get(f"{URL}export.xlsx", query).status_code == 400


@pytest.mark.parametrize(
    "order", ["known_mean_kinship", "inbreeding", "-known", "age", "-offspring", "holder", "number"]
)
def test_means__every_order_can_be_asked_for(family: Family, olga: Any, signed_in: Any, order: str) -> None:
    page = signed_in(olga).get(URL, {"order": order})
    assert sum(each.total for each in page.context["lists"]) == 6


def test_means__who_has_no_answer_comes_last_with_a_dash(family: Family, olga: Any, signed_in: Any) -> None:
    animal_at(family.zoo, programme=family.programme, studbook_number="20", sex="M")
    Animal.objects.filter(studbook_number="20").update(
        sire_kind=ParentKind.UNKNOWN, dam_kind=ParentKind.UNKNOWN
    )
    browser = signed_in(olga)
    for order in ("known_mean_kinship", "-known_mean_kinship"):
        assert numbers(browser.get(URL, {"order": order}))["M"][-1] == "20"
    text = browser.get(URL).content.decode()
    assert "–" in text
    assert "None" not in text
    assert "nan" not in text


def test_means__unknown_sex_has_a_list_of_its_own(family: Family, olga: Any, signed_in: Any) -> None:
    animal_at(family.zoo, programme=family.programme, studbook_number="20", sex="U")
    assert numbers(signed_in(olga).get(URL))["U"] == ["20"]


def test_means__an_empty_book_says_why_there_is_nothing(programme: Any, olga: Any, signed_in: Any) -> None:
    assert "No animal of this book is recorded as living" in signed_in(olga).get(URL).content.decode()


def test_means_csv__holds_the_filtered_rows_in_full_and_no_formula(
    family: Family, olga: Any, signed_in: Any
) -> None:
    Animal.objects.filter(studbook_number="5").update(house_name="=HYPERLINK()")
    answer = signed_in(olga).get(f"{URL}export.csv", {"bred": "proven"})
    assert answer["Content-Disposition"] == 'attachment; filename="leopards-mean-kinship.csv"'
    rows = list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))
    assert {row["studbook_number"] for row in rows} == {"5", "6", "7", "8"}
    assert next(row["house_name"] for row in rows if row["studbook_number"] == "5") == "'=HYPERLINK()"
    figures = figures_on(Basis(family.programme))
    for row in rows:
        among = figures.analysis.population.row(row["studbook_number"])
        assert float(row["mean_kinship"]) == figures.analysis.mean_kinships[among]
        assert float(row["mean_kinship_known_only"]) == figures.known_mean_kinships[among]
        assert int(row["offspring"]) == 1


def test_means_xlsx__is_a_workbook_of_the_same_rows(family: Family, olga: Any, signed_in: Any) -> None:
    answer = signed_in(olga).get(f"{URL}export.xlsx")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    heads, *rows = sheet.iter_rows(values_only=True)
    assert heads[:3] == ("sex", "rank", "studbook_number")
    assert {row[2] for row in rows} == {"5", "6", "7", "8", "9", "10"}


def test_means__is_for_the_programmes_people(family: Family, cy: Any, signed_in: Any, client: Any) -> None:
    assert client.get(URL).status_code == 302
    for end in ("", "export.csv", "export.xlsx"):
        assert signed_in(cy).get(URL + end).status_code == 404


def test_means__as_many_queries_for_six_animals_as_for_thirty(
    family: Family, olga: Any, signed_in: Any, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    browser = signed_in(olga)
    browser.get(URL)
    with django_assert_num_queries(9):
        browser.get(URL)
    for number in range(20, 44):
        animal_at(family.zoo, programme=family.programme, studbook_number=str(number), sex="FM"[number % 2])
    family.programme.revision += 1
    family.programme.save()
    browser.get(URL)
    with django_assert_num_queries(9):
        browser.get(URL)
