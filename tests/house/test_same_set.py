"""Whoever may see a programme sees the same animals of it everywhere, and nothing of another anywhere."""

import csv
import io
import re
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from studbook.animals.models import Animal
from tests.house.cases import cases_of
from tests.house.matrix import ACTORS, LINES, OTHER, OWN, anywhere, sees
from tests.house.routes import all_routes
from tests.house.world import HIDDEN, World
from tests.races.digest import digest_of_everything

READERS = [actor for actor in ACTORS if sees(actor, OWN)]
LOGGERS = [actor for actor in READERS if "log" in anywhere(actor, OWN)]
LINK = re.compile(r'href="/programmes/leopards/animals/([AS]\w+)/"')


def on_page(client: Client, **asked: str) -> set[str]:
    return set(LINK.findall(client.get(address("animals"), asked).text))


def in_program(client: Client) -> set[str]:
    answer = client.get(address("api_animals")).json()
    assert answer["count"] == len(answer["results"])
    return {each["studbook_number"] for each in answer["results"]}


def in_csv(client: Client, route: str = "animals_csv", column: str = "studbook_number") -> set[str]:
    text = b"".join(client.get(address(route))).decode("utf-8-sig")
    rows = csv.reader(io.StringIO(text))
    place = places_of(next(rows), column)
    return {row[place] for row in rows}


def in_xlsx(client: Client, route: str = "animals_xlsx", column: str = "studbook_number") -> set[str]:
    answer = client.get(address(route))
    sheet = load_workbook(io.BytesIO(b"".join(answer))).active
    assert sheet is not None
    rows = sheet.iter_rows(values_only=True)
    place = places_of([str(each) for each in next(rows)], column)
    return {str(row[place]) for row in rows}


def in_journal_page(client: Client) -> set[str]:
    first, second = (client.get(address("journal"), {"page": page}).text for page in "12")
    return set(LINK.findall(first)) | set(LINK.findall(second))


def by_search(client: Client) -> set[str]:
    return {
        number
        for number in Animal.every.values_list("studbook_number", flat=True)
        if number in on_page(client, search=number)
    }


DOORS: dict[str, Callable[[Client], set[str]]] = {
    "page": on_page,
    "program": in_program,
    "csv": in_csv,
    "xlsx": in_xlsx,
    "search": by_search,
    "journal": in_journal_page,
    "journal csv": lambda client: in_csv(client, "journal_csv", "animal"),
    "journal xlsx": lambda client: in_xlsx(client, "journal_xlsx", "animal"),
}


@pytest.mark.parametrize("actor", READERS)
def test_animals__are_the_same_through_every_door(world: World, actor: str) -> None:
    standing = Animal.objects.filter(programme__code=OWN)
    every = set(standing.values_list("studbook_number", flat=True))
    before = digest_of_everything(without=["django_session"])
    found = {door: numbers(world.client(actor)) for door, numbers in DOORS.items()}
    assert {door: numbers ^ every for door, numbers in found.items() if numbers != every} == {}
    assert digest_of_everything(without=["django_session"]) == before


@pytest.mark.parametrize("actor", LOGGERS)
def test_finder__finds_what_the_list_shows_and_nothing_else(world: World, actor: str) -> None:
    client = world.client(actor)
    for number, code in Animal.objects.values_list("studbook_number", "programme__code"):
        page = client.get(address("log"), {"q": number}).text
        assert (f"/animals/{number}/" in page) == (code == OWN), number
    assert HIDDEN not in client.get(address("log"), {"q": HIDDEN[:6]}).text.replace(
        f'value="{HIDDEN[:6]}"', ""
    )


@pytest.mark.parametrize("actor", ["coordinator", "registrar of A", "observer"])
def test_files__hold_nothing_of_another_programme(world: World, actor: str) -> None:
    client = world.client(actor)
    assert not sees(actor, OTHER)
    for route in all_routes():
        if not route.name.endswith("xlsx") or "see" not in LINES[route.name].values():
            continue
        for case in cases_of(route, world):
            if case.code == OWN and case.there:
                names = {name: {**case.names, "code": OWN}[name] for name in route.names}
                answer = client.get(reverse(route.name, kwargs=names))
                packed = zipfile.ZipFile(io.BytesIO(b"".join(answer)))
                assert [name for name in packed.namelist() if HIDDEN.encode() in packed.read(name)] == []


def address(route: str) -> str:
    return reverse(route, args=[OWN])


def places_of(headings: list[str], column: str) -> int:
    plain = [heading.lower().replace(" ", "_") for heading in headings]
    return plain.index(column)
