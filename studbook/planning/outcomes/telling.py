"""What people tell of a recommendation: tried in some way that is not on record, not done for a reason, replaced. What the book shows nobody tells."""

from datetime import date

from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import Right, standing_of
from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.core.keys import key_of
from studbook.planning.models import Outcome, Plan, PlanAnimal, Recommendation
from studbook.planning.outcomes.kinds import Subject
from studbook.planning.outcomes.reading import outcome_of
from studbook.planning.stays import open_stays
from studbook.programmes.changes import changing
from studbook.programmes.models import Programme


class NotTheirsToTellError(StudbookError):
    """No plan recommended this, or it is of animals of other zoos; both are answered alike."""

    status = 404

    def __init__(self) -> None:
        super().__init__(
            "There is no recommendation here of which you may tell. Choose one from the outcomes page."
        )


def tell_outcome(
    programme: Programme,
    *,
    key: str,
    state: str,
    attempt: str = "",
    reason: str = "",
    note: str = "",
    on: date | None = None,
    by: User,
) -> Outcome:
    """Tell what came of a pair or of an animal's row. The same told again, by a second tap, stays one."""
    note = note.strip()
    attempt = attempt if state == Outcome.State.ATTEMPTED else ""
    reason = reason if state == Outcome.State.NOT_DONE else ""
    with changing(programme, "tell outcome", by=by, alters_numbers=False, reason=note) as trail:
        subject = subject_of(programme, key)
        _refuse_stranger(programme, subject, by)
        _refuse_unclear(subject, state, attempt, reason, note)
        _refuse_other_days(subject, on)
        of = {"pair": subject} if isinstance(subject, Recommendation) else {"row": subject}
        last = Outcome.objects.filter(**of).order_by("-at", "-pk").first()
        told = (state, attempt, reason, note, on)
        if last and (last.state, last.attempt, last.reason, last.note, last.on) == told:
            return last
        made = Outcome.objects.create(
            **of, state=state, attempt=attempt, reason=reason, note=note, on=on, by=by
        )
        trail.created([made])
    return made


def subject_of(programme: Programme, key: str) -> Subject:
    """Return the pair or row that an address names, where a published plan of the programme has it."""
    noun, _, number = key.partition("-")
    here = {"pk": key_of(number), "plan__programme": programme, "plan__state__in": Plan.PUBLISHED}
    found: Subject | None = None
    if noun == "pair":
        found = Recommendation.objects.select_related("plan__programme", "sire", "dam").filter(**here).first()
    elif noun == "row":
        found = PlanAnimal.objects.select_related("plan__programme", "animal").filter(**here).first()
    if found is None:
        raise NotTheirsToTellError
    return found


def animals_of(subject: Subject) -> list[Animal]:
    return [subject.sire, subject.dam] if isinstance(subject, Recommendation) else [subject.animal]


def _refuse_stranger(programme: Programme, subject: Subject, by: User) -> None:
    standing = standing_of(by, programme.pk)
    if Right.ANSWER in standing:
        return
    reading = outcome_of(subject)
    asked = {place.pk for place in reading.places} if reading else set()
    now = {stay.institution_id for stay in open_stays(animals_of(subject)).values()}
    coming = {subject.destination_id} if isinstance(subject, PlanAnimal) else set()
    if not any(standing.may_for(Right.ANSWER, place) for place in asked | now | coming):
        raise NotTheirsToTellError


def _refuse_unclear(subject: Subject, state: str, attempt: str, reason: str, note: str) -> None:
    if state == Outcome.State.ATTEMPTED:
        if isinstance(subject, PlanAnimal):
            raise StudbookError("Only a pair is tried; of an animal say whether it was done.", field="state")
        if not attempt:
            raise StudbookError(
                "Say how far it came: introduced, mated, inseminated or pregnant.", field="attempt"
            )
    if state == Outcome.State.NOT_DONE and not reason:
        raise StudbookError("Say why it was not done: choose a reason.", field="reason")
    if reason == Outcome.Reason.OTHER and not note:
        raise StudbookError("Write which other reason it was.", field="note")


def _refuse_other_days(subject: Subject, on: date | None) -> None:
    if on is None:
        return
    began = subject.plan.published_on if subject.plan else None
    if on > timezone.localdate():
        raise StudbookError(f"{on} lies in the future. Give the day on which it happened.", field="on")
    if began and on < began:
        raise StudbookError(
            f"{on} lies before {began}, when the plan came into force. Correct the day.", field="on"
        )
