"""Two taps and two people at the same moment: one answer counts, and none is lost."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from studbook.accounts.models import User
from studbook.planning.answers.actions import accept_open, answer_row
from studbook.planning.models import Answer, Plan
from tests.planning.answers.conftest import OpenPlan
from tests.planning.test_recommend_race import OPTIONS_OF_A_FILE, in_threads

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def several_connections(
    opened: OpenPlan, remy: User, rita: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let threads share the database; one that lives in memory is copied to a file, where locks wait as in use."""
    if connection.vendor == "sqlite":
        path = tmp_path / "book.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
        monkeypatch.setitem(connections.settings["default"], "NAME", str(path))
        monkeypatch.setitem(connections.settings["default"], "OPTIONS", OPTIONS_OF_A_FILE)


def together(*deeds: Callable[[Plan], Any]) -> list[tuple[int, str, str]]:
    """Do deeds at one moment in threads of their own; return the answers there are then."""
    start, found, failed = Barrier(len(deeds), timeout=30), [], []

    def done(deed: Callable[[Plan], Any]) -> Callable[[], None]:
        def do() -> None:
            plan = Plan.objects.select_related("programme").get()
            start.wait()
            try:
                deed(plan)
            except Exception as error:  # noqa: BLE001 - told below, in the thread of the test
                failed.append(error)

        return do

    in_threads(*map(done, deeds))
    in_threads(lambda: found.extend(Answer.objects.values_list("row", "word", "by__username")))
    assert failed == []
    return sorted(found)


def test_double_tap__is_one_answer(opened: OpenPlan, remy: User, several_connections: None) -> None:
    row, said = opened.sent.pk, opened.question(opened.sent).said

    def tap(plan: Plan) -> None:
        answer_row(plan, opened.book.zoo, row=row, said=said, word="accept", by=remy)

    assert together(tap, tap, tap) == [(row, "accept", "remy")]


def test_two_people__both_are_kept_and_one_counts(
    opened: OpenPlan, remy: User, rita: User, several_connections: None
) -> None:
    row, said = opened.sent.pk, opened.question(opened.sent).said

    def tap(word: str, by: User) -> Callable[[Plan], Any]:
        told = {"row": row, "said": said, "word": word, "reason": "space", "by": by}
        return lambda plan: answer_row(plan, opened.book.zoo, **told)

    assert together(tap("accept", remy), tap("cannot", rita)) == [
        (row, "accept", "remy"),
        (row, "cannot", "rita"),
    ]


def test_accept_all__by_two_people_answers_each_once(
    opened: OpenPlan, remy: User, rita: User, several_connections: None
) -> None:
    lines = {each.row.pk: each.said for each in opened.asked().questions}

    def tap(by: User) -> Callable[[Plan], Any]:
        return lambda plan: accept_open(plan, opened.book.zoo, lines=lines, by=by)

    found = together(tap(remy), tap(rita))
    assert len(found) == 2
    assert len({by for _, _, by in found}) == 1
