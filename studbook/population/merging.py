"""What overlays assume and lineages name follows an animal whose two records are merged."""

from django.db.models import Q

from studbook.animals.correcting.pointing import rows_follow
from studbook.population.models import AssumedParent, Assumption, LineageFounder


def follow_merges() -> None:
    """Let them follow; those of archived overlays keep no record from being void."""
    rows_follow(Assumption, closed=Q(overlay__archived_at__isnull=False))
    rows_follow(AssumedParent, closed=Q(assumption__overlay__archived_at__isnull=False))
    rows_follow(LineageFounder)
