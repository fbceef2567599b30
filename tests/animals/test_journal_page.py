"""The journal: what it lists, in which order, how it is narrowed, its files, its queries."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.urls import reverse

from studbook.animals.entry.observations import log_note
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests.factories import (
    AnimalFactory,
    EventFactory,
    InstitutionFactory,
    ObservationFactory,
    ProgrammeFactory,
    animal_at,
)


@pytest.fixture
def book(programme: Programme, zoo: Institution, bo: Any) -> dict[str, Animal]:
    """Return two animals: 7 born and weighed, of which Bo noted something; 9 born, dead, of no known day."""
    born = DateInterval.parse("2018-05-03")
    seven = animal_at(zoo, programme=programme, studbook_number="7", sex="M", birth=born)
    nine = animal_at(zoo, programme=programme, studbook_number="9", birth=DateInterval.parse("2019"))
    EventFactory(animal=nine, kind="death", date=None, institution=None)
    ObservationFactory(animal=seven, date=DateInterval.parse("2024-01-01"), institution=zoo)
    log_note(seven, by=bo, on=DateInterval.parse("2025-01-01"), note="=limps")
    EventFactory(animal=AnimalFactory(programme=ProgrammeFactory()))
    EventFactory(animal=AnimalFactory(programme=programme, status="void"))
    return {"7": seven, "9": nine}


def found(client: Any, **asked: str) -> list[tuple[str, str]]:
    response = client.get(reverse("journal", args=["leopards"]), asked)
    assert response.status_code == 200
    return [(line.row.animal.studbook_number, line.row.entry.kind) for line in response.context["lines"]]


@pytest.mark.parametrize(
    ("asked", "entries"),
    [
        ({}, ["7 note", "7 weight", "9 birth", "7 birth", "9 death"]),
        ({"order": "date"}, ["9 death", "7 birth", "9 birth", "7 weight", "7 note"]),
        ({"order": "number"}, ["7 note", "7 weight", "7 birth", "9 birth", "9 death"]),
        ({"order": "kind"}, ["9 birth", "7 birth", "9 death", "7 note", "7 weight"]),
        ({"order": "nonsense"}, ["7 note", "7 weight", "9 birth", "7 birth", "9 death"]),
        ({"animal": "9"}, ["9 birth", "9 death"]),
        ({"animal": "nobody"}, []),
        ({"kind": "weight"}, ["7 weight"]),
        ({"kind": "birth"}, ["9 birth", "7 birth"]),
        ({"after": "2019-03-01", "before": "2024-01-01"}, ["7 weight", "9 birth"]),
        ({"provisional": "yes"}, ["7 note"]),
        ({"provisional": "no", "animal": "7"}, ["7 weight", "7 birth"]),
        ({"page": "99"}, ["7 note", "7 weight", "9 birth", "7 birth", "9 death"]),
    ],
)
def test_journal__finds_and_sorts_exactly_what_is_asked(
    book: dict[str, Animal], olga: Any, signed_in: Any, asked: dict[str, str], entries: list[str]
) -> None:
    assert [" ".join(each) for each in found(signed_in(olga), **asked)] == entries


def test_journal__is_narrowed_by_place_and_by_who_logged(
    book: dict[str, Animal], zoo: Institution, olga: Any, bo: Any, signed_in: Any
) -> None:
    client = signed_in(olga)
    assert len(found(client, institution=str(zoo.pk))) == 4
    assert found(client, logged_by=str(bo.pk)) == [("7", "note")]


def test_journal__tells_who_logged_and_what_waits(book: dict[str, Animal], olga: Any, signed_in: Any) -> None:
    client = signed_in(olga)
    page = client.get(reverse("journal", args=["leopards"])).content.decode()
    assert "provisional</span>" in page
    [line] = read_csv(client, kind="note")
    assert (line["logged_by"], line["provisional"], line["note"]) == ("bo", "yes", "'=limps")
    assert [line["logged_by"] for line in read_csv(client, kind="weight")] == [""]


def read_csv(client: Any, **asked: str) -> list[dict[str, str]]:
    response = client.get(reverse("journal_csv", args=["leopards"]), asked)
    text = b"".join(response.streaming_content).decode()
    return list(csv.DictReader(StringIO(text, newline="")))


def test_journal_file__holds_the_columns_chosen(book: dict[str, Animal], olga: Any, signed_in: Any) -> None:
    client = signed_in(olga)
    assert len(read_csv(client)) == 5
    assert read_csv(client, columns="kind", animal="9", order="date") == [
        {"date": "", "kind": "death"},
        {"date": "2019", "kind": "birth"},
    ]
    answer = client.get(reverse("journal_xlsx", args=["leopards"]))
    assert answer["Content-Disposition"] == 'attachment; filename="leopards-journal.xlsx"'


@pytest.mark.parametrize(
    "asked", [{"kind": "party"}, {"after": "soon"}, {"institution": "x"}, {"animal": "\x00"},
              {"after": "2020-01-01", "before": "2019-01-01"}, {"logged_by": "999999"}],
)  # fmt: skip
def test_journal__says_at_its_field_why_a_filter_cannot_be_read(
    book: dict[str, Animal], olga: Any, signed_in: Any, asked: dict[str, str]
) -> None:
    client = signed_in(olga)
    response = client.get(reverse("journal", args=["leopards"]), asked)
    assert (response.status_code, "errorlist" in response.content.decode()) == (200, True)
    assert client.get(reverse("journal_csv", args=["leopards"]), asked).status_code == 400


@pytest.mark.parametrize("name", ["journal", "journal_csv", "journal_xlsx"])
def test_journal__does_not_exist_for_a_stranger(
    programme: Programme, cy: Any, client: Any, signed_in: Any, name: str
) -> None:
    url = reverse(name, args=["leopards"])
    assert client.get(url).status_code == 302
    assert signed_in(cy).get(url).status_code == 404


def test_journal__asks_as_many_queries_for_many_as_for_few(
    book: dict[str, Animal], olga: Any, signed_in: Any, django_assert_num_queries: Any
) -> None:
    client, url = signed_in(olga), reverse("journal", args=["leopards"])
    client.get(url)
    with django_assert_num_queries(14):
        client.get(url)
    for _ in range(20):
        EventFactory(animal=book["7"], kind="other", institution=InstitutionFactory())
        ObservationFactory(animal=book["9"])
    with django_assert_num_queries(14):
        assert len(found(client)) == 45
