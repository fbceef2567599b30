"""What overlays assume, lineages name and baskets try follows an animal whose two records are merged."""

from django.db.models import Q

from studbook.animals.correcting.pointing import rows_follow
from studbook.population.models import (
    AssumedParent,
    Assumption,
    BasketKinship,
    BasketStep,
    LineageFounder,
)


def follow_merges() -> None:
    """Let them follow; those of archived overlays keep no record from being void."""
    rows_follow(Assumption, closed=Q(overlay__archived_at__isnull=False))
    rows_follow(AssumedParent, closed=Q(assumption__overlay__archived_at__isnull=False))
    rows_follow(LineageFounder)
    # What is only tried never stands in the way of the book: a basket says at its step what cannot be any more.
    rows_follow(BasketStep, closed=Q(pk__isnull=False), may_stay=True)
    rows_follow(BasketKinship, closed=Q(pk__isnull=False), may_stay=True)
