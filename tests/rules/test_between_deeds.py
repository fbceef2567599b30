"""Rules of transfers, plans, merges and previews: what one deed says of another, which no row of a file can tell."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from studbook.accounts.models import InstitutionRole, User
from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.planning.models import Recommendation
from studbook.transfers.machine import State
from studbook.transfers.models import Transfer
from studbook.transfers.proposing import propose
from tests import factories
from tests.races.digest import digest_of_everything
from tests.rules.case import PLAIN, REJECT, SAVED
from tests.rules.conftest import Stage
from tests.rules.deeds import Deed, proposed
from tests.rules.doors import WHY, through_api, through_form
from tests.rules.test_doors import BESIDE
from tests.rules.world import CODE, Cat, Seen, World, cat, pair

Sent = Callable[..., Any]
SENTENCE = "They are of rare lines and no better pair is near."
YOUNG = "2015-05-01"


def on_its_way(stage: Stage, days: int) -> Transfer:
    """Return a transfer of animal 1 to ZOOB that was sent some days ago."""
    programme = stage.set(PLAIN)
    made = propose(programme, animals=["1"], to=Institution.objects.get(mnemonic="ZOOB"), by=stage.ada)
    day = timezone.localdate() - timedelta(days=days)
    Transfer.objects.filter(pk=made.pk).update(state=State.SENT, sent_on=day)
    return Transfer.objects.get(pk=made.pk)


def by_page(stage: Stage, transfer: Transfer, **fields: Any) -> tuple[int, str]:
    address = reverse("transfer_step", args=[CODE, transfer.pk, "arrive"])
    answer = stage.client.post(address, {"opened_version": transfer.version, **fields})
    return answer.status_code, answer.content.decode()


def by_program(stage: Stage, transfer: Transfer, **fields: Any) -> tuple[int, str]:
    address = reverse("api_transfer_step", args=[CODE, transfer.pk, "arrive"])
    body = {"opened_version": transfer.version, **fields}
    answer = stage.client.post(address, body, content_type="application/json")
    return answer.status_code, answer.content.decode()


def arrives(stage: Stage, send: Sent, days: int) -> None:
    transfer = on_its_way(stage, days)
    today = str(timezone.localdate())
    if days > 14:
        before = digest_of_everything(without=BESIDE)
        status, said = send(stage, transfer, on=today)
        assert (status, digest_of_everything(without=BESIDE)) == (400, before)
        assert all(word in said for word in ("C7", "1 left on", "15 days later", "Correct the day"))
    fields = {"acknowledged": "C7", "reason": WHY} if days > 14 else {}
    assert send(stage, transfer, on=today, **fields)[0] in (200, 302)
    assert Transfer.objects.get().state == State.CLOSED


@pytest.mark.rule("C7", door="form", case="inside outside")
@pytest.mark.parametrize("days", [14, 15])
def test_c7__an_arrival_long_after_the_departure_on_the_page(stage: Stage, days: int) -> None:
    arrives(stage, by_page, days)


@pytest.mark.rule("C7", door="api", case="inside outside")
@pytest.mark.parametrize("days", [14, 15])
def test_c7__an_arrival_long_after_the_departure_through_the_api(stage: Stage, days: int) -> None:
    arrives(stage, by_program, days)


def goes_once(stage: Stage, send: Callable[[Any, Deed], Any]) -> None:
    stage.set(PLAIN)
    assert send(stage.client, proposed("1")).level == SAVED
    before = digest_of_everything(without=BESIDE)
    again = send(stage.client, proposed("1", "ZOOC"))
    assert (again.level, again.codes) == (REJECT, {"C8"})
    assert all(word in again.told[0].sentence for word in ("1", "Place ZOOB", "proposed", "withdraw"))
    assert digest_of_everything(without=BESIDE) == before
    assert send(stage.client, proposed("2", "ZOOC")).level == SAVED


@pytest.mark.rule("C8", door="form", case="inside outside")
def test_c8__one_open_transfer_of_an_animal_on_the_page(stage: Stage) -> None:
    goes_once(stage, through_form)


@pytest.mark.rule("C8", door="api", case="inside outside")
def test_c8__one_open_transfer_of_an_animal_through_the_api(stage: Stage) -> None:
    goes_once(stage, through_api)


def answers_for_its_own(stage: Stage, send: Sent) -> None:
    transfer = on_its_way(stage, 1)
    today = str(timezone.localdate())
    for place, status in (("ZOOC", 404), ("ZOOA", 400), ("ZOOB", None)):
        stage.client.force_login(_registrar_of(place))
        before = digest_of_everything(without=BESIDE)
        answered, said = send(stage, transfer, on=today)
        if status:
            assert (answered, digest_of_everything(without=BESIDE)) == (status, before)
        if status == 400:
            assert "is the step of Place ZOOB" in said
            assert "D5" in said
    assert Transfer.objects.get().state == State.CLOSED


def _registrar_of(mnemonic: str) -> User:
    person: User = factories.UserFactory(username=f"registrar of {mnemonic}")
    place = Institution.objects.get(mnemonic=mnemonic)
    factories.InstitutionRoleFactory(user=person, institution=place, role=InstitutionRole.Role.REGISTRAR)
    return person


@pytest.mark.rule("D5", door="form", case="inside outside")
def test_d5__a_zoo_answers_for_itself_on_the_page(stage: Stage) -> None:
    answers_for_its_own(stage, by_page)


@pytest.mark.rule("D5", door="api", case="inside outside")
def test_d5__a_zoo_answers_for_itself_through_the_api(stage: Stage) -> None:
    answers_for_its_own(stage, by_program)


@pytest.mark.rule("B18", door="form", case="inside outside")
def test_b18__whose_inbreeding_changes_is_seen_before_it_is_saved(stage: Stage) -> None:
    stage.set(World(pair(cat("3", "M", YOUNG, sire="1", dam="2"), cat("4", "F", "2020-05-01", dam="2"))))
    before = digest_of_everything(without=BESIDE)
    page = _parents(stage, "4", "3")
    assert page.status_code == 200
    assert "Changes the inbreeding of 1 living animal" in page.content.decode()
    assert digest_of_everything(without=BESIDE) == before
    assert _parents(stage, "4", "3", looked="3 | 2").status_code == 302


def test_b18__parents_that_change_nobody_are_saved_at_once(stage: Stage) -> None:
    stage.set(World(pair(cat("3", "F", YOUNG, dam="2"))))
    assert _parents(stage, "3", "1").status_code == 302
    assert Animal.objects.get(studbook_number="3").sire is not None


def _parents(stage: Stage, number: str, sire: str, **words: str) -> Any:
    address = reverse("correct_parents", args=[CODE, number])
    fields = {"sire": sire, "dam": "2", "opened_version": 1, "reason": WHY}
    return stage.client.post(address, {**fields, **words})


def _recommended(stage: Stage, sire: str, dam: str, reason: str) -> Any:
    return stage.client.post(reverse("recommend", args=[CODE, sire, dam]), {"reason": reason})


@pytest.mark.rule("D1", door="form", case="inside outside")
@pytest.mark.parametrize(
    ("dam", "says"),
    [
        (cat("2", "F", "2018-05-01"), ()),
        (cat("2", "M", "2018-05-01"), ("2", "male", "Choose")),
        (cat("2", "U", "2018-05-01"), ("2", "not recorded", "Record")),
        (cat("2", "F", "2018-05-01").then({"kind": "death", "date": "2020-01-01"}), ("2", "dead", "Choose")),
    ],
)
def test_d1__a_pair_is_a_living_male_and_female(stage: Stage, dam: Cat, says: tuple[str, ...]) -> None:
    stage.set(World(pair(sire=cat("1", "M", "2018-05-01"), dam=dam)))
    answer = _recommended(stage, "1", "2", SENTENCE)
    assert answer.status_code == (400 if says else 302)
    assert Recommendation.objects.exists() == (not says)
    assert not says or all(word in answer.content.decode() for word in says)


@pytest.mark.rule("D4", door="form", case="inside outside")
@pytest.mark.parametrize(("reason", "status"), [(SENTENCE, 302), ("Rare lines.", 400)])
def test_d4__a_closely_related_pair_needs_a_sentence(stage: Stage, reason: str, status: int) -> None:
    kin = (cat("3", "M", YOUNG, sire="1", dam="2"), cat("4", "F", "2018-05-01", sire="1", dam="2"))
    stage.set(World(pair(*kin)))
    answer = _recommended(stage, "3", "4", reason)
    assert (answer.status_code, Recommendation.objects.exists()) == (status, status == 302)
    assert status == 302 or all(word in answer.content.decode() for word in ("0.25", "0.125", "sentence"))


@pytest.mark.rule("D13", door="form", case="inside outside")
@pytest.mark.parametrize(
    ("what", "read", "status"),
    [("cysts", False, 302), ("not for breeding", False, 400), ("not for breeding", True, 302)],
)
def test_d13__a_pair_with_one_not_for_breeding_is_read_first(
    stage: Stage, what: str, read: bool, status: int
) -> None:
    stage.set(World(pair(), seen=(Seen("2", "reproduction", what, "2020-01-01"),)))
    told = {"reason": SENTENCE} | ({"acknowledged": "on"} if read else {})
    answer = stage.client.post(reverse("recommend", args=[CODE, "1", "2"]), told)
    assert (answer.status_code, Recommendation.objects.exists()) == (status, status == 302)
    assert status == 302 or all(word in answer.content.decode() for word in ("2 is not to breed", "D13"))


@pytest.mark.rule("D6", door="form", case="inside outside")
@pytest.mark.parametrize(
    ("other", "status"), [(cat("4", "F", YOUNG), 302), (cat("4", "F", "2019-05-01", dam="3"), 400)]
)
def test_d6__two_records_of_one_animal_become_one(stage: Stage, other: Cat, status: int) -> None:
    stage.set(World(pair(cat("3", "F", YOUNG), other)))
    before = digest_of_everything(without=BESIDE)
    address = reverse("merge_with", args=[CODE, "3", "4"])
    fields = {"opened_version": 1, "other_version": 1, "reason": WHY, "acknowledged": "C11 A6"}
    answer = stage.client.post(address, fields)
    assert answer.status_code == status, answer.content
    if status == 400:
        assert digest_of_everything(without=BESIDE) == before
        assert all(word in answer.content.decode() for word in ("D6", "3", "4", "ancestor", "correct"))
    else:
        assert Animal.every.get(studbook_number="4").status == Animal.Status.VOID


@pytest.mark.rule("D7", door="form", case="inside outside")
@pytest.mark.parametrize(("number", "status"), [("3", 302), ("2", 400)])
def test_d7__a_record_that_is_a_parent_is_not_made_void(stage: Stage, number: str, status: int) -> None:
    stage.set(World(pair(cat("3", "F", YOUNG, dam="2"))))
    before = digest_of_everything(without=BESIDE)
    address = reverse("void_animal", args=[CODE, number])
    answer = stage.client.post(address, {"opened_version": 1, "reason": WHY})
    assert answer.status_code == status, answer.content
    if status == 400:
        assert digest_of_everything(without=BESIDE) == before
        assert all(word in answer.content.decode() for word in ("D7", "2", "3", "Correct"))
    else:
        assert Animal.every.get(studbook_number=number).status == Animal.Status.VOID
