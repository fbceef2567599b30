"""What a person may do next in a transfer: each step with its form."""

from dataclasses import dataclass

from studbook.accounts.rights import Right, Standing
from studbook.institutions.models import Institution
from studbook.transfers.machine import Side, Step, steps_from
from studbook.transfers.models import Transfer
from studbook.transfers.moment import today
from studbook.transfers.sides import Parties, left_to_take
from studbook.transfers.step_forms import StepForm, step_form


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that this person may take now; `is_next` where the transfer waits for it."""

    step: Step
    form: StepForm
    is_next: bool
    open: bool


def offers_of(
    transfer: Transfer, parties: Parties, standing: Standing, *, bound: tuple[str, StepForm] | None = None
) -> list[Offer]:
    """Return the steps a person may take, the one the transfer waits for first; a form sent before stays filled in."""
    offers = []
    for step in steps_from(transfer.state):
        places = places_for(step, transfer, parties, standing)
        if places is None:
            continue
        sent = bound[1] if bound and bound[0] == step.key else None
        form = sent or step_form(step.key, transfer=transfer, places=places)
        offers.append(Offer(step, form, step.main and step.to != transfer.state, sent is not None))
    return offers


def places_for(
    step: Step, transfer: Transfer, parties: Parties, standing: Standing
) -> list[Institution] | None:
    """Return for whom a person may take a step; none of the zoos where it is the coordinator's, None for nobody."""
    if step.key == "lapse" and not (transfer.lapses_on and transfer.lapses_on < today()):
        return None
    places = [each for each in left_to_take(transfer, step, parties) if standing.may_for(Right.MOVE, each.pk)]
    if Side.PROGRAMME in step.sides and Right.MOVE in standing:
        return []
    return places or None


def places_of_person(step: Step, parties: Parties, standing: Standing) -> list[Institution]:
    """Return every institution for which a person may take a step, also one that has taken it already."""
    if Side.PROGRAMME in step.sides and Right.MOVE in standing:
        return []
    return [each for each in parties.asked(step) if standing.may_for(Right.MOVE, each.pk)]
