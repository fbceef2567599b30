import csv
from io import StringIO
from typing import Any

import pytest
from django.urls import reverse

from studbook.population.quality import problems_of
from tests.factories import AnimalFactory
from tests.population.conftest import Family

URL = "/programmes/leopards/quality/"


@pytest.fixture
def faulty(family: Family) -> Family:
    """Return the family with an animal of unknown parents that nobody holds or owns."""
    AnimalFactory(programme=family.programme, studbook_number="66", house_name="+Stray", sex="U", birth=None)
    return family


def test_quality__lists_each_problem_with_its_animals_and_counts(
    faulty: Family, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(URL)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Animal 66 is living, but nobody is recorded as holding it now." in text
    assert reverse("animal", args=["leopards", "66"]) in text
    assert (
        sum(each.count for each in page.context["counts"])
        == page.context["total"]
        == len(problems_of(faulty.programme))
    )


def test_quality__leads_those_who_correct_to_possible_duplicates(
    faulty: Family, ada: Any, rita: Any, olga: Any, signed_in: Any
) -> None:
    address = reverse("duplicates", args=["leopards"])
    assert [address in signed_in(person).get(URL).content.decode() for person in (ada, rita, olga)] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"code": "C9"}, {"C9"}),
        ({"level": "notify", "animal": "66"}, {"K2", "K3"}),
        ({"animal": "66", "level": "warn"}, {"C5", "C9"}),
    ],
)
def test_quality__filters_hold_exactly_what_they_say(
    faulty: Family, olga: Any, signed_in: Any, query: dict[str, str], codes: set[str]
) -> None:
    rows = signed_in(olga).get(URL, query).context["rows"]
    assert {row.problem.code for row in rows} == codes


@pytest.mark.parametrize("query", [{"level": "terrible"}, {"code": "Z9"}])
def test_quality__nonsense_is_answered_at_its_field(
    faulty: Family, olga: Any, signed_in: Any, query: dict[str, str]
) -> None:
    page = signed_in(olga).get(URL, query)
    assert page.status_code == 200
    assert "The filter cannot be read" in page.content.decode()
    assert page.context["rows"] == []


def test_quality__a_filter_that_finds_nothing_leads_back(faulty: Family, olga: Any, signed_in: Any) -> None:
    assert (
        "No problem passes these filters" in signed_in(olga).get(URL, {"animal": "nobody"}).content.decode()
    )


def test_quality__a_book_without_problems_says_so(programme: Any, olga: Any, signed_in: Any) -> None:
    assert "The records hold no known problem." in signed_in(olga).get(URL).content.decode()


def test_quality__is_for_the_programmes_people(faulty: Family, cy: Any, signed_in: Any, client: Any) -> None:
    assert client.get(URL).status_code == 302
    assert signed_in(cy).get(URL).status_code == 404


def test_quality__seven_queries_warm(
    faulty: Family, olga: Any, signed_in: Any, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    browser = signed_in(olga)
    browser.get(URL)
    with django_assert_max_num_queries(8):
        browser.get(URL)


def test_quality_csv__holds_every_problem_found(faulty: Family, olga: Any, signed_in: Any) -> None:
    answer = signed_in(olga).get(f"{URL}export.csv", {"animal": "66"})
    rows = list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))
    expected = [each for each in problems_of(faulty.programme) if "66" in each.animals]
    assert [(row["code"], row["problem"]) for row in rows] == [
        (each.code, each.sentence) for each in expected
    ]
    assert signed_in(olga).get(f"{URL}export.csv", {"level": "terrible"}).status_code == 400
