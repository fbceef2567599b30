"""Races run many times over: how many went wrong of how many, with the guard and without it.

A race is staged anew for every round. `RACES=300` in the environment runs each 300 times, as `make races` does.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from django.db import DatabaseError, connection

from studbook.core.errors import StudbookError
from tests.races.threads import at_once, errors_in

IN_THE_SUITE = 12
ROUNDS = int(os.environ.get("RACES") or IN_THE_SUITE)
# The twin has shown what it is for once it has gone wrong; by chance it may take some rounds.
MOST_ROUNDS_OF_A_TWIN = 60
FIGURES: list[str] = []


@dataclass(frozen=True)
class Round:
    """Deeds to be done at the same moment, and what is wrong with the book and the answers afterwards, if anything.

    `writing` names the functions of a module by which the deeds write, in the order that goes wrong without a guard; empty
    where any order does.
    """

    deeds: list[Callable[[], object]]
    fault: Callable[[list[Any]], str]
    writing: tuple[tuple[ModuleType, str], ...] = ()


Stage = Callable[[int], Round]


@dataclass
class Outcome:
    """What came of the rounds of one race."""

    rounds: int = 0
    faults: list[str] = field(default_factory=list)


def run(stage: Stage, *, rounds: int = ROUNDS) -> Outcome:
    """Stage the race so often, each time in a new place of the book."""
    outcome = Outcome()
    for fault in _faults(stage, rounds):
        outcome.rounds += 1
        outcome.faults += [fault] if fault else []
    return outcome


def run_until_wrong(stage: Stage) -> Outcome:
    """Stage the race until it goes wrong for the first time."""
    outcome = Outcome()
    for fault in _faults(stage, MOST_ROUNDS_OF_A_TWIN):
        outcome.rounds += 1
        if fault:
            outcome.faults.append(fault)
            break
    return outcome


def _faults(stage: Stage, rounds: int) -> Iterator[str]:
    for number in range(rounds):
        staged = stage(number)
        outcomes = at_once(*staged.deeds)
        strange = [each for each in errors_in(outcomes) if not isinstance(each, StudbookError)]
        for error in strange:
            if not isinstance(error, DatabaseError):
                raise error
        yield repr(strange[0]) if strange else staged.fault(outcomes)


def note_figure(race: str, outcome: Outcome, *, guarded: bool) -> None:
    """Keep a line for the end of the run."""
    guard = "with its guard" if guarded else "without"
    FIGURES.append(
        f"{connection.vendor:<11} {race:<44} {guard:<15} {len(outcome.faults)} wrong of {outcome.rounds}"
    )


def is_thorough() -> bool:
    """Tell whether the run was asked for every case, and not for some of each kind."""
    return "RACES" in os.environ


def refusals_of(outcomes: list[Any]) -> int:
    return len(errors_in(outcomes))
