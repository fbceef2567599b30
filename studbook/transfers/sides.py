"""Whose a transfer is: its two zoos, and the owners elsewhere; for whom of them a person may act."""

from collections.abc import Collection, MutableMapping
from dataclasses import dataclass
from typing import Any

from studbook.accounts.models import User
from studbook.accounts.rights import Right, Standing, standing_of
from studbook.animals.keeping import NotTheirsError
from studbook.animals.models import Ownership, last_of
from studbook.core.findings import rejected
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.transfers.machine import ENDS, Side, Step, course_step
from studbook.transfers.models import Transfer, TransferAnimal


@dataclass(frozen=True, slots=True)
class Parties:
    """The institutions of a transfer by their side."""

    sender: Institution
    receiver: Institution
    owners: tuple[Institution, ...] = ()

    def of(self, side: Side) -> tuple[Institution, ...]:
        return {Side.SENDER: (self.sender,), Side.RECEIVER: (self.receiver,), Side.OWNER: self.owners}.get(
            side, ()
        )

    @property
    def every(self) -> list[Institution]:
        return [self.sender, self.receiver, *self.owners]

    def asked(self, step: Step) -> list[Institution]:
        """Return the institutions whose step it is."""
        return [each for side in Side if side in step.sides for each in self.of(side)]


def parties_of(transfers: Collection[Transfer]) -> dict[int, Parties]:
    """Return the parties of each transfer, whose sender and receiver are loaded; four queries."""
    owners: dict[int, dict[int, Institution]] = {each.pk: {} for each in transfers}
    lines = TransferAnimal.objects.filter(transfer__in=owners, left_out="")
    for line in lines.order_by("pk").prefetch_related("animal__ownerships__institution"):
        if owner := _owner(line.animal.ownerships.all()):
            owners[line.transfer_id][owner.pk] = owner
    return {each.pk: _parties(each, owners[each.pk]) for each in transfers}


def waiting_for(transfer: Transfer, parties: Parties) -> list[Institution]:
    """Return the institutions whose step the transfer waits for; reads its steps, loaded beforehand."""
    step = None if transfer.state in ENDS else course_step(transfer.state)
    if step is None:
        return []
    return left_to_take(transfer, step, parties)


def left_to_take(transfer: Transfer, step: Step, parties: Parties) -> list[Institution]:
    """Return the institutions that have still to take a step; one that all must take is taken once by each."""
    asked = parties.asked(step)
    if not step.by_all:
        return asked
    taken = {each.institution_id for each in transfer.steps.all() if each.step == step.key and each.stands}
    return [each for each in asked if each.pk not in taken]


def is_party(standing: Standing, parties: Parties) -> bool:
    return any(standing.may_for(Right.MOVE, each.pk) for each in parties.every)


def place_taken(
    transfer: Transfer, parties: Parties, step: Step, *, by: User, acting_for: int | None
) -> Institution | None:
    """Return for whom the person takes a step, asked under the lock; None for the programme itself."""
    standing = standing_of(by, transfer.programme_id)
    if not is_party(standing, parties):
        raise NotTheirsError(
            f"There is no {transfer} in which you may take steps. Ask one of its zoos, or the coordinator."
        )
    if Side.PROGRAMME in step.sides and Right.MOVE in standing and acting_for is None:
        return None
    mine = [each for each in parties.asked(step) if standing.may_for(Right.MOVE, each.pk)]
    chosen = [each for each in mine if acting_for in (None, each.pk)]
    if not chosen:
        whose = " or ".join(map(str, parties.asked(step))) or "the coordinator"
        numbers = [each.animal.studbook_number for each in transfer.lines.select_related("animal")]
        sentence = f"“{step.label}” is the step of {whose} in {transfer}. Ask them to take it."
        raise rejected("D5", numbers, sentence)
    return _the_one(chosen, left_to_take(transfer, step, parties))


def transfer_on_which(
    programme: Programme, standing: Standing, right: Right, arguments: MutableMapping[str, Any]
) -> Transfer | None:
    """Return the transfer that an address names, where the person has the right on it for one of its parties."""
    found = programme.transfers.with_parts().filter(pk=arguments.pop("pk")).first()
    if found is None or right in standing:
        return found
    parties = parties_of([found])[found.pk]
    return found if any(standing.may_for(right, each.pk) for each in parties.every) else None


def _the_one(mine: list[Institution], left: list[Institution]) -> Institution:
    return next((each for each in mine if each in left), mine[0])


def _owner(periods: Collection[Ownership]) -> Institution | None:
    last = last_of(periods)
    return last.institution if last else None


def _parties(transfer: Transfer, owners: dict[int, Institution]) -> Parties:
    zoos = (transfer.sender_id, transfer.receiver_id)
    return Parties(
        transfer.sender, transfer.receiver, tuple(each for pk, each in owners.items() if pk not in zoos)
    )
