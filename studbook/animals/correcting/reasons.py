"""What every correction needs: a reason, and something that it changes."""

from django.db.models import Model

from studbook.animals.correcting.states import same_facts
from studbook.core.columns import Columns, columns_of
from studbook.core.errors import StudbookError

NO_REASON = "A correction needs a reason. Write how you know."


def needed(reason: str) -> str:
    """Return a reason that says something."""
    if not reason.strip():
        raise StudbookError(NO_REASON, field="reason")
    return reason.strip()


def refuse_unchanged(record: Model, before: Columns) -> None:
    """Refuse a correction that says what the book says already."""
    if same_facts(columns_of(record), before):
        raise StudbookError(
            f"{record}: the book says this already. Correct what is wrong, or leave the page."
        )
