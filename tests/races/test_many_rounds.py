"""Deeds that are each sound, at the same moment, many times: never is anything wrong. Each race has a twin that is."""

from collections.abc import Callable
from functools import partial

import pytest

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.programmes import changes
from studbook.programmes.models import Programme
from tests.races import rounds, staging
from tests.races import staging_corrections as corrections
from tests.races.rounds import Round, Stage
from tests.races.staging import Book
from tests.races.threads import Meeting

pytestmark = pytest.mark.django_db(transaction=True)
A_MOMENT = 0.3
RACES: dict[str, Callable[[Book, int], Round]] = {
    "two name each other's sire": partial(staging.ring, length=2),
    "three name each other's sire in a ring": partial(staging.ring, length=3),
    "two receivers accept one animal": staging.two_receivers,
    "a receiver accepts, the animal dies": staging.move_or_death,
    "a sex is corrected, a sire is named": staging.sex_or_sire,
    "two add one number": staging.one_number,
    "two save one opened form": staging.stale_form,
    "one confirms, one refuses an entry": staging.confirm_or_refuse,
    "two correct each other's sire": partial(corrections.corrected_ring, length=2),
    "a parent younger, its young older": corrections.births,
    "two records are merged, one is edited": corrections.merge_or_edit,
    "a record is void, and named a sire": corrections.void_or_sire,
    "a role is withdrawn, its holder writes": corrections.role_or_write,
}
# What keeps each apart is the programme's lock, but for these.
HELD_BY_VERSIONS = {"two save one opened form"}


@pytest.fixture
def book(programme: Programme, zoo: Institution, receivers: list[Institution], ada: User) -> Book:
    return Book(programme, zoo, receivers, ada)


@pytest.fixture
def meeting_before_the_end(monkeypatch: pytest.MonkeyPatch) -> Callable[[Stage], Stage]:
    """Return a function that lets the deeds of each round meet where each has passed its checks but not committed."""

    def arrange(stage: Stage) -> Stage:
        write = changes.Trail.write

        def staged(number: int) -> Round:
            round_ = stage(number)
            meeting = Meeting(len(round_.deeds), patience=A_MOMENT)
            monkeypatch.setattr(changes.Trail, "write", lambda trail: (meeting.wait(), write(trail)))
            return round_

        return staged

    return arrange


@pytest.fixture
def lift_versions(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return a function that lets every form be saved whole, whatever version was opened."""

    def save(record: Animal, *, opened_version: int, fields: list[str]) -> None:
        record.version = opened_version + 1
        record.save()

    return lambda: monkeypatch.setattr(staging, "save_unless_stale", save)


@pytest.mark.parametrize("race", RACES)
def test_race__is_never_lost(race: str, book: Book) -> None:
    outcome = rounds.run(partial(RACES[race], book))
    rounds.note_figure(race, outcome, guarded=True)
    assert outcome.faults == []


@pytest.mark.parametrize("race", RACES)
def test_race__without_its_guard_goes_wrong(
    race: str,
    book: Book,
    lift_lock: Callable[[], None],
    lift_versions: Callable[[], None],
    meeting_before_the_end: Callable[[Stage], Stage],
) -> None:
    lift = lift_versions if race in HELD_BY_VERSIONS else lift_lock
    lift()
    outcome = rounds.run_until_wrong(meeting_before_the_end(partial(RACES[race], book)))
    rounds.note_figure(race, outcome, guarded=False)
    assert outcome.faults
