"""What a plan says of itself, read for its freezing."""

from typing import Any

from studbook.core.downloads import iso
from studbook.planning.models import Plan

TEXTS = ("pk", "title", "litters_wanted", "summary", "decided_by", "assumptions")
DAYS = ("starts_on", "ends_on", "reply_by")


def plan_inputs(plan: Plan) -> dict[str, Any]:
    """Return the plan's own words and days; no query."""
    days = {name: iso(getattr(plan, name)) or None for name in DAYS}
    return {name: getattr(plan, name) for name in TEXTS} | days
