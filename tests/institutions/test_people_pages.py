import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from studbook.accounts.models import InstitutionRole, User
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests import factories

NEW: dict[str, Any] = {"username": "jane", "role": "keeper", "first_name": "Jane", "last_name": "Doe"}


def page(client: Client, name: str, *arguments: object) -> Any:
    return client.get(reverse(name, args=["leopards", *arguments]))


def send(client: Client, words: dict[str, Any], name: str = "person_new", *arguments: object) -> Any:
    return client.post(reverse(name, args=["leopards", *arguments]), words)


@pytest.fixture
def by_ada(ada: User, zoo: Institution, client: Client) -> Client:
    client.force_login(ada)
    return client


def names_on(text: str) -> list[str]:
    return re.findall(r'<th scope="row"><a[^>]*>([^<]*)<', text)


def test_people__shows_the_coordinator_everybody(by_ada: Client, olga: User, bo: User, rita: User) -> None:
    text = page(by_ada, "people").text
    assert names_on(text) == ["ada", "olga", "bo", "rita"]
    assert "Keeper, Zoo A" in text


def test_people__shows_a_registrar_the_own_zoo(
    programme: Programme, ada: User, bo: User, rita: User, client: Client
) -> None:
    away = factories.ParticipationFactory(programme=programme).institution
    factories.InstitutionRoleFactory(institution=away, user__username="away")
    client.force_login(rita)
    assert names_on(page(client, "people").text) == ["bo", "rita"]


@pytest.mark.parametrize("who", ["olga", "bo", "remy"])
def test_people__refuses_who_looks_after_nobody(
    client: Client, who: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert [page(client, name).status_code for name in ("people", "person_new")] == [403, 403]
    assert "People</a>" not in page(client, "dashboard").text


@pytest.mark.parametrize("people", [1, 12])
def test_people__takes_as_many_queries_for_many(
    by_ada: Client, zoo: Institution, people: int, django_assert_num_queries: Any
) -> None:
    factories.InstitutionRoleFactory.create_batch(people, institution=zoo)
    with django_assert_num_queries(7):
        page(by_ada, "people")


def test_person__of_no_concern_is_as_one_who_does_not_exist(
    programme: Programme, ada: User, rita: User, cy: User, client: Client
) -> None:
    client.force_login(rita)
    answers = [page(client, "person", key) for key in (ada.pk, cy.pk, 999_999)]
    assert [answer.status_code for answer in answers] == [404] * 3
    for name in ("person_link", "role_withdraw"):
        assert send(client, {"role": "coordinator", "reason": "x"}, name, ada.pk).status_code == 404


def test_new_person__gets_an_account_and_the_inviter_a_link(by_ada: Client, zoo: Institution) -> None:
    answer = by_ada.post(reverse("person_new", args=["leopards"]), NEW | {"institution": zoo.pk}, follow=True)
    jane = User.objects.get(username="jane")
    assert (str(jane), jane.has_usable_password()) == ("Jane Doe", False)
    assert InstitutionRole.objects.get(user=jane).institution == zoo
    link = re.search(r"people-link\">([^<]+)<", answer.text)
    assert link
    long_word = {"password1": "one-of-my-long-words", "password2": "one-of-my-long-words"}
    assert Client().post(link[1], long_word).status_code == 302
    jane.refresh_from_db()
    assert jane.check_password("one-of-my-long-words")


def test_trail__holds_no_password(by_ada: Client, zoo: Institution) -> None:
    send(by_ada, NEW | {"institution": zoo.pk})
    jane = User.objects.get(username="jane")
    told = [
        change for entry in AuditEntry.objects.all() for change in entry.changes.values("before", "after")
    ]
    assert told
    assert jane.password not in str(told)


def test_link__is_shown_to_who_made_it_and_for_a_while_only(by_ada: Client, ada: User, bo: User) -> None:
    answer = by_ada.post(reverse("person_link", args=["leopards", bo.pk]), follow=True)
    assert "people-link" in answer.text
    said = AuditEntry.objects.get()
    assert (said.verb, said.reason) == ("give a link to set a password", "for the account bo")
    other = Client()
    other.force_login(ada)
    assert "people-link" not in page(other, "person", bo.pk).text


def test_link__is_also_sent_where_mail_is(by_ada: Client, zoo: Institution, settings: Settings) -> None:
    settings.EMAIL_URL = "smtp://mail.example.org"
    send(by_ada, NEW | {"institution": zoo.pk, "email": "jane@example.org"})
    assert [message.to for message in mail.outbox] == [["jane@example.org"]]
    assert "was also sent to jane@example.org" in page(by_ada, "people").text


def test_known_person__gets_another_role(by_ada: Client, cy: User, zoo: Institution) -> None:
    words = {"username": "CY", "role": "registrar", "institution": zoo.pk}
    assert send(by_ada, words).status_code == 302
    assert InstitutionRole.objects.get().user == cy
    assert "people-link" not in page(by_ada, "person", cy.pk).text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (NEW, "A keeper acts for an institution"),
        (NEW | {"username": "nobody", "first_name": "", "last_name": ""}, "There is no account nobody"),
        (NEW | {"username": "cy"}, "The user name cy is somebody&#x27;s already"),
        (NEW | {"username": "a b"}, "Enter a valid username"),
        (NEW | {"role": "emperor"}, "emperor"),
        (NEW | {"institution": "999999"}, "not one of the available choices"),
        (NEW | {"institution": "\x00"}, "Null characters are not allowed"),
        (NEW | {"role": "observer", "institution": "zoo"}, "Choose no institution for it"),
        (NEW | {"email": "nonsense"}, "valid email"),
        ({}, "required"),
    ],
)
def test_new_person__is_refused_in_words(
    by_ada: Client, cy: User, zoo: Institution, words: dict[str, Any], sentence: str
) -> None:
    if words.get("institution") == "zoo":
        words = words | {"institution": zoo.pk}
    before = User.objects.count()
    answer = send(by_ada, words)
    assert (answer.status_code, sentence in answer.text) == (400, True)
    assert (User.objects.count(), InstitutionRole.objects.count()) == (before, 0)


