"""A transfer after another deed on the event of its arrival: taken out, corrected, brought back, merged."""

from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.animals.correcting.events import correct_event, remove_event
from studbook.animals.correcting.history import history_of
from studbook.animals.correcting.merging import merge_animals
from studbook.animals.correcting.returning import return_animal
from studbook.animals.correcting.undoing import undo_deed, undoable_among
from studbook.animals.entry.life import log_death
from studbook.animals.keeping import locked
from studbook.animals.models import Animal, Event
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.transfers.following import TAKEN_OUT
from studbook.transfers.machine import State
from studbook.transfers.models import Transfer, TransferAnimal
from studbook.transfers.proposing import propose, record_past
from studbook.transfers.stepping import take_step
from tests import factories
from tests.transfers.conftest import Brought, today

pytestmark = pytest.mark.django_db


def arrival_of(animal: Animal) -> Event:
    return animal.events.get(kind="transfer")


def take_out(animal: Animal, by: User) -> None:
    event = arrival_of(animal)
    remove_event(event, by=by, reason="It never came.", opened_version=event.version)


def last(verb: str) -> AuditEntry:
    return AuditEntry.objects.filter(verb=verb).latest("pk")


def stands(transfer: Transfer) -> tuple[Any, ...]:
    """Return the state of a transfer, its day of arrival, and of each animal whether it is linked and to come."""
    transfer.refresh_from_db()
    lines = [(each.event_id is not None, each.open, each.left_out) for each in transfer.lines.all()]
    return transfer.state, transfer.arrival and transfer.arrival.latest, lines


def told(transfer: Transfer) -> list[str]:
    return [each.step for each in transfer.steps.order_by("pk")][-2:]


ON_ITS_WAY = (State.SENT, None, [(False, True, "")])


def has_arrived(transfer: Transfer) -> bool:
    return stands(transfer) == (State.CLOSED, today(), [(True, False, "")])


def test_follow_arrivals__one_taken_out_is_on_its_way_again(brought: Brought, cub: Animal, ada: User) -> None:
    made = brought(State.CLOSED)
    assert has_arrived(made)
    take_out(cub, ada)
    assert stands(made) == ON_ITS_WAY
    assert told(made) == ["arrive", "unwritten"]
    line = AuditEntry.objects.latest("pk").changes.filter(record="transfers.transferanimal").first()
    assert line
    assert line.before["event_id"]
    assert line.after["event_id"] is None


@pytest.mark.parametrize("way", ["undo", "return"])
def test_follow_arrivals__one_brought_back_has_arrived(
    brought: Brought, cub: Animal, ada: User, way: str
) -> None:
    made = brought(State.CLOSED)
    event = arrival_of(cub)
    take_out(cub, ada)
    if way == "undo":
        undo_deed(last("remove event"), by=ada)
    else:
        newest = history_of(cub).newest
        return_animal(cub, entry=last("confirm arrival"), by=ada, opened_deed=newest)
    assert has_arrived(made)
    assert TransferAnimal.objects.get(transfer=made).event == event


def test_follow_arrivals__an_arrival_undone_can_be_confirmed_anew_and_done_again(
    brought: Brought, cub: Animal, ada: User
) -> None:
    made = brought(State.CLOSED)
    arrival = last("confirm arrival")
    assert undoable_among([arrival]) == {arrival.pk}
    undo_deed(arrival, by=ada)
    assert stands(made) == ON_ITS_WAY
    undo_deed(last("undo confirm arrival"), by=ada)
    assert has_arrived(made)


def test_follow_arrivals__a_return_to_before_it_lets_the_transfer_be_on_its_way(
    brought: Brought, cub: Animal, ada: User
) -> None:
    factories.ObservationFactory(animal=cub)
    made = brought(State.SENT)
    event = Event.objects.get(animal=cub, kind="birth")
    correct_event(event, note="Card.", by=ada, reason="Card.", opened_version=event.version)
    before = last("correct event")
    closed = brought_on(made, ada)
    return_animal(cub, entry=before, by=ada, opened_deed=history_of(cub).newest)
    assert stands(closed) == ON_ITS_WAY


def brought_on(made: Transfer, by: User) -> Transfer:
    day = DateInterval.exact(today())
    return take_step(made, "arrive", by=by, opened_version=None, on=day, local_ids={})


def test_follow_arrivals__a_past_transfer_whose_arrival_never_was_is_withdrawn(
    programme: Programme, cub: Animal, away: Institution, ada: User
) -> None:
    day = DateInterval.parse("2023-05-01")
    made = record_past(programme, animals=["7"], to=away, on=day, by=ada)
    undo_deed(last("record past transfer"), by=ada)
    assert stands(made) == (State.WITHDRAWN, None, [(False, False, "")])
    assert TAKEN_OUT in made.exit_note
    undo_deed(last("undo record past transfer"), by=ada)
    assert stands(made) == (State.CLOSED, day.latest, [(True, False, "")])
    assert made.exit_note == ""


