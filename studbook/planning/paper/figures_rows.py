"""The plan by institution, in the columns that plans are printed in."""

from typing import Any

from studbook.planning.paper.plain import Plain
from studbook.planning.plans.lines import PlanLines
from studbook.planning.plans.rows import InstitutionRows, rows_from

UNKNOWN_PLACE = 0


def rows_figures(lines: Plain) -> list[dict[str, Any]]:
    """Return each institution's rows; the key 0 gathers the animals whose place is not known."""
    return [_institution(each) for each in rows_from(PlanLines.from_dict(lines))]


def _institution(each: InstitutionRows) -> dict[str, Any]:
    place = each.place
    return {
        "key": place.key if place else UNKNOWN_PLACE,
        "name": each.name,
        "address": place.address if place else "",
        "note": place.note if place else "",
        "rows": [list(row.cells) for row in each.rows],
    }
