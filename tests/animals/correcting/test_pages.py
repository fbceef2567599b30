"""The pages of corrections, history and merges: they work, refuse strangers, and answer nonsense kindly."""

from typing import Any

import pytest
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.changes import changing
from studbook.programmes.models import Programme
from tests import factories
from tests.animals.correcting.conftest import Sent
from tests.animals.correcting.test_correct_animal import correct
from tests.animals.correcting.test_correct_events import happened

IDENTITY = {
    "house_name": "Seia",
    "sex": "F",
    "birth": "2018-05-03",
    "birth_type": "captive",
    "rearing": "unknown",
    "note": "",
    "reason": "The card.",
    "opened_version": 1,
}


def path(name: str, *arguments: Any) -> str:
    return reverse(name, args=["leopards", *arguments])


@pytest.fixture
def twin(cub: Animal, zoo: Institution) -> Animal:
    columns = {"studbook_number": "13", "sire": cub.sire, "dam": cub.dam, "rearing": "hand"}
    return factories.animal_at(zoo, programme=cub.programme, birth=cub.birth, **columns)


@pytest.mark.parametrize("name", ["correct_animal", "correct_parents", "void_animal", "merge"])
def test_page__is_for_those_who_may_correct_the_animal(
    cub: Animal, foreign: Animal, rita: User, bo: User, client: Any, name: str
) -> None:
    client.force_login(rita)
    assert [client.get(path(name, number)).status_code for number in ("12", "20", "99")] == [200, 404, 404]
    client.force_login(bo)
    assert client.get(path(name, "12")).status_code == 403


def test_correct_page__corrects_and_leads_to_the_animal(cub: Animal, rita: User, sent: Sent) -> None:
    answer = sent(rita, path("correct_animal", "12"), **IDENTITY)
    assert (answer.status_code, answer.headers["Location"]) == (302, path("animal", "12"))


def test_correct_page__keeps_what_was_written_when_it_is_stale(
    cub: Animal, ada: User, rita: User, sent: Sent
) -> None:
    correct(cub, rita, house_name="Mira")
    stale = sent(ada, path("correct_animal", "12"), **IDENTITY)
    assert stale.status_code == 409
    for words in (
        "changed by rita",
        "You opened",
        "Zeia",
        "Now in the book",
        "Mira",
        'value="Seia"',
        "take mine",
    ):
        assert words in stale.text
    again = sent(ada, path("correct_animal", "12"), **IDENTITY)
    assert again.status_code == 409
    mine = sent(ada, path("correct_animal", "12"), **IDENTITY, take_mine=2)
    cub.refresh_from_db()
    assert (mine.status_code, cub.house_name, cub.version) == (302, "Seia", 3)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"birth": "yesterday"}, "is not a date this book can read"),
        ({"sex": "X"}, "X is not one of the available choices"),
        ({"reason": ""}, "A correction needs a reason"),
        ({"opened_version": ""}, "The form came without its version"),
        ({"take_mine": "abc"}, "Enter a whole number"),
    ],
)
def test_correct_page__answers_nonsense_kindly(
    cub: Animal, ada: User, sent: Sent, words: dict[str, str], sentence: str
) -> None:
    answer = sent(ada, path("correct_animal", "12"), **(IDENTITY | words))
    assert answer.status_code == 400
    assert sentence in answer.text


def test_correct_page__shows_warnings_and_saves_all_the_same(cub: Animal, ada: User, sent: Sent) -> None:
    words = IDENTITY | {"birth": "2016-05-03"}
    warned = sent(ada, path("correct_animal", "11"), **(words | {"house_name": "Old"}))
    assert warned.status_code == 400
    assert "all the same" in warned.text
    code = warned.text.split('name="acknowledged" value="')[1].split('"')[0]
    saved = sent(ada, path("correct_animal", "11"), **(words | {"house_name": "Old", "acknowledged": code}))
    assert saved.status_code == 302
    assert AuditEntry.objects.latest("pk").acknowledged == code


