"""What is named in a body or a query is asked like what is named in the address; nobody writes what is not theirs to say."""

import re
from collections.abc import Iterable
from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.animals.models import Animal, Observation
from studbook.core.columns import columns_of
from studbook.core.dates import DateInterval
from studbook.transfers.models import Transfer
from tests import factories
from tests.house.cases import cases_of
from tests.house.matrix import ACTORS, OTHER, OWN, answer
from tests.house.sending import ROUTES, address, digest, masked, post, refused, sent
from tests.house.sound import SOUND, WHY
from tests.house.world import HIDDEN, World, animal

THEIRS, FOREIGN, ABSENT = "A107", "A190", "A999"
REGISTRAR, KEEPER, COORDINATOR = "registrar of A", "keeper of A", "coordinator"
# The same deed on a page and through the API.
TWICE = [
    (("log_event", "POST"), ("api_log_event", "POST")),
    (("correct_animal", "POST"), ("api_animal", "PATCH")),
    (("correct_parents", "POST"), ("api_animal", "PATCH")),
    (("correct_event", "POST"), ("api_event", "PATCH")),
    (("remove_event", "POST"), ("api_event", "DELETE")),
    (("correct_observation", "POST"), ("api_observation", "PATCH")),
    (("remove_observation", "POST"), ("api_observation", "DELETE")),
    (("transfer_step", "POST"), ("api_transfer_step", "POST")),
    (("transfer", "GET"), ("api_transfer", "GET")),
]
TELLS_IT = {("merge_with", "POST")}  # this is how a record is merged into another
# What no form asks: whose a record is, its number, and what it is.
NEVER_TOLD = {
    "programme": OTHER,
    "programme_id": 2,
    "studbook_number": "X1",
    "number_order": 1,
    "version": 99,
    "provisional": "",
    "status": "dead",
    "merged_into": 1,
    "merged_into_id": 1,
    "is_superuser": "on",
    "is_staff": "on",
    "user": 1,
    "actor": 1,
    "proposed_by": 1,
    "state": "closed",
}


@pytest.mark.parametrize(("page", "program"), TWICE, ids=lambda each: each[0])
def test_page_and_program__are_answered_alike(
    world: World, page: tuple[str, str], program: tuple[str, str]
) -> None:
    pairs = zip(cases_of(ROUTES[page[0]], world), cases_of(ROUTES[program[0]], world), strict=True)
    unlike = [
        (one.title, actor)
        for one, other in pairs
        for actor in ACTORS
        if answer(page[0], actor, page[1], one) != answer(program[0], actor, program[1], other)
    ]
    assert unlike == []


@pytest.mark.parametrize("path", ["animals/", "animals/A101/", "transfers/", f"animals/{ABSENT}/log/note/"])
def test_program__is_refused_in_json(world: World, path: str) -> None:
    for actor, code in (("anonymous", OWN), ("stranger", OWN), (REGISTRAR, OTHER), ("observer", OWN)):
        answer = world.client(actor).post(
            f"/api/programmes/{code}/{path}", {}, content_type="application/json"
        )
        assert answer.status_code in (403, 404, 405)
        assert answer.headers["Content-Type"] == "application/json"
        if actor == "anonymous":
            assert answer.status_code == 403
            assert answer.json()["detail"].startswith("Sign in first")


def test_round_of_fifty__is_refused_whole_for_one_that_is_not_theirs(world: World) -> None:
    own = [f"A{number}" for number in range(301, 350)]
    for number in own:
        animal(world, number, "A")
    told = []
    for number in (THEIRS, FOREIGN, "A109", ABSENT):
        form = weights([*own, number])
        told.append(refused(world, KEEPER, "many_kind", form, statuses={404}, kind="weight"))
    assert len(set(told)) == 1
    assert post(world, KEEPER, "many_kind", weights(own), kind="weight").status_code == 302
    assert Observation.objects.filter(kind="weight").count() == len(own)


@pytest.mark.parametrize("other", [THEIRS, FOREIGN, "A109"])
def test_merge__answers_for_another_s_record_as_for_none(world: World, other: str) -> None:
    form = {**SOUND["merge_with", "POST"]}
    told = [
        refused(world, REGISTRAR, "merge_with", form, statuses={404}, number="A101", other=each)
        for each in (other, ABSENT)
    ]
    assert told[0] == told[1]
    client = world.client(REGISTRAR)
    choosing = [client.get(address("merge", number="A101"), {"other": each}) for each in (other, ABSENT)]
    assert [each.status_code for each in choosing] == [400, 400]
    assert masked(choosing[0]) == masked(choosing[1])


