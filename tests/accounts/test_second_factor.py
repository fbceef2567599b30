"""The second factor from end to end: set up, asked for, guessed at, used twice, lost."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from studbook.accounts.models import SignInCount, User
from studbook.accounts.second_factor import USED_ALREADY, codes_left
from tests.accounts.conftest import NOON, Clock, code_at, is_in, sign_in
from tests.factories import PASSWORD

ASKED = "mfa_authenticate"


def at_the_code(client: Client) -> str:
    answer = sign_in(client)
    assert answer.headers["Location"] == reverse(ASKED)
    return str(answer.headers["Location"])


def test_sign_in__asks_for_the_code_and_takes_it(secured: User, clock: Clock, client: Client) -> None:
    address = at_the_code(client)
    assert not is_in(client)
    assert client.get(address).status_code == 200
    assert client.post(address, {"code": code_at(NOON)}).headers["Location"] == "/"
    assert is_in(client)


@pytest.mark.parametrize("late", [-30, 30])
def test_sign_in__takes_the_code_of_a_clock_half_a_minute_off(
    secured: User, clock: Clock, client: Client, late: int
) -> None:
    client.post(at_the_code(client), {"code": code_at(NOON + late)})
    assert is_in(client)


@pytest.mark.parametrize("late", [-60, 60, 3600])
def test_sign_in__refuses_the_code_of_another_time(
    secured: User, clock: Clock, client: Client, late: int
) -> None:
    answer = client.post(at_the_code(client), {"code": code_at(NOON + late)})
    assert "Incorrect code" in answer.text
    assert not is_in(client)


@pytest.mark.parametrize("wait", [0, 29])
def test_code__opens_once_also_for_another_worker(secured: User, clock: Clock, wait: int) -> None:
    first, second = Client(), Client()
    first.post(at_the_code(first), {"code": code_at(NOON)})
    cache.clear()  # each worker has a cache of its own
    clock.now += wait
    answer = second.post(at_the_code(second), {"code": code_at(NOON)})
    assert USED_ALREADY in answer.text
    assert (is_in(first), is_in(second)) == (True, False)


def test_recovery_code__opens_once(secured: User, clock: Clock) -> None:
    kept = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    first, second = Client(), Client()
    first.post(at_the_code(first), {"code": kept[0]})
    second.post(at_the_code(second), {"code": kept[0]})
    assert (is_in(first), is_in(second)) == (True, False)
    assert codes_left(secured) == len(kept) - 1


def test_codes__are_not_guessed(secured: User, clock: Clock, client: Client) -> None:
    address = at_the_code(client)
    for number in range(10):
        assert "Incorrect code" in client.post(address, {"code": f"{number:06}"}).text
    answer = client.post(address, {"code": code_at(NOON)})
    assert "Too many failed attempts" in answer.text
    assert not is_in(client)


def test_right_code__is_not_counted(secured: User, clock: Clock) -> None:
    for late in (0, 30, 60):
        clock.now = NOON + late
        client = Client()
        client.post(at_the_code(client), {"code": code_at(NOON + late)})
        assert is_in(client)
    assert set(SignInCount.objects.exclude(kind="used code").values_list("count", flat=True)) == {0}


def test_sign_in__can_be_left_between_password_and_code(secured: User, client: Client) -> None:
    address = at_the_code(client)
    assert client.get(reverse("account_login")).headers["Location"] == address
    client.post(reverse("account_logout"), {"next": reverse("account_login")})
    assert client.get(reverse("account_login")).status_code == 200


def test_second_factor__is_set_up_with_password_and_code(ada: User, clock: Clock, client: Client) -> None:
    client.force_login(ada)
    address = reverse("mfa_activate_totp")
    again = client.get(address, follow=True)
    assert "Your password again" in again.text
    page = client.post(again.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    secret = client.session[totp.SECRET_SESSION_KEY]
    assert secret in page.text
    assert "data:image/svg+xml;base64," in page.text
    code = totp.format_hotp_value(totp.hotp_value(secret, int(NOON) // 30))
    codes = client.post(address, {"code": code}, follow=True)
    assert "10 of 10 are left" in codes.text
    assert "on</span>" in client.get(reverse("account")).text


@pytest.mark.parametrize(
    "deed", ["activate_totp", "deactivate_totp", "view_recovery_codes", "generate_recovery_codes"]
)
def test_second_factor__asks_the_password_again_before_a_change(
    secured: User, client: Client, deed: str
) -> None:
    client.force_login(secured)
    assert client.get(reverse(f"mfa_{deed}")).status_code == 302
    assert Authenticator.objects.count() == 2


def test_second_factor__is_turned_off_with_its_codes(secured: User, client: Client) -> None:
    client.force_login(secured)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert ">10 left<" in client.get(reverse("account")).text
    assert client.get(reverse("mfa_deactivate_totp")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()


def test_recovery_codes__are_made_anew_and_downloaded(secured: User, client: Client) -> None:
    old = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    client.force_login(secured)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.post(reverse("mfa_generate_recovery_codes"), follow=True)
    assert not any(code in page.text for code in old)
    kept = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    assert all(code in client.get(reverse("mfa_download_recovery_codes")).text for code in kept)


@pytest.mark.parametrize("name", ["mfa_deactivate_totp", "mfa_view_recovery_codes"])
def test_second_factor__leads_to_the_account_who_has_none(ada: User, client: Client, name: str) -> None:
    client.force_login(ada)
    assert client.get(reverse(name)).headers["Location"] == reverse("account")
