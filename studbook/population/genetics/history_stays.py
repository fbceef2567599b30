"""Who was in the population when: as long as somebody, a wild area too, held the animal."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from studbook.animals.models import Holding
from studbook.population.basis import Basis
from studbook.population.census import Life, lives_of
from studbook.population.models import Assumption
from studbook.population.provisional import Unconfirmed, unconfirmed_in

Stay = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Stays:
    """By studbook number the stays, from a day up to, not including, another; and the days of birth.

    `without_holder` have no holder on record, so birth and death stand for one; `undated` not even those, and never count.
    """

    presence: dict[str, list[Stay]]
    births: dict[str, date]
    without_holder: tuple[str, ...]
    undated: tuple[str, ...]

    @property
    def first_day(self) -> date | None:
        return min((first for stays in self.presence.values() for first, _ in stays), default=None)


def stays_on(basis: Basis) -> Stays:
    """Read who was there when, without the animals an overlay excludes or provisional entries left out; two queries, three under overlays."""
    excluded, unconfirmed = _excluded(basis), _unconfirmed(basis)
    excluded |= unconfirmed.arrived
    lives = [life for life in lives_of(basis.programme) if life.number not in excluded]
    held = _held(basis)
    for number in unconfirmed.left & held.keys():
        held[number][-1] = (held[number][-1][0], None)
    left_over = [life for life in lives if life.number not in held]
    presence = {life.number: held.get(life.number) or _whole_life(life) for life in lives}
    return Stays(
        presence={number: stays for number, stays in presence.items() if stays},
        births={life.number: life.birth for life in lives if life.birth},
        without_holder=tuple(life.number for life in left_over if life.start),
        undated=tuple(life.number for life in left_over if not life.start),
    )


def _held(basis: Basis) -> dict[str, list[Stay]]:
    rows = Holding.objects.filter(animal__programme=basis.programme).order_by("animal", "start", "id")
    held: defaultdict[str, list[Stay]] = defaultdict(list)
    for number, start, end in rows.values_list("animal__studbook_number", "start", "end"):
        held[number].append((start, end))
    return dict(held)


def _whole_life(life: Life) -> list[Stay]:
    if life.start is None:
        return []
    return [(life.start, max(life.start, life.end) if life.end else None)]


def _unconfirmed(basis: Basis) -> Unconfirmed:
    return unconfirmed_in(basis.programme) if basis.confirmed_only else Unconfirmed()


def _excluded(basis: Basis) -> set[str]:
    if not basis.overlays:
        return set()
    assumptions = Assumption.objects.filter(
        overlay__in=[overlay.pk for overlay in basis.overlays], kind=Assumption.Kind.EXCLUDED
    )
    return set(assumptions.values_list("animal__studbook_number", flat=True))
