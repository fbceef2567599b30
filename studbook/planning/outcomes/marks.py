"""What came of the pairs and rows of a published plan, as marks on its page."""

from django.http import HttpRequest

from studbook.core.panels import Context
from studbook.planning.models import Plan, PlanAnimal, Recommendation
from studbook.planning.outcomes.kinds import Reading, Subject
from studbook.planning.outcomes.reading import readings_of_plan


def pair_marks(request: HttpRequest, plan: Plan) -> dict[int, Context]:
    """Mark each pair of a published plan with what came of it."""
    return _marks(plan, Recommendation)


def row_marks(request: HttpRequest, plan: Plan) -> dict[int, Context]:
    """Mark each row of a published plan with what came of where its animal shall be, and of its rest."""
    return _marks(plan, PlanAnimal)


def _marks(plan: Plan, of: type[Subject]) -> dict[int, Context]:
    found: dict[int, list[Reading]] = {}
    for each in readings_of_plan(plan, of=[of]) if plan.published_on else ():
        found.setdefault(each.subject.pk, []).append(each)
    return {key: {"readings": several} for key, several in found.items()}
