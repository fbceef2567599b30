"""Links that set a password: once, within seven days, and for nobody but whose they are."""

import time
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django.fixtures import Settings

from studbook.accounts import links
from studbook.accounts.links import link_for, send_link
from studbook.accounts.models import User
from tests import factories
from tests.accounts.conftest import is_in, sign_in

NEW = "quite-another-long-word"
WORDS = {"password1": NEW, "password2": NEW}
DEAD = "This link was used already"


def link_to(person: User) -> str:
    return link_for(User.objects.get(pk=person.pk), RequestFactory().get("/"))


@pytest.fixture
def new(db: None) -> User:
    """Return somebody invited who has set no password yet."""
    person: User = factories.UserFactory(username="new", email="new@example.org")
    person.set_unusable_password()
    person.save()
    return person


def test_link__sets_the_password_once(new: User, client: Client) -> None:
    link = link_to(new)
    assert "new" in client.get(link).text
    assert client.post(link, WORDS).headers["Location"] == reverse("account_login")
    again = client.post(link, {"password1": "a-third-long-word", "password2": "a-third-long-word"})
    assert (again.status_code, DEAD in again.text) == (404, True)
    assert sign_in(client, "new", NEW).status_code == 302
    assert is_in(client)


def test_link__does_not_sign_in_by_itself(new: User, client: Client) -> None:
    client.post(link_to(new), WORDS)
    assert not is_in(client)


def test_link__dies_after_seven_days(new: User, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    link, made = link_to(new), links._links._now()
    for days, wanted in ((6.9, 200), (7.1, 404)):
        later = made + timedelta(days=days)
        monkeypatch.setattr(links._links, "_now", lambda later=later: later)
        assert client.get(link).status_code == wanted


@pytest.mark.parametrize("what", ["signed in", "signed out everywhere", "got a role", "closed"])
def test_link__dies_when_the_person_has(ada: User, client: Client, what: str) -> None:
    link = link_to(ada)
    match what:
        case "signed in":
            sign_in(Client())
        case "signed out everywhere":
            links.User.objects.filter(pk=ada.pk).update(session_stamp=7)
        case "got a role":
            factories.InstitutionRoleFactory(user=ada)
        case _:
            User.objects.filter(pk=ada.pk).update(is_active=False)
    assert client.post(link, WORDS).status_code == 404
    ada.refresh_from_db()
    assert ada.check_password(factories.PASSWORD)


def test_link__opens_nobody_else(new: User, ada: User, client: Client) -> None:
    other = link_to(new).replace(f"/{new.pk}/", f"/{ada.pk}/")
    assert client.get(other).status_code == 404
    assert client.get(reverse("set_password", args=[999_999, "x-y"])).status_code == 404


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"password1": "short", "password2": "short"}, "too short"),
        ({"password1": NEW, "password2": NEW + "."}, "differ"),
        ({}, "required"),
    ],
)
def test_link__refuses_a_poor_password_in_words(
    new: User, client: Client, words: dict[str, str], sentence: str
) -> None:
    answer = client.post(link_to(new), words)
    assert (answer.status_code, sentence in answer.text) == (400, True)
    new.refresh_from_db()
    assert not new.has_usable_password()


def test_link__ends_the_sessions_of_who_stole_the_old_password(ada: User, client: Client) -> None:
    link = link_to(ada)
    client.force_login(User.objects.get(pk=ada.pk))
    User.objects.filter(pk=ada.pk).update(last_login=None)
    ada.refresh_from_db()
    Client().post(link_to(ada), WORDS)
    assert not is_in(client)
    assert link


def test_forgotten__says_whom_to_ask_where_no_mail_is_sent(ada: User, client: Client) -> None:
    address = reverse("forgot_password")
    for answer in (client.get(address), client.post(address, {"username": "ada"})):
        assert (answer.status_code, "Ask the coordinator" in answer.text) == (200, True)
    assert mail.outbox == []


@pytest.fixture
def mailing(settings: Settings) -> None:
    settings.EMAIL_URL = "smtp://mail.example.org"


def test_forgotten__sends_a_link_and_says_the_same_of_every_name(
    mailing: None, new: User, ada: User, client: Client
) -> None:
    address = reverse("forgot_password")
    said = [client.post(address, {"username": name}).text for name in ("new", "ada", "nobody")]
    assert said[0] == said[1] == said[2]
    until = time.monotonic() + 10
    while not mail.outbox and time.monotonic() < until:
        time.sleep(0.01)
    assert [message.to for message in mail.outbox] == [["new@example.org"]]
    link = next(line for line in str(mail.outbox[0].body).splitlines() if "/accounts/password/" in line)
    assert client.get(link).status_code == 200


def test_forgotten__is_not_asked_without_end(mailing: None, ada: User, client: Client) -> None:
    address = reverse("forgot_password")
    answers = [client.post(address, {"username": "ada"}).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


def test_send_link__tells_when_the_mail_did_not_go(
    mailing: None, new: User, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> int:
        raise ConnectionRefusedError

    assert not send_link(ada, "no address to send it to")
    monkeypatch.setattr(links, "send_mail", fail)
    assert not send_link(new, "the mail server is away")
