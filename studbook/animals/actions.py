"""What people do to an animal of the book: one verb, one function, one transaction, one entry in the trail.

Each takes the programme's lock, reads the animal anew, and refuses if somebody changed it since `opened_version`.
"""

from typing import Any

from studbook.accounts.models import User
from studbook.animals.adding import AddedAnimals, add_animals, add_participations
from studbook.animals.ancestry import refuse_own_ancestry
from studbook.animals.deed_rules import (
    Parent,
    refuse_death,
    refuse_parent,
    refuse_transfer,
    refuse_unsexed_parent,
)
from studbook.animals.models import Animal, Event, Holding, Ownership, ParentKind
from studbook.animals.timeline import owner_moves
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.changes import Trail, changing, columns_of, save_unless_stale

__all__ = ["AddedAnimals", "Parent", "add_animals", "record_death", "record_parents", "record_transfer"]


def record_parents(
    animal: Animal, *, sire: Parent, dam: Parent, by: User, reason: str, opened_version: int
) -> None:
    """Set both parents: an animal of the book, or ParentKind.WILD or ParentKind.UNKNOWN."""
    with changing(animal.programme, "record parents", by=by, reason=reason) as trail:
        current = _locked(animal)
        before = columns_of(current)
        for role, parent in (("sire", _as_recorded(sire)), ("dam", _as_recorded(dam))):
            refuse_unsexed_parent(current, role, parent)
            refuse_parent(current, role, parent)
            setattr(current, f"{role}_kind", ParentKind.KNOWN if isinstance(parent, Animal) else parent)
            setattr(current, role, parent if isinstance(parent, Animal) else None)
        _drop_candidates(trail, current)
        refuse_own_ancestry(current)
        _save(trail, current, before, opened_version, ["sire_kind", "sire", "dam_kind", "dam"])
    animal.refresh_from_db()


def record_transfer(
    animal: Animal,
    *,
    to: Institution,
    on: DateInterval,
    terms: str,
    by: User,
    reason: str,
    opened_version: int | None = None,
) -> Event:
    """Move an animal from its holder to another institution; a loan, and its return, leave the owner."""
    opened = opened_version or animal.version
    with changing(animal.programme, "record transfer", by=by, reason=reason) as trail:
        current = _locked(animal)
        stay, ownership = _open_periods(current)
        refuse_transfer(current, to=to, on=on, terms=terms, stay=stay, ownership=ownership)
        sender = stay.institution if stay else None
        event = _add_event(
            trail, current, Event.Kind.TRANSFER, on, institution=to, from_institution=sender, terms=terms
        )
        _succeed(trail, stay, Holding(animal=current, institution=to), on)
        if owner_moves(terms, None):
            _succeed(trail, ownership, Ownership(animal=current, institution=to), on)
        add_participations(trail, current.programme, [to])
        _save(trail, current, columns_of(current), opened, [])
    animal.refresh_from_db()
    return event


def record_death(
    animal: Animal, *, on: DateInterval, cause: str, by: User, reason: str, opened_version: int | None = None
) -> Event:
    """Record a death where the animal is, and close its stay and its ownership."""
    opened = opened_version or animal.version
    with changing(animal.programme, "record death", by=by, reason=reason) as trail:
        current = _locked(animal)
        before = columns_of(current)
        refuse_death(current, on=on)
        stay, ownership = _open_periods(current)
        place = stay.institution if stay else None
        event = _add_event(trail, current, Event.Kind.DEATH, on, institution=place, cause=cause)
        _succeed(trail, stay, None, on)
        _succeed(trail, ownership, None, on)
        current.status, current.death = Animal.Status.DEAD, on
        _save(trail, current, before, opened, ["status", "death_earliest", "death_latest", "death_text"])
    animal.refresh_from_db()
    return event


def _locked(animal: Animal) -> Animal:
    """Read the animal anew: under the programme's lock nobody else can change it."""
    return Animal.objects.select_related("programme", "sire", "dam").get(pk=animal.pk)


def _as_recorded(parent: Parent) -> Parent:
    # Its sex or birth may have been corrected since the form was opened.
    return Animal.objects.get(pk=parent.pk) if isinstance(parent, Animal) else parent


def _open_periods(animal: Animal) -> tuple[Holding | None, Ownership | None]:
    return (
        animal.holdings.filter(end=None).select_related("institution").first(),
        animal.ownerships.filter(end=None).select_related("institution").first(),
    )


def _add_event(trail: Trail, animal: Animal, kind: str, on: DateInterval, **columns: Any) -> Event:
    last = animal.events.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    event = Event(animal=animal, sequence=last + 1, kind=kind, **columns)
    event.date = on
    event.save()
    trail.created([event])
    return event


def _succeed(
    trail: Trail, old: Holding | Ownership | None, new: Holding | Ownership | None, on: DateInterval
) -> None:
    day = max(on.middle, old.start) if old else on.middle
    if old:
        before = columns_of(old)
        old.end = day
        old.save(update_fields=["end"])
        trail.changed(old, before)
    if new:
        new.start = day
        new.save()
        trail.created([new])


def _drop_candidates(trail: Trail, animal: Animal) -> None:
    candidates = animal.parent_candidates.all()
    trail.removed(list(candidates))
    candidates.delete()


def _save(
    trail: Trail, animal: Animal, before: dict[str, Any], opened_version: int, fields: list[str]
) -> None:
    save_unless_stale(animal, opened_version=opened_version, fields=fields)
    trail.changed(animal, before)
