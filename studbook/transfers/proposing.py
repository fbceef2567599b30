"""Propose a transfer, also in the place of another; record one that is past."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import Right, Standing, standing_of
from studbook.animals.adding import add_participations
from studbook.animals.deed_rules import refuse_future
from studbook.animals.keeping import NotTheirsError, keeping
from studbook.animals.models import Animal, Event
from studbook.core.columns import columns_of
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution
from studbook.programmes.changes import Trail, changing
from studbook.programmes.models import Programme
from studbook.transfers.arriving import write_arrival
from studbook.transfers.machine import NOT_SENT, STEPS, State
from studbook.transfers.models import Transfer, TransferAnimal
from studbook.transfers.moment import Moment, enter, keep, moment_of, note_step, release_lines
from studbook.transfers.rules import (
    home_of,
    refuse_moving,
    refuse_not_living,
    refuse_receiver,
    refuse_terms,
    sender_of,
)
from studbook.transfers.sides import left_to_take, place_taken

MOST_ANIMALS = 40


def propose(
    programme: Programme,
    *,
    animals: Sequence[str],
    by: User,
    to: Institution | None = None,
    terms: str = "",
    young: str = "",
    young_note: str = "",
    note: str = "",
    answer_by: date | None = None,
    lapses_on: date | None = None,
    counterpart: Transfer | None = None,
    replaces: Transfer | None = None,
    reason: str = "",
    acknowledged: Sequence[str] = (),
) -> Transfer:
    """Propose to move animals from where they are; a side that proposes agrees with it.

    A loan return needs no receiver: it goes to the owner. `replaces` ends in the same transaction.
    """
    written = {"terms": terms, "young": young, "young_note": young_note, "note": note, "lapses_on": lapses_on}
    with changing(
        programme,
        "propose transfer",
        by=by,
        reason=note or reason,
        alters_numbers=False,
        acknowledged=acknowledged,
    ) as trail:
        replaced = _begin_replacing(trail, replaces, by) if replaces else None
        moved = animals_named(programme, animals)
        sender, receiver = _route(moved, to, terms)
        _refuse_outsider(standing_of(by, programme.pk), sender, receiver, moved)
        transfer = Transfer(programme=programme, sender=sender, receiver=receiver, proposed_by=by, **written)
        enter(transfer, State.PROPOSED, due=answer_by)
        moment = _begun(trail, transfer, moved)
        note_step(moment, "propose", note=note)
        _agree_by_proposing(moment)
        _link(moment, counterpart)
        if replaced:
            _end_replaced(replaced, moment.transfer)
    return moment.transfer


def record_past(
    programme: Programme,
    *,
    animals: Sequence[str],
    to: Institution,
    on: DateInterval,
    by: User | None,
    terms: str = "",
    local_id: str = "",
    note: str = "",
    reason: str = "",
    acknowledged: Sequence[str] = (),
) -> Transfer:
    """Record a transfer that is over: it is closed at once, and its events stand where their date belongs."""
    moved = animals_named(programme, animals)
    refuse_future("the animals", on, "arrival", animals=moved)
    with keeping(
        programme,
        "record past transfer",
        by=by,
        right=Right.CORRECT,
        about=moved,
        reason=note or reason,
        acknowledged=acknowledged,
    ) as trail:
        refuse_moving(moved)
        sender = sender_of(moved, on.middle)
        refuse_receiver(sender, to, moved)
        transfer = Transfer(
            programme=programme, sender=sender, receiver=to, terms=terms, note=note, proposed_by=by
        )
        transfer.arrival = on
        enter(transfer, State.CLOSED)
        moment = _begun(trail, transfer, moved)
        write_arrival(moment, on=on, local_ids=dict.fromkeys((each.pk for each in moved), local_id))
        add_participations(trail, programme, [to])
        note_step(moment, "record", note=note)
    return moment.transfer


def animals_named(programme: Programme, numbers: Sequence[str]) -> list[Animal]:
    """Return the animals with these studbook numbers, in the order they were named."""
    wanted = list(dict.fromkeys(numbers))
    if not wanted:
        raise StudbookError("A transfer needs an animal. Name at least one studbook number.", field="animals")
    if len(wanted) > MOST_ANIMALS:
        raise StudbookError(
            f"These are {len(wanted)} animals; one transfer holds up to {MOST_ANIMALS}. Make two of it.",
            field="animals",
        )
    found = {
        each.studbook_number: each
        for each in Animal.objects.filter(programme=programme, studbook_number__in=wanted)
    }
    if missing := [each for each in wanted if each not in found]:
        raise StudbookError(
            f"No animal {', '.join(each[:20] for each in missing)} is in the book of {programme}. Correct the number.",
            field="animals",
        )
    return [found[each] for each in wanted]


def _route(animals: Sequence[Animal], to: Institution | None, terms: str) -> tuple[Institution, Institution]:
    """Return sender and receiver, where these animals may go that way on these terms."""
    refuse_not_living(animals)
    refuse_moving(animals)
    sender = sender_of(animals, timezone.localdate())
    if to is None and terms != Event.Terms.LOAN_RETURN:
        raise StudbookError("A transfer needs a receiver. Choose where the animals go.", field="to")
    receiver = to or home_of(animals)
    refuse_receiver(sender, receiver, animals)
    refuse_terms(terms, receiver, animals)
    return sender, receiver


def _refuse_outsider(
    standing: Standing, sender: Institution, receiver: Institution, animals: Sequence[Animal]
) -> None:
    owners = [each.ownerships.open().values_list("institution", flat=True) for each in animals]
    if any(standing.may_for(Right.MOVE, zoo.pk) for zoo in (sender, receiver)):
        return
    if not all(any(standing.may_for(Right.MOVE, key) for key in each) for each in owners):
        numbers = ", ".join(each.studbook_number for each in animals)
        raise NotTheirsError(
            f"No animal {numbers} that you may propose to send to {receiver} is in the book. Ask the zoo that holds it, or "
            "the coordinator.",
            field="animals",
        )


def _begun(trail: Trail, transfer: Transfer, animals: Sequence[Animal]) -> Moment:
    """Save a new transfer with its animals, which are still to arrive unless it is over."""
    transfer.save()
    trail.created([transfer])
    is_open = transfer.is_open
    trail.created(
        [TransferAnimal.objects.create(transfer=transfer, animal=each, open=is_open) for each in animals]
    )
    return moment_of(trail, transfer, by=transfer.proposed_by)


def _agree_by_proposing(moment: Moment) -> None:
    """Take the proposal of a zoo for its agreement; that of the coordinator is nobody's."""
    step, mine = STEPS["agree"], _places_of(moment.by)
    for place in [each for each in moment.parties.asked(step) if each.pk in mine]:
        moment.place = place
        note_step(moment, step.key)
    moment.place = None
    if not left_to_take(moment.transfer, step, moment.parties):
        enter(moment.transfer, State.AGREED)
    keep(moment)


