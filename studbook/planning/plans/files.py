"""The tables of plans as files."""

from studbook.core.downloads import Cell, Table, iso, neutral
from studbook.planning.models import Plan
from studbook.planning.plans.queries import plans_of
from studbook.planning.plans.rows import COLUMNS, InstitutionRows, PlanRow, rows_of
from studbook.planning.plans.staleness import Staleness
from studbook.programmes.models import Programme

PLAN_COLUMNS = (
    *("Plan", "State", "From", "To", "Reply by", "Litters wanted"),
    *("Pairs", "Animals", "Transfers", "Versions", "Published", "Closed"),
)


def plans_table(programme: Programme) -> Table:
    """Return a line for each plan; one query."""
    lines: list[list[Cell]] = [
        [
            neutral(each.title),
            each.get_state_display(),
            iso(each.starts_on),
            iso(each.ends_on),
            iso(each.reply_by),
            each.litters_wanted,
            each.pair_count,  # type: ignore[attr-defined]
            each.row_count,  # type: ignore[attr-defined]
            each.sent_count,  # type: ignore[attr-defined]
            each.version_count,  # type: ignore[attr-defined]
            iso(each.published_on),
            iso(each.closed_on),
        ]
        for each in plans_of(programme)
    ]
    return Table(PLAN_COLUMNS, lines)


def rows_table(plan: Plan, stale: Staleness) -> Table:
    """Return a plan's rows under the institution of each, with its priority and what made it stale."""
    lines = [_cells(each, row, stale) for each in rows_of(plan) for row in each.rows]
    return Table(("Institution", "Name", *COLUMNS, "Priority", "Changed since"), lines)


def _cells(institution: InstitutionRows, row: PlanRow, stale: Staleness) -> list[Cell]:
    place = institution.place.mnemonic if institution.place else ""
    changed = " ".join(stale.rows.get(row.line.row, ()))
    cells: tuple[Cell, ...] = (place, institution.name, *row.cells, row.line.priority, changed)
    return [neutral(each) for each in cells]
