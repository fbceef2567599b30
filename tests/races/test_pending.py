"""One provisional entry, two deciding at once: one of them decides, and the other is told so."""

from collections.abc import Callable

import pytest

from studbook.accounts.models import User
from studbook.animals.entry import pending_actions
from studbook.animals.entry.pending_actions import confirm_entries, refuse_entries
from studbook.animals.models import Animal, Observation
from studbook.core.errors import StudbookError
from studbook.core.models import AuditChange
from tests.factories import ObservationFactory
from tests.races.threads import PATIENCE, Meeting, at_once, errors_in

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 10


@pytest.fixture
def entry(cub: Animal) -> Observation:
    made: Observation = ObservationFactory(animal=cub, provisional=True)
    return made


@pytest.fixture
def meet_when_read(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Meeting]:
    """Return a function that lets two deeds meet when each has read the entries."""

    def arrange(patience: float) -> Meeting:
        meeting = Meeting(2, patience=patience)
        monkeypatch.setattr(pending_actions, "_decidable", meeting.after(pending_actions._decidable))
        return meeting

    return arrange


def confirm(entry: Observation, by: User) -> Callable[[], object]:
    return lambda: confirm_entries(entry.animal.programme, observations=[entry.pk], by=by)


def refuse(entry: Observation, by: User) -> Callable[[], object]:
    return lambda: refuse_entries(
        entry.animal.programme, observations=[entry.pk], by=by, reason="Wrong animal."
    )


@pytest.mark.parametrize("patience", [0.0, 0.3])
def test_confirm_with_refuse__one_wins(
    entry: Observation, rita: User, ada: User, meet_when_read: Callable[..., Meeting], patience: float
) -> None:
    meet_when_read(patience)
    (refusal,) = errors_in(at_once(confirm(entry, rita), refuse(entry, ada)))
    assert isinstance(refusal, StudbookError)
    left = Observation.objects.filter(pk=entry.pk).values_list("provisional", flat=True)
    assert ("was confirmed meanwhile" in refusal.sentence, list(left)) in [(True, [False]), (False, [])]
    assert AuditChange.objects.count() == 1


def test_confirm_twice__is_one_change(
    entry: Observation, rita: User, ada: User, meet_when_read: Callable[..., Meeting]
) -> None:
    meet_when_read(0.3)
    assert errors_in(at_once(confirm(entry, rita), confirm(entry, ada))) == []
    assert AuditChange.objects.count() == 1


def test_confirm_twice__without_the_lock_is_stopped_by_the_version(
    entry: Observation,
    rita: User,
    ada: User,
    meet_when_read: Callable[..., Meeting],
    lift_lock: Callable[[], None],
) -> None:
    lift_lock()
    meeting = meet_when_read(PATIENCE)
    (refusal,) = errors_in(at_once(confirm(entry, rita), confirm(entry, ada)))
    assert meeting.happened
    assert isinstance(refusal, StudbookError)


@pytest.mark.slow
def test_confirm_with_refuse__without_the_lock_can_take_out_what_was_confirmed(
    cub: Animal,
    rita: User,
    ada: User,
    monkeypatch: pytest.MonkeyPatch,
    lift_lock: Callable[[], None],
) -> None:
    lift_lock()
    both_won = 0
    decidable = pending_actions._decidable
    for _ in range(ROUNDS):
        meeting = Meeting(2, patience=PATIENCE)
        monkeypatch.setattr(pending_actions, "_decidable", meeting.after(decidable))
        entry = ObservationFactory(animal=cub, provisional=True)
        both_won += errors_in(at_once(confirm(entry, rita), refuse(entry, ada))) == []
    assert both_won
