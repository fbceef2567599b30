"""Deeds that are each sound, at the same moment, many times: never is anything wrong. Each race has a twin that is."""

from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any

import pytest
from django.db import connection

from studbook.accounts.models import User
from studbook.institutions.models import Institution
from studbook.planning.plans import life
from studbook.programmes import changes
from studbook.programmes.models import Programme
from studbook.reproduction.bank import ledger
from studbook.transfers import moment
from studbook.wild import recording
from tests.races import rounds, staging
from tests.races import staging_bank as bank
from tests.races import staging_corrections as corrections
from tests.races import staging_plans as plans
from tests.races import staging_transfers as transfers
from tests.races import staging_wild as wild
from tests.races.rounds import Round, Stage
from tests.races.staging import Book
from tests.races.threads import Meeting, in_order

pytestmark = pytest.mark.django_db(transaction=True)
A_MOMENT = 0.3
RACES: dict[str, Callable[[Book, int], Round]] = {
    "two correct each other's sire": partial(corrections.corrected_ring, length=2),
    "three correct their sires to a ring": partial(corrections.corrected_ring, length=3),
    "a sex is corrected, a sire is named": corrections.sex_or_sire,
    "two add one number": staging.one_number,
    "two save one opened form": staging.stale_form,
    "one confirms, one refuses an entry": staging.confirm_or_refuse,
    "a parent younger, its young older": corrections.births,
    "two records are merged, one is edited": corrections.merge_or_edit,
    "a record is void, and named a sire": corrections.void_or_sire,
    "two confirm one arrival": transfers.two_arrivals,
    "an arrival is confirmed, and withdrawn": transfers.arrival_or_withdrawal,
    "an animal arrives, and dies": transfers.arrival_or_death,
    "two send one transfer": transfers.two_sendings,
    "one animal is promised to two zoos": transfers.two_proposals,
    "two publish one plan": plans.two_publishings,
    "a plan is published, its animal dies": plans.publishing_or_death,
    "two take the last straws": bank.last_straws,
    "a role is withdrawn, its holder writes": corrections.role_or_write,
    "two release one animal": wild.two_releases,
    "two edit one count of the wild": wild.two_edits,
}
# What keeps each apart is the programme's lock, but for these.
HELD_BY_VERSIONS = {"two save one opened form", "two edit one count of the wild"}
# Without a transaction each write stands at once, and which of the two reads first is left to chance.
SHOWN_BY_POSTGRESQL = {"an arrival is confirmed, and withdrawn", "an animal arrives, and dies"}
HELD_BY_BOTH = {
    *("an arrival is confirmed, and withdrawn", "two send one transfer", "two publish one plan"),
    "two take the last straws",
}


@pytest.fixture
def book(programme: Programme, zoo: Institution, receivers: list[Institution], ada: User) -> Book:
    return Book(programme, zoo, receivers, ada)


@pytest.fixture
def meeting_on_the_way(monkeypatch: pytest.MonkeyPatch) -> Callable[[Stage], Stage]:
    """Return a function that lets the deeds of each round meet twice: before each reads, and before each commits.

    Where a round goes wrong in one order of writing only, they meet before they write too, and write in that order.
    """

    def arrange(stage: Stage) -> Stage:
        begin, write = changes.Trail.__init__, changes.Trail.write
        bare: dict[tuple[ModuleType, str], Callable[..., Any]] = {}

        def staged(number: int) -> Round:
            round_ = stage(number)
            first, last = (Meeting(len(round_.deeds), patience=A_MOMENT) for _ in range(2))
            of_own = [bare.setdefault(place, getattr(*place)) for place in round_.writing]
            for place, writer in zip(round_.writing, in_order(of_own, patience=A_MOMENT), strict=True):
                monkeypatch.setattr(*place, writer)
            monkeypatch.setattr(
                changes.Trail, "__init__", lambda trail, entry: begin(trail, entry) or first.wait()
            )
            monkeypatch.setattr(changes.Trail, "write", lambda trail: last.wait() or write(trail))
            return round_

        return staged

    return arrange


@pytest.fixture
def lift_versions(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return a function that lets every form be saved whole, whatever version was opened."""

    def save(record: Any, *, opened_version: int, fields: list[str]) -> None:
        record.version = opened_version + 1
        record.save()

    def lift() -> None:
        monkeypatch.setattr(staging, "save_unless_stale", save)
        monkeypatch.setattr(moment, "save_unless_stale", save)
        monkeypatch.setattr(life, "save_unless_stale", save)
        monkeypatch.setattr(ledger, "save_unless_stale", save)
        monkeypatch.setattr(recording, "save_unless_stale", save)

    return lift


@pytest.mark.parametrize("race", RACES)
def test_race__is_never_lost(race: str, book: Book) -> None:
    outcome = rounds.run(partial(RACES[race], book))
    rounds.note_figure(race, outcome, guarded=True)
    assert outcome.faults == []


@pytest.mark.parametrize("race", RACES)
def test_race__is_not_lost_though_each_waits_on_its_way(
    race: str, book: Book, meeting_on_the_way: Callable[[Stage], Stage]
) -> None:
    """Here nothing is left to chance: without their guard both would have read before either writes."""
    assert rounds.run(meeting_on_the_way(partial(RACES[race], book)), rounds=1).faults == []


@pytest.mark.parametrize("race", RACES)
def test_race__without_its_guard_goes_wrong(
    race: str,
    book: Book,
    lift_lock: Callable[[], None],
    lift_versions: Callable[[], None],
    meeting_on_the_way: Callable[[Stage], Stage],
) -> None:
    if connection.vendor == "sqlite" and race in SHOWN_BY_POSTGRESQL:
        pytest.skip("on SQLite it goes wrong now and then only; PostgreSQL shows it each time")
    if race in HELD_BY_VERSIONS | HELD_BY_BOTH:
        lift_versions()
    if race not in HELD_BY_VERSIONS:
        lift_lock()
    outcome = rounds.run_until_wrong(meeting_on_the_way(partial(RACES[race], book)))
    rounds.note_figure(race, outcome, guarded=False)
    assert outcome.faults
