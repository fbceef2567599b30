"""Deciding on provisional entries: confirmed they stand as they are, refused they are taken out again."""

from collections.abc import Iterable, Mapping, Sequence

from studbook.accounts.models import User
from studbook.accounts.rights import Right, standing_of
from studbook.animals.entry.pending import MODELS, Entry, Key, key_of
from studbook.animals.entry.pending_refusing import take_out
from studbook.animals.keeping import NotTheirsError, keeping, places_of
from studbook.animals.models import Animal, Event, Observation
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditChange
from studbook.programmes.changes import Trail, columns_of, save_unless_stale
from studbook.programmes.models import Programme

LONGEST_LIST = 500
NOT_THERE = (
    "An entry of this list is not in the book, or none on which you may decide. Open the list anew; "
    "the registrar of the zoo that holds the animal decides, or the coordinator."
)
NO_REASON = (
    "Refusing an entry needs a reason. Write what is wrong with it, so that its keeper can put it right."
)


def confirm_entries(
    programme: Programme,
    *,
    events: Iterable[int] = (),
    observations: Iterable[int] = (),
    by: User | None,
    versions: Mapping[Key, int] | None = None,
) -> list[Entry]:
    """Confirm provisional entries, all or none; return those that were still provisional.

    `versions` says what the person saw of each: one changed since is not confirmed unseen.
    """
    keys = _keys(events, observations)
    with keeping(
        programme,
        "confirm entries",
        by=by,
        right=None,
        about=_animals_of(programme, keys),
        alters_numbers=any(record == Event._meta.label_lower for record, _ in keys),
        only_seen=True,
    ) as trail:
        waiting = [each for each in _decidable(programme, keys, by, versions or {}) if each.provisional]
        for entry in waiting:
            _confirm(trail, entry)
    return waiting


def refuse_entries(
    programme: Programme,
    *,
    events: Iterable[int] = (),
    observations: Iterable[int] = (),
    by: User | None,
    reason: str,
    versions: Mapping[Key, int] | None = None,
) -> int:
    """Take provisional entries out of the book, all or none; what they had changed is as it was before.

    A refused birth or capture makes its animal void: the number stays used, and the trail says why.
    """
    if not reason.strip():
        raise StudbookError(NO_REASON, field="reason")
    keys = _keys(events, observations)
    with keeping(
        programme,
        "refuse entries",
        by=by,
        right=None,
        about=_animals_of(programme, keys),
        reason=reason.strip(),
    ) as trail:
        entries = _decidable(programme, keys, by, versions or {})
        _refuse_confirmed(entries)
        take_out(trail, entries)
    return len(entries)


def _keys(events: Iterable[int], observations: Iterable[int]) -> list[Key]:
    wanted = [(Event._meta.label_lower, pk) for pk in events]
    wanted += [(Observation._meta.label_lower, pk) for pk in observations]
    keys = list(dict.fromkeys(wanted))
    if not keys:
        raise StudbookError("No entry is chosen. Choose at least one.")
    if len(keys) > LONGEST_LIST:
        raise StudbookError(f"These are {len(keys)} entries. Decide on {LONGEST_LIST} at most at once.")
    return keys


def _entries(programme: Programme, keys: Sequence[Key]) -> list[Entry]:
    found: list[Entry] = []
    for model in MODELS.values():
        wanted = [pk for record, pk in keys if record == model._meta.label_lower]
        rows = model.objects.filter(pk__in=wanted, animal__programme=programme)
        found += (
            rows.exclude(animal__status=Animal.Status.VOID).select_related("animal__programme").order_by("pk")
        )
    return found


def _animals_of(programme: Programme, keys: Sequence[Key]) -> list[Animal]:
    return [entry.animal for entry in _entries(programme, keys)]


def _decidable(
    programme: Programme, keys: Sequence[Key], by: User | None, versions: Mapping[Key, int]
) -> list[Entry]:
    """Read the entries under the lock; refuse all where one is gone, foreign, or not as the person saw it."""
    entries = _entries(programme, keys)
    _refuse_foreign(programme, {entry.animal_id for entry in entries}, by)
    if missing := set(keys) - {key_of(entry) for entry in entries}:
        raise _gone(programme, missing, by)
    for entry in entries:
        seen = versions.get(key_of(entry), entry.version)
        if entry.provisional and seen != entry.version:
            raise StaleRecordError(
                f"The {entry} of {entry.animal} was changed since you opened the list. Open it anew and look again."
            )
    return entries


def _refuse_foreign(programme: Programme, animals: set[int], by: User | None) -> None:
    standing = standing_of(by, programme.pk) if by else None
    for _, holder, owner in places_of(animals) if standing else ():
        if standing and not standing.may_on(Right.CONFIRM, holder=holder, owner=owner):
            raise NotTheirsError(NOT_THERE)


def _gone(programme: Programme, missing: set[Key], by: User | None) -> StudbookError:
    """Tell who took an entry out meanwhile; who may not decide on its animal is told what a stranger is told."""
    removals = [_removal_of(programme, key) for key in sorted(missing)]
    removed = [each for each in removals if each and each.animal]
    if len(removed) < len(removals):
        return NotTheirsError(NOT_THERE)
    _refuse_foreign(programme, {each.animal for each in removed if each.animal}, by)
    return StaleRecordError(
        f"An entry of this list was taken out of the book by {removed[0].entry.actor_name} meanwhile. "
        "Open the list anew; nothing was changed."
    )


def _removal_of(programme: Programme, key: Key) -> AuditChange | None:
    removals = AuditChange.objects.filter(record=key[0], record_id=key[1], after__isnull=True)
    return removals.filter(entry__programme=programme).select_related("entry").last()


def _refuse_confirmed(entries: Iterable[Entry]) -> None:
    for entry in entries:
        if not entry.provisional:
            raise StaleRecordError(
                f"The {entry} of {entry.animal} was confirmed meanwhile and cannot be refused. Correct it instead."
            )


def _confirm(trail: Trail, entry: Entry) -> None:
    before = columns_of(entry)
    entry.provisional = False
    save_unless_stale(entry, opened_version=entry.version, fields=["provisional"])
    trail.changed(entry, before)
