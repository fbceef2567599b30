"""What happens in a life, logged: a death, a release, an animal lost and found again. One deed for one animal."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.deed_rules import refuse_future
from studbook.animals.entry.life_rules import refuse_death, refuse_leaving, refuse_return
from studbook.animals.entry.provisional import is_provisional
from studbook.animals.keeping import keeping, locked
from studbook.animals.models import Animal, Event, Holding
from studbook.animals.retelling import insert_event, retelling
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.changes import Trail

REFUSALS = {
    Event.Kind.DEATH: refuse_death,
    Event.Kind.RELEASE: refuse_leaving,
    Event.Kind.LOST: refuse_leaving,
    Event.Kind.FOUND: refuse_return,
}


def log_life_event(
    kind: str,
    animal: Animal,
    *,
    by: User | None,
    reason: str = "",
    acknowledged: Iterable[str] = (),
    **told: Any,
) -> Event:
    """Write down what happened to an animal; the entry of a person who cannot confirm it is provisional."""
    with keeping(
        animal.programme,
        f"log {Event.Kind(kind).label}",
        by=by,
        right=Right.LOG,
        about=[animal],
        reason=reason,
        acknowledged=acknowledged,
    ) as trail:
        current = locked(animal)
        event = write_life_event(trail, current, kind, provisional=is_provisional(current, by), **told)
    animal.refresh_from_db()
    return event


log_death = partial(log_life_event, Event.Kind.DEATH)
log_release = partial(log_life_event, Event.Kind.RELEASE)
log_lost = partial(log_life_event, Event.Kind.LOST)
log_found = partial(log_life_event, Event.Kind.FOUND)


def write_life_event(
    trail: Trail,
    animal: Animal,
    kind: str,
    *,
    on: DateInterval,
    place: Institution | None = None,
    provisional: bool,
    **columns: Any,
) -> Event:
    """Put an event into the life of an animal, where the animal was unless a place is named; the timelines follow."""
    refuse_future(animal, on, Event.Kind(kind).label)
    REFUSALS[Event.Kind(kind)](animal, on)
    event = Event(kind=kind, institution=place or place_on(animal, on), provisional=provisional, **columns)
    event.date = on
    with retelling(trail, animal):
        insert_event(trail, animal, event)
    return event


def place_on(animal: Animal, on: DateInterval) -> Institution | None:
    """Return who held an animal on a day, or last before it."""
    stays = Holding.objects.filter(animal=animal, start__lte=on.latest).select_related("institution")
    stay = stays.order_by("-start", "-pk").first()
    return stay.institution if stay else None
