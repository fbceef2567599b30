"""What came of the pairs and rows of a published plan, as marks on its page."""

from collections.abc import Iterable

from django.http import HttpRequest

from studbook.core.panels import Context
from studbook.planning.models import Plan, Recommendation
from studbook.planning.outcomes.kinds import Reading
from studbook.planning.outcomes.reading import readings_of_plan


def pair_marks(request: HttpRequest, plan: Plan) -> dict[int, Context]:
    """Mark each pair of a published plan with what came of it."""
    return _by_key(each for each in _readings(plan) if isinstance(each.subject, Recommendation))


def row_marks(request: HttpRequest, plan: Plan) -> dict[int, Context]:
    """Mark each row of a published plan with what came of where its animal shall be, and of its rest."""
    return _by_key(each for each in _readings(plan) if not isinstance(each.subject, Recommendation))


def _readings(plan: Plan) -> tuple[Reading, ...]:
    return readings_of_plan(plan) if plan.published_on else ()


def _by_key(readings: Iterable[Reading]) -> dict[int, Context]:
    found: dict[int, list[Reading]] = {}
    for each in readings:
        found.setdefault(each.subject.pk, []).append(each)
    return {key: {"readings": several} for key, several in found.items()}
