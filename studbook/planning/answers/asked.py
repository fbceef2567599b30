"""What each institution is asked: the animals it holds or shall receive, what the plan says of them, its answers so far."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from studbook.animals.models import Animal, Holding
from studbook.institutions.models import Institution
from studbook.planning.answers.changes import changed_since
from studbook.planning.models import Answer, Plan, PlanAnimal, Recommendation
from studbook.planning.plans.lines import HOLD, RECEIVE_FROM, SEND_TO, breeding_word
from studbook.planning.stays import open_stays, place_of

DIGITS = 16


@dataclass(frozen=True, slots=True)
class Mate:
    """A pair of an animal, seen from it: the other animal and where that is."""

    pair: Recommendation
    animal: Animal
    place: Institution | None


@dataclass(frozen=True, slots=True)
class Question:
    """What one institution is asked about one animal, and what it answered, the newest first.

    `disposition` is what the plan says to this institution, `place` where the animal comes from or is; `beside` is what the
    other institution of a transfer answered last. `changed_at` is when what the plan says of the animal was last changed, None if never.
    """

    row: PlanAnimal
    institution: Institution
    disposition: str
    place: Institution | None
    has_arrived: bool
    local_id: str
    mates: tuple[Mate, ...]
    answers: tuple[Answer, ...]
    beside: Answer | None
    changed_at: datetime | None

    @property
    def animal(self) -> Animal:
        return self.row.animal

    @property
    def coming(self) -> bool:
        """Tell whether the institution shall receive it, or has by now."""
        return self.disposition == RECEIVE_FROM

    @property
    def breeding(self) -> str:
        """What the plan says of its breeding, in the word that plans are printed with."""
        return breeding_word(self.row.breeding, [each.pair.if_possible for each in self.mates])

    @property
    def answer(self) -> Answer | None:
        """The answer that counts."""
        return self.answers[0] if self.answers else None

    @property
    def earlier(self) -> tuple[Answer, ...]:
        return self.answers[1:]

    @property
    def is_overtaken(self) -> bool:
        """Tell whether the plan says something else since the answer."""
        return bool(self.answer and self.changed_at and self.changed_at > self.answer.at)

    @property
    def is_open(self) -> bool:
        """Tell whether an answer is waited for: there is none, or it was to something else."""
        return self.answer is None or self.is_overtaken

    @property
    def is_late(self) -> bool:
        by = self.row.plan.reply_by
        return bool(self.answer and by and self.answer.at.date() > by)

    @property
    def is_sent(self) -> bool:
        return self.disposition == SEND_TO

    @property
    def rests(self) -> bool:
        return self.row.breeding == PlanAnimal.Breeding.DO_NOT_BREED

    @property
    def see_notes(self) -> bool:
        return self.row.breeding == PlanAnimal.Breeding.SEE_NOTES

    @property
    def said(self) -> str:
        """A mark of what the plan says of the animal: an answer names it, so that it is to this and nothing else."""
        row = self.row
        words: list[object] = [row.pk, row.disposition, row.destination_id, row.breeding, row.notes]
        words += [
            (each.pair.pk, each.pair.method, each.pair.if_possible, each.pair.litters, each.pair.notes)
            for each in self.mates
        ]
        return hashlib.sha256(repr(words).encode()).hexdigest()[:DIGITS]


@dataclass(frozen=True, slots=True)
class Asked:
    """One institution with all it is asked."""

    institution: Institution
    questions: tuple[Question, ...]

    @property
    def open(self) -> tuple[Question, ...]:
        return tuple(each for each in self.questions if each.is_open)

    @property
    def answered(self) -> int:
        return len(self.questions) - len(self.open)

    def count(self, word: str) -> int:
        """Count the answers of one kind that still hold."""
        return sum(
            not each.is_open and each.answer is not None and each.answer.word == word
            for each in self.questions
        )

    @property
    def accepted(self) -> int:
        return self.count(Answer.Word.ACCEPT)

    @property
    def refused(self) -> int:
        return self.count(Answer.Word.CANNOT)

    @property
    def proposed(self) -> int:
        return self.count(Answer.Word.PROPOSE)

    def question(self, row: int) -> Question | None:
        return next((each for each in self.questions if each.row.pk == row), None)


def asked_in(plan: Plan) -> tuple[Asked, ...]:
    """Return what every institution with animals in a plan is asked, by name; five queries."""
    rows = list(
        plan.animals.filter(removed_at=None).select_related("animal", "destination", "transfer__sender")
    )
    rows = [row for row in rows if row.animal.is_living]
    rows.sort(key=lambda row: (row.animal.number_order, row.animal.studbook_number))
    pairs = list(plan.recommendations.select_related("sire", "dam").order_by("priority", "pk"))
    animals = [row.animal for row in rows] + [each for pair in pairs for each in (pair.sire, pair.dam)]
    stays = open_stays(animals)
    mates, answers = _mates(pairs, stays), _answers(plan)
    changed = changed_since(rows, pairs)
    gathered: dict[Institution, list[Question]] = defaultdict(list)
    for row in rows:
        stay = stays.get(row.animal_id)
        for place, disposition, where in _places(row, stay):
            of_row = answers.get(row.pk, [])
            gathered[place].append(
                Question(
                    row=row,
                    institution=place,
                    disposition=disposition,
                    place=where,
                    has_arrived=row.destination is not None and row.destination == place_of(stay),
                    local_id=stay.local_id if stay and stay.institution_id == place.pk else "",
                    mates=tuple(mates.get(row.animal_id, ())),
                    answers=tuple(each for each in of_row if each.institution_id == place.pk),
                    beside=next((each for each in of_row if each.institution_id != place.pk), None),
                    changed_at=changed.get(row.pk),
                )
            )
    names = sorted(gathered, key=lambda place: (place.name.casefold(), place.pk))
    return tuple(Asked(place, tuple(gathered[place])) for place in names)


def asked_of(plan: Plan, institution: Institution) -> Asked:
    """Return what one institution is asked; nothing where it has no animal in the plan."""
    found = (each for each in asked_in(plan) if each.institution == institution)
    return next(found, Asked(institution, ()))


def _places(row: PlanAnimal, stay: Holding | None) -> Iterable[tuple[Institution, str, Institution | None]]:
    """Yield whom a row asks, what it says to them, and where the animal is to them: as the rows of the plan do."""
    here = place_of(stay)
    sender = row.transfer.sender if row.transfer else here
    if row.destination is None or row.destination == sender:
        if here:
            yield here, HOLD, here
        return
    if sender:
        yield sender, SEND_TO, here
    yield row.destination, RECEIVE_FROM, sender


def _mates(pairs: Iterable[Recommendation], stays: dict[int, Holding]) -> dict[int, list[Mate]]:
    mates: dict[int, list[Mate]] = defaultdict(list)
    for pair in pairs:
        if pair.withdrawn_at is None:
            mates[pair.sire_id].append(Mate(pair, pair.dam, place_of(stays.get(pair.dam_id))))
            mates[pair.dam_id].append(Mate(pair, pair.sire, place_of(stays.get(pair.sire_id))))
    return mates


def _answers(plan: Plan) -> dict[int, list[Answer]]:
    answers: dict[int, list[Answer]] = defaultdict(list)
    found = Answer.objects.filter(row__plan=plan).select_related("by", "asked", "institution")
    for each in found.order_by("-at", "-pk"):
        answers[each.row_id].append(each)
    return answers
