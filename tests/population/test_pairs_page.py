import csv
from io import StringIO
from typing import Any

import pytest
from django.urls import reverse

from studbook.animals.models import Animal
from studbook.population.analysis import analysis_of
from studbook.population.pairs import pairs_of
from tests.factories import animal_at
from tests.population.conftest import Family

URL = "/programmes/leopards/pairs/"


def test_pairs__lists_the_best_first_with_a_way_to_each_pair(
    family: Family, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(URL)
    assert page.status_code == 200
    assert [row.rank for row in page.context["page"].object_list] == list(range(1, 10))
    text = page.content.decode()
    assert reverse("pair", args=["leopards", "5", "8"]) in text
    assert reverse("algorithm", args=["pair-ranking"]) in text
    assert "over the limit" in text


def test_pairs__fifty_a_page_and_filters_stay_in_the_links(family: Family, olga: Any, signed_in: Any) -> None:
    for number in range(20, 40):
        animal_at(family.zoo, programme=family.programme, studbook_number=str(number), sex="FM"[number % 2])
    page = signed_in(olga).get(URL, {"known": "0", "page": "2"})
    assert (len(page.context["page"].object_list), page.context["page"].start_index()) == (50, 51)
    assert "known=0&amp;page=3" in page.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        {"animal": "nobody"},
        {"age_to": "old"},
        {"distance": "-1"},
        {"institution": "0"},
        {"order": "beauty"},
        {"inbreeding": "2"},
        {"region": "Mars"},
    ],
)
def test_pairs__nonsense_is_answered_at_its_field_and_lists_nothing(
    family: Family, olga: Any, signed_in: Any, query: dict[str, str]
) -> None:
    page = signed_in(olga).get(URL, query)
    assert page.status_code == 200
    assert "The filter cannot be read" in page.content.decode()
    assert "errorlist" in page.content.decode()
    assert len(page.context["page"].object_list) == 0
    assert signed_in(olga).get(f"{URL}export.csv", query).status_code == 400


def test_pairs__a_page_that_is_none_shows_one_that_is(family: Family, olga: Any, signed_in: Any) -> None:
    assert signed_in(olga).get(URL, {"page": "last"}).status_code == 200
    assert signed_in(olga).get(URL, {"page": "999"}).context["page"].number == 1


def test_pairs__an_empty_book_says_so(programme: Any, olga: Any, signed_in: Any) -> None:
    assert (
        "There is no pair of a living male and a living female" in signed_in(olga).get(URL).content.decode()
    )


def test_pairs__says_once_that_a_breeding_age_is_missing(family: Family, olga: Any, signed_in: Any) -> None:
    browser = signed_in(olga)
    assert "The programme leaves a breeding age open" in browser.get(URL).content.decode()
    for sex in ("female", "male"):
        setattr(family.programme, f"{sex}_last_breeding_years", 16)
    family.programme.save()
    text = browser.get(URL).content.decode()
    assert "The programme leaves a breeding age open" not in text
    assert "no age limit set" not in text


def test_pairs__is_for_the_programmes_people(family: Family, cy: Any, signed_in: Any, client: Any) -> None:
    assert client.get(URL).status_code == 302
    assert signed_in(cy).get(URL).status_code == 404
    assert signed_in(cy).get(f"{URL}export.csv").status_code == 404


def test_pairs__as_many_queries_for_ten_animals_as_for_forty(
    family: Family, olga: Any, signed_in: Any, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    browser = signed_in(olga)
    browser.get(URL)
    with django_assert_num_queries(12):
        browser.get(URL)
    for number in range(20, 50):
        animal_at(family.zoo, programme=family.programme, studbook_number=str(number), sex="FM"[number % 2])
    family.programme.revision += 1
    family.programme.save()
    browser.get(URL)
    with django_assert_num_queries(12):
        browser.get(URL)


def test_pairs_csv__holds_every_filtered_pair_in_full_and_no_formula(
    family: Family, olga: Any, signed_in: Any
) -> None:
    Animal.objects.filter(studbook_number="5").update(house_name="=HYPERLINK()")
    answer = signed_in(olga).get(f"{URL}export.csv", {"animal": "5"})
    assert answer["Content-Disposition"] == 'attachment; filename="leopards-pairs.csv"'
    rows = list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))
    pairs = [
        row for row in pairs_of(family.programme, analysis_of(family.programme)) if row.sire.number == "5"
    ]
    assert [(row["sire"], row["dam"], float(row["delta_gd"])) for row in rows] == [
        ("5", each.dam.number, each.numbers.delta_gd) for each in pairs
    ]
    assert {row["sire_name"] for row in rows} == {"'=HYPERLINK()"}
    assert [row["above_inbreeding_limit"] for row in rows if row["dam"] == "6"] == ["yes"]
