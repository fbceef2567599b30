"""When what a plan says of an animal was last changed, read from the trail of its row and of its pairs."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from studbook.core.models import AuditChange
from studbook.planning.models import PlanAnimal, Recommendation

ROW, PAIR = PlanAnimal._meta.label_lower, Recommendation._meta.label_lower
# What a zoo is asked; that a transfer was begun for a row, or its reason reworded, asks for nothing else.
TOLD = {
    ROW: ("disposition", "destination_id", "breeding", "notes"),
    PAIR: ("plan_id", "withdrawn_at", "method", "if_possible", "litters", "notes"),
}


def changed_since(rows: Collection[PlanAnimal], pairs: Collection[Recommendation]) -> dict[int, datetime]:
    """Return when each row, or a pair of its animal, was last changed, by the row's key; rows and pairs of any plans, one query."""
    rows_of: dict[tuple[str, int], list[int]] = defaultdict(list)
    by_animal = {(row.plan_id, row.animal_id): row.pk for row in rows}
    for row in rows:
        rows_of[ROW, row.pk].append(row.pk)
    for pair in pairs:
        of_two = ((pair.plan_id, key) for key in (pair.sire_id, pair.dam_id))
        rows_of[PAIR, pair.pk] += [by_animal[key] for key in of_two if key in by_animal]
    last: dict[int, datetime] = {}
    for change in _changes(rows, pairs):
        if _tells(change):
            for row_key in rows_of[change.record, change.record_id]:
                last[row_key] = max(change.entry.at, last.get(row_key, change.entry.at))
    return last


def _changes(rows: Iterable[PlanAnimal], pairs: Iterable[Recommendation]) -> Iterable[AuditChange]:
    of_rows = Q(record=ROW, record_id__in=[each.pk for each in rows])
    of_pairs = Q(record=PAIR, record_id__in=[each.pk for each in pairs])
    return AuditChange.objects.filter(of_rows | of_pairs).select_related("entry").order_by("pk")


def _tells(change: AuditChange) -> bool:
    before: Mapping[str, Any] = change.before or {}
    after: Mapping[str, Any] = change.after or {}
    return any(before.get(name) != after.get(name) for name in TOLD[change.record])
