"""What the first page of a programme, and the page of a plan, tell of what zoos are asked and answered."""

from django.http import HttpRequest

from studbook.accounts.rights import INSTITUTION, Right
from studbook.core.panels import Context
from studbook.planning.answers.asked import Question, asked_in
from studbook.planning.answers.rules import ANSWERED_IN, is_answered
from studbook.planning.models import Plan
from studbook.programmes.access import standing_in
from studbook.programmes.models import Programme


def asked_panel(request: HttpRequest, programme: Programme) -> Context | None:
    """Lead to what the person's own zoos are asked; nothing for those who answer for none."""
    zoos = standing_in(request).institutions(Right.ANSWER, INSTITUTION)
    if not zoos:
        return None
    waiting = [
        (plan, asked)
        for plan in programme.plans.filter(state__in=ANSWERED_IN)
        for asked in asked_in(plan)
        if asked.institution.pk in zoos
    ]
    return {"programme": programme, "waiting": waiting} if waiting else None


def followed_panel(request: HttpRequest, plan: Plan) -> Context | None:
    """Lead from a plan that was sent out to what the zoos answered, and to what came of it once it was published."""
    is_asked, is_published = plan.state in ANSWERED_IN, plan.published_on is not None
    if not (is_asked or is_published):
        return None
    return {"programme": plan.programme, "plan": plan, "is_published": is_published}


def answer_marks(request: HttpRequest, plan: Plan) -> dict[int, Context]:
    """Mark each row of a plan that takes answers with what its institutions answered; five queries."""
    marks: dict[int, list[Question]] = {}
    if is_answered(plan):
        for asked in asked_in(plan):
            for question in asked.questions:
                marks.setdefault(question.row.pk, []).append(question)
    return {key: {"questions": questions} for key, questions in marks.items()}
