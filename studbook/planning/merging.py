"""Recommendations follow an animal whose two records are merged."""

from django.db.models import Q

from studbook.animals.correcting.pointing import rows_follow
from studbook.planning.models import Plan, PlanAnimal, Recommendation


def follow_merges() -> None:
    """Let recommendations and the rows of plans follow; those that count no more keep no record from being void."""
    ended = Q(plan__state__in=[Plan.State.CLOSED, Plan.State.DISCARDED])
    rows_follow(Recommendation, closed=Q(withdrawn_at__isnull=False) | ended)
    rows_follow(PlanAnimal, closed=Q(removed_at__isnull=False) | ended)
