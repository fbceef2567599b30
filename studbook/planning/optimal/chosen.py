"""The pairs that the coordinator has chosen already: those of the open plan, and those that wait for a plan."""

from django.db.models import Q

from studbook.planning.models import Plan, RecommendationQuerySet
from studbook.planning.optimal.question import PairOfNumbers
from studbook.programmes.models import Programme


def open_plan_of(programme: Programme) -> Plan | None:
    """Return the plan in work, else the one in force; one query."""
    open_plans = list(Plan.objects.filter(programme=programme, state__in=Plan.OPEN))
    return min(open_plans, key=lambda plan: not plan.is_in_work, default=None)


def chosen_of(programme: Programme) -> RecommendationQuerySet:
    """Return the recommendations that are being worked on; one query."""
    found: RecommendationQuerySet = programme.recommendations.all().not_withdrawn()
    return found.filter(Q(plan__isnull=True) | Q(plan=open_plan_of(programme)))


def litters_chosen(programme: Programme) -> dict[PairOfNumbers, int]:
    """Return how many litters are chosen of which pair, by studbook numbers; two queries."""
    rows = chosen_of(programme).order_by("id")
    columns = ("sire__studbook_number", "dam__studbook_number", "litters")
    return {(sire, dam): litters for sire, dam, litters in rows.values_list(*columns)}
