"""The one way to change a programme's book: a transaction, the programme's lock, a trail, a new revision."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import F, Model

from studbook.accounts.models import User
from studbook.accounts.rights import Right, standing_of
from studbook.core.columns import Columns
from studbook.core.columns import columns_of as columns_of  # beside the trail it is made for
from studbook.core.errors import StudbookError
from studbook.core.lines import refuse_unfit_lines
from studbook.core.locks import in_turn
from studbook.core.models import AuditChange, AuditEntry
from studbook.programmes.models import Programme
from studbook.programmes.staleness import stale_error

BATCH = 1000
ANIMAL_RECORD = "animals.animal"


class Trail:
    """Collects what a deed did to each record; written with the deed, in its transaction."""

    def __init__(self, entry: AuditEntry) -> None:
        self.entry = entry
        self._changes: list[AuditChange] = []

    def created(self, records: Iterable[Model]) -> None:
        for record in records:
            refuse_unfit_lines(record)
            self._changes.append(self._change(record, None, columns_of(record)))

    def changed(self, record: Model, before: dict[str, Any]) -> None:
        refuse_unfit_lines(record, before)
        self._changes.append(self._change(record, before, columns_of(record)))

    def removed(self, records: Iterable[Model]) -> None:
        self._changes += [self._change(record, columns_of(record), None) for record in records]

    @property
    def changes(self) -> tuple[AuditChange, ...]:
        """What the deed did to each record so far, in its order."""
        return tuple(self._changes)

    @property
    def animals(self) -> set[int]:
        """The keys of the animals that the deed touched: their own records and those that belong to them."""
        return {change.animal for change in self._changes if change.animal is not None}

    def touched(self, record: str) -> dict[int, tuple[Columns | None, Columns | None]]:
        """Return the rows of a model that the deed touched so far, each before its first change and after its last."""
        found: dict[int, tuple[Columns | None, Columns | None]] = {}
        for change in self._changes:
            if change.record == record:
                before = found[change.record_id][0] if change.record_id in found else change.before
                found[change.record_id] = (before, change.after)
        return found

    @property
    def new_animals(self) -> set[int]:
        return {
            change.record_id
            for change in self._changes
            if change.record == ANIMAL_RECORD and change.before is None
        }

    def altered_animals(self, column: str) -> set[int]:
        """Return the keys of the animals that were there before and of which one column is another now."""
        return {
            change.record_id
            for change in self._changes
            if change.record == ANIMAL_RECORD
            and change.before is not None
            and change.after is not None
            and change.before[column] != change.after[column]
        }

    def write(self) -> None:
        """Write the deed and all it did."""
        self.entry.save(force_insert=True)
        AuditChange.objects.bulk_create(self._changes, batch_size=BATCH)

    def _change(
        self, record: Model, before: dict[str, Any] | None, after: dict[str, Any] | None
    ) -> AuditChange:
        return AuditChange(
            entry=self.entry,
            record=record._meta.label_lower,
            record_id=record.pk,
            animal=animal_of_record(record),
            before=before,
            after=after,
        )


def animal_of_record(record: Model) -> int | None:
    """Return the key of the animal that a record is or belongs to."""
    return record.pk if record._meta.label_lower == ANIMAL_RECORD else getattr(record, "animal_id", None)


class RightEndedError(StudbookError):
    """The person may not do this in the programme, or no longer: their role ended while the deed was on its way."""

    status = 403

    def __init__(self, programme: Programme) -> None:
        super().__init__(
            f"Nothing was saved: your role in {programme} does not include this, or not any more. Ask the coordinator for it."
        )


@contextmanager
def changing(
    programme: Programme,
    verb: str,
    *,
    by: User | None,
    right: Right | None = None,
    reason: str = "",
    alters_numbers: bool = True,
    acknowledged: Iterable[str] = (),
    is_word: bool = False,
) -> Iterator[Trail]:
    """Change a programme's records under its lock; leave who, what before, what after, why.

    The person must have the `right` in the whole programme, and have it still: it is asked under the lock. Without one the
    caller asks in its own way. `by` is None for the system itself.

    A deed that changes no record leaves nothing, unless it `is_word`: something done of which only the trail tells.

    The lock is the programme's row on PostgreSQL and the write lock of the whole file on SQLite. Whatever is read
    inside the block stays true until it ends. `programme.revision` is brought up to date when numbers may change.
    """
    with in_turn(), transaction.atomic():
        Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
        if by and right and right not in standing_of(by, programme.pk):
            raise RightEndedError(programme)
        entry = AuditEntry(
            programme=programme,
            actor=by,
            actor_name=str(by or "the system"),
            verb=verb,
            reason=reason,
            acknowledged=" ".join(sorted(acknowledged)),
        )
        trail = Trail(entry)
        yield trail
        if trail.changes or is_word:
            trail.write()
        if alters_numbers:
            Programme.objects.filter(pk=programme.pk).update(revision=F("revision") + 1)
            programme.refresh_from_db(fields=["revision"])


def save_unless_stale(record: Any, *, opened_version: int, fields: list[str]) -> None:
    """Save some columns of a versioned record, unless it was changed since the version the person opened."""
    values = {field: getattr(record, field) for field in fields}
    updated = (
        type(record)
        .objects.filter(pk=record.pk, version=opened_version)
        .update(version=F("version") + 1, **values)
    )
    if not updated:
        raise stale_error(record, columns_of(record), opened_version)
    record.version = opened_version + 1


def refuse_stale(record: Any, *, opened_version: int) -> None:
    """Refuse a deed on a record, read under the lock, that was changed since the version the person opened."""
    if record.version != opened_version:
        raise stale_error(record, columns_of(record), opened_version)
