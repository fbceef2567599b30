"""One animal, two deeds at once: it is at one place afterwards, and the second deed is told why not."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from studbook.accounts.models import User
from studbook.animals.actions import record_death, record_transfer
from studbook.animals.models import Animal, Holding
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from tests.races.threads import PATIENCE, Meeting, at_once, errors_in

pytestmark = pytest.mark.django_db(transaction=True)
DAY = DateInterval.parse("2012-05-01")
ROUNDS = 10


def accept(animal: Animal, to: Institution, by: User) -> Callable[[], str]:
    def deed() -> str:
        opened = Animal.objects.get(pk=animal.pk)
        record_transfer(opened, to=to, on=DAY, terms="donation", by=by, reason="plan", opened_version=1)
        return to.name

    return deed


def die(animal: Animal, by: User) -> Callable[[], str]:
    def deed() -> str:
        opened = Animal.objects.get(pk=animal.pk)
        record_death(opened, on=DAY, cause="old age", by=by, reason="necropsy", opened_version=1)
        return "died"

    return deed


def stays_of(animal: Animal) -> list[tuple[str, date, date | None]]:
    return [(stay.institution.name, stay.start, stay.end) for stay in animal.holdings.all()]


def winner_of(outcomes: list[object]) -> str:
    """Return what the one deed that went through returned; the others must have been refused with a sentence."""
    (refusal,) = errors_in(outcomes)
    assert isinstance(refusal, StudbookError)
    assert refusal.sentence.endswith(".")
    (winner,) = (outcome for outcome in outcomes if isinstance(outcome, str))
    return winner


@pytest.mark.parametrize("patience", [0.0, 0.3])
def test_record_transfer__of_two_receivers_at_once_one_wins(
    cub: Animal, receivers: list[Institution], ada: User, meet_after: Callable[..., Meeting], patience: float
) -> None:
    meet_after("refuse_transfer", patience=patience)
    winner = winner_of(at_once(*(accept(cub, to, ada) for to in receivers)))
    day = date(2012, 5, 1)
    assert stays_of(cub) == [("Zoo A", date(2010, 5, 1), day), (winner, day, None)]
    assert cub.ownerships.get(end=None).institution.name == winner
    assert cub.events.filter(kind="transfer").count() == 1
    assert AuditEntry.objects.count() == 1


def test_record_transfer__without_the_lock_is_stopped_by_the_database(
    cub: Animal,
    receivers: list[Institution],
    ada: User,
    meet_after: Callable[..., Meeting],
    lift_lock: Callable[[], None],
) -> None:
    lift_lock()
    meeting = meet_after("refuse_transfer", patience=PATIENCE)
    (refusal,) = errors_in(at_once(*(accept(cub, to, ada) for to in receivers)))
    assert meeting.happened
    assert isinstance(refusal, IntegrityError)
    assert cub.holdings.filter(end=None).count() == 1


def test_rows_written_past_the_action__are_stopped_by_the_database(
    cub: Animal, receivers: list[Institution]
) -> None:
    meeting = Meeting(2)

    def move(to: Institution) -> str:
        stay = Holding.objects.get(animal=cub, end=None)
        meeting.wait()
        with transaction.atomic():
            Holding.objects.filter(pk=stay.pk).update(end=date(2012, 5, 1))
            Holding.objects.create(animal=cub, institution=to, start=date(2012, 5, 1))
        return to.name

    first, second = receivers
    outcomes = at_once(lambda: move(first), lambda: move(second))
    assert meeting.happened
    assert [type(error) for error in errors_in(outcomes)] == [IntegrityError]
    assert cub.holdings.filter(end=None).count() == 1


@pytest.mark.parametrize("patience", [0.0, 0.3])
def test_record_transfer__against_a_death_one_wins(
    cub: Animal, receivers: list[Institution], ada: User, meet_after: Callable[..., Meeting], patience: float
) -> None:
    meet_after("refuse_transfer", "refuse_death", patience=patience)
    winner = winner_of(at_once(accept(cub, receivers[0], ada), die(cub, ada)))
    cub.refresh_from_db()
    open_stays = [name for name, _, end in stays_of(cub) if end is None]
    expected = ("dead", []) if winner == "died" else ("living", ["ZOOB"])
    assert (cub.status, open_stays) == expected
    assert (cub.version, cub.events.count()) == (2, 2)