def test_event_page__corrects_and_takes_out(
    cub: Animal, other_zoo: Institution, ada: User, sent: Sent
) -> None:
    move = happened(cub, "transfer", "2020-01-01", other_zoo)
    words = {"date": "2020-02-01", "institution": "ZOOB", "reason": "The card.", "opened_version": 1}
    assert sent(ada, path("correct_event", "12", move.pk), **words).status_code == 302
    wrong = sent(ada, path("correct_event", "12", move.pk), **(words | {"institution": "NONE"}))
    assert wrong.status_code == 400
    removed = sent(ada, path("remove_event", "12", move.pk), reason="It stayed.", opened_version=2)
    assert (removed.status_code, cub.events.count()) == (302, 1)
    assert sent(ada, path("remove_event", "12", move.pk), reason="x", opened_version=2).status_code == 404


def test_observation_page__corrects_and_takes_out(cub: Animal, ada: User, client: Any, sent: Sent) -> None:
    weight = factories.ObservationFactory(animal=cub)
    address = path("correct_observation", "12", weight.pk)
    words = {"date": "2025-05-03", "quantity": "39", "unit": "kg", "reason": "Misread.", "opened_version": 1}
    assert sent(ada, address, **words).status_code == 302
    assert 'value="39.0000"' in client.get(address).text
    removal = path("remove_observation", "12", weight.pk)
    assert sent(ada, removal, reason="", opened_version=2).status_code == 400
    assert sent(ada, removal, reason="Another cat.", opened_version=2).status_code == 302


def test_history_page__tells_who_when_what_and_why(cub: Animal, rita: User, olga: User, client: Any) -> None:
    correct(cub, rita, house_name="Seia")
    client.force_login(olga)
    page = client.get(path("animal_history", "12"))
    for words in ("Correct animal", "by rita", "The zoo", "House name", "<del>Zeia</del>", "<ins>Seia</ins>"):
        assert words in page.text
    assert "Undo this" not in page.text


def test_history_page__names_animals_and_places(
    cub: Animal, other_zoo: Institution, ada: User, client: Any
) -> None:
    happened(cub, "transfer", "2020-01-01", other_zoo)
    client.force_login(ada)
    page = client.get(path("animal_history", "12")).text
    for words in ("New event: transfer", "Zoo B", "Changed stay", "2020-01-01"):
        assert words in page


def test_history_page__reads_in_a_fixed_number_of_queries(
    cub: Animal, ada: User, client: Any, django_assert_max_num_queries: Any
) -> None:
    client.force_login(ada)
    for number in range(12):
        correct(cub, ada, house_name=f"Name {number}")
        cub.refresh_from_db()
    with django_assert_max_num_queries(22):
        assert client.get(path("animal_history", "12")).status_code == 200


def test_history_page__leads_back_and_undoes(cub: Animal, ada: User, client: Any, sent: Sent) -> None:
    correct(cub, ada, house_name="Seia")
    first = AuditEntry.objects.latest("pk").pk
    correct(cub, ada, house_name="Mira")
    newest = AuditEntry.objects.latest("pk").pk
    stale = sent(ada, path("animal_return", "12", first), opened_deed=first)
    assert (stale.status_code, "was changed since you opened its history" in stale.text) == (409, True)
    assert sent(ada, path("animal_return", "12", first), opened_deed=newest).status_code == 302
    assert Animal.objects.get(pk=cub.pk).house_name == "Seia"
    assert sent(ada, path("undo_deed", AuditEntry.objects.latest("pk").pk)).status_code == 302
    assert Animal.objects.get(pk=cub.pk).house_name == "Mira"
    assert sent(ada, path("undo_deed", first)).status_code == 409
    assert sent(ada, path("undo_deed", 10**9)).status_code == 404
    assert sent(ada, path("animal_return", "12", 10**9), opened_deed=1).status_code == 404
    assert sent(ada, path("animal_return", "12", first)).status_code == 400


