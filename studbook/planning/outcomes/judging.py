"""From what the book shows and what people told to one state. The book wins; where the two differ, that is said.

Of a pair without young the book shows how far it came too: the further of that and of what was told counts. Why it was not
done people tell, so that their reason stays beside a step of the pair, unless the step is later than their word.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import cast

from django.utils import timezone

from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.planning.answers.refusals import REASONS
from studbook.planning.models import Answer, Outcome, Plan, PlanAnimal, Recommendation
from studbook.planning.outcomes.book import Book
from studbook.planning.outcomes.kinds import OPEN, Kind, Litters, Reading, State, Subject, Window
from studbook.reproduction.tried import Step

Reason = Outcome.Reason
STAGES = ("", *Outcome.Attempt.values)


@dataclass(frozen=True, slots=True)
class Case:
    """One recommendation before it is judged.

    `told` has the newest first; `replaced` if it was withdrawn in between; `refusal` is what a zoo of a pair answered that cannot.
    """

    kind: Kind
    subject: Subject
    plan: Plan
    window: Window
    replaced: bool
    told: Sequence[Outcome]
    book: Book
    refusal: Answer | None = None

    @property
    def pair(self) -> Recommendation:
        return cast(Recommendation, self.subject)

    @property
    def row(self) -> PlanAnimal:
        return cast(PlanAnimal, self.subject)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the book says of a recommendation: its state where it decides one, and the sentences."""

    state: str = OPEN
    reason: str = ""
    sentences: tuple[str, ...] = ()
    litters: Litters = field(default_factory=Litters)
    steps: tuple[Step, ...] = ()

    @property
    def furthest(self) -> Step | None:
        """The first step of the furthest stage that is on record."""
        return max(self.steps, key=lambda each: STAGES.index(each.stage), default=None)


def judge(case: Case) -> Reading:
    """Return what came of one recommendation."""
    shown = _SHOWN[case.kind](case)
    told = case.told[0] if case.told else None
    attempt = next((each.attempt for each in case.told if each.attempt), "")
    step = shown.furthest
    if step and STAGES.index(step.stage) < STAGES.index(attempt):
        step = None
    attempt = str(step.stage) if step else attempt
    state, reason = _state(case, shown, told, attempt)
    refusal = case.refusal if _is_unexplained(case, shown, state, attempt) else None
    return Reading(
        kind=case.kind,
        subject=case.subject,
        plan=case.plan,
        window=case.window,
        state=state,
        by_book=bool(shown.state) or (state == State.ATTEMPTED and step is not None),
        withdrawn=case.replaced,
        attempt=attempt,
        step=step,
        reason=REASONS[refusal.reason] if refusal else reason,
        refusal=refusal,
        shown=shown.sentences,
        contradiction=_contradiction(case.kind, shown, told, state),
        told=tuple(case.told),
        litters=shown.litters,
        places=_places(case),
    )


def _state(case: Case, shown: Shown, told: Outcome | None, attempt: str) -> tuple[str, str]:
    if shown.state:
        of_people = told.reason if told and told.state == shown.state == State.NOT_DONE else ""
        return shown.state, shown.reason or of_people
    if case.replaced:
        return State.REPLACED, ""
    if told and told.state in (State.NOT_DONE, State.REPLACED) and not _tried_since(shown, told):
        return told.state, told.reason
    if attempt:
        return State.ATTEMPTED, ""
    ended = case.plan.closed_on is not None
    return (State.NOT_DONE if ended else OPEN), ""


def _tried_since(shown: Shown, told: Outcome) -> Step | None:
    """Return the last step of a pair that is later than the day on which it was told as not done."""
    if told.state != State.NOT_DONE:
        return None
    day = told.on or timezone.localdate(told.at)
    return next((each for each in reversed(shown.steps) if each.on.middle > day), None)


def _is_unexplained(case: Case, shown: Shown, state: str, attempt: str) -> bool:
    """Tell whether a pair was not done and neither the book nor a person says anything of it."""
    happened = shown.state or attempt or shown.litters.conceived or shown.litters.possible
    return state == State.NOT_DONE and not (case.told or happened)


def _contradiction(kind: Kind, shown: Shown, told: Outcome | None, state: str) -> str:
    if told is None:
        return ""
    if state == State.ATTEMPTED and (since := _tried_since(shown, told)):
        return f"It was told as not done, and the book shows that it was tried after that. {since.words}"
    if told.state == State.FULFILLED and shown.state != State.FULFILLED:
        return _MISSING[kind]
    if shown.state == State.FULFILLED and told.state in (State.NOT_DONE, State.REPLACED):
        return f"It was told as {told.get_state_display()}, and the book shows that it came true."
    return ""


