"""Recommendations follow an animal whose two records are merged."""

from django.db.models import Q

from studbook.animals.correcting.pointing import rows_follow
from studbook.planning.models import Recommendation


def follow_merges() -> None:
    """Let recommendations follow; withdrawn ones keep no record from being void."""
    rows_follow(Recommendation, closed=Q(withdrawn_at__isnull=False))
