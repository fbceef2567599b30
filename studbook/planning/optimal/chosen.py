"""The pairs that the coordinator has chosen already: those of the plan in work, and those that wait for a plan."""

from django.db.models import Q

from studbook.planning.models import Plan, RecommendationQuerySet
from studbook.planning.optimal.question import PairOfNumbers
from studbook.programmes.models import Programme


def chosen_of(programme: Programme) -> RecommendationQuerySet:
    """Return the recommendations that are being worked on."""
    found: RecommendationQuerySet = programme.recommendations.all().not_withdrawn()
    return found.filter(Q(plan__isnull=True) | Q(plan__state__in=Plan.IN_WORK))


def litters_chosen(programme: Programme) -> dict[PairOfNumbers, int]:
    """Return how many litters are chosen of which pair, by studbook numbers; one query."""
    rows = chosen_of(programme).order_by("id")
    columns = ("sire__studbook_number", "dam__studbook_number", "litters")
    return {(sire, dam): litters for sire, dam, litters in rows.values_list(*columns)}
