"""Many at once: one deed for all, or nothing; rights, versions and refusals by animal."""

import re
from collections.abc import Collection
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from studbook.animals import keeping
from studbook.animals.models import Animal, Event, Identifier, Observation
from studbook.core.dates import DateInterval
from studbook.core.findings import WARN, Finding
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests.factories import (
    IdentifierFactory,
    InstitutionFactory,
    ObservationFactory,
    ParticipationFactory,
    animal_at,
)
from tests.races.digest import digest_of_everything

TODAY = "2026-01-10"
Told = dict[str, Any]


@pytest.fixture
def sibs(programme: Programme, zoo: Institution) -> list[Animal]:
    """Return three animals of the zoo: 11, 12 and 13."""
    born = DateInterval.parse("2018-05-03")
    return [animal_at(zoo, programme=programme, studbook_number=n, birth=born) for n in ("11", "12", "13")]


@pytest.fixture
def foreign(programme: Programme) -> Animal:
    """Return an animal that another zoo holds."""
    other = ParticipationFactory(programme=programme, institution=InstitutionFactory()).institution
    return animal_at(other, programme=programme, studbook_number="77", birth=DateInterval.parse("2018"))


def body(animals: list[Animal], rows: list[Told], **shared: Any) -> Told:
    """Return what the form sends: the fields all share, and a row for each animal."""
    sent: Told = {"rows": len(animals), "on": TODAY} | shared
    for place, (animal, told) in enumerate(zip(animals, rows, strict=True)):
        told = {"number": animal.studbook_number, "opened_version": animal.version} | told
        sent |= {f"row{place}-{name}": value for name, value in told.items()}
    return sent


def sent(client: Client, kind: str, told: Told) -> Any:
    return client.post(reverse("many_kind", args=["leopards", kind]), told)


def included(animals: list[Animal], **shared: Any) -> Told:
    return body(animals, [{"included": "on"}] * len(animals), **shared)


def weights(animals: list[Animal], *told: str, **shared: Any) -> Told:
    return body(animals, [{"weight": each} for each in told], **shared)


@pytest.mark.parametrize(("person", "waits"), [("bo", True), ("rita", False), ("ada", False)])
def test_weight_round__is_one_deed_of_all_that_were_weighed(
    sibs: list[Animal], signed_in: Any, request: pytest.FixtureRequest, person: str, waits: bool
) -> None:
    answer = sent(signed_in(request.getfixturevalue(person)), "weight", weights(sibs, "38,5", "", "850 g"))
    assert answer.status_code == 302
    found = [(each.animal, each.quantity, each.unit, each.provisional) for each in Observation.objects.all()]
    assert found == [(sibs[0], Decimal("38.5"), "kg", waits), (sibs[2], Decimal("850"), "g", waits)]
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.changes.count()) == ("weight round of several", 2)


def test_weight_round__says_what_is_far_from_the_last_weight(
    sibs: list[Animal], ada: Any, signed_in: Any
) -> None:
    ObservationFactory(animal=sibs[0], quantity=40, unit="kg")
    client = signed_in(ada)
    sent(client, "weight", weights(sibs, "400", "39", "41"))
    page = client.get(reverse("animals", args=["leopards"])).content.decode()
    assert "Saved: weight round, 3 animals." in page
    assert "is far from the last weight, 40 kg" in page


@pytest.mark.parametrize(
    ("kind", "shared", "kinds"),
    [
        ("note", {"note": "Moved to the new house."}, "note"),
        ("contraception", {"method": "implant", "until": "2028"}, "contraception"),
        ("reproduction", {"status": "cycling"}, "reproduction"),
        ("rearing", {"rearing": "hand"}, "rearing"),
    ],
)
def test_round__writes_the_same_of_each_animal_ticked(
    sibs: list[Animal], rita: Any, signed_in: Any, kind: str, shared: Told, kinds: str
) -> None:
    told = included(sibs, **shared)
    del told["row1-included"]
    assert sent(signed_in(rita), kind, told).status_code == 302
    observed = Observation.objects.order_by("animal").values_list("animal__studbook_number", "kind")
    assert list(observed) == [("11", kinds), ("13", kinds)]


