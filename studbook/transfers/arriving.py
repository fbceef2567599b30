"""The arrival of a transfer: the studbook's events and both timelines of every animal, in one transaction."""

from collections.abc import Iterable, Mapping

from studbook.animals.adding import add_participations
from studbook.animals.deed_rules import refuse_future
from studbook.animals.keeping import locked
from studbook.animals.models import Event
from studbook.animals.retelling import insert_event, retelling
from studbook.core.columns import columns_of
from studbook.core.dates import DateInterval
from studbook.core.findings import WARN, Finding, refuse_findings, rejected
from studbook.transfers.machine import State
from studbook.transfers.models import Permit, TransferAnimal
from studbook.transfers.moment import Moment
from studbook.transfers.rules import refuse_elsewhere, refuse_not_living, refuse_terms

LONGEST_TRAVEL = 14


def arrive(moment: Moment, *, on: DateInterval, local_ids: Mapping[int, str], condition: str = "") -> State:
    """Confirm the arrival; the transfer closes with it where no paper is missing."""
    refuse_future("the animals", on, "arrival", animals=moment.animals)
    _refuse_days(moment, on)
    moment.transfer.arrival = on
    moment.transfer.condition = condition
    write_arrival(moment, on=on, local_ids=local_ids)
    add_participations(moment.trail, moment.transfer.programme, [moment.transfer.receiver])
    return State.ARRIVED if papers_missing(moment.transfer.permits.all()) else State.CLOSED


def write_arrival(moment: Moment, *, on: DateInterval, local_ids: Mapping[int, str]) -> None:
    """Write the event of each animal where its date belongs; a contradiction refuses all of them."""
    transfer = moment.transfer
    animals = moment.animals
    refuse_not_living_then(moment, on)
    refuse_elsewhere(transfer, animals, on.middle)
    if transfer.terms:
        _refuse_terms_now(moment)
    for line in moment.lines:
        _write_event(moment, line, on, local_ids.get(line.animal_id, ""))


def refuse_not_living_then(moment: Moment, on: DateInterval) -> None:
    """Refuse the arrival of an animal that is gone; one that is over may be told of an animal that died later."""
    if moment.transfer.sent_on:
        refuse_not_living(moment.animals)
    for animal in moment.animals:
        if animal.death and animal.death.latest < on.earliest:
            sentence = f"{animal} died {animal.death}, before this arrival ({on}). Correct one of the dates."
            raise rejected("C2", [animal.studbook_number], sentence, field="on")


def papers_missing(permits: Iterable[Permit]) -> list[Permit]:
    """Return the granted permits of which no document is kept."""
    return [each for each in permits if each.state == Permit.State.GRANTED and each.document_id is None]


def _refuse_terms_now(moment: Moment) -> None:
    # Between the terms and the arrival the animal may have changed its owner.
    if moment.transfer.sent_on:
        refuse_terms(moment.transfer.terms, moment.transfer.receiver, moment.animals)


def _refuse_days(moment: Moment, on: DateInterval) -> None:
    sent = moment.transfer.sent_on
    if sent is None:
        return
    numbers = tuple(each.studbook_number for each in moment.animals)
    if on.latest < sent:
        sentence = f"{', '.join(numbers)} left {moment.transfer.sender} on {sent} and cannot have arrived {on}. Correct the day."
        raise rejected("C4", numbers, sentence, field="on")
    if (on.earliest - sent).days > LONGEST_TRAVEL:
        sentence = (
            f"{', '.join(numbers)} left on {sent} and arrived {on}, {(on.earliest - sent).days} days later; more than "
            f"{LONGEST_TRAVEL} are unusual. Correct the day, or say why."
        )
        refuse_findings([Finding("C7", WARN, numbers, sentence, "on")], moment.acknowledged)


def _write_event(moment: Moment, line: TransferAnimal, on: DateInterval, local_id: str) -> None:
    transfer, before = moment.transfer, columns_of(line)
    animal = locked(line.animal)
    event = Event(
        kind=Event.Kind.TRANSFER,
        institution=transfer.receiver,
        from_institution=transfer.sender,
        terms=transfer.terms,
        local_id=local_id,
    )
    event.date = on
    with retelling(moment.trail, animal):
        line.event = insert_event(moment.trail, animal, event)
    line.local_id, line.open = local_id, False
    line.save(update_fields=["event", "local_id", "open"])
    moment.trail.changed(line, before)