def test_follow_arrivals__one_of_two_taken_out_is_left_out(
    programme: Programme, cub: Animal, zoo: Institution, away: Institution, ada: User
) -> None:
    born = DateInterval.parse("2020-06-01")
    sib = factories.animal_at(zoo, programme=programme, studbook_number="8", birth=born)
    day = DateInterval.parse("2023-05-01")
    made = record_past(programme, animals=["7", "8"], to=away, on=day, by=ada)
    take_out(sib, ada)
    assert stands(made) == (State.CLOSED, day.latest, [(True, False, ""), (False, False, TAKEN_OUT)])
    undo_deed(last("remove event"), by=ada)
    assert stands(made)[2] == [(True, False, ""), (True, False, "")]


def test_follow_arrivals__an_animal_on_its_way_elsewhere_does_not_travel_twice(
    brought: Brought, programme: Programme, cub: Animal, third: Institution, ada: User
) -> None:
    made = brought(State.CLOSED)
    propose(programme, animals=["7"], to=third, by=ada)
    take_out(cub, ada)
    assert stands(made) == (State.WITHDRAWN, None, [(False, False, "")])


def test_follow_arrivals__a_corrected_day_is_that_of_the_transfer(
    programme: Programme, cub: Animal, away: Institution, third: Institution, ada: User
) -> None:
    made = record_past(programme, animals=["7"], to=away, on=DateInterval.parse("2023-05-01"), by=ada)
    event = arrival_of(cub)
    told_anew = {"date": DateInterval.parse("2023-05-03"), "institution": third, "local_id": "C9"}
    correct_event(event, by=ada, reason="Papers.", opened_version=event.version, **told_anew)
    assert stands(made)[1] == DateInterval.parse("2023-05-03").latest
    assert made.lines.get().local_id == "C9"
    assert made.steps.latest("pk").note == "7, arrived 2023-05-03 at Zoo C"


def test_follow_arrivals__a_note_of_the_event_is_no_matter_of_the_transfer(
    brought: Brought, cub: Animal, ada: User
) -> None:
    made = brought(State.CLOSED)
    event = arrival_of(cub)
    correct_event(event, note="Calm.", by=ada, reason="Card.", opened_version=event.version)
    assert has_arrived(made)
    assert made.steps.latest("pk").step == "arrive"


def test_follow_arrivals__a_merge_keeps_the_link_to_the_arrival_told_twice(
    programme: Programme, cub: Animal, zoo: Institution, away: Institution, ada: User
) -> None:
    born = DateInterval.parse("2020-05-01")
    twin = factories.animal_at(zoo, programme=programme, studbook_number="9", birth=born)
    day = DateInterval.parse("2023-05-01")
    mine = record_past(programme, animals=["7"], to=away, on=day, by=ada)
    theirs = record_past(programme, animals=["9"], to=away, on=day, by=ada)
    take_out(cub, ada)
    undo_deed(last("remove event"), by=ada)
    versions = {"opened_version": locked(cub).version, "other_version": locked(twin).version}
    merge_animals(cub, twin, choices={}, by=ada, reason="One.", **versions)
    assert stands(mine) == (State.CLOSED, day.latest, [(True, False, "")])
    assert stands(theirs)[0] == State.WITHDRAWN


def test_undo__refuses_a_deed_that_is_of_a_transfer_alone(brought: Brought, ada: User) -> None:
    brought(State.AGREED)
    with pytest.raises(StudbookError, match="cannot be undone here: it changed"):
        undo_deed(last("propose transfer"), by=ada)


def test_follow_arrivals__a_death_taken_back_leaves_the_animal_free_for_another_transfer(
    brought: Brought, programme: Programme, cub: Animal, third: Institution, ada: User
) -> None:
    made = brought(State.SENT)
    log_death(cub, on=DateInterval.exact(today()), by=ada)
    assert stands(made)[0] == State.DIED
    undo_deed(last("log death"), by=ada)
    assert stands(made) == (State.DIED, None, [(False, False, "")])
    assert made.steps.latest("pk").step == "living"
    assert propose(programme, animals=["7"], to=third, by=ada).state == State.PROPOSED


def test_follow_arrivals__a_death_taken_back_lets_the_animal_travel_with_the_others(
    programme: Programme, cub: Animal, zoo: Institution, away: Institution, ada: User
) -> None:
    born = DateInterval.parse("2020-06-01")
    factories.animal_at(zoo, programme=programme, studbook_number="8", birth=born)
    made = propose(programme, animals=["7", "8"], to=away, by=ada)
    log_death(cub, on=DateInterval.exact(today()), by=ada)
    undo_deed(last("log death"), by=ada)
    assert stands(made)[2] == [(False, True, ""), (False, True, "")]
