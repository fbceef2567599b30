"""What the pages of transfers read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils import timezone

from studbook.accounts.models import InstitutionRole
from studbook.accounts.rights import PROGRAMME, Right, Standing, role_rights
from studbook.core.lists import order_keys
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.transfers.machine import COURSE, ENDS, State, course_step
from studbook.transfers.models import Transfer, TransferStep
from studbook.transfers.sides import Parties, parties_of, waiting_for

STATE_ORDER = [*COURSE[:-1], *ENDS]
ORDERS: dict[str, tuple[str, ...]] = {
    "number": ("pk",),
    "state": ("state_order", "due_on"),
    "sender": ("sender__name",),
    "receiver": ("receiver__name",),
    "terms": ("terms",),
    "due": ("due_on",),
    "since": ("state_since",),
    "proposed": ("proposed_at",),
    "arrival": ("arrival_latest",),
}
DEFAULT_ORDER = "state"


@dataclass(frozen=True, slots=True)
class TransferRow:
    """One line of the list: a transfer, its parties, for whom it waits and whether for too long."""

    transfer: Transfer
    parties: Parties
    waiting: tuple[Institution, ...]
    overdue: bool

    @property
    def next_step(self) -> str:
        step = course_step(self.transfer.state)
        return step.label if step and self.waiting else ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One state of the course as the strip shows it: done, now or to come."""

    state: State
    tense: str
    step: TransferStep | None = None


def transfers_of(programme: Programme) -> QuerySet[Transfer]:
    """Return the transfers of a programme, with the place of their state in a life."""
    places = [When(state=state, then=Value(place)) for place, state in enumerate(STATE_ORDER)]
    found = Transfer.objects.filter(programme=programme).annotate(
        state_order=Case(*places, default=Value(len(places)), output_field=IntegerField())
    )
    return found.with_parts()


def ordered(transfers: QuerySet[Transfer], order: str) -> QuerySet[Transfer]:
    return transfers.order_by(*order_keys(ORDERS, order))


def rows_of(transfers: Iterable[Transfer], on: date | None = None) -> list[TransferRow]:
    """Return the lines of a list; four queries beside those for the transfers."""
    found, day = list(transfers), on or timezone.localdate()
    parties = parties_of(found)
    return [
        TransferRow(each, parties[each.pk], tuple(waiting_for(each, parties[each.pk])), each.is_overdue(day))
        for each in found
    ]


def waiting_rows(programme: Programme, standing: Standing) -> list[TransferRow]:
    """Return the open transfers that wait for this person, the most urgent first.

    For the coordinator these are the ones that wait for a zoo of which nobody has a sign-in that could answer, and
    those overdue.
    """
    if not standing.has_somewhere(Right.MOVE):
        return []
    rows = rows_of(Transfer.objects.filter(programme=programme).open().with_parts().order_by("due_on", "pk"))
    mine = {place for place in standing.at if standing.at[place] and _acts_for(standing, place)}
    answered = _answered(row.waiting for row in rows) if Right.MOVE in standing else set()
    return [row for row in rows if _waits_for(row, standing, mine, answered)]


def stages_of(transfer: Transfer) -> list[Stage]:
    """Return the course of a transfer as far as it went, and what is to come."""
    reached = {step.state: step for step in reversed(_steps(transfer))}
    if transfer.is_exit:
        passed = [state for state in COURSE if state in reached]
        return [*(Stage(each, "done", reached[each]) for each in passed), _now(transfer, reached)]
    here = COURSE.index(State(transfer.state))
    done = [
        Stage(state, "done", reached.get(state))
        for state in COURSE[:here]
        if state in reached or _told(transfer)
    ]
    return [*done, _now(transfer, reached), *(Stage(state, "to come") for state in COURSE[here + 1 :])]


def _steps(transfer: Transfer) -> list[TransferStep]:
    return list(transfer.steps.all())


def _now(transfer: Transfer, reached: dict[str, TransferStep]) -> Stage:
    return Stage(State(transfer.state), "now", reached.get(transfer.state))


def _told(transfer: Transfer) -> bool:
    # One recorded afterwards went through no states that the book saw.
    return all(step.step != "record" for step in transfer.steps.all())


def _acts_for(standing: Standing, place: int) -> bool:
    return any(Right.MOVE in rights for scope, rights in standing.at[place].items() if scope != PROGRAMME)


def _waits_for(row: TransferRow, standing: Standing, mine: set[int], answered: set[int]) -> bool:
    if any(each.pk in mine for each in row.waiting):
        return True
    if Right.MOVE not in standing:
        return False
    return row.overdue or any(each.pk not in answered for each in row.waiting)


def _answered(waiting: Iterable[Sequence[Institution]]) -> set[int]:
    roles = [role for role, given in role_rights().items() if Right.MOVE in given["institution"]]
    places = {each.pk for group in waiting for each in group}
    found = InstitutionRole.objects.filter(institution__in=places, role__in=roles, user__is_active=True)
    return set(found.values_list("institution", flat=True))
