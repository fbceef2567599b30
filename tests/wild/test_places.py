"""Where in the wild is told to those with the right, and to nobody else: on no page, in no file, in no history."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from studbook.accounts import rights
from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.programmes.models import Programme
from studbook.wild.models import CameraRecord, ReleaseSite
from tests.wild.conftest import MET, PAGES, SITE, WHY

pytestmark = pytest.mark.django_db
# However it is written: degrees, tenths, with a sign.
PLACE = re.compile(r"43\.4|\b434\b|130\.7|\b1307\b")
COLUMNS = {"columns": "latitude,longitude,latitude_tenths,longitude_tenths,place"}


@pytest.fixture
def written(programme: Programme, ada: User, client: Client) -> dict[str, int]:
    """Write a camera-trap record and a site with their places down, change both, and return their keys."""
    client.force_login(ada)
    client.post(f"{PAGES}cameras/new/", MET)
    client.post(f"{PAGES}sites/new/", SITE | {"latitude_tenths": "43.4", "longitude_tenths": "130.7"})
    camera, site = CameraRecord.objects.get(), ReleaseSite.objects.get()
    assert camera.place == site.place == "43.4° N, 130.7° E"
    moved = {"latitude_tenths": "43.3", "longitude_tenths": "130.6"}
    assert client.post(f"{PAGES}cameras/{camera.pk}/edit/", MET | WHY | moved).status_code == 302
    assert (
        client.post(f"{PAGES}cameras/{camera.pk}/edit/", MET | WHY | {"opened_version": 2}).status_code == 302
    )
    return {"cameras": camera.pk, "sites": site.pk}


def addresses(written: dict[str, int]) -> Iterator[tuple[str, dict[str, str]]]:
    yield PAGES, {}
    for page, pk in written.items():
        for asked in ({}, COLUMNS, {"order": "latitude"}, {"about": "wang"}):
            yield f"{PAGES}{page}/", asked
            yield f"{PAGES}{page}/export.csv", asked
        yield f"{PAGES}{page}/{pk}/", {}


def told(answer: Any) -> str:
    return b"".join(answer).decode()


def shown(text: str) -> str:
    """Return what a page shows, without the drawings and the tokens of forms."""
    return re.sub(r"<svg.*?</svg>|<input type=\"hidden\"[^>]*>", "", text, flags=re.DOTALL)


def cells(client: Client, page: str) -> str:
    from io import BytesIO

    book = load_workbook(BytesIO(client.get(f"{PAGES}{page}/export.xlsx").content))
    return str([[cell.value for cell in row] for row in book.active.iter_rows()])


@pytest.mark.parametrize("name", ["olga", "bo", "rita", "remy"])
def test_places__are_hidden_from_everybody_without_the_right(
    written: dict[str, int], client: Client, request: pytest.FixtureRequest, name: str
) -> None:
    client.force_login(request.getfixturevalue(name))
    for address, asked in addresses(written):
        answer = client.get(address, asked)
        assert answer.status_code == 200, address
        assert not PLACE.search(shown(told(answer))), address
        # What was asked for is said again, as where a list has no such column.
        assert asked or "atitude" not in shown(told(answer)), address
    for page in written:
        assert not PLACE.search(cells(client, page))


def test_places__are_shown_to_the_coordinator(written: dict[str, int], client: Client) -> None:
    for page, pk in written.items():
        assert "43.4° N, 130.7° E" in client.get(f"{PAGES}{page}/{pk}/").text
        assert "43.4,130.7" in told(client.get(f"{PAGES}{page}/export.csv"))
        assert "43.4" in cells(client, page)
    assert "Latitude" in client.get(f"{PAGES}cameras/{written['cameras']}/").text


@pytest.fixture
def writes_only(written: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the coordinator write of the wild without seeing places, as a role could be given, from now on."""
    given = {role: dict(scopes) for role, scopes in rights.role_rights().items()}
    given["coordinator"]["programme"] -= {Right.PLACES}
    monkeypatch.setattr(rights, "role_rights", lambda: given)


@pytest.mark.usefixtures("writes_only")
def test_forms__of_who_writes_without_the_right_ask_for_no_place(
    written: dict[str, int], client: Client
) -> None:
    for page, pk in written.items():
        for address in (f"{PAGES}{page}/new/", f"{PAGES}{page}/{pk}/edit/"):
            text = shown(client.get(address).text)
            assert not PLACE.search(text)
            assert "atitude" not in text


@pytest.mark.usefixtures("writes_only")
def test_forms__of_who_writes_without_the_right_keep_the_place(
    written: dict[str, int], client: Client
) -> None:
    url = f"{PAGES}cameras/{written['cameras']}/edit/"
    stale = client.post(url, MET | WHY | {"opened_version": 1, "adults": 4, "latitude_tenths": "1"})
    assert stale.status_code == 409
    assert not PLACE.search(shown(stale.text))
    assert (
        client.post(url, MET | WHY | {"opened_version": 3, "adults": 4, "latitude_tenths": "1"}).status_code
        == 302
    )
    record = CameraRecord.objects.get()
    assert (record.adults, record.latitude_tenths) == (4, 434)


def test_history__tells_degrees_as_they_were_typed(written: dict[str, int], client: Client) -> None:
    page = shown(client.get(f"{PAGES}cameras/{written['cameras']}/").text)
    assert "43.3°" in page
    assert "130.6°" in page
    assert "tenths of a degree)" not in page
    assert not re.search(r"\b433\b", page)
