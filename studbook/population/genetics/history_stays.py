"""Who was in the population when: as long as somebody, a wild area too, held the animal."""

from dataclasses import dataclass
from datetime import date

from studbook.population.basis import Basis
from studbook.population.census import Life, lives_of
from studbook.population.stays import excluded_on, held_on, unconfirmed_on

Span = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Stays:
    """By studbook number the stays, from a day up to, not including, another; and the days of birth.

    `without_holder` have no holder on record, so birth and death stand for one; `undated` not even those, and never count.
    """

    presence: dict[str, list[Span]]
    births: dict[str, date]
    without_holder: tuple[str, ...]
    undated: tuple[str, ...]

    @property
    def first_day(self) -> date | None:
        return min((first for stays in self.presence.values() for first, _ in stays), default=None)


def stays_on(basis: Basis) -> Stays:
    """Read who was there when, without the animals an overlay excludes or provisional entries left out; two queries, three under overlays."""
    excluded, unconfirmed = excluded_on(basis), unconfirmed_on(basis)
    excluded |= unconfirmed.arrived
    lives = [life for life in lives_of(basis.programme) if life.number not in excluded]
    held = {
        number: [(stay.start, stay.end) for stay in stays]
        for number, stays in held_on(basis, unconfirmed).items()
    }
    left_over = [life for life in lives if life.number not in held]
    presence = {life.number: held.get(life.number) or _whole_life(life) for life in lives}
    return Stays(
        presence={number: stays for number, stays in presence.items() if stays},
        births={life.number: life.birth for life in lives if life.birth},
        without_holder=tuple(life.number for life in left_over if life.start),
        undated=tuple(life.number for life in left_over if not life.start),
    )


def _whole_life(life: Life) -> list[Span]:
    if life.start is None:
        return []
    return [(life.start, max(life.start, life.end) if life.end else None)]
