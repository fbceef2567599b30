"""The words of outcomes: the kinds of recommendations, and one of them with what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import cast

from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.planning.models import Answer, Outcome, Plan, PlanAnimal, Recommendation
from studbook.reproduction.tried import Step

Subject = Recommendation | PlanAnimal
State = Outcome.State
OPEN = ""


class Kind(StrEnum):
    """What a plan recommends. A row is of two kinds where it says both where an animal is and that it does not breed."""

    BREED = "breed with"
    SEND = "send to"
    HOLD = "hold"
    NO_BREEDING = "do not breed"

    @property
    def label(self) -> str:
        return self.value.upper()


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which a recommendation was in force; `until` is None while it is."""

    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Litters:
    """Young of a pair, as the book shows them.

    `born` were born while the pair was recommended, `conceived` were conceived then, whenever they were born; `possible`
    were born then of parents of whom one is only possibly the animal in question.
    """

    born: tuple[Animal, ...] = ()
    conceived: tuple[Animal, ...] = ()
    possible: tuple[Animal, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One recommendation and what came of it: the book first, then what people told.

    `state` is empty while it is open. `attempt` is how far it came, by what was told or by `step`, the record that shows
    the furthest. `reason` is why it was not done, empty where nobody said; `refusal` is the answer of the zoo that said it,
    where nobody told. `shown` are sentences of the book, `contradiction` says where the two differ.
    `withdrawn` is true of what a change took out of a plan in force, whatever its state.
    """

    kind: Kind
    subject: Subject
    plan: Plan
    window: Window
    state: str = OPEN
    by_book: bool = False
    withdrawn: bool = False
    attempt: str = ""
    step: Step | None = None
    reason: str = ""
    refusal: Answer | None = None
    shown: tuple[str, ...] = ()
    contradiction: str = ""
    told: tuple[Outcome, ...] = ()
    litters: Litters = field(default_factory=Litters)
    places: tuple[Institution, ...] = ()

    @property
    def pair(self) -> Recommendation:
        return cast(Recommendation, self.subject)

    @property
    def row(self) -> PlanAnimal:
        return cast(PlanAnimal, self.subject)

    @property
    def is_fulfilled(self) -> bool:
        return self.state == State.FULFILLED

    @property
    def is_replaced(self) -> bool:
        return self.state == State.REPLACED

    @property
    def had_its_time(self) -> bool:
        """Tell whether it came true, or stood until its plan ended: neither withdrawn nor told last as replaced."""
        told_replaced = bool(self.told) and self.told[0].state == State.REPLACED
        return self.is_fulfilled or not (self.withdrawn or told_replaced)

    @property
    def was_attempted(self) -> bool:
        """Tell whether it was tried and not fulfilled, whatever ended it."""
        return bool(self.attempt) and not self.is_fulfilled

    @property
    def animals(self) -> tuple[Animal, ...]:
        if isinstance(self.subject, Recommendation):
            return self.subject.sire, self.subject.dam
        return (self.subject.animal,)

    @property
    def state_label(self) -> str:
        return State(self.state).label if self.state else "open"

    @property
    def attempt_label(self) -> str:
        return Outcome.Attempt(self.attempt).label if self.attempt else ""

    @property
    def reason_label(self) -> str:
        return Outcome.Reason(self.reason).label if self.reason else ""

    @property
    def key(self) -> str:
        """The recommendation as an address names it."""
        return key_of(self.subject)


def kinds_of(subject: Subject) -> Iterator[Kind]:
    """Say what a pair or a row recommends."""
    if isinstance(subject, Recommendation):
        yield Kind.BREED
        return
    yield Kind.SEND if subject.disposition == PlanAnimal.Disposition.SEND else Kind.HOLD
    if subject.breeding == PlanAnimal.Breeding.DO_NOT_BREED:
        yield Kind.NO_BREEDING


def key_of(subject: Subject) -> str:
    """Return a pair or a row as an address names it."""
    return f"{'pair' if isinstance(subject, Recommendation) else 'row'}-{subject.pk}"