def test_identification_round__gives_each_its_own_mark(sibs: list[Animal], rita: Any, signed_in: Any) -> None:
    rows = [{"value": "978000000000011"}, {"value": "978000000000012"}, {"value": ""}]
    assert sent(signed_in(rita), "identification", body(sibs, rows, mark="transponder")).status_code == 302
    assert set(Identifier.objects.values_list("animal__studbook_number", "value")) == {
        ("11", "978000000000011"),
        ("12", "978000000000012"),
    }


@pytest.mark.parametrize(("kind", "status"), [("death", "dead"), ("release", "released")])
def test_round__ends_several_lives_or_stays(
    sibs: list[Animal], rita: Any, signed_in: Any, kind: str, status: str
) -> None:
    assert sent(signed_in(rita), kind, included(sibs, cause="fire")).status_code == 302
    assert set(Animal.objects.values_list("status", flat=True)) == {status}
    assert Event.objects.filter(kind=kind).count() == 3


def test_correction__changes_what_was_said_and_nothing_else(
    sibs: list[Animal], rita: Any, signed_in: Any
) -> None:
    rows = [{"house_name": "Zeya"}, {"house_name": ""}, {"house_name": ""}]
    told = body(sibs, rows, rearing="hand", add_note="=A letter", why="A list of the zoo.")
    assert sent(signed_in(rita), "edit", told).status_code == 302
    facts = Animal.objects.values_list("house_name", "rearing", "note", "version", "birth_type")
    assert list(facts) == [(name, "hand", "=A letter", 2, "captive") for name in ("Zeya", "", "")]
    assert AuditEntry.objects.get().reason == "A list of the zoo."


@pytest.mark.parametrize("kind", ["weight", "note", "death", "edit"])
@pytest.mark.parametrize("person", ["bo", "rita"])
def test_round__with_a_foreign_animal_is_refused_whole_like_one_with_a_missing(
    sibs: list[Animal],
    foreign: Animal,
    signed_in: Any,
    request: pytest.FixtureRequest,
    person: str,
    kind: str,
) -> None:
    client, before = signed_in(request.getfixturevalue(person)), everything()
    own = {"weight": "40", "included": "on", "house_name": "Ours"}
    missing = Animal(studbook_number="78")
    pages = []
    for other in (foreign, missing):
        answer = sent(client, kind, body([*sibs, other], [own] * 4, note="all", why="a slip"))
        assert answer.status_code == 404
        pages.append(without_token(answer.content.decode()).replace("78", "77"))
    assert pages[0] == pages[1]
    assert everything() == before


@pytest.mark.parametrize("kind", ["weight", "edit"])
@pytest.mark.parametrize(("person", "status"), [("olga", 403), ("remy", 403), ("cy", 404)])
def test_round__is_refused_to_those_who_log_nothing(
    sibs: list[Animal], signed_in: Any, request: pytest.FixtureRequest, person: str, status: int, kind: str
) -> None:
    client, before = signed_in(request.getfixturevalue(person)), everything()
    assert sent(client, kind, weights(sibs, "1", "2", "3", why="x")).status_code == status
    assert client.get(reverse("many_kind", args=["leopards", kind]), {"animal": "11"}).status_code == status
    assert everything() == before


def test_round__refuses_an_animal_changed_meanwhile_by_name_and_saves_once_it_was_read(
    sibs: list[Animal], rita: Any, signed_in: Any
) -> None:
    client, told = signed_in(rita), weights(sibs, "40", "41", "42")
    Animal.objects.filter(pk=sibs[1].pk).update(version=2, house_name="Zeya")
    before = everything()
    answer = sent(client, "weight", told)
    page = answer.content.decode()
    assert (answer.status_code, everything()) == (409, before)
    assert "Nothing is saved: 1 of 3 animals cannot be written of. 12 Zeya was changed by" in page
    assert 'name="row1-opened_version" value="2"' in page
    assert sent(client, "weight", told | {"row1-opened_version": 2}).status_code == 302


