"""What the cap of a lineage was from when to when, who set it and why: read from its trail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from studbook.core.models import AuditChange
from studbook.population.models import Lineage

NOT_THERE = object()


@dataclass(frozen=True, slots=True)
class CapChange:
    """A cap set, changed or lifted (None: watched, not capped), by whom and why."""

    at: datetime
    by: str
    reason: str
    before: float | None
    cap: float | None
    first: bool


def cap_history(lineage: Lineage) -> Sequence[CapChange]:
    """Return every change of the cap, the newest first; one query. The first is how the lineage was made."""
    changes = AuditChange.objects.filter(record=lineage._meta.label_lower, record_id=lineage.pk)
    found: list[CapChange] = []
    for each in changes.select_related("entry__actor").order_by("entry__at", "pk"):
        before, after = (each.before or {}).get("cap", NOT_THERE), (each.after or {}).get("cap", NOT_THERE)
        if after is NOT_THERE or before == after:
            continue
        entry, first = each.entry, each.before is None
        told = (entry.at, entry.actor_name, entry.reason, None if first else before, after, first)
        found.append(CapChange(*told))
    return found[::-1]
