"""What every correction needs: a reason, and something that it changes."""

from collections.abc import Iterable
from contextlib import AbstractContextManager

from django.db.models import Model

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.correcting.states import same_facts
from studbook.animals.keeping import keeping
from studbook.animals.models import Animal
from studbook.core.columns import Columns, columns_of
from studbook.core.errors import StudbookError
from studbook.programmes.changes import Trail

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


def correcting(
    animal: Animal,
    verb: str,
    *,
    by: User | None,
    reason: str,
    acknowledged: Iterable[str],
    only_seen: bool = False,
) -> AbstractContextManager[Trail]:
    """Begin a correction of an animal or what belongs to it: under the lock, by somebody who may, with a reason."""
    return keeping(
        animal.programme,
        verb,
        by=by,
        right=Right.CORRECT,
        about=[animal],
        reason=needed(reason),
        acknowledged=acknowledged,
        only_seen=only_seen,
        alters_numbers=not only_seen,
    )