@pytest.mark.parametrize(
    ("kind", "told", "sentence"),
    [
        ("weight", {"row1-weight": "heavy"}, "“heavy” is no weight."),
        ("weight", {"row0-weight": "", "row1-weight": "", "row2-weight": ""}, "No animal is filled in"),
        ("weight", {"on": "2999"}, "lies in the future"),
        ("weight", {"on": "2001"}, "was born 2018-05-03, after this weight (2001)"),
        ("weight", {"on": "soon"}, "is not a date this book can read"),
        ("weight", {"row2-number": "11"}, "The animal 11 is in the list twice."),
        ("weight", {"row2-opened_version": "x"}, "The form came without its version."),
        ("weight", {"rows": "0"}, "The form came without its animals."),
        ("weight", {"rows": "99999"}, "The form came without its animals."),
        ("note", {"note": ""}, "This field is required."),
        ("edit", {"why": ""}, "Say why it is corrected"),
        ("edit", {"rearing": "wolves", "why": "x"}, "Select a valid choice"),
        ("death", {"on": "2017"}, "11"),
    ],
)
def test_round__says_what_is_wrong_and_writes_nothing(
    sibs: list[Animal], rita: Any, signed_in: Any, kind: str, told: Told, sentence: str
) -> None:
    own = {"weight": "40", "included": "on", "house_name": ""}
    client, before = signed_in(rita), everything()
    answer = sent(client, kind, body(sibs, [own] * 3) | told)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert everything() == before


def test_round__tells_each_animal_what_is_wrong_with_it(
    sibs: list[Animal], rita: Any, signed_in: Any
) -> None:
    IdentifierFactory(animal=sibs[2], value="978000000000099")
    rows = [{"value": "978000000000011"}, {"value": "978000000000099"}, {"value": "short"}]
    page = sent(signed_in(rita), "identification", body(sibs, rows, mark="transponder")).content.decode()
    assert "Nothing is saved: 2 of 3 animals cannot be written of." in page
    assert "The transponder 978000000000099 is borne by 13, so 12 cannot bear it." in page
    assert "“short” is no number of a transponder" in page
    assert Identifier.objects.count() == 1


def test_round__has_one_effect_for_one_key(sibs: list[Animal], rita: Any, signed_in: Any) -> None:
    client, told = signed_in(rita), weights(sibs, "40", "41", "42", once_key="round-1")
    assert [sent(client, "weight", told).status_code for _ in range(3)] == [302] * 3
    assert Observation.objects.count() == 3


def everything() -> str:
    return digest_of_everything(without={"django_session"})


def without_token(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_round__shows_a_warning_beside_its_animal_and_saves_once_it_is_acknowledged(
    sibs: list[Animal], rita: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def warn(programme: Programme, animals: Collection[int]) -> list[Finding]:
        noted = Observation.objects.filter(animal__in=animals, animal__studbook_number="12")
        return [Finding("C99", WARN, ("12",), "12 is said to be asleep.") for _ in noted]

    monkeypatch.setattr(keeping, "_rules_of_seen", [warn])
    client, told, before = signed_in(rita), included(sibs, note="Seen at noon."), everything()
    answer = sent(client, "note", told)
    assert (answer.status_code, everything()) == (400, before)
    assert [row.warnings != [] for row in answer.context["round"].rows] == [False, True, False]
    assert "Not saved yet." in answer.content.decode()
    assert sent(client, "note", told | {"acknowledged": "C99", "reason": "It was."}).status_code == 302
    entry = AuditEntry.objects.get()
    assert (entry.acknowledged, entry.reason, Observation.objects.count()) == ("C99", "It was.", 3)
