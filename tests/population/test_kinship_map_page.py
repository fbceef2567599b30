import csv
from io import StringIO
from typing import Any

import pytest
from django.urls import reverse

from studbook.population.genetics import kinship_map_views
from tests.factories import AssumptionFactory, OverlayFactory, animal_at
from tests.population.conftest import Family

URL = "/programmes/leopards/genetics/kinship/"
CSV = "/programmes/leopards/genetics/kinship.csv"
JSON = "/programmes/leopards/genetics/kinship.json"


def _kinships(drawn: dict[str, Any]) -> dict[frozenset[str], float]:
    numbers = [animal[0] for animal in drawn["animals"]]
    pairs = [(at, other) for at in range(len(numbers)) for other in range(at, len(numbers))]
    return {
        frozenset((numbers[at], numbers[other])): value * drawn["unit"]
        for (at, other), value in zip(pairs, drawn["kinship"], strict=True)
    }


def test_kinship_map__shows_the_closest_and_the_most_distant(
    family: Family, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(URL)
    assert page.status_code == 200
    extremes = page.context["extremes"]
    closest, distant = extremes.closest[0], extremes.most_distant[0]
    assert (closest.first.studbook_number, closest.second.studbook_number) == ("5", "6")
    assert (closest.kinship, distant.kinship, extremes.total) == (0.25, 0.0, 15)
    text = page.content.decode()
    assert reverse("pair", args=["leopards", "5", "6"]) in text
    assert 'data-source="/programmes/leopards/genetics/kinship.json"' in text


def test_kinship_json__holds_every_kinship_of_the_living(family: Family, olga: Any, signed_in: Any) -> None:
    drawn = signed_in(olga).get(JSON).json()
    kinships = _kinships(drawn)
    assert {animal[0] for animal in drawn["animals"]} == {"5", "6", "7", "8", "9", "10"}
    assert kinships[frozenset("5")] == 0.5
    assert kinships[frozenset({"5", "6"})] == kinships[frozenset({"9", "5"})] == 0.25
    assert kinships[frozenset({"9", "10"})] == 0.125
    assert kinships[frozenset({"5", "7"})] == 0
    assert drawn["rows"] == drawn["columns"] == list(range(6))


@pytest.mark.parametrize(
    ("order", "numbers"),
    [
        ("number", ["5", "6", "7", "8", "9", "10"]),
        ("institution", ["6", "8", "10", "5", "7", "9"]),
        ("mean_kinship", ["5", "6", "7", "8", "9", "10"]),
    ],
)
def test_kinship_json__stands_in_the_order_asked_for(
    family: Family, olga: Any, signed_in: Any, order: str, numbers: list[str]
) -> None:
    drawn = signed_in(olga).get(JSON, {"order": order}).json()
    assert [animal[0] for animal in drawn["animals"]] == numbers


def test_kinship_json__males_against_females(family: Family, olga: Any, signed_in: Any) -> None:
    drawn = signed_in(olga).get(JSON, {"shown": "pairs", "order": "number"}).json()
    assert [drawn["animals"][row][0] for row in drawn["rows"]] == ["5", "7", "9"]
    assert [drawn["animals"][column][0] for column in drawn["columns"]] == ["6", "8", "10"]


def test_kinship_csv__is_the_matrix_of_the_filter(family: Family, olga: Any, signed_in: Any) -> None:
    answer = signed_in(olga).get(CSV, {"institution": family.zoo.pk, "order": "number"})
    assert answer["Content-Disposition"] == 'attachment; filename="leopards-kinship.csv"'
    rows = list(csv.reader(StringIO(b"".join(answer.streaming_content).decode())))
    assert rows[0] == ["studbook_number", "5", "7", "9"]
    assert rows[3] == ["9", "0.25", "0.125", "0.5"]


@pytest.mark.parametrize("query", [{"order": "beauty"}, {"shown": "X"}, {"institution": "99999"}])
def test_kinship_map__nonsense_is_answered_at_its_field(
    family: Family, olga: Any, signed_in: Any, query: dict[str, str]
) -> None:
    browser = signed_in(olga)
    page = browser.get(URL, query)
    assert page.status_code == 200
    assert "The filter cannot be read" in page.content.decode()
    assert "errorlist" in page.content.decode()
    assert browser.get(CSV, query).status_code == browser.get(JSON, query).status_code == 400


def test_kinship_map__a_filter_that_leaves_nobody_says_so(family: Family, olga: Any, signed_in: Any) -> None:
    text = signed_in(olga).get(URL, {"institution": "0"}).content.decode()
    assert "No living animal passes these filters" in text


def test_kinship_map__too_many_for_a_picture_still_export(
    family: Family, olga: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kinship_map_views, "MOST_DRAWN", 5)
    browser = signed_in(olga)
    page = browser.get(URL)
    assert "too many for one picture" in page.content.decode()
    assert "data-kinship-map" not in page.content.decode()
    assert browser.get(JSON).status_code == 400
    assert browser.get(CSV).status_code == 200


def test_kinship_map__is_for_the_programmes_people(
    family: Family, cy: Any, signed_in: Any, client: Any
) -> None:
    assert client.get(URL).status_code == 302
    browser = signed_in(cy)
    assert [browser.get(url).status_code for url in (URL, CSV, JSON)] == [404, 404, 404]


def test_kinship_map__as_many_queries_for_six_animals_as_for_thirty(
    family: Family, olga: Any, signed_in: Any, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    browser = signed_in(olga)
    browser.get(URL)
    with django_assert_num_queries(7):
        browser.get(URL)
    for number in range(20, 44):
        animal_at(family.zoo, programme=family.programme, studbook_number=str(number), sex="FM"[number % 2])
    family.programme.revision += 1
    family.programme.save()
    browser.get(URL)
    with django_assert_num_queries(7):
        browser.get(URL)


def test_kinship_json__stands_on_the_overlay_asked_for(family: Family, olga: Any, signed_in: Any) -> None:
    overlay = OverlayFactory(programme=family.programme)
    AssumptionFactory(overlay=overlay, animal=family[9])
    browser = signed_in(olga)
    drawn = browser.get(JSON, {"overlay": overlay.pk}).json()
    assert "9" not in {animal[0] for animal in drawn["animals"]}
    assert (
        f'name="overlay" value="{overlay.pk}"' in browser.get(URL, {"overlay": overlay.pk}).content.decode()
    )
    assert browser.get(JSON, {"overlay": "999"}).status_code == 404