@pytest.mark.parametrize("route", ["transfer_new", "api_transfers", "transfer_record"])
def test_transfer__is_not_begun_with_animals_of_others(world: World, route: str) -> None:
    told = {}
    for number in (THEIRS, FOREIGN, ABSENT, "A109", f"A101 {FOREIGN}", f"A101 {ABSENT}"):
        form = {"animals": number, "to": world.zoos["C"].pk, "on": "2024-05-03", "terms": "donation"}
        told[number] = refused(world, REGISTRAR, route, form, statuses={400, 404})
    assert told[FOREIGN] == told[ABSENT] == told["A109"]
    assert told[f"A101 {FOREIGN}"] == told[f"A101 {ABSENT}"]


def test_transfer__does_not_take_another_s_in_exchange_or_in_its_place(world: World) -> None:
    foreign = Transfer.objects.get(programme__code=OTHER)
    others = Transfer.objects.get(lines__animal__studbook_number=THEIRS)
    form = {"animals": "A101", "to": world.zoos["B"].pk}
    for name in ("replaces", "counterpart"):
        told = [
            refused(world, REGISTRAR, "transfer_new", form | {name: each}, statuses={400, 404})
            for each in (foreign.pk, 999_999)
        ]
        assert told[0] == told[1]
        refused(world, REGISTRAR, "transfer_new", form | {name: others.pk}, statuses={400, 404})


@pytest.mark.parametrize("route", ["confirm_entries", "refuse_entries"])
def test_entries__are_decided_on_together_or_not_at_all(world: World, route: str) -> None:
    own, theirs, foreign = (waiting(world, number) for number in ("A101", THEIRS, FOREIGN))
    told = [
        refused(world, REGISTRAR, route, {"entries": [own, each], **WHY}, statuses={404})
        for each in (theirs, foreign, "observation-999999-1")
    ]
    assert len(set(told)) == 1
    assert post(world, REGISTRAR, route, {"entries": [own], **WHY}).status_code == 302


def test_role__is_given_and_withdrawn_only_where_one_may(world: World) -> None:
    person = world.people["member of A and B"]
    for role, zoo in (
        ("keeper", "B"),
        ("keeper", "D"),
        ("registrar", "A"),
        ("coordinator", ""),
        ("observer", ""),
    ):
        place = world.zoos[zoo].pk if zoo else ""
        form = {"username": person.username, "role": role, "institution": place}
        refused(world, REGISTRAR, "person_new", form, statuses={400, 403})
    for role, zoo in (("registrar", "B"), ("registrar", "D")):
        form = {"role": role, "institution": world.zoos[zoo].pk, **WHY}
        refused(world, REGISTRAR, "role_withdraw", form, statuses={400, 403}, person=person.pk)
    form = {"username": person.username, "role": "keeper"}
    told = [
        refused(world, COORDINATOR, "person_new", form | {"institution": each}, statuses={400})
        for each in (world.zoos["D"].pk, 999_999)
    ]
    assert told[0] == told[1]


def test_view__is_changed_by_its_owner_alone(world: World) -> None:
    shown = {"programme": world.programmes[OWN], "user": world.people[COORDINATOR]}
    private, shared = (factories.SavedViewFactory(**shown, shared=each) for each in (False, True))
    foreign = factories.SavedViewFactory(programme=world.programmes[OTHER], shared=True)
    for route, form in (
        ("saved_view_change", {"name": "Mine now", "opened_version": 1}),
        ("saved_view_remove", {}),
    ):
        told = [
            refused(world, REGISTRAR, route, form | {"view": each}, statuses={404})
            for each in (private.pk, shared.pk, foreign.pk, 999_999)
        ]
        assert len(set(told)) == 1
    form = {"page": "animals", "name": "For all", "query": "", "shared": "on"}
    refused(world, REGISTRAR, "saved_view_save", form, statuses={400})
    listed = world.client(REGISTRAR).get(address("animals"), {"view": private.pk})
    assert private.name not in listed.text
    assert shared.name in listed.text


