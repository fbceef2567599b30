"""What the first page of the room reads: the open pairs and what was done last."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from studbook.programmes.models import Programme
from studbook.reproduction.models import Mating, Pairing, Procedure
from studbook.reproduction.pairings.queries import open_pairs

MOST_LISTED, LATELY = 12, 30


@dataclass(frozen=True, slots=True)
class Overview:
    """The first of each, and how many there are in all; `matings` and `procedures` of the days since `since` are counted."""

    pairs: list[Pairing]
    pair_count: int
    matings_lately: int
    procedures: list[Procedure]
    procedures_lately: int
    since: date


def overview_of(programme: Programme) -> Overview:
    """Put the page together; five queries."""
    pairs, since = open_pairs(programme), timezone.localdate() - timedelta(days=LATELY)
    procedures = Procedure.objects.standing().filter(programme=programme)
    matings = Mating.objects.standing().filter(programme=programme, date_latest__gte=since)
    return Overview(
        list(pairs[:MOST_LISTED]),
        pairs.count(),
        matings.count(),
        list(procedures.select_related("programme", "animal", "institution")[:MOST_LISTED]),
        procedures.filter(date_latest__gte=since).count(),
        since,
    )
