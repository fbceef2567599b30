"""Releases that stay true to the book when another deed takes the event of one out, or brings it back."""

from studbook.animals.models import Event
from studbook.core.columns import columns_of
from studbook.core.models import AuditChange
from studbook.programmes.changes import Trail
from studbook.programmes.models import Programme
from studbook.wild.models import ReleaseAnimal

EVENT, LINE = Event._meta.label_lower, ReleaseAnimal._meta.label_lower


def follow_releases(programme: Programme, trail: Trail) -> None:
    """Let the lines of releases follow what a deed did to their events, in its transaction; docs/wild.md."""
    if not trail.touched(EVENT):
        return
    found = ReleaseAnimal.objects.filter(animal__in=trail.animals).select_related("release", "event")
    lines, given = list(found), {}
    # A merge gives the event of a line that stays at the void record to the record that is kept.
    for line in lines:
        if line.event is not None and line.event.animal_id != line.animal_id:
            given[line.release_id, line.event.animal_id] = line.event
            _tie(trail, line, None)
    for line in lines:
        if line.event is None:
            _tie(trail, line, given.get((line.release_id, line.animal_id)) or _event_again(line))


def _tie(trail: Trail, line: ReleaseAnimal, event: Event | None) -> None:
    before = columns_of(line)
    line.event = event
    if columns_of(line) != before:
        line.save(update_fields=["event"])
        trail.changed(line, before)


def _event_again(line: ReleaseAnimal) -> Event | None:
    """Return the event that a deed brought back; of one just taken out the same told twice, as when records are merged."""
    free = list(Event.objects.filter(animal=line.animal, kind=Event.Kind.RELEASE, release_line=None))
    if not free:
        return None
    formerly = {
        (columns or {}).get("event_id")
        for change in AuditChange.objects.filter(record=LINE, record_id=line.pk)
        for columns in (change.before, change.after)
    }
    again = next((each for each in free if each.pk in formerly), None)
    if again or line.event_id is None:
        return again
    # Named still, and not found any more.
    day = line.release.date_earliest, line.release.date_latest
    return next((each for each in free if (each.date_earliest, each.date_latest) == day), None)
