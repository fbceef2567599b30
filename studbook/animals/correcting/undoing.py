"""A deed taken back: exactly its changes, and only while every record it touched is still as it left them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import BooleanField, ExpressionWrapper, Model, Q

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.correcting.checking import refuse_impossible_parents
from studbook.animals.correcting.rewriting import write_rows
from studbook.animals.correcting.states import MODELS, Key, Rows, same_facts
from studbook.animals.correcting.telling import said_of
from studbook.animals.keeping import keeping, locked
from studbook.animals.models import Animal
from studbook.core.columns import Columns, columns_of
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditChange, AuditEntry
from studbook.institutions.models import Participation
from studbook.programmes.changes import ANIMAL_RECORD
from studbook.programmes.models import Programme

LONGEST_VERB = 60
_undoable: dict[str, type[Model]] = dict(MODELS)
_staying: set[str] = {Participation._meta.label_lower}


def may_undo(model: type[Model]) -> None:
    """Let deeds that touched records of a room above be taken back too. Called once, from `ready`."""
    _undoable[model._meta.label_lower] = model


def stays_in_undo(*models: type[Model]) -> None:
    """Let records of a room above stay when a deed on animals is taken back; its follower brings them in line.

    Called once, from `ready`.
    """
    _staying.update(model._meta.label_lower for model in models)


@dataclass(frozen=True, slots=True)
class Deed:
    """What a deed did in all: each record before its first change and after its last; None where there was none."""

    before: dict[Key, Columns | None]
    after: dict[Key, Columns | None]
    animals: frozenset[int]

    def written_back(self) -> set[Key]:
        """Return the records that are made again what they were; what a room above made for its own ends stays."""
        return {
            (record, pk)
            for (record, pk), columns in self.before.items()
            if record not in _staying and (record in MODELS or columns is not None)
        }


def undo_deed(
    entry: AuditEntry, *, by: User | None, reason: str = "", acknowledged: Iterable[str] = ()
) -> None:
    """Take a deed back by a new one."""
    deed = deed_of(entry)
    refuse_lasting(entry, deed)
    programme = Programme.objects.get(audit_entries=entry)
    standing = Animal.objects.select_related("programme").filter(pk__in=deed.animals)
    with keeping(
        programme,
        f"undo {entry.verb}"[:LONGEST_VERB],
        by=by,
        right=Right.CORRECT,
        about=standing,
        reason=" ".join([f"taken back: {said_of(entry)}.", reason.strip()]).strip(),
        acknowledged=acknowledged,
    ) as trail:
        now = _rows_now(deed)
        _refuse_changed_since(entry, deed, now)
        wanted = {key: columns for key in deed.written_back() if (columns := deed.before[key]) is not None}
        try:
            with transaction.atomic():
                write_rows(trail, now, wanted, _versions(deed, now), _undoable)
        except IntegrityError as error:
            raise StaleRecordError(
                f"{said_of(entry)} cannot be undone: another record has taken the place of one it would bring back. "
                "Take the later deed back first."
            ) from error
        for animal in Animal.objects.filter(pk__in=deed.animals):
            refuse_impossible_parents(locked(animal))


def deed_of(entry: AuditEntry) -> Deed:
    """Read what a deed did; one query."""
    before: dict[Key, Columns | None] = {}
    after: dict[Key, Columns | None] = {}
    animals = set()
    for change in entry.changes.order_by("pk"):
        key = (change.record, change.record_id)
        before.setdefault(key, change.before)
        after[key] = change.after
        animals |= _animals_in(change)
    return Deed(before, after, frozenset(animals))


def refuse_lasting(entry: AuditEntry, deed: Deed) -> None:
    """Refuse to undo a deed that cannot be: it made an animal, or it touched what is not taken back here."""
    records = {record for record, _ in deed.before}
    foreign = sorted(records - _undoable.keys() - _staying)
    if foreign or not records & MODELS.keys():
        names = ", ".join(name.split(".")[-1] for name in foreign or sorted(records)) or "nothing"
        raise StudbookError(
            f"{said_of(entry)} cannot be undone here: it changed {names}. Take it back where it was done."
        )
    if any(record == ANIMAL_RECORD and columns is None for (record, _), columns in deed.before.items()):
        raise StudbookError(
            f"{said_of(entry)} brought animals into the book, and a studbook number is permanent. Void the record of an "
            "animal that is none."
        )


def undoable_among(entries: Iterable[AuditEntry]) -> set[int]:
    """Return the keys of the deeds of a kind that can be taken back; whether one still can is asked then. One query."""
    keys = [each.pk for each in entries]
    # Spelled out, since "before__isnull" among values would be read as a key within the columns.
    is_new = ExpressionWrapper(Q(before__isnull=True), output_field=BooleanField())
    changes = AuditChange.objects.filter(entry__in=keys).annotate(is_new=is_new).order_by()
    lasting, found = set(), set()
    for key, record, is_new_one in changes.values_list("entry_id", "record", "is_new").distinct():
        if record in MODELS:
            found.add(key)
        if record not in _undoable.keys() | _staying or (record == ANIMAL_RECORD and is_new_one):
            lasting.add(key)
    return found - lasting


def _animals_in(change: AuditChange) -> set[int]:
    if change.record == ANIMAL_RECORD:
        return {change.record_id}
    told = (change.animal, *((each or {}).get("animal_id") for each in (change.before, change.after)))
    return {each for each in told if each is not None}


def _rows_now(deed: Deed) -> Rows:
    rows: Rows = {}
    written = deed.written_back()
    for record, model in _undoable.items():
        keys = [pk for name, pk in written if name == record]
        for row in model._base_manager.filter(pk__in=keys) if keys else ():
            rows[record, row.pk] = columns_of(row)
    return rows


def _refuse_changed_since(entry: AuditEntry, deed: Deed, now: Rows) -> None:
    changed = [key for key in sorted(deed.written_back()) if not same_facts(now.get(key), deed.after[key])]
    if not changed:
        return
    record, pk = changed[0]
    last = (
        AuditChange.objects.filter(record=record, record_id=pk, entry__gt=entry.pk)
        .select_related("entry")
        .last()
    )
    noun = _undoable[record]._meta.verbose_name
    since = f" since: {said_of(last.entry)}" if last else " since"
    raise StaleRecordError(
        f"{said_of(entry)} cannot be undone: the {noun} it left was changed{since}. Take that back first."
    )


def _versions(deed: Deed, now: Rows) -> dict[Key, int]:
    told = (deed.before, deed.after, now)
    return {
        key: max(int((columns.get(key) or {}).get("version", 0)) for columns in told)
        for key in deed.written_back()
    }
