"""What to tell a person whose form was opened before somebody else changed the record: who, when, and both values."""

from django.db.models import Model
from django.utils import timezone

from studbook.core.columns import Columns, columns_of
from studbook.core.errors import Difference, StaleRecordError
from studbook.core.models import AuditChange
from studbook.core.wording import Wording

REMEDY = "Look at the change, then say which is right."


def stale_error(record: Model, written: Columns, opened_version: int) -> StaleRecordError:
    """Return the refusal of what a person wrote onto a record of which they opened an older version."""
    standing = type(record)._base_manager.filter(pk=record.pk).first()
    since = _changes_since(record, opened_version)
    if standing is None:
        return StaleRecordError(
            f"{record} was taken out of the book by {_by_whom(since)} since you opened it. Nothing is left to do."
        )
    now = columns_of(standing)
    opened = since[-1].before if since and since[-1].before else now
    differences = _differences(type(record), opened, now, written)
    shown = "; ".join(_sentence(each) for each in differences)
    changed = f"{standing} was changed by {_by_whom(since)} since you opened it"
    return StaleRecordError(
        f"{changed}{': ' if shown else ''}{shown}. {REMEDY}",
        version=getattr(standing, "version", None),
        summary=f"{changed}. {REMEDY}",
        differences=differences,
    )


def _changes_since(record: Model, opened_version: int) -> list[AuditChange]:
    """Return the changes that the person has not seen, newest first."""
    changes = AuditChange.objects.filter(record=record._meta.label_lower, record_id=record.pk)
    since = []
    for change in changes.select_related("entry").order_by("-pk"):
        if change.after is not None and change.after.get("version", 0) <= opened_version:
            break
        since.append(change)
    return since


def _by_whom(since: list[AuditChange]) -> str:
    if not since:
        return "somebody else"
    entry = since[0].entry
    return f"{entry.actor_name} on {timezone.localtime(entry.at):%Y-%m-%d at %H:%M}"


def _differences(
    model: type[Model], opened: Columns, now: Columns, written: Columns
) -> tuple[Difference, ...]:
    wording = Wording((model, each) for each in (opened, now, written))
    first, second, third = (wording.said(model, each) for each in (opened, now, written))
    return tuple(
        Difference(fact, first.get(fact, ""), standing, third.get(fact, ""))
        for fact, standing in second.items()
        if not first.get(fact, "") == standing == third.get(fact, "")
    )


def _sentence(difference: Difference) -> str:
    return (
        f"{difference.fact} was {_quoted(difference.opened)}, is {_quoted(difference.now)} now, "
        f"you wrote {_quoted(difference.written)}"
    )


def _quoted(words: str) -> str:
    return f"“{words}”" if words else "empty"
