"""The arrival: the event and both timelines of every animal, for each kind of terms, at its date or not at all."""

from datetime import date, timedelta
from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.animals.models import Animal, Event, Holding, Ownership
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.findings import UnacknowledgedError
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.transfers.machine import State
from studbook.transfers.models import Transfer, TransferAnimal
from studbook.transfers.proposing import propose, record_past
from studbook.transfers.stepping import take_step
from tests import factories
from tests.transfers.conftest import Brought, today

pytestmark = pytest.mark.django_db


def holders(animal: Animal) -> list[tuple[str, date | None]]:
    return [
        (each.institution.mnemonic, each.end)
        for each in Holding.objects.filter(animal=animal).order_by("start")
    ]


def owners(animal: Animal) -> list[str]:
    return [each.institution.mnemonic for each in Ownership.objects.filter(animal=animal).order_by("start")]


def arrive(made: Transfer, by: User, on: str = "", **more: Any) -> Transfer:
    day = DateInterval.parse(on) if on else DateInterval.exact(today())
    more.setdefault("local_ids", {})
    return take_step(made, "arrive", by=by, opened_version=None, on=day, **more)


@pytest.mark.parametrize(
    ("terms", "owner"),
    [("donation", "ZOOB"), ("exchange", "ZOOB"), ("purchase", "ZOOB"), ("loan", "ZOOA")],
)
def test_arrival__moves_the_holder_and_by_its_terms_the_owner(
    brought: Brought, cub: Animal, rex: User, terms: str, owner: str
) -> None:
    revision = cub.programme.revision
    made = arrive(brought(State.SENT, terms=terms), rex, local_ids={cub.pk: "B7"}, condition="calm")
    assert made.state == State.CLOSED
    assert holders(cub) == [("ZOOA", today()), ("ZOOB", None)]
    assert owners(cub)[-1] == owner
    event = Event.objects.get(animal=cub, kind="transfer")
    line = TransferAnimal.objects.get(animal=cub)
    assert (event.terms, event.local_id, event.from_institution) == (terms, "B7", made.sender)
    assert (line.event, line.local_id, line.open) == (event, "B7", False)
    assert Holding.objects.get(animal=cub, end=None).local_id == "B7"
    assert Programme.objects.get(pk=cub.programme_id).revision == revision + 1
    assert AuditEntry.objects.filter(verb="confirm arrival").count() == 1


def test_arrival__a_loan_returns_home_and_nowhere_else(
    brought: Brought, programme: Programme, cub: Animal, rex: User, ada: User, third: Institution
) -> None:
    arrive(brought(State.SENT, terms="loan"), rex)
    with pytest.raises(StudbookError, match="7 belongs to Zoo A, so it cannot return from a loan to Zoo C"):
        propose(programme, animals=["7"], to=third, by=ada, terms="loan return")
    home = propose(programme, animals=["7"], by=ada, terms="loan return")
    assert (home.sender.mnemonic, home.receiver.mnemonic) == ("ZOOB", "ZOOA")
    with pytest.raises(StudbookError, match="belongs to Zoo A already"):
        propose(programme, animals=["7"], to=home.receiver, by=ada, terms="donation", replaces=home)


def test_arrival__of_a_loan_return_leaves_the_owner(
    programme: Programme, cub: Animal, away: Institution, zoo: Institution, ada: User
) -> None:
    Ownership.objects.filter(animal=cub).update(institution=away)
    Event.objects.filter(animal=cub).update(institution=zoo)
    record_past(
        programme, animals=["7"], to=away, on=DateInterval.exact(today()), by=ada, terms="loan return"
    )
    assert (holders(cub)[-1][0], owners(cub)[-1]) == ("ZOOB", "ZOOB")


def test_arrival__three_sibs_travel_together_or_not_at_all(
    programme: Programme, zoo: Institution, away: Institution, ada: User, brought: Brought, cub: Animal
) -> None:
    sibs = [
        factories.animal_at(zoo, programme=programme, studbook_number=number, birth=cub.birth)
        for number in ("8", "9")
    ]
    made = propose(programme, animals=["7", "8", "9"], to=away, by=ada, terms="donation")
    for step in ("agree", "terms"):
        for place in (zoo, away):
            fields = {"terms": "donation"} if step == "terms" else {}
            take_step(made, step, by=ada, opened_version=None, acting_for=place.pk, **fields)
    take_step(made, "permits", by=ada, opened_version=None)
    take_step(made, "schedule", by=ada, opened_version=None, planned_on=today())
    take_step(made, "send", by=ada, opened_version=None, on=today())
    Holding.objects.filter(animal=sibs[1]).update(institution=away)
    with pytest.raises(StudbookError, match=r"9 from Zoo A, but on .* the book has it at Zoo B"):
        arrive(made, ada)
    assert not Event.objects.filter(kind="transfer").exists()
    Holding.objects.filter(animal=sibs[1]).update(institution=zoo)
    assert arrive(made, ada).state == State.CLOSED
    assert {holders(each)[-1][0] for each in (cub, *sibs)} == {"ZOOB"}