def test_parents__may_be_another_zoo_s_but_not_another_book_s(world: World) -> None:
    animal(world, "S201", "B", sex=Animal.Sex.MALE, birth=DateInterval.parse("2010-05-03"))
    url = address("api_animal", number="A101")
    told = {}
    for number in ("SD", "S999", "S201"):
        before = digest()
        given = world.client(REGISTRAR).patch(
            url, {"sire": number, **WHY}, content_type="application/json", headers={"If-Match": '"1"'}
        )
        told[number] = (given.status_code, re.sub(r"S\w+", "#", given.text))
        assert (digest() == before) == (number != "S201")
    assert told["SD"] == told["S999"]
    assert (told["SD"][0], told["S201"][0]) == (400, 200)


def test_part_of_another_record__is_not_reached_through_one_s_own(world: World) -> None:
    named = {case.title: case.names for case in world.cases["animal"]}
    theirs, foreign = named["another zoo's"], named["in another programme"]
    for part in (theirs, foreign):
        for route, noun in (
            ("correct_event", "event"),
            ("api_event", "event"),
            ("correct_observation", "observation"),
            ("api_observation", "observation"),
        ):
            url = address(route, number="A101", **{noun: part[noun]})
            assert world.client(REGISTRAR).get(url).status_code == 404
        refused(world, REGISTRAR, "animal_return", WHY, statuses={404}, number="A101", entry=part["entry"])
    moves = {case.title: case.names for case in world.cases["transfer"]}
    for other in ("of other zoos", "in another programme"):
        for route, noun in (("transfer_document", "document"), ("transfer_permit", "permit")):
            url = address(route, pk=moves["leaving"]["pk"], **{noun: moves[other][noun]})
            assert world.client(REGISTRAR).get(url).status_code == 404


@pytest.mark.parametrize(("route", "method"), sorted(SOUND.keys() - TELLS_IT), ids=lambda each: each)
def test_deed__takes_nothing_that_its_form_does_not_ask(world: World, route: str, method: str) -> None:
    case = next(each for each in cases_of(ROUTES[route], world) if each.there)
    before = what_nobody_tells()
    given = sent(world, route, method, {**SOUND[route, method], **NEVER_TOLD}, case.names)
    assert given.status_code in (200, 201, 204, 302, 400)
    after = what_nobody_tells()
    assert {key: value for key, value in before.items() if after.get(key) not in (value, None)} == {}
    assert [key for key in after.keys() - before.keys() if OTHER in after[key]] == []


def test_keeper_s_entry__waits_whatever_it_says(world: World) -> None:
    form = {**SOUND["log_event", "POST"], **NEVER_TOLD, "institution": world.zoos["B"].pk}
    assert post(world, KEEPER, "log_event", form, number="A101", kind="note").status_code == 302
    written = Observation.objects.latest("pk")
    assert (written.provisional, written.version, written.animal.studbook_number) == (True, 1, "A101")


@pytest.mark.parametrize(
    "name", ["animals", "journal", "pairs", "chance_pairs", "pending", "transfers", "recommendations"]
)
def test_list__answers_for_a_foreign_institution_as_for_none(world: World, name: str) -> None:
    for parameter in ("institution", "zoo", "from", "to", "party", "sender", "receiver"):
        answers = [
            world.client(COORDINATOR).get(address(name), {parameter: each})
            for each in (world.zoos["D"].pk, 999_999)
        ]
        assert answers[0].status_code == answers[1].status_code
        assert masked(answers[0]) == masked(answers[1])
        assert HIDDEN not in answers[0].text


def what_nobody_tells() -> dict[tuple[str, int], tuple[Any, ...]]:
    """Return, of every record, whose it is, its number, and what only deeds of their own change."""
    wanted = {"programme_id", "studbook_number", "number_order", "merged_into_id", "is_superuser", "is_staff"}
    wanted |= {"provisional", "user_id", "proposed_by_id", "state", "animal_id"}
    every: Iterable[Any] = [
        *Animal.every.all(),
        *Observation.objects.all(),
        *Transfer.objects.all(),
        *User.objects.all(),
    ]
    return {
        (each._meta.label, each.pk): tuple(
            v for name, v in sorted(columns_of(each).items()) if name in wanted
        )
        for each in every
    }


def waiting(world: World, number: str) -> str:
    entry = factories.ObservationFactory(animal=world.animals[number], provisional=True)
    return f"observation-{entry.pk}-1"


def weights(numbers: list[str]) -> dict[str, Any]:
    rows = {"rows": len(numbers), "on": "2024-05-03"}
    for place, number in enumerate(numbers):
        told = {"number": number, "opened_version": 1, "weight": "38.5"}
        rows |= {f"row{place}-{name}": value for name, value in told.items()}
    return rows
