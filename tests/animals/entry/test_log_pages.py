"""The menu of an animal's page and the page of each kind of entry."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from studbook.accounts.models import User
from studbook.animals.entry.kinds import KINDS, entries_in_groups, kinds_without_animal
from studbook.animals.models import Animal, Event
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests import factories

DAY = "2025-05-03"
OF_ANIMALS, OF_NEWCOMERS = sorted(KINDS), [kind.slug for kind in kinds_without_animal()]
MOST_QUERIES = 24


@pytest.fixture
def dam(programme: Programme, zoo: Institution) -> Animal:
    return factories.animal_at(zoo, programme=programme, studbook_number="7", house_name="Amba")


@pytest.fixture
def keeper(dam: Animal, bo: User, client: Client) -> Client:
    client.force_login(bo)
    return client


def page(kind: str, number: str = "7") -> str:
    return reverse("log_event", args=["leopards", number, kind])


def new(kind: str) -> str:
    return reverse("log_new", args=["leopards", kind])


def offered(animal: Animal) -> set[str]:
    return {kind.slug for _, kinds in entries_in_groups(animal, "leopards") for kind in kinds}


@pytest.mark.parametrize(
    ("columns", "there", "missing"),
    [
        ({}, {"birth", "death", "release", "lost", "weight"}, {"found"}),
        ({"sex": "M"}, {"death", "contraception"}, {"birth", "found"}),
        ({"status": "lost"}, {"found", "death", "note"}, {"lost", "release"}),
        ({"status": "dead"}, {"birth", "note", "photo"}, {"death", "lost", "release", "found"}),
    ],
)
def test_menu__offers_what_fits_the_animal(
    columns: dict[str, Any], there: set[str], missing: set[str]
) -> None:
    found = offered(factories.AnimalFactory.build(programme=None, **columns))
    assert there <= found
    assert not missing & found


@pytest.mark.parametrize(
    ("person", "sees"), [("bo", True), ("rita", True), ("ada", True), ("olga", False), ("remy", False)]
)
def test_menu__is_on_the_animal_s_page_for_those_who_log(
    dam: Animal, person: str, sees: bool, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(person))
    assert (page("birth") in client.get(dam.get_absolute_url()).text) is sees


def test_menu__is_not_on_the_page_of_a_foreign_animal(programme: Programme, keeper: Client) -> None:
    foreign = factories.animal_at(factories.InstitutionFactory(), programme=programme, studbook_number="20")
    assert "log-menu" not in keeper.get(foreign.get_absolute_url()).text


@pytest.mark.parametrize("kind", OF_ANIMALS)
def test_page__of_each_kind_opens_with_today(
    keeper: Client, kind: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = keeper.get(page(kind))
    assert answer.status_code == 200
    assert 'name="on" value="20' in answer.text


@pytest.mark.parametrize("kind", OF_NEWCOMERS)
def test_page__of_each_newcomer_opens_with_the_own_zoo(
    keeper: Client, kind: str, zoo: Institution, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = keeper.get(new(kind))
    assert f'<option value="{zoo.pk}" selected>' in answer.text


@pytest.mark.parametrize("kind", OF_ANIMALS)
def test_page__of_nonsense_is_answered_kindly(keeper: Client, kind: str) -> None:
    for words in (
        {},
        {"on": "�", "count": "²", "young-0-sex": "x"},
        {"on": "2025-13-45", "place": "x", "count": "99999"},
    ):
        assert keeper.post(page(kind), words).status_code == 400
    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize("kind", OF_NEWCOMERS)
def test_page__of_a_newcomer_of_nonsense_is_answered_kindly(keeper: Client, kind: str) -> None:
    assert (
        keeper.post(new(kind), {"on": "x", "place": "-1", "sire": "9" * 200, "birth": "?"}).status_code == 400
    )
    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize("path", [page("hatching"), page("capture"), new("weight"), page("birth", "99")])
def test_page__that_is_none_is_not_there(keeper: Client, path: str) -> None:
    assert keeper.get(path).status_code == 404


@pytest.mark.parametrize(("person", "status"), [("cy", 404), ("olga", 403), ("remy", 403)])
def test_page__is_for_those_who_log(
    dam: Animal, person: str, status: int, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(person))
    for path in (page("birth"), new("capture")):
        assert client.get(path).status_code == status
        assert client.post(path, {"on": DAY, "count": "2"}).status_code == status
    assert Animal.objects.count() == 1


def test_birth__needs_three_answers_and_proposes_the_sire(
    dam: Animal, zoo: Institution, programme: Programme, keeper: Client
) -> None:
    sire = factories.animal_at(zoo, programme=programme, studbook_number="4", sex="M")
    form = keeper.get(page("birth"))
    assert re.search('name="sire_of" value="4"[^>]*checked', form.text)
    assert "4 is the only grown male at Zoo A." in form.text
    answer = keeper.post(page("birth"), {"count": "2", "on": DAY, "sire": "4"}, follow=True)
    assert "New in the book: 8, 9. It is provisional until the registrar" in answer.text
    assert set(Animal.objects.filter(dam=dam, sire=sire).values_list("studbook_number", flat=True)) == {
        "8",
        "9",
    }


@pytest.mark.parametrize(
    ("words", "sire"),
    [
        ({"sire_of": "4"}, "4"),
        ({"sire_of": "4", "sire": " 5 "}, "5"),
        ({"sire_of": "unknown"}, None),
        ({}, None),
    ],
)
def test_birth__offers_the_males_that_live_there(
    dam: Animal,
    zoo: Institution,
    programme: Programme,
    keeper: Client,
    words: dict[str, str],
    sire: str | None,
) -> None:
    for number in ("4", "5"):
        factories.animal_at(zoo, programme=programme, studbook_number=number, sex="M")
    form = keeper.get(page("birth")).text
    assert re.findall('name="sire_of" value="([^"]*)"', form) == ["4", "5", "unknown"]
    assert "checked" not in form
    assert keeper.post(page("birth"), {"count": "1", "on": DAY, **words}).status_code == 302
    young = Animal.objects.get(dam=dam)
    assert (young.sire.studbook_number if young.sire else None) == sire


def test_birth__keeps_what_was_typed_of_each_young_when_it_is_refused(keeper: Client) -> None:
    words = {"count": "5", "on": DAY, "young-4-weight": "heavy", "young-4-house_name": "Mila"}
    answer = keeper.post(page("birth"), words)
    assert answer.status_code == 400
    assert 'value="Mila"' in answer.text
    assert "heavy" in answer.text


def test_birth__sent_five_times_is_one_litter(dam: Animal, keeper: Client) -> None:
    words = {"count": "2", "on": DAY, "once_key": "the-same"}
    assert {keeper.post(page("birth"), words).status_code for _ in range(5)} == {302}
    assert Animal.objects.filter(dam=dam).count() == 2


def test_birth__that_rules_warn_of_is_saved_all_the_same(
    dam: Animal, programme: Programme, zoo: Institution, keeper: Client
) -> None:
    factories.animal_at(zoo, programme=programme, studbook_number="5", sex="U")
    words = {"count": "1", "on": DAY, "sire": "5"}
    warned = keeper.post(page("birth"), words)
    codes = warned.context["form"].codes_to_acknowledge()
    assert "Not saved yet" in warned.text
    assert Animal.objects.count() == 2
    assert (
        keeper.post(page("birth"), words | {"acknowledged": codes, "reason": "Seen mating."}).status_code
        == 302
    )
    deed = AuditEntry.objects.get(verb="log birth")
    assert (deed.acknowledged, deed.reason) == (codes, "Seen mating.")


def test_death__is_logged_and_shown(dam: Animal, keeper: Client) -> None:
    words = {"on": "about May 2025", "cause": "old age", "necropsy": "Kidneys."}
    assert keeper.post(page("death"), words).status_code == 302
    death = Event.objects.get(kind=Event.Kind.DEATH)
    assert (death.cause, death.necropsy, death.provisional, str(death.date)) == (
        "old age",
        "Kidneys.",
        True,
        "about May 2025",
    )


def test_capture__leads_to_the_new_animal(zoo: Institution, keeper: Client) -> None:
    words = {"on": DAY, "place": zoo.pk, "sex": "F", "birth": "about 2019"}
    answer = keeper.post(new("capture"), words)
    caught = Animal.objects.get(studbook_number="8")
    assert answer.headers["Location"] == caught.get_absolute_url()
    assert (caught.birth_type, caught.sire_kind, caught.dam_kind) == ("wild", "wild", "wild")
    assert caught.holdings.get().institution == zoo
    assert caught.events.get().provisional


def test_arrival__of_a_number_that_is_taken_is_refused_with_whose_it_is(
    zoo: Institution, keeper: Client
) -> None:
    words = {"on": DAY, "place": zoo.pk, "studbook_number": "7", "sire": "unknown", "dam": "unknown"}
    answer = keeper.post(new("arrival"), words)
    assert answer.status_code == 400
    assert "Studbook number 7 belongs to 7 Amba" in answer.text
