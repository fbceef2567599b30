"""The programme's recommended pairs whose plan is over, and what came of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from studbook.animals.models import Animal
from studbook.planning.models import Outcome, Plan, Recommendation
from studbook.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class PastPair:
    """A pair that a plan recommended from `day` to `until`, and whether it had young in these days."""

    pair: Recommendation
    day: date
    until: date
    fulfilled: bool
    plan: Plan


def history_of(programme: Programme) -> tuple[PastPair, ...]:
    """Return the pairs of closed plans, the oldest plan first; three queries.

    A pair that was withdrawn or replaced had not its time, and is left out.
    """
    told = Prefetch("outcomes", Outcome.objects.order_by("at", "pk"))
    pairs = (
        Recommendation.objects.not_withdrawn()
        .filter(programme=programme, plan__state=Plan.State.CLOSED)
        .select_related("plan", "sire", "dam")
        .prefetch_related(told)
        .order_by("plan__published_on", "plan", "pk")
    )
    rows = list(pairs)
    births = _births(programme, rows)
    past = (_past(each, births.get((each.sire_id, each.dam_id), ())) for each in rows)
    return tuple(each for each in past if each is not None)


def _births(
    programme: Programme, pairs: Iterable[Recommendation]
) -> dict[tuple[int, int], list[tuple[date, date]]]:
    """Return the births of young by their parents, as intervals; one query."""
    sires = {each.sire_id for each in pairs}
    young = Animal.objects.filter(
        programme=programme, sire__in=sires, dam__isnull=False, birth_earliest__isnull=False
    )
    found: dict[tuple[int, int], list[tuple[date, date]]] = {}
    for sire, dam, first, last in young.values_list("sire_id", "dam_id", "birth_earliest", "birth_latest"):
        if sire and dam and first and last:
            found.setdefault((sire, dam), []).append((first, last))
    return found


def _past(pair: Recommendation, births: Iterable[tuple[date, date]]) -> PastPair | None:
    plan, told = pair.plan, list(pair.outcomes.all())
    if plan is None or plan.published_on is None or plan.closed_on is None:
        return None
    born = any(plan.published_on <= first and last <= plan.closed_on for first, last in births)
    state = told[-1].state if told else ""
    if state == Outcome.State.REPLACED and not born:
        return None
    fulfilled = born or state == Outcome.State.FULFILLED
    return PastPair(pair, plan.published_on, plan.closed_on, fulfilled, plan)
