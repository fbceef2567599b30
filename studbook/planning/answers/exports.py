"""The answers to a plan as a file: a line for each animal and institution, also where no answer came."""

from collections.abc import Iterator

from studbook.core.downloads import Cell, Table, neutral
from studbook.planning.answers.asked import Question, asked_in
from studbook.planning.models import Plan

COLUMNS = (
    *("institution", "animal", "house_name", "disposition", "destination", "breeding", "with"),
    *("answer", "reason", "note", "by", "at", "through_link", "version", "late", "changed_since"),
)


def answer_table(plan: Plan) -> Table:
    return Table(COLUMNS, _lines(plan))


def _lines(plan: Plan) -> Iterator[list[Cell]]:
    for asked in asked_in(plan):
        for question in asked.questions:
            yield [neutral(cell) for cell in (*_question(question), *_answer(question))]


def _question(question: Question) -> tuple[Cell, ...]:
    animal = question.animal
    place = question.place if question.coming else question.row.destination if question.is_sent else None
    return (
        question.institution.name,
        animal.studbook_number,
        animal.house_name,
        question.disposition,
        place.name if place else "",
        question.breeding,
        " ".join(each.animal.studbook_number for each in question.mates),
    )


def _answer(question: Question) -> tuple[Cell, ...]:
    answer = question.answer
    if answer is None:
        return ("",) * 9
    return (
        answer.word,
        answer.get_reason_display() if answer.reason else "",
        answer.note,
        str(answer.by),
        answer.at.isoformat(timespec="minutes"),
        "yes" if answer.through_link else "no",
        str(answer.asked.number),
        "yes" if question.is_late else "no",
        "yes" if question.is_overtaken else "no",
    )
