import pytest
from django.test import Client
from django.urls import reverse

from studbook.accounts.attempts import BY_NAME
from studbook.accounts.models import User
from tests import factories


@pytest.fixture
def own(ada: User, client: Client) -> Client:
    client.force_login(ada)
    return client


def test_account__shows_name_roles_and_how_one_signs_in(own: Client, bo: User) -> None:
    page = own.get(reverse("account")).text
    assert all(words in page for words in ("ada", "Coordinator of", "Leopards", "off</span>"))
    own.force_login(bo)
    assert "Keeper at Zoo A" in own.get(reverse("account")).text


def test_account__tells_who_has_no_role_whom_to_ask(client: Client, cy: User) -> None:
    client.force_login(cy)
    assert "None yet. Ask" in client.get(reverse("account")).text


def test_account__changes_the_name(own: Client, ada: User) -> None:
    words = {"first_name": "Ada", "last_name": "Byron", "email": ""}
    assert own.post(reverse("account"), words).status_code == 302
    ada.refresh_from_db()
    assert str(ada) == "Ada Byron"


@pytest.mark.parametrize(("password", "status"), [(factories.PASSWORD, 302), ("a guess", 400), ("", 400)])
def test_account__changes_the_e_mail_with_the_password_only(
    own: Client, ada: User, password: str, status: int
) -> None:
    words = {"first_name": "", "last_name": "", "email": "ada@example.org", "password": password}
    assert own.post(reverse("account"), words).status_code == status
    ada.refresh_from_db()
    assert ada.email == ("ada@example.org" if status == 302 else "")


def test_account__is_no_place_to_guess_the_password(own: Client) -> None:
    words = {"email": "ada@example.org", "password": "a guess"}
    for _ in range(BY_NAME.most):
        own.post(reverse("account"), words)
    answer = own.post(reverse("account"), words | {"password": factories.PASSWORD})
    assert (answer.status_code, "Too many failed" in answer.text) == (400, True)


def test_account__takes_nothing_else(own: Client, ada: User) -> None:
    own.post(
        reverse("account"), {"username": "root", "is_superuser": "1", "is_staff": "1", "first_name": "A"}
    )
    ada.refresh_from_db()
    assert (ada.username, ada.is_superuser, ada.is_staff, ada.first_name) == ("ada", False, False, "A")


@pytest.mark.parametrize("email", ["nonsense", "a@b@c", "x" * 300 + "@example.org"])
def test_account__refuses_nonsense_kindly(own: Client, email: str) -> None:
    assert own.post(reverse("account"), {"email": email}).status_code == 400


def test_user_names__are_once_whatever_their_case(ada: User) -> None:
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        User.objects.create(username="ADA")
