"""The list of programmes, for a person who belongs to more than one."""

from typing import Any

from django.urls import reverse

from studbook.accounts.models import User
from studbook.programmes.models import Programme
from tests.factories import ProgrammeFactory, ProgrammeRoleFactory


def test_home__marks_the_synthetic_programmes(programme: Programme, olga: User, signed_in: Any) -> None:
    real = ProgrammeFactory(code="condors", name="Condors", synthetic=False)
    ProgrammeRoleFactory(programme=real, user=olga, role="observer")
    text = signed_in(olga).get("/").content.decode()
    cards = {part.split("</h2>")[0].partition('">')[2] for part in text.split("<h2>")[1:]}
    assert {card for card in cards if "synthetic data" not in card} == {"Condors</a>"}
    assert len(cards) == 2


def test_home__leads_to_the_account_and_on_to_a_change_of_password(
    programme: Programme, olga: User, signed_in: Any
) -> None:
    account = reverse("account")
    assert f'href="{account}"' in signed_in(olga).get("/", follow=True).content.decode()
    assert 'href="/accounts/password/"' in signed_in(olga).get(account).content.decode()