def test_registrar__is_offered_the_own_zoo_and_two_roles(
    programme: Programme, rita: User, client: Client
) -> None:
    away = factories.ParticipationFactory(programme=programme, institution__name="Away").institution
    client.force_login(rita)
    text = page(client, "person_new").text
    assert re.findall(r'<option value="(\w+)"', text)[:2] == ["keeper", "representative"]
    assert "Away" not in text
    assert send(client, NEW | {"institution": away.pk}).status_code == 400
    assert send(client, NEW | {"role": "registrar", "institution": away.pk}).status_code == 400
    assert not User.objects.filter(username="jane").exists()


def test_role__is_withdrawn_with_a_reason(by_ada: Client, bo: User, zoo: Institution) -> None:
    words = {"role": "keeper", "institution": zoo.pk, "reason": ""}
    refused = send(by_ada, words, "role_withdraw", bo.pk)
    assert (refused.status_code, "needs a reason" in refused.text) == (400, True)
    assert send(by_ada, words | {"reason": "Left."}, "role_withdraw", bo.pk).status_code == 302
    assert not InstitutionRole.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        {"role": "keeper"},
        {"role": "keeper", "institution": "999999"},
        {"role": "keeper", "institution": "x"},
        {"role": "x" * 99},
        {},
    ],
)
def test_withdrawing__refuses_nonsense_kindly(by_ada: Client, bo: User, words: dict[str, str]) -> None:
    assert send(by_ada, words | {"reason": "Left."}, "role_withdraw", bo.pk).status_code == 400
    assert InstitutionRole.objects.count() == 1


def test_withdrawing_one_s_own_role__ends_at_the_sign_in(
    by_ada: Client, programme: Programme, ada: User
) -> None:
    factories.ProgrammeRoleFactory(programme=programme, role="coordinator")
    send(by_ada, {"role": "coordinator", "reason": "I retire."}, "role_withdraw", ada.pk)
    assert page(by_ada, "people").status_code == 302


def test_resent_form__makes_one_account(by_ada: Client, zoo: Institution) -> None:
    words = NEW | {"institution": zoo.pk, "once_key": "the-same-key"}
    answers = [send(by_ada, words) for _ in range(3)]
    assert {answer.headers["Location"] for answer in answers} == {answers[0].headers["Location"]}
    assert User.objects.filter(username="jane").count() == 1