def test_arrival__before_the_departure_is_refused(brought: Brought, cub: Animal, rex: User) -> None:
    made = brought(State.SENT)
    early = (today() - timedelta(days=1)).isoformat()
    with pytest.raises(StudbookError, match=f"7 left Zoo A on {today()} and cannot have arrived {early}"):
        arrive(made, rex, early)
    assert holders(cub) == [("ZOOA", None)]


@pytest.mark.parametrize(("days", "warned"), [(14, False), (15, True)])
def test_arrival__long_after_the_departure_is_warned_of(
    brought: Brought, rex: User, days: int, warned: bool
) -> None:
    made = brought(State.SENT)
    Transfer.objects.filter(pk=made.pk).update(sent_on=today() - timedelta(days=days))
    if warned:
        with pytest.raises(UnacknowledgedError) as told:
            arrive(made, rex)
        assert [each.code for each in told.value.findings] == ["C7"]
    assert arrive(made, rex, acknowledged=("C7",) if warned else ()).state == State.CLOSED


def test_arrival__in_the_future_is_refused(brought: Brought, rex: User) -> None:
    late = (today() + timedelta(days=3)).isoformat()
    with pytest.raises(StudbookError, match="The arrival of the animals lies in the future"):
        arrive(brought(State.SENT), rex, late)


def test_arrival__waits_for_papers_that_are_missing(brought: Brought, rex: User) -> None:
    made = brought(State.SENT)
    factories.PermitFactory(transfer=made, state="granted", number="12")
    assert arrive(made, rex).state == State.ARRIVED
    assert take_step(made, "close", by=rex, opened_version=None).state == State.CLOSED


def test_past_transfer__goes_to_its_place_in_the_timeline(
    programme: Programme, cub: Animal, away: Institution, third: Institution, ada: User
) -> None:
    record_past(programme, animals=["7"], to=away, on=DateInterval.parse("2024-03-01"), by=ada, terms="loan")
    made = record_past(
        programme, animals=["7"], to=third, on=DateInterval.parse("2025-06-01"), by=ada, terms="loan"
    )
    assert (made.state, made.sender, made.lines.get().open) == (State.CLOSED, away, False)
    assert holders(cub) == [
        ("ZOOA", date(2024, 3, 1)),
        ("ZOOB", date(2025, 6, 1)),
        ("ZOOC", None),
    ]
    kinds = list(Event.objects.filter(animal=cub).order_by("sequence").values_list("kind", flat=True))
    assert kinds == ["birth", "transfer", "transfer"]


def test_past_transfer__that_contradicts_a_later_one_is_refused_with_the_reason(
    programme: Programme, cub: Animal, away: Institution, third: Institution, ada: User
) -> None:
    record_past(programme, animals=["7"], to=away, on=DateInterval.parse("2024-03-01"), by=ada)
    before = holders(cub)
    with pytest.raises(StudbookError, match="was sent by Zoo A, but the animal was at Zoo C"):
        record_past(programme, animals=["7"], to=third, on=DateInterval.parse("2022-03-01"), by=ada)
    with pytest.raises(StudbookError, match="does not say who held 7 on 2019-01-01"):
        record_past(programme, animals=["7"], to=third, on=DateInterval.parse("2019-01-01"), by=ada)
    assert holders(cub) == before
    assert Transfer.objects.count() == 1


def test_past_transfer__is_the_holder_s_to_record(
    programme: Programme, cub: Animal, away: Institution, rex: User, rita: User, remy: User
) -> None:
    on = DateInterval.parse("2024-03-01")
    for outsider in (rex, remy):
        with pytest.raises(StudbookError) as refused:
            record_past(programme, animals=["7"], to=away, on=on, by=outsider)
        assert refused.value.status == 404
    assert record_past(programme, animals=["7"], to=away, on=on, by=rita).state == State.CLOSED