def test_undo__of_a_foreign_deed_is_not_the_registrar_s(
    foreign: Animal, ada: User, rita: User, sent: Sent
) -> None:
    correct(foreign, ada, house_name="Seia")
    answer = sent(rita, path("undo_deed", AuditEntry.objects.latest("pk").pk))
    assert answer.status_code == 404
    assert Animal.objects.get(pk=foreign.pk).house_name == "Seia"


def test_merge_pages__choose_compare_merge_and_undo(
    cub: Animal, twin: Animal, ada: User, client: Any, sent: Sent
) -> None:
    client.force_login(ada)
    chosen = client.get(path("merge", "12"), {"other": "13"})
    assert (chosen.status_code, chosen.headers["Location"]) == (302, path("merge_with", "12", "13"))
    assert "nothing tells them apart" in client.get(path("merge", "12")).text
    assert client.get(path("merge", "12"), {"other": "12"}).status_code == 400
    page = client.get(path("merge_with", "12", "13")).text
    for words in ("by hand", "Zeia", "Events", "differs", "take_rearing"):
        assert words in page
    words = {"take_rearing": "other", "reason": "One card.", "opened_version": 1, "other_version": 1}
    assert sent(ada, path("merge_with", "12", "13"), **words).status_code == 302
    led = client.get(path("animal", "13"))
    assert (led.status_code, led.headers["Location"]) == (302, path("animal", "12"))
    assert "The record 13 was merged into 12 Zeia" in client.get(path("animal", "12")).text
    assert "Undo the merge" in client.get(path("animal_history", "12")).text
    assert "Undo the merge" in client.get(path("animal_history", "13")).text
    assert sent(ada, path("undo_deed", AuditEntry.objects.latest("pk").pk)).status_code == 302
    assert client.get(path("animal", "13")).status_code == 200


def test_merge_page__compares_in_a_fixed_number_of_queries(
    cub: Animal,
    twin: Animal,
    other_zoo: Institution,
    ada: User,
    client: Any,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(8):
        happened(twin, "other", f"2020-01-0{number + 1}")
        factories.ObservationFactory(animal=twin)
    client.force_login(ada)
    with django_assert_max_num_queries(26):
        assert client.get(path("merge_with", "12", "13")).status_code == 200


def test_merge_page__with_a_foreign_record_is_not_there_for_the_registrar(
    cub: Animal, foreign: Animal, rita: User, client: Any
) -> None:
    client.force_login(rita)
    assert client.get(path("merge_with", "12", "20")).status_code == 404
    assert client.get(path("merge", "12"), {"other": "20"}).status_code == 400


def test_void_record__says_so_and_leads_to_its_history(
    cub: Animal, ada: User, client: Any, sent: Sent
) -> None:
    assert sent(ada, path("void_animal", "12"), reason="No animal.", opened_version=1).status_code == 302
    page = client.get(path("animal", "12"))
    assert (page.status_code, "12 is void" in page.text) == (410, True)
    history = client.get(path("animal_history", "12")).text
    assert "Undo this" in history
    assert sent(ada, path("undo_deed", AuditEntry.objects.latest("pk").pk)).status_code == 302
    assert client.get(path("animal", "12")).status_code == 200


def test_animal_page__offers_corrections_to_those_who_may(
    cub: Animal, foreign: Animal, rita: User, client: Any
) -> None:
    client.force_login(rita)
    own, far = (client.get(path("animal", number)).text for number in ("12", "20"))
    assert path("correct_animal", "12") in own
    assert path("correct_animal", "20") not in far
    assert path("animal_history", "20") in far


def test_undo__of_a_deed_that_is_of_no_animal_says_why_not(
    ada: User, programme: Programme, sent: Sent
) -> None:
    with changing(programme, "give role", by=ada, is_word=True):
        pass
    answer = sent(ada, reverse("undo_deed", args=["leopards", AuditEntry.objects.get().pk]), reason="x")
    assert (answer.status_code, "cannot be undone here" in answer.text) == (400, True)
