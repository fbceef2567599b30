"""What a zoo does with a plan that it is asked about: answer for one animal, or accept all that are open."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.utils import timezone

from studbook.accounts.models import User
from studbook.institutions.models import Institution
from studbook.planning.answers.asked import Asked, Question, asked_of
from studbook.planning.answers.links import refuse_dead
from studbook.planning.answers.rules import (
    NotAskedError,
    SaysOtherwiseError,
    refuse_closed_plan,
    refuse_empty_answer,
    refuse_stranger,
    version_asked,
)
from studbook.planning.models import Answer, AnswerLink, Plan
from studbook.programmes.changes import Trail, changing, columns_of


def answer_row(
    plan: Plan,
    institution: Institution,
    *,
    row: int,
    said: str,
    word: str,
    reason: str = "",
    note: str = "",
    by: User,
    link: AnswerLink | None = None,
) -> Answer:
    """Answer for one animal of an institution. The same answer given again, by a second tap, stays one.

    `said` is the mark of what the person read. Through a link the right is not asked of the person's sign-in but of the
    link, under the lock too.
    """
    note = note.strip()
    reason = reason if word == Answer.Word.CANNOT else ""
    with _answering(plan, institution, by=by, link=link) as (trail, asked):
        refuse_empty_answer(word, reason, note)
        question = _question(asked, row, said)
        given = question.answer
        if (
            given
            and not question.is_overtaken
            and (given.word, given.reason, given.note) == (word, reason, note)
        ):
            return given
        made = Answer.objects.create(
            row=question.row,
            institution=institution,
            asked=version_asked(plan),
            word=word,
            reason=reason,
            note=note,
            by=by,
            through_link=link is not None,
        )
        trail.created([made])
        _note_use(trail, link)
    return made


def accept_open(
    plan: Plan,
    institution: Institution,
    *,
    lines: Mapping[int, str],
    by: User,
    link: AnswerLink | None = None,
) -> int:
    """Accept whatever is still open of what the person read, all or nothing; return how many answers were given."""
    with _answering(plan, institution, by=by, link=link) as (trail, asked):
        questions = [_question(asked, row, said) for row, said in lines.items()]
        version = version_asked(plan)
        made = [
            Answer(
                row=each.row,
                institution=institution,
                asked=version,
                word=Answer.Word.ACCEPT,
                by=by,
                through_link=link is not None,
            )
            for each in questions
            if each.is_open
        ]
        for each in made:
            each.save()
        trail.created(made)
        if made:
            _note_use(trail, link)
    return len(made)


@contextmanager
def _answering(
    plan: Plan, institution: Institution, *, by: User, link: AnswerLink | None
) -> Iterator[tuple[Trail, Asked]]:
    programme = plan.programme
    with changing(programme, "answer plan", by=by, alters_numbers=False) as trail:
        plan.refresh_from_db()
        if link:
            refuse_dead(link, plan, institution)
        else:
            refuse_stranger(by, programme, institution)
        refuse_closed_plan(plan)
        yield trail, asked_of(plan, institution)


def _question(asked: Asked, row: int, said: str) -> Question:
    question = asked.question(row)
    if question is None:
        raise NotAskedError(
            f"The plan asks {asked.institution} nothing about this animal any more. Open the page again to see what it asks."
        )
    if question.said != said:
        raise SaysOtherwiseError(question)
    return question


def _note_use(trail: Trail, link: AnswerLink | None) -> None:
    if link and link.used_at is None:
        before = columns_of(link)
        link.used_at = timezone.now()
        link.save(update_fields=["used_at"])
        trail.changed(link, before)