_MISSING = {
    Kind.BREED: "It was told as fulfilled, and the book has no young of this pair. Log the birth, or tell it anew.",
    Kind.SEND: "It was told as fulfilled, and the book has no arrival there. Log the transfer, or tell it anew.",
    Kind.HOLD: "",
    Kind.NO_BREEDING: "",
}


def _pair(case: Case) -> Shown:
    pair = case.pair
    litters = case.book.litters(pair, case.window)
    sentences = _litter_sentences(litters)
    if litters.born:
        return Shown(State.FULFILLED, "", sentences, litters)
    # A banked sample outlives its donor.
    needed = [pair.dam] if pair.method == Recommendation.Method.BANKED else [pair.sire, pair.dam]
    deaths = _deaths(needed, case.window)
    state, steps = State.NOT_DONE if deaths else OPEN, case.book.tried(pair, case.window)
    return Shown(state, _died(deaths), sentences + deaths, litters, steps)


def _send(case: Case) -> Shown:
    row = case.row
    if stay := case.book.arrival(row.animal_id, row.destination_id, case.window):
        return Shown(State.FULFILLED, sentences=(f"Arrived at {stay.institution} on {stay.start}.",))
    deaths = _deaths([row.animal], case.window)
    return Shown(State.NOT_DONE if deaths else OPEN, _died(deaths), deaths)


def _hold(case: Case) -> Shown:
    row, window = case.row, case.window
    place = case.book.place_on(row.animal_id, window.since)
    if left := place and case.book.departure(row.animal_id, place, window):
        return Shown(State.NOT_DONE, sentences=(f"Left {place} for {left.institution} on {left.start}.",))
    if deaths := _deaths([row.animal], window):
        return Shown(State.NOT_DONE, Reason.DIED, deaths)
    if place is None or case.plan.closed_on is None or case.replaced:
        return Shown()
    if case.book.place_on(row.animal_id, case.plan.closed_on) == place:
        return Shown(State.FULFILLED, sentences=(f"Was at {place} until the plan's close.",))
    return Shown()


def _no_breeding(case: Case) -> Shown:
    row = case.row
    litters = case.book.young_of(row.animal_id, case.window)
    # Young conceived before the plan was no longer the zoo's to prevent.
    if litters.conceived:
        return Shown(State.NOT_DONE, "", _named("Young conceived in spite of it", litters.conceived), litters)
    if case.replaced or case.plan.closed_on is None:
        return Shown(litters=litters)
    return Shown(State.FULFILLED, "", ("No young was conceived until the plan's close.",), litters)


_SHOWN: dict[Kind, Callable[[Case], Shown]] = {
    Kind.BREED: _pair,
    Kind.SEND: _send,
    Kind.HOLD: _hold,
    Kind.NO_BREEDING: _no_breeding,
}


def _litter_sentences(litters: Litters) -> tuple[str, ...]:
    late = tuple(each for each in litters.conceived if each not in litters.born)
    early = tuple(each for each in litters.born if each not in litters.conceived)
    return (
        *_named("Born", litters.born),
        *_named("Conceived before the recommendation", early),
        *_named("Conceived in time and born after it, so counted for no plan but the next", late),
        *_named("Possibly of this pair, and not counted while a parent is uncertain", litters.possible),
    )


def _named(words: str, young: Sequence[Animal]) -> tuple[str, ...]:
    names = ", ".join(f"{each} ({each.birth})" for each in young)
    return (f"{words}: {names}.",) if young else ()


def _deaths(animals: Sequence[Animal], window: Window) -> tuple[str, ...]:
    return tuple(
        f"{each} died on {each.death}." for each in animals if each.death and window.holds(each.death.middle)
    )


def _died(deaths: tuple[str, ...]) -> str:
    return Reason.DIED if deaths else ""


def _places(case: Case) -> tuple[Institution, ...]:
    """Return the zoos it was asked of: who held each animal when it came into force."""
    on = case.window.since
    if isinstance(case.subject, PlanAnimal):
        places = [case.book.place_on(case.subject.animal_id, on)]
    else:
        pair = case.subject
        places = [
            case.book.place_on(pair.sire_id, on) or pair.sire_holder,
            case.book.place_on(pair.dam_id, on) or pair.dam_holder,
        ]
    return tuple(dict.fromkeys(place for place in places if place))
