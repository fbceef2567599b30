"""Proposals and steps: who, on what conditions, and what is left as it was when they are refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from studbook.accounts.models import User
from studbook.accounts.rights import standing_of
from studbook.animals.keeping import keeping, locked
from studbook.animals.models import Animal, Event, Ownership
from studbook.animals.retelling import insert_event, retelling
from studbook.core.dates import DateInterval
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.transfers.machine import State
from studbook.transfers.models import Transfer, TransferAnimal, TransferStep
from studbook.transfers.proposing import propose, record_past
from studbook.transfers.queries import waiting_rows
from studbook.transfers.sides import parties_of
from studbook.transfers.stepping import take_step
from tests import factories
from tests.transfers.conftest import Brought, today, yesterday

pytestmark = pytest.mark.django_db


def step(made: Transfer, key: str, by: User, **more: Any) -> Transfer:
    more.setdefault("opened_version", None)
    return take_step(made, key, by=by, **more)


def test_propose__by_a_zoo_is_its_agreement(
    programme: Programme, cub: Animal, away: Institution, rita: User, rex: User
) -> None:
    made = propose(programme, animals=["7"], to=away, by=rita, note="For the pair there.")
    assert (made.state, made.sender.mnemonic) == (State.PROPOSED, "ZOOA")
    assert [each.step for each in made.steps.all()] == ["propose", "agree"]
    with pytest.raises(StudbookError, match="Zoo A has done this already"):
        step(made, "agree", rita)
    assert step(made, "agree", rex).state == State.AGREED


def test_propose__of_the_coordinator_is_nobody_s_agreement(
    brought: Brought, ada: User, zoo: Institution
) -> None:
    made = brought()
    assert [each.step for each in made.steps.all()] == ["propose"]
    made = step(made, "agree", ada, acting_for=zoo.pk)
    assert made.state == State.PROPOSED
    taken = TransferStep.objects.get(step="agree")
    assert (taken.institution, taken.by, taken.by_coordinator) == (zoo, ada, True)


def test_propose__is_not_for_outsiders(
    programme: Programme, cub: Animal, away: Institution, tara: User, bo: User
) -> None:
    for outsider in (tara, bo):
        with pytest.raises(StudbookError) as refused:
            propose(programme, animals=["7"], to=away, by=outsider)
        assert refused.value.status == 404
    assert not Transfer.objects.exists()


def test_propose__is_also_for_the_owner(
    programme: Programme, cub: Animal, away: Institution, third: Institution, tara: User
) -> None:
    Ownership.objects.filter(animal=cub).update(institution=third)
    assert propose(programme, animals=["7"], to=away, by=tara).state == State.PROPOSED


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([], "needs an animal"), (["99"], "No animal 99 is in the book"), (["7", "8"], "has one sender")],
)
def test_propose__names_what_is_wrong_with_the_animals(
    programme: Programme,
    cub: Animal,
    away: Institution,
    third: Institution,
    ada: User,
    numbers: list[str],
    words: str,
) -> None:
    factories.animal_at(third, programme=programme, studbook_number="8")
    with pytest.raises(StudbookError, match=words):
        propose(programme, animals=numbers, to=away, by=ada)


def test_propose__does_not_send_the_dead_nor_to_the_wild(
    programme: Programme, cub: Animal, zoo: Institution, ada: User
) -> None:
    wild = factories.InstitutionFactory(kind="wild", name="Hills")
    with pytest.raises(StudbookError, match="Hills is a wild area"):
        propose(programme, animals=["7"], to=wild, by=ada)
    with pytest.raises(StudbookError, match="held at Zoo A already"):
        propose(programme, animals=["7"], to=zoo, by=ada)
    with pytest.raises(StudbookError, match="needs a receiver"):
        propose(programme, animals=["7"], by=ada)
    die(cub, ada)
    with pytest.raises(StudbookError, match="7 is dead and cannot be sent"):
        propose(programme, animals=["7"], to=wild, by=ada)


def test_animal__is_in_one_open_transfer_by_both_doors(
    programme: Programme, brought: Brought, cub: Animal, third: Institution, ada: User
) -> None:
    made = brought()
    with pytest.raises(
        StudbookError, match=f"7 is in transfer {made.pk} to Zoo B already, which is proposed"
    ):
        propose(programme, animals=["7"], to=third, by=ada)
    with pytest.raises(StudbookError, match="Finish or withdraw that one first"):
        record_past(programme, animals=["7"], to=third, on=DateInterval.parse("2024"), by=ada)
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.TransferAnimalFactory(animal=cub, transfer__programme=programme)
    step(made, "withdraw", ada, exit_reason="space")
    assert propose(programme, animals=["7"], to=third, by=ada).state == State.PROPOSED


def test_replacing__ends_the_one_before_with_the_new_one(
    programme: Programme, brought: Brought, third: Institution, ada: User, rex: User, tara: User
) -> None:
    old = brought(State.READY)
    with pytest.raises(StudbookError):
        propose(programme, animals=["7"], to=third, by=tara, replaces=old)
    new = propose(programme, animals=["7"], to=third, by=ada, replaces=old)
    old.refresh_from_db()
    assert (old.state, old.replaced_by, old.due_on) == (State.REPLACED, new, None)
    assert TransferAnimal.objects.get(animal__studbook_number="7", open=True).transfer == new


def test_exchange__links_both_ways_there_and_back(
    programme: Programme, cub: Animal, zoo: Institution, away: Institution, third: Institution, ada: User
) -> None:
    factories.animal_at(away, programme=programme, studbook_number="8")
    there = propose(programme, animals=["7"], to=away, by=ada, terms="exchange")
    with pytest.raises(StudbookError, match="an exchange goes there and back"):
        propose(programme, animals=["8"], to=third, by=ada, terms="exchange", counterpart=there)
    back = propose(programme, animals=["8"], to=zoo, by=ada, terms="exchange", counterpart=there)
    there.refresh_from_db()
    assert (there.counterpart, back.counterpart) == (back, there)


def test_terms__are_those_both_confirmed(brought: Brought, rita: User, rex: User) -> None:
    made = brought(State.AGREED)
    with pytest.raises(StudbookError, match="The terms are not stated"):
        step(made, "terms", rita, terms="")
    step(made, "terms", rita, terms="donation")
    assert step(made, "terms", rex, terms="loan", young="alternate").state == State.AGREED
    assert step(made, "terms", rita, terms="loan", young="alternate").state == State.TERMS
    stood = TransferStep.objects.filter(step="terms").values_list("institution__mnemonic", "stands")
    assert list(stood) == [("ZOOA", False), ("ZOOB", True), ("ZOOA", True)]


def test_terms__of_an_animal_of_a_third_zoo_are_also_its_own(
    brought: Brought, cub: Animal, third: Institution, rita: User, rex: User, tara: User
) -> None:
    Ownership.objects.filter(animal=cub).update(institution=third)
    made = brought(State.AGREED)
    assert parties_of([made])[made.pk].owners == (third,)
    for by in (rita, rex):
        made = step(made, "terms", by, terms="donation")
    assert made.state == State.AGREED
    assert step(made, "terms", tara, terms="donation").state == State.TERMS


def test_permits__must_be_granted_and_last(brought: Brought, rita: User, rex: User) -> None:
    made = brought(State.TERMS)
    permit = factories.PermitFactory(transfer=made)
    with pytest.raises(StudbookError, match="The permits are not ready: CITES export is needed"):
        step(made, "permits", rita)
    permit.state, permit.number, permit.expires_on = "granted", "X1", today() + timedelta(days=5)
    permit.save()
    made = step(made, "permits", rita)
    late = today() + timedelta(days=6)
    with pytest.raises(StudbookError, match=f"X1 expires on {permit.expires_on}, before {late}"):
        step(made, "schedule", rita, planned_on=late)
    with pytest.raises(StudbookError, match="lies in the past"):
        step(made, "schedule", rita, planned_on=yesterday())
    made = step(made, "schedule", rita, planned_on=permit.expires_on)
    assert (made.state, made.due_on) == (State.SCHEDULED, permit.expires_on)
    permit.state = "refused"
    permit.save()
    with pytest.raises(StudbookError, match="X1 is refused"):
        step(made, "send", rita, on=today())


def test_step__on_an_old_version_is_refused_with_both_values(brought: Brought, rita: User, rex: User) -> None:
    made = brought(State.READY)
    opened = made.version
    step(made, "schedule", rita, planned_on=today(), opened_version=opened)
    with pytest.raises(StaleRecordError, match="changed by rita"):
        step(made, "schedule", rex, planned_on=today() + timedelta(days=1), opened_version=opened)
    with pytest.raises(StaleRecordError):
        step(made, "withdraw", rex, exit_reason="space", opened_version=opened)
    made.refresh_from_db()
    assert (made.state, made.planned_on) == (State.SCHEDULED, today())


def test_exit__needs_its_reason(brought: Brought, rex: User) -> None:
    made = brought()
    with pytest.raises(StudbookError, match="Say why"):
        step(made, "refuse", rex, exit_reason="")
    made = step(made, "refuse", rex, exit_reason="space", exit_note="Full house.")
    assert (made.state, made.due_on) == (State.REFUSED, None)


def test_lapsing__is_of_a_day_that_has_passed(brought: Brought, ada: User, programme: Programme) -> None:
    made = brought(lapses_on=today())
    with pytest.raises(StudbookError, match="has not lapsed"):
        step(made, "lapse", ada)
    call_command("lapse_transfers", verbosity=0)
    made.refresh_from_db()
    assert made.state == State.PROPOSED
    Transfer.objects.filter(pk=made.pk).update(lapses_on=yesterday())
    call_command("lapse_transfers", verbosity=0)
    made.refresh_from_db()
    assert (made.state, made.exit_reason) == (State.LAPSED, "time")
    assert not TransferAnimal.objects.filter(open=True).exists()


def die(animal: Animal, by: User) -> None:
    with keeping(animal.programme, "record death", by=by, right=None, about=[animal]) as trail:
        current = locked(animal)
        event = Event(kind=Event.Kind.DEATH, institution=animal.holdings.get().institution)
        event.date = DateInterval.exact(today())
        with retelling(trail, current):
            insert_event(trail, current, event)


@pytest.mark.parametrize("state", [State.PROPOSED, State.SCHEDULED, State.SENT])
def test_death__ends_the_transfer_in_its_transaction(
    brought: Brought, cub: Animal, bo: User, state: State
) -> None:
    made = brought(state)
    die(cub, bo)
    opened, made = made.version, Transfer.objects.get(pk=made.pk)
    assert (made.state, made.exit_reason, made.exit_note) == (State.DIED, "animal", "7 is dead.")
    assert made.version == opened + 1
    assert TransferAnimal.objects.get().left_out == "dead before it arrived"


def test_death__of_one_lets_the_others_travel(
    programme: Programme, zoo: Institution, away: Institution, cub: Animal, ada: User, bo: User
) -> None:
    factories.animal_at(zoo, programme=programme, studbook_number="8")
    made = propose(programme, animals=["7", "8"], to=away, by=ada)
    die(cub, bo)
    found = Transfer.objects.get(pk=made.pk)
    assert (found.state, found.version) == (State.PROPOSED, made.version + 1)
    assert [line.animal.studbook_number for line in found.lines.filter(open=True)] == ["8"]


def test_waiting__is_for_those_whose_step_is_next(
    programme: Programme, brought: Brought, rita: User, rex: User, tara: User, bo: User, ada: User
) -> None:
    def waits(person: User) -> int:
        return len(waiting_rows(programme, standing_of(person, programme.pk)))

    made = brought(State.SCHEDULED)
    assert [waits(each) for each in (rita, rex, tara, bo, ada)] == [1, 0, 0, 0, 0]
    made = step(made, "send", rita, on=today())
    assert [waits(each) for each in (rita, rex, tara, bo, ada)] == [0, 1, 0, 0, 0]
    Transfer.objects.filter(pk=made.pk).update(due_on=yesterday())
    assert waits(ada) == 1
    Transfer.objects.filter(pk=made.pk).update(due_on=today())
    rex.institution_roles.all().delete()
    assert waits(ada) == 1
