"""Two zoos with their people, an animal at the first, and transfers in every state."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.transfers.machine import COURSE, State
from studbook.transfers.models import Transfer
from studbook.transfers.proposing import propose
from studbook.transfers.stepping import take_step
from tests import factories

# The steps that lead from a proposal along the course, by the state each ends in.
COURSE_STEPS = {
    State.AGREED: "agree",
    State.TERMS: "terms",
    State.READY: "permits",
    State.SCHEDULED: "schedule",
    State.SENT: "send",
    State.ARRIVED: "arrive",
    State.CLOSED: "close",
}


@pytest.fixture
def away(programme: Programme) -> Institution:
    """Return the zoo that receives."""
    made: Institution = factories.InstitutionFactory(mnemonic="ZOOB", name="Zoo B")
    factories.ParticipationFactory(programme=programme, institution=made)
    return made


@pytest.fixture
def third(programme: Programme) -> Institution:
    """Return a zoo that has nothing to do with the transfer, or owns the animal."""
    made: Institution = factories.InstitutionFactory(mnemonic="ZOOC", name="Zoo C")
    factories.ParticipationFactory(programme=programme, institution=made)
    return made


def registrar(name: str, place: Institution) -> User:
    person: User = factories.UserFactory(username=name)
    factories.InstitutionRoleFactory(user=person, institution=place, role="registrar")
    return person


@pytest.fixture
def rex(away: Institution) -> User:
    """Return the registrar of the receiver."""
    return registrar("rex", away)


@pytest.fixture
def tara(third: Institution) -> User:
    return registrar("tara", third)


@pytest.fixture
def cub(programme: Programme, zoo: Institution) -> Animal:
    born = DateInterval.parse("2020-05-01")
    return factories.animal_at(zoo, programme=programme, studbook_number="7", birth=born)


def today() -> date:
    return timezone.localdate()


def fields_of(step: str, transfer: Transfer) -> dict[str, Any]:
    """Return what a step is told, sound for this transfer."""
    return {
        "terms": {"terms": transfer.terms or "donation"},
        "schedule": {"planned_on": today()},
        "send": {"on": today()},
        "arrive": {"on": DateInterval.exact(today()), "local_ids": {}},
        "refuse": {"exit_reason": "space"},
        "withdraw": {"exit_reason": "space"},
    }.get(step, {})


Brought = Callable[..., Transfer]


@pytest.fixture
def brought(programme: Programme, cub: Animal, away: Institution, ada: User) -> Brought:
    """Return a function that proposes to send the cub away and brings the transfer to a state."""

    def bring(state: State = State.PROPOSED, **more: Any) -> Transfer:
        made = propose(programme, animals=["7"], to=away, by=ada, **more)
        if state is State.ARRIVED:
            factories.PermitFactory(transfer=made, state="granted", number="1")
        for each in COURSE[1 : COURSE.index(state) + 1 if state in COURSE else 1]:
            step = COURSE_STEPS[each]
            places = [made.sender, made.receiver] if step in ("agree", "terms") else [None]
            for place in places:
                if made.state == each:
                    break
                acting_for = place.pk if place else None
                made = take_step(
                    made, step, by=ada, opened_version=None, acting_for=acting_for, **fields_of(step, made)
                )
        return _exited(made, state, ada) if state not in COURSE else made

    return bring


def _exited(made: Transfer, state: State, ada: User) -> Transfer:
    if state in (State.REFUSED, State.WITHDRAWN):
        step = {State.REFUSED: "refuse", State.WITHDRAWN: "withdraw"}[state]
        return take_step(made, step, by=ada, opened_version=None, exit_reason="space")
    Transfer.objects.filter(pk=made.pk).update(state=state, due_on=None)
    made.lines.update(open=False)
    made.refresh_from_db()
    return made


def yesterday() -> date:
    return today() - timedelta(days=1)
