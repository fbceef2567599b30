"""The pairs that the coordinator has chosen already: those of the open plan, and those that wait for a plan."""

from django.db.models import Q

from studbook.planning.models import RecommendationQuerySet
from studbook.planning.optimal.question import PairOfNumbers
from studbook.planning.plans.targets import open_plan
from studbook.programmes.models import Programme


def chosen_of(programme: Programme) -> RecommendationQuerySet:
    """Return the recommendations that are being worked on; one query."""
    found: RecommendationQuerySet = programme.recommendations.all().not_withdrawn()
    return found.filter(Q(plan__isnull=True) | Q(plan=open_plan(programme)))


def litters_chosen(programme: Programme) -> dict[PairOfNumbers, int]:
    """Return how many litters are chosen of which pair, by studbook numbers; two queries."""
    rows = chosen_of(programme).order_by("id")
    columns = ("sire__studbook_number", "dam__studbook_number", "litters")
    return {(sire, dam): litters for sire, dam, litters in rows.values_list(*columns)}
