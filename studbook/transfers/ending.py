"""Transfers that end by themselves: their animal is gone, or the day they had to be done by has passed."""

from django.utils import timezone

from studbook.animals.models import Animal
from studbook.core.columns import columns_of
from studbook.programmes.changes import Trail, changing
from studbook.programmes.models import Programme
from studbook.transfers.machine import State
from studbook.transfers.models import Transfer, TransferAnimal
from studbook.transfers.moment import enter, keep, moment_of, note_step


def leave_transfers(programme: Programme, trail: Trail) -> None:
    """Take animals that died, were released or are lost out of their open transfers, in the same transaction.

    A transfer of which no animal remains has ended; another goes on with the rest.
    """
    if not trail.animals:
        return
    gone = TransferAnimal.objects.filter(open=True, animal__in=trail.animals)
    gone = gone.exclude(animal__status=Animal.Status.LIVING)
    for line in list(gone.select_related("animal", "transfer")):
        _leave(trail, line)


def lapse_transfers(programme: Programme) -> list[Transfer]:
    """Let every transfer of a programme lapse that was to be done by a day and has not been sent."""
    with changing(programme, "let transfers lapse", by=None, alters_numbers=False) as trail:
        due = list(Transfer.objects.filter(programme=programme).lapsing(timezone.localdate()))
        for transfer in due:
            moment = moment_of(trail, transfer, by=None)
            moment.transfer.exit_reason = Transfer.ExitReason.TIME
            enter(moment.transfer, State.LAPSED)
            note_step(moment, "lapse", note=f"It had to be done by {transfer.lapses_on}.")
            keep(moment)
    return due


def _leave(trail: Trail, line: TransferAnimal) -> None:
    before, status = columns_of(line), line.animal.get_status_display()
    line.open, line.left_out = False, f"{status} before it arrived"
    line.save(update_fields=["open", "left_out"])
    trail.changed(line, before)
    moment = moment_of(trail, line.transfer, by=trail.entry.actor)
    if not moment.lines:
        enter(moment.transfer, State.DIED)
        moment.transfer.exit_reason = Transfer.ExitReason.ANIMAL
    # The version grows although the animals stand in another table: what a side agreed to has changed.
    sentence = f"{line.animal} is {status}."
    moment.transfer.exit_note = f"{moment.transfer.exit_note} {sentence}".strip()
    note_step(moment, "died", note=sentence)
    keep(moment)
