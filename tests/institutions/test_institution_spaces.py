"""How much room an institution offers a programme: shown on its page, changed by who plans, never negative."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution, Participation
from studbook.institutions.spaces import offer_spaces
from studbook.programmes.models import Programme
from tests.factories import InstitutionFactory, ParticipationFactory, animal_at

SENT = {"spaces": "6", "adult_pairs": "2", "reason": "A letter of the zoo.", "opened_version": "1"}


def url(institution: Institution) -> str:
    return reverse("institution_spaces", args=["leopards", institution.pk])


def test_spaces__are_written_shown_and_left_in_the_trail(
    programme: Programme, zoo: Institution, ada: Any, signed_in: Any
) -> None:
    animal_at(zoo, programme=programme)
    client = signed_in(ada)
    answer = client.post(url(zoo), SENT)
    assert (answer.status_code, answer.url) == (302, reverse("institution", args=["leopards", zoo.pk]))
    offered = Participation.objects.get(programme=programme, institution=zoo)
    assert (offered.spaces, offered.adult_pairs, offered.version) == (6, 2, 2)
    page = client.get(answer.url).content.decode()
    assert "6, 1 taken" in page
    assert "2 at most" in page
    entry = AuditEntry.objects.get(verb="set spaces")
    assert (entry.reason, entry.changes.get().record) == (
        "A letter of the zoo.",
        "institutions.participation",
    )


def test_spaces__of_one_that_only_holds_animals_are_written_too(
    programme: Programme, ada: Any, signed_in: Any
) -> None:
    holder = InstitutionFactory()
    animal_at(holder, programme=programme)
    assert signed_in(ada).post(url(holder), SENT).status_code == 302
    assert signed_in(ada).post(url(holder), SENT).status_code == 409
    assert holder.participations.get().spaces == 6


@pytest.mark.parametrize(("name", "value"), [("spaces", "-1"), ("adult_pairs", "1e9"), ("spaces", "many")])
def test_spaces__that_cannot_be_are_refused_at_their_field(
    zoo: Institution, ada: Any, signed_in: Any, name: str, value: str
) -> None:
    answer = signed_in(ada).post(url(zoo), SENT | {name: value})
    assert answer.status_code == 400
    assert answer.context["form"].errors[name]


@pytest.mark.parametrize("version", ["2147483647", "9" * 30])
@pytest.mark.parametrize("takes_part", [True, False])
def test_spaces__with_a_version_that_no_page_had_are_refused(
    programme: Programme, ada: Any, signed_in: Any, version: str, takes_part: bool
) -> None:
    holder = InstitutionFactory()
    animal_at(holder, programme=programme)
    if takes_part:
        ParticipationFactory(programme=programme, institution=holder)
    answer = signed_in(ada).post(url(holder), SENT | {"opened_version": version})
    assert answer.status_code == 400
    assert "The form came without its version." in answer.content.decode()


def test_spaces__emptied_are_not_said(
    programme: Programme, zoo: Institution, ada: Any, signed_in: Any
) -> None:
    offer_spaces(programme, zoo, spaces=0, adult_pairs=0, reason="", by=None, opened_version=1)
    client = signed_in(ada)
    assert "0, 0 taken" in client.get(reverse("institution", args=["leopards", zoo.pk])).content.decode()
    client.post(url(zoo), {"spaces": "", "adult_pairs": "", "opened_version": "2"})
    assert programme.participations.get(institution=zoo).spaces is None


def test_spaces__are_changed_by_who_plans_alone(zoo: Institution, olga: Any, signed_in: Any) -> None:
    client = signed_in(olga)
    assert client.get(url(zoo)).status_code == 403
    assert client.post(url(zoo), SENT).status_code == 403
    assert ">change</a>" not in client.get(reverse("institution", args=["leopards", zoo.pk])).content.decode()


@pytest.mark.django_db
def test_spaces__are_never_negative_in_the_database(programme: Programme) -> None:
    offered = ParticipationFactory(programme=programme)
    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.filter(pk=offered.pk).update(spaces=-1)
