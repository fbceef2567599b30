"""A transfer under the programme's lock, while one step of it is taken."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.columns import columns_of
from studbook.institutions.models import Institution
from studbook.programmes.changes import Trail, save_unless_stale
from studbook.transfers.machine import DAYS, ENDS, MOVING, State
from studbook.transfers.models import Transfer, TransferAnimal, TransferStep
from studbook.transfers.sides import Parties, parties_of

NEVER_WRITTEN = {"id", "programme", "sender", "receiver", "proposed_by", "proposed_at", "version"}


@dataclass(slots=True)
class Moment:
    """What a step is done with: the trail, the transfer read anew, its parties, who acts and for whom."""

    trail: Trail
    transfer: Transfer
    parties: Parties
    by: User | None
    place: Institution | None = None
    acknowledged: tuple[str, ...] = ()
    before: dict[str, Any] = field(default_factory=dict)

    @property
    def lines(self) -> list[TransferAnimal]:
        """The animals that travel, as far as they have not left the transfer."""
        return [each for each in self.transfer.lines.all() if not each.left_out]

    @property
    def animals(self) -> list[Animal]:
        return [each.animal for each in self.lines]


def moment_of(trail: Trail, transfer: Transfer, *, by: User | None) -> Moment:
    """Read a transfer anew, under the lock."""
    current = Transfer.objects.with_parts().get(pk=transfer.pk)
    return Moment(trail, current, parties_of([current])[current.pk], by, before=columns_of(current))


def enter(transfer: Transfer, state: State, *, due: date | None = None) -> None:
    """Let a transfer enter a state; its next step is due on a day, or so many days later."""
    now = timezone.now()
    transfer.state, transfer.state_since = state, now
    if state in ENDS:
        transfer.due_on = None
    else:
        transfer.due_on = due or timezone.localdate(now) + timedelta(days=DAYS[state])


def note_step(moment: Moment, key: str, *, note: str = "", stands: bool = True) -> TransferStep:
    """Write down what was done, and the state after it."""
    made = TransferStep.objects.create(
        transfer=moment.transfer,
        step=key,
        institution=moment.place,
        state=moment.transfer.state,
        stands=stands,
        by=moment.by,
        by_coordinator=_stands_in(moment),
        note=note,
    )
    moment.trail.created([made])
    forget_steps(moment.transfer)
    return made


def today() -> date:
    return timezone.localdate()


def forget_steps(transfer: Transfer) -> None:
    """Let the steps of a transfer be read anew."""
    if "steps" in getattr(transfer, "_prefetched_objects_cache", ()):
        transfer.refresh_from_db(fields=["steps"])


def keep(moment: Moment, *, opened_version: int | None = None) -> None:
    """Save what the step changed in the transfer, and let its animals go where it ended or they arrived."""
    transfer = moment.transfer
    if columns_of(transfer) == moment.before:
        return
    fields = [each.name for each in transfer._meta.concrete_fields if each.name not in NEVER_WRITTEN]
    save_unless_stale(transfer, opened_version=opened_version or transfer.version, fields=fields)
    moment.trail.changed(transfer, moment.before)
    if transfer.state not in MOVING:
        release_lines(moment.trail, [each for each in transfer.lines.all() if each.open])


def release_lines(trail: Trail, lines: Iterable[TransferAnimal]) -> None:
    """Let animals go, so that another transfer may take them."""
    for line in lines:
        before = columns_of(line)
        line.open = False
        line.save(update_fields=["open"])
        trail.changed(line, before)


def _stands_in(moment: Moment) -> bool:
    """Tell whether the coordinator acts for a zoo that has not made him its own."""
    if moment.by is None or moment.place is None:
        return False
    return not moment.by.institution_roles.filter(institution=moment.place).exists()
