"""What a plan says, read for its freezing: its own words, its pairs as they were chosen."""

from typing import Any

from studbook.core.downloads import iso
from studbook.planning.models import Plan
from studbook.planning.plans.reading import standing_pairs

TEXTS = ("pk", "title", "litters_wanted", "summary", "decided_by", "assumptions")
DAYS = ("starts_on", "ends_on", "reply_by")
CHOSEN = ("delta_gd", "f_offspring", "mk_sire", "mk_dam", "revision")

Plain = dict[str, Any]


def plan_inputs(plan: Plan) -> Plain:
    """Return the plan as it is written now; a fixed number of queries."""
    told: Plain = {name: getattr(plan, name) for name in TEXTS}
    told |= {name: iso(getattr(plan, name)) or None for name in DAYS}
    told["chosen"] = {
        str(pair.pk): {name: getattr(pair, name) for name in CHOSEN} for pair in standing_pairs(plan)
    }
    return told
