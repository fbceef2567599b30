"""Recommendations follow an animal whose two records are merged."""

from django.db.models import Q
from django.utils import timezone

from studbook.animals.correcting.pointing import on_merge, rows_follow
from studbook.animals.correcting.rewriting import rewrite
from studbook.animals.models import Animal
from studbook.planning.models import Plan, PlanAnimal, Recommendation
from studbook.programmes.changes import Trail

OF_ENDED = Q(plan__state__in=[Plan.State.CLOSED, Plan.State.DISCARDED])


def follow_merges() -> None:
    """Let recommendations and the rows of plans follow; those that count no more keep no record from being void."""
    on_merge(_let_doubles_rest, Recommendation, PlanAnimal)
    rows_follow(Recommendation, closed=Q(withdrawn_at__isnull=False) | OF_ENDED)
    rows_follow(PlanAnimal, closed=Q(removed_at__isnull=False) | OF_ENDED)


def _let_doubles_rest(trail: Trail, kept: Animal, other: Animal) -> None:
    """Let what an ended plan says of both records stand once: nobody can take one of the two back there any more."""
    rows, now = PlanAnimal.objects.filter(OF_ENDED, removed_at=None), timezone.now()
    for row in rows.filter(animal=other, plan__in=rows.filter(animal=kept).values("plan")):
        rewrite(trail, row, removed_at=now)
    pairs = Recommendation.objects.not_withdrawn().filter(OF_ENDED)
    standing = {(each.plan_id, each.sire_id, each.dam_id) for each in pairs.of_animal(kept)}
    for pair in pairs.of_animal(other):
        sire, dam = (kept.pk if key == other.pk else key for key in (pair.sire_id, pair.dam_id))
        if (pair.plan_id, sire, dam) in standing:
            rewrite(trail, pair, withdrawn_at=now)
