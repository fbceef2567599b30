"""A plan's lines read from the book, in a fixed number of queries."""

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from studbook.animals.models import Animal, Holding, last_of
from studbook.institutions.models import Institution
from studbook.planning.models import Plan, PlanAnimal, Recommendation, RecommendationQuerySet
from studbook.planning.plans.lines import Line, PairLine, Place, PlanLines
from studbook.population.models import Assumption


def lines_of(plan: Plan) -> PlanLines:
    """Return what a plan says now; five queries."""
    rows = list(standing_rows(plan).select_related("animal", "transfer"))
    pairs = list(standing_pairs(plan).select_related("sire", "dam"))
    stays = last_stays(row.animal for row in rows)
    excluded = excluded_by(plan, [row.animal_id for row in rows])
    lines = tuple(_line(plan, row, stays.get(row.animal_id), excluded.get(row.animal_id, "")) for row in rows)
    keys = {key for each in lines for key in (each.holder, each.destination, each.came_from) if key}
    return PlanLines(lines, tuple(map(_pair, pairs)), _places(keys))


def standing_rows(plan: Plan) -> QuerySet[PlanAnimal]:
    """Return what a plan says of animals, without what was taken out."""
    return plan.animals.filter(removed_at=None).order_by(
        "animal__number_order", "animal__studbook_number", "pk"
    )


def standing_pairs(plan: Plan) -> RecommendationQuerySet:
    """Return the pairs of a plan that were not withdrawn: the most urgent first, then in the order of choosing."""
    found: RecommendationQuerySet = plan.recommendations.not_withdrawn().order_by("priority", "made_at", "pk")
    return found


def last_stays(animals: Iterable[Animal]) -> dict[int, Holding]:
    """Return the stay of each animal: the open one, else its last; one query."""
    gathered: dict[int, list[Holding]] = {}
    for stay in Holding.objects.filter(animal__in=list(animals)):
        gathered.setdefault(stay.animal_id, []).append(stay)
    return {key: last for key, stays in gathered.items() if (last := last_of(stays))}


def excluded_by(plan: Plan, animals: Collection[int]) -> dict[int, str]:
    """Return why the overlays of a plan leave animals out, by their keys; one query."""
    found = Assumption.objects.filter(
        kind=Assumption.Kind.EXCLUDED, overlay__plans=plan, animal__in=animals
    ).order_by("overlay", "pk")
    return {key: reason for key, reason in found.values_list("animal", "reason") if key}


def _line(plan: Plan, row: PlanAnimal, stay: Holding | None, excluded: str) -> Line:
    animal = row.animal
    return Line(
        row=row.pk,
        animal=animal.pk,
        number=animal.studbook_number,
        name=animal.house_name,
        sex=animal.sex,
        age=animal.age_on(plan.programme.as_of),
        status=animal.status,
        local_id=stay.local_id if stay else "",
        holder=stay.institution_id if stay else None,
        disposition=row.disposition,
        destination=row.destination_id,
        came_from=row.transfer.sender_id if row.transfer else None,
        breeding=row.breeding,
        priority=row.priority,
        reason=row.reason,
        notes=row.notes,
        excluded=excluded,
        death=str(animal.death or ""),
    )


def _pair(pair: Recommendation) -> PairLine:
    return PairLine(
        pair=pair.pk,
        sire=pair.sire.studbook_number,
        dam=pair.dam.studbook_number,
        method=pair.method,
        priority=pair.priority,
        if_possible=pair.if_possible,
        litters=pair.litters,
        reason=pair.reason,
        notes=pair.notes,
        above_caps=pair.above_caps,
        caps_reason=pair.caps_reason,
    )


def _places(keys: Collection[int]) -> tuple[Place, ...]:
    found = Institution.objects.filter(pk__in=keys).order_by("name", "pk")
    return tuple(
        Place(
            each.pk, each.mnemonic, each.name, ", ".join(filter(None, (each.city, each.country))), each.note
        )
        for each in found
    )
