"""The sign-in, the tokens of forms, the cookies, and what the neighbour's programme lets out."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.programmes.models import Programme
from tests import factories
from tests.hostile.names import NAMES
from tests.house.routes import Route, all_routes

ROOT = Path(__file__).resolve().parents[2]
OWN = ("account", "mfa_", "set_password", "forgot_password", "sign_out_everywhere")
POSTED = [route for route in all_routes() if route.is_deed or route.name.startswith(OWN)]
HIDDEN = "Kept-from-you"


@pytest.mark.parametrize("route", POSTED, ids=lambda route: route.name)
def test_post__without_the_form_s_token_is_refused(ada: User, route: Route) -> None:
    client = Client(enforce_csrf_checks=True)
    if not route.is_open:
        client.force_login(ada)
    assert client.post(route.filled(NAMES), {"reason": "forged"}).status_code == 403


def test_sign_in__stops_guessing_even_at_the_right_word(ada: User) -> None:
    address, guess = reverse("account_login"), {"login": "ada", "password": "a guess that is wrong"}
    for _ in range(10):
        assert "Too many failed" not in Client().post(address, guess).text
    refused = Client().post(address, guess | {"password": factories.PASSWORD})
    assert (refused.status_code, "Too many failed" in refused.text) == (200, True)


def test_sign_in__answers_a_flood_with_a_page(db: None) -> None:
    address, words = reverse("account_login"), {"password": "a guess"}
    answers = [Client().post(address, words | {"login": f"nobody{n}"}) for n in range(51)]
    assert {answer.status_code for answer in answers[:-1]} == {200}
    assert answers[-1].status_code == 429
    assert "Wait a quarter of an hour" in answers[-1].text


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_sign_in__leads_nowhere_else(ada: User, elsewhere: str) -> None:
    words = {"login": "ada", "password": factories.PASSWORD, "next": elsewhere}
    answer = Client().post(reverse("account_login"), words)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_settings__make_every_cookie_secure_behind_https() -> None:
    asked = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_HTTPONLY"]
    code = "from django.conf import settings as s; print(s.SESSION_COOKIE_SAMESITE, " + ", ".join(
        f"s.{name}" for name in asked
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "studbook.settings",
        "HTTPS": "True",
        "SECRET_KEY": "k" * 60,
    }
    done = subprocess.run(
        [sys.executable, "-c", code + ")"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["Lax", "True", "True", "True", "True"]


@pytest.fixture
def neighbour(ada: User, programme: Programme) -> tuple[Client, Animal, int]:
    """Return Ada's window, an animal of a programme that she may not see, and a recommendation there."""
    other = factories.ProgrammeFactory(code="other", name=HIDDEN)
    zoo = factories.InstitutionFactory(name=HIDDEN)
    factories.ParticipationFactory(programme=other, institution=zoo)
    names = {"house_name": HIDDEN, "programme": other}
    sire = factories.animal_at(zoo, studbook_number="s9", sex="M", **names)
    dam = factories.animal_at(zoo, studbook_number="s8", sex="F", **names)
    recommended = factories.RecommendationFactory(programme=other, sire=sire, dam=dam)
    factories.animal_at(factories.InstitutionFactory(), programme=programme, studbook_number="1", sex="M")
    client = Client()
    client.force_login(ada)
    return client, sire, recommended.pk


def test_neighbour__is_not_reached_through_one_s_own_programme(neighbour: tuple[Client, Animal, int]) -> None:
    client, sire, _ = neighbour
    zoo = sire.holdings.get().institution_id
    own = "/programmes/leopards"
    for path in ("animals/s9/", "pairs/1/s8/", "pairs/s9/s8/", f"institutions/{zoo}/"):
        assert client.get(f"{own}/{path}").status_code == 404
    assert client.get("/api/programmes/leopards/animals/s9/").status_code == 404
    assert client.get("/programmes/other/").status_code == 404


@pytest.mark.parametrize("absent", [False, True])
def test_neighbour__is_answered_as_an_institution_that_does_not_exist(
    neighbour: tuple[Client, Animal, int], absent: bool
) -> None:
    client, sire, _ = neighbour
    zoo = 999_999 if absent else sire.holdings.get().institution_id
    wanted = {"animals/": 200, "animals/export.csv": 400, "pairs/": 200, "recommendations/report.pdf": 400}
    for path, status in wanted.items():
        answer = client.get(f"/programmes/leopards/{path}", {"institution": zoo})
        assert (answer.status_code, HIDDEN in answer.text) == (status, False)
    assert client.get("/api/programmes/leopards/animals/", {"institution": zoo}).status_code == 400


def test_neighbour__keeps_its_recommendations(neighbour: tuple[Client, Animal, int]) -> None:
    client, _, recommended = neighbour
    withdrawal = {"reason": "not mine", "opened_version": 1}
    for code in ("leopards", "other"):
        url = reverse("recommendation_withdraw", args=[code, recommended])
        assert client.post(url, withdrawal).status_code == 404
    url = reverse("recommend", args=["leopards", "1", "s8"])
    assert client.post(url, {"reason": "not mine"}).status_code == 404


def test_neighbour__shares_a_zoo_but_not_its_animals(neighbour: tuple[Client, Animal, int]) -> None:
    client, sire, _ = neighbour
    zoo = sire.holdings.get().institution
    factories.ParticipationFactory(programme=Programme.objects.get(code="leopards"), institution=zoo)
    assert "s9" not in client.get(reverse("institution", args=["leopards", zoo.pk])).text
    answer = client.get(reverse("animals", args=["leopards"]), {"institution": zoo.pk, "link": "ever"})
    assert "/animals/s9/" not in answer.text


def test_address__with_a_number_that_no_column_holds_is_not_there(ada: User, client: Client) -> None:
    client.force_login(ada)
    client.raise_request_exception = False
    answers = {}
    for route in all_routes():
        numbers = dict.fromkeys(re.findall(r"<int:(\w+)>", route.path), str(2**63))
        for method in ("GET", "POST") if numbers else ():
            answer = client.generic(method, route.filled(NAMES | numbers))
            answers[route.name, method] = answer.status_code
    assert len(answers) > 40
    assert {key: status for key, status in answers.items() if status not in (403, 404)} == {}
