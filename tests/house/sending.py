"""Sending what a person could send, and reading what they are told."""

import re
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from tests.house.matrix import OWN
from tests.house.routes import all_routes
from tests.house.world import HIDDEN, World
from tests.races.digest import digest_of_everything

ROUTES = {route.name: route for route in all_routes()}


def refused(
    world: World, actor: str, route: str, form: dict[str, Any], *, statuses: set[int], **names: Any
) -> tuple[int, str]:
    """Send a form that must change nothing; return what is told, without the numbers that were sent."""
    before = digest()
    given = post(world, actor, route, form, **names)
    assert given.status_code in statuses
    assert digest() == before
    assert HIDDEN not in given.text
    return given.status_code, masked(given)


def post(world: World, actor: str, route: str, form: dict[str, Any], **names: Any) -> HttpResponse:
    client, url = world.client(actor), address(route, **names)
    if route.startswith("api_"):
        return client.post(url, form, content_type="application/json")
    return client.post(url, form)


def sent(world: World, route: str, method: str, told: dict[str, Any], names: dict[str, Any]) -> HttpResponse:
    client = world.client("coordinator")
    url = address(route, **{name: names[name] for name in ROUTES[route].names if name != "code"})
    if method == "POST" and not route.startswith("api_"):
        return client.post(url, told)
    headers = {"If-Match": '"1"'}
    return getattr(client, method.lower())(url, told, content_type="application/json", headers=headers)


def address(route: str, **names: Any) -> str:
    own = {"code": OWN} if "code" in ROUTES[route].names else {}
    return reverse(route, kwargs=own | names)


def masked(answer: HttpResponse) -> str:
    page = re.sub(r'name="(csrfmiddlewaretoken|once_key)" value="[^"]+"', "", answer.text)
    return re.sub(r"\d+", "#", re.sub(r'value="[0-9a-f-]{36}"', "", page))


def digest() -> str:
    return digest_of_everything(without=["django_session"])
