"""The list of provisional entries: who sees it, who decides, one tap each or all that are shown."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.models import Animal, Observation
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests import factories
from tests.races.digest import digest_of_everything

PENDING, CONFIRM, REFUSE = (
    reverse(name, args=["leopards"]) for name in ("pending", "confirm_entries", "refuse_entries")
)


@pytest.fixture
def cat(programme: Programme, zoo: Institution) -> Animal:
    return factories.animal_at(zoo, programme=programme, studbook_number="1", house_name="Amba")


@pytest.fixture
def weight(cat: Animal) -> Observation:
    made: Observation = factories.ObservationFactory(animal=cat, provisional=True)
    return made


@pytest.fixture
def foreign(programme: Programme) -> Observation:
    there = factories.InstitutionFactory(name="Zoo of the Others")
    factories.ParticipationFactory(programme=programme, institution=there)
    other = factories.animal_at(there, programme=programme, studbook_number="9")
    made: Observation = factories.ObservationFactory(animal=other, kind="note", note="Shy.", provisional=True)
    return made


def value(entry: Observation, version: int = 1) -> str:
    return f"observation-{entry.pk}-{version}"


def waiting() -> set[int]:
    return set(Observation.objects.filter(provisional=True).values_list("pk", flat=True))


def test_pending__lets_each_decide_on_their_own_only(
    weight: Observation, foreign: Observation, rita: User, ada: User, olga: User, signed_in: Any
) -> None:
    for person, mine in ((rita, [weight]), (ada, [weight, foreign]), (olga, [])):
        page = signed_in(person).get(PENDING).content.decode()
        assert "<b>2</b> entries" in page
        for entry in (weight, foreign):
            assert (f'value="{value(entry)}"' in page) is (entry in mine)


def test_pending__is_narrowed_by_zoo_and_kind(
    weight: Observation, foreign: Observation, zoo: Institution, olga: User, signed_in: Any
) -> None:
    client = signed_in(olga)
    for query, shown in (({"institution": zoo.pk}, "38.5 kg"), ({"kind": "note"}, "Shy.")):
        page = client.get(PENDING, query).content.decode()
        assert shown in page
        assert "<b>1</b> entry" in page
    nonsense = client.get(PENDING, {"institution": "‰", "kind": "‰"})
    assert (nonsense.status_code, "Select a valid choice" in nonsense.content.decode()) == (200, True)


def test_confirm__one_tap_and_back_to_where_it_was_done(
    weight: Observation, rita: User, signed_in: Any
) -> None:
    client = signed_in(rita)
    answer = client.post(f"{CONFIRM}?kind=weight", {"entries": value(weight)})
    assert (answer.status_code, answer["Location"]) == (302, f"{PENDING}?kind=weight")
    assert waiting() == set()
    again = client.post(CONFIRM, {"entries": value(weight), "animal": "1"})
    assert again["Location"] == weight.animal.get_absolute_url()
    page = client.get(again["Location"]).content.decode()
    assert "One entry confirmed." in page
    assert "These entries were confirmed already." in page


def test_confirm__all_that_are_shown(weight: Observation, cat: Animal, rita: User, signed_in: Any) -> None:
    others = [factories.ObservationFactory(animal=cat, provisional=True) for _ in range(3)]
    signed_in(rita).post(CONFIRM, {"entries": [value(each) for each in (weight, *others)]})
    assert waiting() == set()


def test_confirm__with_a_foreign_one_among_them_confirms_none(
    weight: Observation, foreign: Observation, rita: User, signed_in: Any
) -> None:
    client, before = signed_in(rita), digest_of_everything()
    for sent in ([value(weight), value(foreign)], [value(weight), "observation-999999-1"]):
        answer = client.post(CONFIRM, {"entries": sent})
        assert answer.status_code == 404
        assert "none on which you may decide" in answer.content.decode()
    assert digest_of_everything() == before


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [""],
        ["‰"],
        ["observation"],
        ["animal-1-1"],
        ["event-1"],
        ["event--1-1"],
        ["event-" + "9" * 30 + "-1"],
    ],
)
def test_decide__on_nonsense_is_told_kindly(
    entries: list[str], cat: Animal, rita: User, signed_in: Any
) -> None:
    client = signed_in(rita)
    for url in (CONFIRM, REFUSE):
        answer = client.post(url, {"entries": entries, "reason": "Wrong."})
        assert answer.status_code == 400
        assert 'role="alert"' in answer.content.decode()


def test_refuse__without_a_reason_is_told_and_with_one_is_done(
    weight: Observation, rita: User, signed_in: Any
) -> None:
    client = signed_in(rita)
    refused = client.post(REFUSE, {"entries": value(weight), "reason": ""})
    assert (refused.status_code, "needs a reason" in refused.content.decode()) == (400, True)
    assert client.post(REFUSE, {"entries": value(weight), "reason": "Wrong animal."}).status_code == 302
    assert not Observation.objects.exists()


def test_refuse__what_was_refused_meanwhile_is_gone(
    weight: Observation, rita: User, ada: User, signed_in: Any
) -> None:
    sent = {"entries": value(weight), "reason": "Wrong animal."}
    signed_in(rita).post(REFUSE, sent)
    answer = signed_in(ada).post(CONFIRM, sent)
    assert answer.status_code == 409
    assert "was taken out of the book by rita meanwhile" in answer.content.decode()


@pytest.mark.parametrize(
    ("person", "seen", "decides"),
    [("olga", 200, 403), ("bo", 200, 403), ("remy", 200, 403), ("cy", 404, 404)],
)
def test_pending__is_seen_by_all_and_decided_by_few(
    person: str, seen: int, decides: int, weight: Observation, signed_in: Any, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(person))
    assert client.get(PENDING).status_code == seen
    for url in (CONFIRM, REFUSE):
        assert client.post(url, {"entries": value(weight), "reason": "Wrong."}).status_code == decides
    assert waiting() == {weight.pk}


def test_dashboard__says_what_waits_for_whom(
    weight: Observation, foreign: Observation, rita: User, ada: User, olga: User, bo: User, signed_in: Any
) -> None:
    url = reverse("dashboard", args=["leopards"])
    wanted = {rita: "1 provisional entry", ada: "2 provisional entries", olga: "", bo: ""}
    for person, words in wanted.items():
        page = signed_in(person).get(url).content.decode()
        assert ("Waiting for you" in page) is bool(words)
        assert words in page


def test_pending__asks_the_same_however_much_waits(
    weight: Observation, cat: Animal, rita: User, signed_in: Any
) -> None:
    client = signed_in(rita)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(PENDING)
        return len(asked)

    factories.EventFactory(animal=cat, kind="other", provisional=True)
    before = queries()
    for place in range(6):
        factories.ObservationFactory(animal=cat, provisional=True)
        factories.EventFactory(animal=cat, sequence=10 + place, kind="other", provisional=True)
    assert queries() == before


def test_pending__shows_the_first_hundred_and_confirms_no_more(
    cat: Animal, rita: User, signed_in: Any
) -> None:
    factories.ObservationFactory.create_batch(101, animal=cat, provisional=True)
    page = signed_in(rita).get(PENDING).content.decode()
    assert "<b>101</b> entries, the first 100 shown" in page
    assert "Confirm all 100" in page


@pytest.mark.parametrize("provisional", [True, False])
def test_animal_page__marks_what_is_provisional(
    provisional: bool, cat: Animal, zoo: Institution, olga: User, signed_in: Any
) -> None:
    young = factories.animal_at(zoo, programme=cat.programme, studbook_number="2", dam=cat)
    young.events.update(provisional=provisional)
    for number, times in (("2", 3), ("1", 1)):
        page = signed_in(olga).get(reverse("animal", args=["leopards", number])).content.decode()
        # once in its head, once among its events, once where it waits; once among its dam's offspring
        assert (
            page.count('badge-warn">provisional</span>') + ("1 provisional entry" in page)
            == times * provisional
        )
