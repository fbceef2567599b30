"""Who has answered a plan: each institution with its answers, the people who are asked, and when they were."""

from dataclasses import dataclass
from datetime import datetime

from studbook.accounts.models import User
from studbook.planning.answers.asked import Asked, asked_in
from studbook.planning.answers.links import representatives_of
from studbook.planning.answers.telling import ToTell, to_tell
from studbook.planning.models import AnswerLink, Plan
from studbook.planning.wording import counted


@dataclass(frozen=True, slots=True)
class ZooLine:
    """One institution: what it is asked, its representatives, when they were sent a link and reminded last."""

    asked: Asked
    people: tuple[User, ...]
    sent_at: datetime | None
    reminded_at: datetime | None

    @property
    def is_answered(self) -> bool:
        return not self.asked.open


@dataclass(frozen=True, slots=True)
class Overview:
    """All institutions of a plan, those that have not answered first; `change` is None where the last version is none."""

    zoos: tuple[ZooLine, ...]
    change: ToTell | None = None

    @property
    def questions(self) -> int:
        return sum(len(each.asked.questions) for each in self.zoos)

    @property
    def animals(self) -> int:
        """How many animals the questions are about; one that moves is asked of at both institutions."""
        return len({each.animal.pk for zoo in self.zoos for each in zoo.asked.questions})

    @property
    def asked_note(self) -> str:
        questions = "question" if self.questions == 1 else "questions"
        twice = "; one that moves is asked of at both institutions" if self.questions > self.animals else ""
        return f"{questions} on {counted(self.animals, 'animal')}{twice}"

    @property
    def open(self) -> int:
        return sum(len(each.asked.open) for each in self.zoos)

    @property
    def accepted(self) -> int:
        return sum(each.asked.accepted for each in self.zoos)

    @property
    def refused(self) -> int:
        return sum(each.asked.refused for each in self.zoos)

    @property
    def proposed(self) -> int:
        return sum(each.asked.proposed for each in self.zoos)

    @property
    def waiting(self) -> tuple[ZooLine, ...]:
        return tuple(each for each in self.zoos if each.asked.open)

    @property
    def answered(self) -> tuple[ZooLine, ...]:
        return tuple(each for each in self.zoos if each.is_answered)

    @property
    def unrepresented(self) -> tuple[ZooLine, ...]:
        return tuple(each for each in self.zoos if not each.people)


def overview_of(plan: Plan) -> Overview:
    """Return who has answered; eight queries, and those of `to_tell`, however many institutions."""
    asked = asked_in(plan)
    people = representatives_of(plan.programme, asked)
    sent, reminded = _last_links(plan)
    zoos = (
        ZooLine(
            each,
            tuple(people.get(each.institution.pk, ())),
            sent.get(each.institution.pk),
            reminded.get(each.institution.pk),
        )
        for each in asked
    )
    linked = {
        key: max(at[key] for at in (sent, reminded) if key in at) for key in sent.keys() | reminded.keys()
    }
    return Overview(tuple(sorted(zoos, key=lambda each: each.is_answered)), to_tell(plan, linked))


def _last_links(plan: Plan) -> tuple[dict[int, datetime], dict[int, datetime]]:
    sent: dict[int, datetime] = {}
    reminded: dict[int, datetime] = {}
    for link in AnswerLink.objects.filter(plan=plan).order_by("made_at"):
        (reminded if link.is_reminder else sent)[link.institution_id] = link.made_at
    return sent, reminded