def _places_of(person: User | None) -> frozenset[int]:
    if person is None:
        return frozenset()
    own = person.institution_roles.exclude(role="keeper").values_list("institution", flat=True)
    return frozenset(own)


def _link(moment: Moment, counterpart: Transfer | None) -> None:
    if counterpart is None:
        return
    other = moment_of(moment.trail, counterpart, by=moment.by)
    mine, theirs = moment.transfer, other.transfer
    if (mine.sender_id, mine.receiver_id) != (theirs.receiver_id, theirs.sender_id):
        raise StudbookError(
            f"{theirs} goes from {theirs.sender} to {theirs.receiver}, this one from {mine.sender} to {mine.receiver}; an "
            "exchange goes there and back. Choose another.",
            field="counterpart",
        )
    if theirs.counterpart_id or not theirs.is_open:
        raise StudbookError(
            f"{theirs} is {theirs.get_state_display()} or in exchange for another already. Choose another.",
            field="counterpart",
        )
    moment.before, other.before = columns_of(mine), columns_of(theirs)
    mine.counterpart, theirs.counterpart = theirs, mine
    keep(moment)
    keep(other)


def _begin_replacing(trail: Trail, replaces: Transfer, by: User) -> Moment:
    """Let the animals of a transfer go to the one that takes its place; who may withdraw it may do so."""
    moment = moment_of(trail, replaces, by=by)
    old = moment.transfer
    if old.state not in NOT_SENT:
        raise StudbookError(
            f"{old} is {old.get_state_display()} and cannot be replaced any more. Propose another without it."
        )
    moment.place = place_taken(old, moment.parties, STEPS["withdraw"], by=by, acting_for=None)
    release_lines(trail, [each for each in old.lines.all() if each.open])
    return moment


def _end_replaced(moment: Moment, by_which: Transfer) -> None:
    enter(moment.transfer, State.REPLACED)
    moment.transfer.replaced_by = by_which
    moment.transfer.exit_reason = Transfer.ExitReason.INTERIM
    note_step(moment, "replace", note=f"by {by_which}")
    keep(moment)
