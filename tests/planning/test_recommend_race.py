"""Two people recommend the same pair at the same moment: one of them does, the other is told kindly."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from studbook.planning.actions import recommend_pair
from studbook.planning.errors import AlreadyRecommendedError
from studbook.planning.models import Recommendation
from tests.planning.conftest import SmallBook

pytestmark = pytest.mark.django_db(transaction=True)
OPTIONS_OF_A_FILE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON;",
}


@pytest.fixture
def several_connections(book: SmallBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let threads share the database; one that lives in memory is copied to a file, where locks wait as in use."""
    if connection.vendor == "sqlite":
        path = tmp_path / "book.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
        monkeypatch.setitem(connections.settings["default"], "NAME", str(path))
        monkeypatch.setitem(connections.settings["default"], "OPTIONS", OPTIONS_OF_A_FILE)


def in_threads(*deeds: Callable[[], None]) -> None:
    def do(deed: Callable[[], None]) -> None:
        try:
            deed()
        finally:
            connections.close_all()

    threads = [Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)


def test_recommend_pair__lets_one_of_two_at_the_same_moment_win(
    book: SmallBook, several_connections: None
) -> None:
    start, told, standing = Barrier(2, timeout=30), [], []

    def recommend() -> None:
        start.wait()
        try:
            recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason="Rare lines.", by=None)
            told.append("recommended")
        except AlreadyRecommendedError as refusal:
            told.append(refusal.sentence)

    in_threads(recommend, recommend)
    in_threads(lambda: standing.append(Recommendation.objects.standing().count()))
    assert sorted(told)[1:] == ["recommended"]
    assert sorted(told)[0].startswith("21 Baruto × 22 Khala is recommended already.")
    assert standing == [1]


def test_recommend_pair__answers_the_constraint_with_the_same_sentence(
    book: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason="Rare lines.", by=None)
    answers = iter([False, True])
    monkeypatch.setattr("studbook.planning.actions._stands", lambda *_: next(answers))
    with pytest.raises(AlreadyRecommendedError):
        recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason="Rare lines.", by=None)
