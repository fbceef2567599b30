"""The chance of young, where this installation reckons it."""

import sys
from types import ModuleType

import pytest

from studbook.core.errors import StudbookError
from studbook.planning.optimal import chances
from studbook.planning.optimal.building import built
from tests.planning.conftest import SmallBook
from tests.planning.optimal.conftest import question


def test_chances__weigh_each_pair(book: SmallBook, monkeypatch: pytest.MonkeyPatch) -> None:
    told = ModuleType("queries")
    told.chances_for = lambda programme, sires, dams, banked: [0.1 if sire == "21" else 0.5 for sire in sires]  # type: ignore[attr-defined]
    monkeypatch.setattr(chances, "chances_told", lambda: True)
    monkeypatch.setitem(sys.modules, f"{chances.TELLING}", ModuleType("chances"))
    monkeypatch.setitem(sys.modules, f"{chances.TELLING}.queries", told)
    problem = built(book.programme, question(use_chance=True)).problem
    assert problem.chance == tuple(0.1 if sire == "21" else 0.5 for sire in problem.sires)


def test_chances__that_nobody_reckons_are_refused(book: SmallBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chances, "chances_told", lambda: False)
    with pytest.raises(StudbookError, match="Ask without it") as refusal:
        built(book.programme, question(use_chance=True))
    assert refusal.value.field == "use_chance"
