"""Transfers that stay true to the book when another deed takes the event of an arrival out, corrects it or brings it back."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from studbook.animals.models import Event
from studbook.core.columns import Columns, columns_of
from studbook.core.models import AuditChange
from studbook.programmes.changes import Trail
from studbook.programmes.models import Programme
from studbook.transfers.arriving import papers_missing
from studbook.transfers.machine import MOVING, State
from studbook.transfers.models import Transfer, TransferAnimal
from studbook.transfers.moment import Moment, enter, keep, moment_of, note_step

EVENT, LINE = Event._meta.label_lower, TransferAnimal._meta.label_lower
HERE = (State.ARRIVED, State.CLOSED)
TAKEN_OUT = "its arrival was taken out of the book"
TOLD = ("date_earliest", "date_latest", "institution_id", "from_institution_id", "terms", "local_id")


@dataclass(slots=True)
class Turn:
    """What a deed did to the arrivals of one transfer, in the words of its history.

    `arrived` where an arrival is in the book again of a transfer that had not, or not yet, come to its end.
    """

    arrived: bool = False
    gone: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)
    living: list[str] = field(default_factory=list)

    def told(self) -> list[tuple[str, list[str]]]:
        """Return what there is to tell, by the steps of the history."""
        all_of_it = [
            *(("unwritten", self.gone), ("rewritten", self.back), ("corrected", self.corrected)),
            ("living", self.living),
        ]
        return [(step, said) for step, said in all_of_it if said]


def follow_arrivals(programme: Programme, trail: Trail) -> None:
    """Let transfers follow what a deed did to the events of their arrivals, in its transaction; docs/transfers.md."""
    events = trail.touched(EVENT)
    if not events:
        return
    touched = trail.touched(LINE)
    turns: dict[Transfer, Turn] = {}
    for line in _lines(trail, events, touched):
        turn = turns.setdefault(line.transfer, Turn())
        if line.open and line.pk in touched and line.transfer.state not in (*MOVING, *HERE):
            turn.living.append(str(line.animal))
            _change(trail, line, open=False, left_out=line.left_out)
        _follow(trail, line, turn, events, was_linked=_linked_before(touched.get(line.pk)))
        if line.event_id and line.transfer.state not in HERE:
            turn.arrived = True
    for transfer, turn in turns.items():
        if turn.arrived or turn.told():
            _bring_in_line(trail, transfer, turn)


def _lines(trail: Trail, events: Iterable[int], touched: Iterable[int]) -> list[TransferAnimal]:
    unlinked = Q(event=None, animal__in=trail.animals)
    found = TransferAnimal.objects.filter(Q(event__in=events) | Q(pk__in=touched) | unlinked)
    return list(found.select_related("animal", "transfer__receiver", "event__institution"))


def _linked_before(change: tuple[Columns | None, Columns | None] | None) -> bool:
    return bool(change and change[0] and change[0]["event_id"])


def _follow(
    trail: Trail,
    line: TransferAnimal,
    turn: Turn,
    events: dict[int, tuple[Columns | None, Columns | None]],
    *,
    was_linked: bool,
) -> None:
    # An event that was taken out is named by the line still, and not found.
    dangling = line.event_id is not None and line.event is None
    if line.event is not None:
        _take_over(trail, line, turn, *events.get(line.event.pk, (None, None)))
        return
    event = _event_again(line, events)
    if event is None and not dangling and not was_linked:
        return
    before = columns_of(line)
    line.event = event
    if event:
        line.open, line.left_out = False, "" if line.left_out == TAKEN_OUT else line.left_out
        turn.back += [] if dangling else [_said(line, event)]
    else:
        turn.gone.append(str(line.animal))
    line.save(update_fields=["event", "open", "left_out"])
    if columns_of(line) != before:
        trail.changed(line, before)


def _take_over(
    trail: Trail, line: TransferAnimal, turn: Turn, was: Columns | None, now: Columns | None
) -> None:
    if line.event is None or was is None or now is None or all(was[name] == now[name] for name in TOLD):
        return
    turn.corrected.append(_said(line, line.event))
    if line.local_id != line.event.local_id:
        before, line.local_id = columns_of(line), line.event.local_id
        line.save(update_fields=["local_id"])
        trail.changed(line, before)


def _event_again(line: TransferAnimal, events: Iterable[int]) -> Event | None:
    """Return the event of this arrival that a deed brought back, or one that tells of the same arrival."""
    free = Event.objects.filter(
        animal=line.animal, kind=Event.Kind.TRANSFER, pk__in=events, transfer_line=None
    ).select_related("institution")
    if free and (found := _formerly(line, free)):
        return found
    if line.event_id is None or line.transfer.arrival is None:
        return None
    day = line.transfer.arrival
    same = Event.objects.filter(
        animal=line.animal,
        kind=Event.Kind.TRANSFER,
        transfer_line=None,
        institution=line.transfer.receiver,
        date_earliest=day.earliest,
        date_latest=day.latest,
    )
    return same.first()


def _formerly(line: TransferAnimal, free: Iterable[Event]) -> Event | None:
    formerly = {
        (columns or {}).get("event_id")
        for change in AuditChange.objects.filter(record=LINE, record_id=line.pk)
        for columns in (change.before, change.after)
    }
    return next((each for each in free if each.pk in formerly), None)


def _said(line: TransferAnimal, event: Event) -> str:
    place = f" at {event.institution}" if event.institution_id != line.transfer.receiver_id else ""
    terms = f", {event.get_terms_display()}" if event.terms != line.transfer.terms else ""
    return f"{line.animal}, arrived {event.date or 'on a day not known'}{place}{terms}"


def _bring_in_line(trail: Trail, transfer: Transfer, turn: Turn) -> None:
    moment = moment_of(trail, transfer, by=trail.entry.actor)
    linked = [each for each in moment.transfer.lines.all() if each.event_id]
    if linked:
        _stand_arrived(moment)
    elif moment.transfer.state in HERE:
        _go_back(moment)
    for step, said in turn.told():
        note_step(moment, step, note="; ".join(said))
    keep(moment)


def _stand_arrived(moment: Moment) -> None:
    """Let a transfer be one that arrived, on the day that its events tell, without the animals that have none."""
    transfer = moment.transfer
    dates = [each.event.date for each in transfer.lines.all() if each.event and each.event.date]
    if dates and transfer.arrival not in dates:
        transfer.arrival = min(dates, key=lambda each: each.earliest)
    if transfer.state not in HERE and transfer.arrival:
        enter(transfer, State.ARRIVED if papers_missing(transfer.permits.all()) else State.CLOSED)
        transfer.exit_reason, transfer.exit_note = "", ""
    for line in [each for each in moment.lines if not each.event_id]:
        _change(moment.trail, line, open=False, left_out=TAKEN_OUT)


def _go_back(moment: Moment) -> None:
    """Let a transfer of which no arrival is left be on its way again, or withdrawn where it cannot be."""
    transfer = moment.transfer
    # Those of a moment are the ones that travel; the others that were left out for this reason travel again.
    lines = [each for each in transfer.lines.all() if each.left_out in ("", TAKEN_OUT)]
    elsewhere = TransferAnimal.objects.filter(open=True, animal__in=[each.animal_id for each in lines])
    transfer.arrival = None
    if transfer.sent_on and not elsewhere.exclude(transfer=transfer).exists():
        enter(transfer, State.SENT)
        for line in lines:
            _change(moment.trail, line, open=True, left_out="")
    else:
        enter(transfer, State.WITHDRAWN)
        transfer.exit_reason = Transfer.ExitReason.OTHER
        transfer.exit_note = f"{', '.join(str(each.animal) for each in lines)}: {TAKEN_OUT}."


def _change(trail: Trail, line: TransferAnimal, *, open: bool, left_out: str) -> None:  # noqa: A002
    before = columns_of(line)
    line.open, line.left_out = open, left_out
    if columns_of(line) != before:
        line.save(update_fields=["open", "left_out"])
        trail.changed(line, before)
