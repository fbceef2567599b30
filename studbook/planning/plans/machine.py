"""The life of a plan as data: its steps, from which states into which, and what each freezes.

Actions, pages and tests read this table; what it does not allow nobody can do. `docs/plans.md` tells it in prose.
"""

from dataclasses import dataclass

from studbook.planning.models import Plan, PlanVersion

State = Plan.State
Kind = PlanVersion.Kind
LABELS = {
    State.DRAFT: "Draft",
    State.COMMENTS: "Comments",
    State.FINAL: "Final",
    State.CLOSED: "Closed",
}
COURSE = tuple(LABELS)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the coordinator does with a plan; `freezes` is the kind of version that it leaves. `verb` is what the trail says."""

    key: str
    verb: str
    label: str
    about: str
    of: tuple[Plan.State, ...]
    to: Plan.State
    freezes: PlanVersion.Kind | None = None


STEPS = {
    step.key: step
    for step in (
        Step(
            "circulate",
            "circulate plan",
            "Circulate for comments",
            "A version is frozen, and the institutions may answer until a day. You send them the e-mails from “Answers of the zoos”.",
            (State.DRAFT, State.COMMENTS),
            State.COMMENTS,
            Kind.DRAFT,
        ),
        Step(
            "take-back",
            "take plan back to draft",
            "Take back to draft",
            "The time for comments ends. What was answered stays.",
            (State.COMMENTS,),
            State.DRAFT,
        ),
        Step(
            "publish",
            "publish plan",
            "Publish",
            "The final version is frozen and in force. Each SEND TO becomes a proposal of a transfer.",
            (State.DRAFT, State.COMMENTS),
            State.FINAL,
            Kind.FINAL,
        ),
        Step(
            "change",
            "publish interim change",
            "Publish the change",
            "What was changed since the last version is frozen in a new one, with a note why. You tell the institutions concerned from “Answers of the zoos”.",
            (State.FINAL,),
            State.FINAL,
            Kind.INTERIM,
        ),
        Step(
            "close",
            "close plan",
            "Close",
            "The plan ends. A last version is frozen; its pairs stand no longer.",
            (State.FINAL,),
            State.CLOSED,
            Kind.CLOSING,
        ),
        Step(
            "discard",
            "discard plan",
            "Discard",
            "The draft will not be published. It stays to be read, and its pairs stand no longer.",
            (State.DRAFT, State.COMMENTS),
            State.DISCARDED,
        ),
    )
}


def steps_from(state: str) -> list[Step]:
    """Return the steps that can be taken from a state, in the order of the table."""
    return [each for each in STEPS.values() if state in each.of]
