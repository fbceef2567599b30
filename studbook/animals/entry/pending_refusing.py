"""Taking provisional entries out of the book: what each had changed is put back, unless it was changed since."""

from collections.abc import Sequence

from studbook.animals.correcting import rewriting
from studbook.animals.correcting.checking import refuse_used_as_parent
from studbook.animals.correcting.pointing import refuse_pointed_at
from studbook.animals.entry.pending import Entry, key_of
from studbook.animals.keeping import locked
from studbook.animals.models import Animal, Event, Identifier, Observation
from studbook.animals.retelling import BEGINNINGS, remove_event, retelling
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditChange, AuditEntry
from studbook.programmes.changes import ANIMAL_RECORD, Trail, columns_of, save_unless_stale

IDENTIFIER_RECORD = Identifier._meta.label_lower
COLUMN_OF = {Observation.Kind.SEX: "sex", Observation.Kind.REARING: "rearing"}


def take_out(trail: Trail, entries: Sequence[Entry]) -> None:
    """Take entries out within a deed; an animal whose beginning is among them becomes void with all it has."""
    begun = {entry.animal_id for entry in entries if isinstance(entry, Event) and _began(entry)}
    # The young before their parents, so that both may be refused in one list.
    for pk in sorted(begun, reverse=True):
        _void(trail, Animal.objects.select_related("programme", "sire", "dam").get(pk=pk))
    # The latest first, so that each finds the state it made.
    left = [entry for entry in entries if entry.animal_id not in begun]
    for entry in sorted(left, key=lambda each: (isinstance(each, Event), each.pk), reverse=True):
        if isinstance(entry, Event):
            with retelling(trail, locked(entry.animal)):
                remove_event(trail, entry)
        else:
            _take_out_observation(trail, entry)


def _began(event: Event) -> bool:
    """Tell whether the book has the animal by this event: its birth or capture, or the arrival that brought it in."""
    if event.kind in BEGINNINGS:
        return True
    first = event.animal.events.order_by("sequence").first()
    return event == first and _made_in(ANIMAL_RECORD, event.animal_id) == _made_in(*key_of(event))


def _void(trail: Trail, animal: Animal) -> None:
    events, observations = list(animal.events.all()), list(animal.observations.all())
    _refuse_standing(animal, [*events, *observations])
    with retelling(trail, animal):
        for event in events:
            remove_event(trail, event)
    for row in (*observations, *animal.identifiers.all()):
        rewriting.take_out(trail, row)
    animal.refresh_from_db()
    before = columns_of(animal)
    animal.status = Animal.Status.VOID
    save_unless_stale(animal, opened_version=animal.version, fields=["status"])
    trail.changed(animal, before)


def _refuse_standing(animal: Animal, rows: Sequence[Entry]) -> None:
    if confirmed := next((row for row in rows if not row.provisional), None):
        raise StudbookError(
            f"The beginning of {animal} cannot be refused while its {confirmed} stands confirmed. "
            "Take that out first, or correct the record instead."
        )
    refuse_used_as_parent(animal)
    refuse_pointed_at(animal)


def _take_out_observation(trail: Trail, observation: Observation) -> None:
    kind = Observation.Kind(observation.kind)
    if kind in COLUMN_OF:
        _put_column_back(trail, observation, COLUMN_OF[kind])
    elif kind == Observation.Kind.IDENTIFICATION:
        _put_marks_back(trail, observation)
    rewriting.take_out(trail, observation)


def _put_column_back(trail: Trail, observation: Observation, column: str) -> None:
    for change in _changes_with(observation, ANIMAL_RECORD):
        was, became = (change.before or {}).get(column), (change.after or {}).get(column)
        if change.before is None or was == became:
            continue
        animal = locked(observation.animal)
        if getattr(animal, column) != became:
            raise _changed_since(observation, column)
        before = columns_of(animal)
        setattr(animal, column, was)
        save_unless_stale(animal, opened_version=animal.version, fields=[column])
        trail.changed(animal, before)


def _put_marks_back(trail: Trail, observation: Observation) -> None:
    for change in reversed(_changes_with(observation, IDENTIFIER_RECORD)):
        mark = Identifier.objects.filter(pk=change.record_id).first()
        if mark is None or columns_of(mark) != change.after:
            raise _changed_since(observation, "mark")
        if change.before is None:
            rewriting.take_out(trail, mark)
        else:
            before = columns_of(mark)
            mark.active = change.before["active"]
            mark.save(update_fields=["active"])
            trail.changed(mark, before)


def _changes_with(observation: Observation, record: str) -> list[AuditChange]:
    """Return what the deed that logged an observation did to its animal's records of this kind."""
    deed = _made_in(*key_of(observation))
    changes = AuditChange.objects.filter(entry=deed, record=record, animal=observation.animal_id)
    return list(changes.order_by("pk"))


def _made_in(record: str, pk: int) -> AuditEntry | None:
    made = AuditChange.objects.filter(record=record, record_id=pk, before__isnull=True)
    found = made.select_related("entry").order_by("pk").last()
    return found.entry if found else None


def _changed_since(observation: Observation, noun: str) -> StudbookError:
    return StaleRecordError(
        f"The {noun} of {observation.animal} was changed again after this {observation}, so it cannot simply be "
        "put back. Correct the animal, then confirm or refuse this entry."
    )
