"""Pairs that stay true to the book: when one of the two dies or leaves, the pair is separated in the same transaction.

A pair that was separated in this way follows on: where the death or the move is corrected or taken out, so is its end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from studbook.animals.models import Animal, Event, Holding
from studbook.core.columns import columns_of
from studbook.core.dates import DateInterval
from studbook.core.models import AuditChange
from studbook.programmes.changes import ANIMAL_RECORD, Trail, save_unless_stale
from studbook.programmes.models import Programme
from studbook.reproduction.models import Pairing

End = Pairing.End
PAIRING = Pairing._meta.label_lower
SAID_BY_PEOPLE = ("introduce pair", "separate pair", "correct pair")
WATCHED = (ANIMAL_RECORD, Holding._meta.label_lower, Event._meta.label_lower)
COLUMNS = ["separated_earliest", "separated_latest", "separated_text", "end"]


@dataclass(frozen=True, slots=True)
class Parting:
    """When and why a pair came to its end by itself."""

    on: DateInterval
    end: str


def follow_pairs(programme: Programme, trail: Trail) -> None:
    """Separate the pairs of which a deed took one away, and bring back those whose end it took back; two queries at least."""
    watched = {each.animal for each in trail.changes if each.record in WATCHED and each.animal is not None}
    if not watched - trail.new_animals:
        return
    touched = set(trail.touched(PAIRING))
    ends = Q(separated_earliest=None) | Q(end__in=(End.MOVED, End.DEATH))
    found = Pairing.objects.standing().filter(Q(sire__in=watched) | Q(dam__in=watched)).filter(ends)
    pairs = [each for each in found.select_related("sire", "dam") if each.pk not in touched]
    for pairing in pairs:
        if pairing.separated is None or _came_by_itself(pairing):
            _bring_in_line(trail, pairing)


def _bring_in_line(trail: Trail, pairing: Pairing) -> None:
    partings = [each for animal in (pairing.sire, pairing.dam) if (each := _parting(pairing, animal))]
    first = min(partings, key=lambda each: each.on.latest, default=None)
    if first is None and pairing.separated and _open_again(pairing):
        return
    before = columns_of(pairing)
    pairing.separated, pairing.end = (first.on, first.end) if first else (None, "")
    if columns_of(pairing) != before:
        save_unless_stale(pairing, opened_version=pairing.version, fields=COLUMNS)
        trail.changed(pairing, before)


def _parting(pairing: Pairing, animal: Animal) -> Parting | None:
    if animal.status == Animal.Status.VOID:
        return None
    left = _left(pairing, list(animal.holdings.order_by("start", "pk")))
    if animal.death and (left is None or left >= animal.death.earliest):
        return Parting(_not_before(pairing, animal.death), End.DEATH)
    return Parting(_not_before(pairing, DateInterval.exact(left)), End.MOVED) if left else None


def _left(pairing: Pairing, stays: Sequence[Holding]) -> date | None:
    """Return when an animal left the place of the pair after it was introduced, whether it came back later or not."""
    day = pairing.introduced
    here = [each for each in stays if each.institution_id == pairing.institution_id]
    if day:
        here = [each for each in here if each.end is None or each.end >= day.earliest]
    # One that came to the place of the pair only after it was introduced, by the dates of the book, counts from then.
    begun = [each for each in here if day and each.start <= day.latest]
    stay = next(iter([*reversed(begun), *here]), None)
    end = stay.end if stay else None
    for each in here:
        if end and each.start <= end and (each.end is None or each.end > end):
            end = each.end
    return end


def _not_before(pairing: Pairing, day: DateInterval) -> DateInterval:
    """Return a day that the pair's own dates leave possible."""
    last = pairing.together or pairing.introduced
    return last if last and day.latest < last.earliest else day


def _came_by_itself(pairing: Pairing) -> bool:
    changes = AuditChange.objects.filter(record=PAIRING, record_id=pairing.pk).select_related("entry")
    for change in changes.order_by("-pk"):
        was = (change.before or {}).get("separated_earliest")
        if was != (change.after or {}).get("separated_earliest"):
            return change.entry.verb not in SAID_BY_PEOPLE
    return False


def _open_again(pairing: Pairing) -> bool:
    """Tell whether the two are a pair anew, so that the former one stays over."""
    same = Pairing.objects.open().filter(sire=pairing.sire_id, dam=pairing.dam_id)
    return same.exclude(pk=pairing.pk).exists()
