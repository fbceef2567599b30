"""The census told again from the tables, day by day and animal by animal, as slowly and plainly as can be."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from studbook.animals.models import Animal, Event, Holding
from studbook.population.demography.filters import Filters
from studbook.programmes.models import Programme

FAR = date(9999, 1, 1)


@dataclass(frozen=True)
class Life:
    """An animal and the times it was in, each stay by itself."""

    animal: Animal
    stays: list[tuple[date, date]]

    def there(self, day: date) -> bool:
        return any(start <= day < end for start, end in self.stays)


def lives(programme: Programme, filters: Filters) -> list[Life]:
    """Read the lives that pass the filters."""
    animals = programme.animals.prefetch_related("holdings__institution", "events")
    return [
        Life(
            animal,
            [(start, end) for start, end, stay in _all(animal, filters.in_situ) if _counts(stay, filters)],
        )
        for animal in animals
        if filters.origin in ("", animal.birth_type)
    ]


def year(told: list[Life], of: int) -> dict[str, int]:
    """Return the census at the end of a year, and who came and went in it, one day after the other."""
    day, end = date(of, 1, 1), date(of, 12, 31)
    moves: Counter[str] = Counter()
    while day <= end:
        for life in told:
            moves.update(_moves(life, day))
        day += timedelta(days=1)
    sexes = Counter(life.animal.sex for life in told if life.there(end))
    return {sex: sexes[sex] for sex in "MFU"} | {
        name: moves[name] for name in ("births", "deaths", "entries", "exits")
    }


def _moves(life: Life, day: date) -> Iterator[str]:
    came = [stay for stay in life.stays if stay[0] == day]
    left = [stay for stay in life.stays if stay[1] == day]
    within_a_day = [stay for stay in life.stays if stay == (day, day)]
    if came and (within_a_day or not left):
        yield "births" if life.animal.birth and life.animal.birth.middle == day else "entries"
    if left and (within_a_day or not came):
        yield "deaths" if life.animal.death and life.animal.death.middle == day else "exits"


def _all(animal: Animal, in_situ: bool) -> Iterator[tuple[date, date, Holding | None]]:
    held = sorted(animal.holdings.all(), key=lambda stay: (stay.start, stay.pk))
    wild = animal.birth_type == Animal.BirthType.WILD
    birth = animal.birth.middle if animal.birth else None
    death = animal.death.middle if animal.death else FAR
    for stay in held:
        if in_situ or stay.institution.kind != "wild":
            yield stay.start, stay.end or FAR, stay
    if not held and birth and (in_situ or not wild):
        yield birth, death, None
    if in_situ and held and wild and birth and birth < held[0].start:
        yield birth, held[0].start, None
    for event in animal.events.all() if in_situ else ():
        if event.kind == Event.Kind.RELEASE and event.date:
            on = event.date.middle
            yield on, min([death, *(stay.start for stay in held if stay.start > on)]), None


def _counts(stay: Holding | None, filters: Filters) -> bool:
    # The wild without a name is in no region and no institution.
    if stay is None:
        return filters.region is None and not filters.institutions
    region, places = filters.region, filters.institutions
    return (region is None or stay.institution.region == region) and (
        not places or stay.institution_id in places
    )
