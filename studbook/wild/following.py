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
    lines = ReleaseAnimal.objects.filter(animal__in=trail.animals).select_related("release", "event")
    for line in lines:
        if line.event is not None:
            continue
        before = columns_of(line)
        line.event = _event_again(line)
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
