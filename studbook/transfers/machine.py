"""The life of a transfer as data: its states, the steps between them, and whose each step is.

Actions, pages, the API and the tests read this table; what it does not allow nobody can do. `docs/transfers.md` tells
it in prose.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a transfer stands. The order is the order of a life; the exits come last."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    TERMS = "terms"
    READY = "ready"
    SCHEDULED = "scheduled"
    SENT = "sent"
    ARRIVED = "arrived"
    CLOSED = "closed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    DIED = "died"
    LAPSED = "lapsed"

    @property
    def label(self) -> str:
        return LABELS[self]


class Side(StrEnum):
    """For whom a step is taken."""

    SENDER = "sender"
    RECEIVER = "receiver"
    OWNER = "owner"
    PROGRAMME = "programme"  # its coordinator, for none of the zoos


LABELS = {each: each.value for each in State} | {
    State.TERMS: "terms agreed",
    State.READY: "permits ready",
    State.DIED: "ended: animal died or left",
}
COURSE = (
    State.PROPOSED,
    State.AGREED,
    State.TERMS,
    State.READY,
    State.SCHEDULED,
    State.SENT,
    State.ARRIVED,
    State.CLOSED,
)
EXITS = (State.REFUSED, State.WITHDRAWN, State.REPLACED, State.DIED, State.LAPSED)
ENDS = (State.CLOSED, *EXITS)
OPEN = tuple(state for state in COURSE if state is not State.CLOSED)
NOT_SENT = COURSE[: COURSE.index(State.SENT)]
MOVING = (*NOT_SENT, State.SENT)  # the animals have still to arrive
CHOICES = [(each.value, LABELS[each]) for each in State]

# How many days a transfer may stay in a state before its next step is overdue. A date of travel, or one that a person
# set, counts instead.
DAYS = {
    State.PROPOSED: 30,
    State.AGREED: 30,
    State.TERMS: 90,
    State.READY: 30,
    State.SCHEDULED: 14,
    State.SENT: 14,
    State.ARRIVED: 30,
}

ZOOS = frozenset({Side.SENDER, Side.RECEIVER})
PARTIES = ZOOS | {Side.OWNER}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a side does: from which states, into which, and whether all its sides must have done it.

    `to` is None where the state stays. `verb` is what the trail says.
    """

    key: str
    verb: str
    label: str
    about: str
    sides: frozenset[Side]
    of: tuple[State, ...]
    to: State | None = None
    by_all: bool = False
    main: bool = True

    def waits_for(self, side: Side) -> bool:
        """Tell whether the course of the transfer goes on with this side."""
        return self.main and side in self.sides


STEPS = {
    step.key: step
    for step in (
        Step(
            "agree",
            "agree to transfer",
            "Agree",
            "The zoo is willing to send, or to receive, these animals.",
            ZOOS,
            (State.PROPOSED,),
            State.AGREED,
            by_all=True,
        ),
        Step(
            "terms",
            "state terms of transfer",
            "Confirm these terms",
            "Both zoos, and an owner elsewhere, confirm the same terms; other terms ask the others again.",
            PARTIES,
            (State.AGREED,),
            State.TERMS,
            by_all=True,
        ),
        Step(
            "permits",
            "declare permits ready",
            "Permits are ready",
            "Every permit is granted and has not expired, or none is needed.",
            ZOOS,
            (State.TERMS,),
            State.READY,
        ),
        Step(
            "schedule",
            "schedule transfer",
            "Set the day of travel",
            "The day, the crate, the vehicle, the escort.",
            ZOOS,
            (State.READY, State.SCHEDULED),
            State.SCHEDULED,
        ),
        Step(
            "send",
            "send animals",
            "The animals have left",
            "The sender says on which day they left.",
            frozenset({Side.SENDER}),
            (State.SCHEDULED,),
            State.SENT,
        ),
        Step(
            "arrive",
            "confirm arrival",
            "The animals have arrived",
            "The receiver confirms; the studbook's events and both timelines are written with it.",
            frozenset({Side.RECEIVER}),
            (State.SENT,),
            State.ARRIVED,
        ),
        Step(
            "close",
            "close transfer",
            "Close",
            "The papers are complete; nothing is left to do.",
            ZOOS,
            (State.ARRIVED,),
            State.CLOSED,
        ),
        Step(
            "refuse",
            "refuse transfer",
            "Refuse",
            "A side, or an owner elsewhere, does not agree, and says why.",
            PARTIES,
            (State.PROPOSED, State.AGREED),
            State.REFUSED,
            main=False,
        ),
        Step(
            "withdraw",
            "withdraw transfer",
            "Withdraw",
            "It will not happen; the reason is kept.",
            PARTIES,
            MOVING,
            State.WITHDRAWN,
            main=False,
        ),
        Step(
            "lapse",
            "let transfer lapse",
            "Let it lapse",
            "The day it had to be done by has passed. `lapse_transfers` does the same for all.",
            frozenset({Side.PROGRAMME}),
            NOT_SENT,
            State.LAPSED,
            main=False,
        ),
        Step(
            "comment",
            "comment on transfer",
            "Comment",
            "A remark to the other side.",
            PARTIES | {Side.PROGRAMME},
            tuple(State),
            main=False,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Exit:
    """An end that comes of something else, in the same transaction."""

    verb: str
    about: str
    of: tuple[State, ...]
    to: State


BY_ITSELF = (
    Exit("replace transfer", "Another transfer is proposed in its place.", NOT_SENT, State.REPLACED),
    Exit(
        "end transfer of an animal that is gone",
        "The last of its animals died, was released or is lost. Where others remain it goes on with them.",
        MOVING,
        State.DIED,
    ),
)


def steps_from(state: str) -> list[Step]:
    """Return the steps that can be taken from a state, the one of its course first."""
    return sorted((each for each in STEPS.values() if state in each.of), key=lambda each: not each.main)


def course_step(state: str) -> Step | None:
    """Return the step that takes a transfer on from a state along its course, None at its end."""
    main = [each for each in steps_from(state) if each.main and each.to != state]
    return main[0] if main else None
