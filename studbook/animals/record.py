"""What an animal's page reads."""

from dataclasses import dataclass

from django.db.models import Prefetch

from studbook.animals.drawing import Drawing, drawing_of
from studbook.animals.generations import Generations, generations_of
from studbook.animals.life import Entry, life_of
from studbook.animals.models import Animal, Event, Holding, Identifier, Ownership
from studbook.animals.offspring import Offspring, offspring_of
from studbook.animals.queries import AnimalRow, rows_of, with_row_parts
from studbook.core.errors import StudbookError
from studbook.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Record:
    """Everything of one animal's page. Without a `drawing`, `drawing_refused` says why there is none."""

    animal: Animal
    row: AnimalRow
    owner: Ownership | None
    death: Event | None
    identifiers: tuple[Identifier, ...]
    stays: tuple[Holding, ...]
    life: tuple[Entry, ...]
    offspring: Offspring
    generations: Generations
    drawing: Drawing | None
    drawing_refused: str

    @property
    def is_provisional(self) -> bool:
        """Tell whether an event of its life waits to be confirmed."""
        return any(entry.event.provisional for entry in self.life if entry.event)

    @property
    def on_loan(self) -> bool:
        """Tell whether the animal is held by one institution and belongs to another."""
        stay = self.row.stay
        if stay is None or stay.end is not None or self.owner is None:
            return False
        return stay.institution_id != self.owner.institution_id


def animal_of(programme: Programme, number: str) -> Animal | None:
    """Return the animal of that number with all its page needs of it; six queries."""
    places = [
        Prefetch("identifiers", Identifier.objects.select_related("institution")),
        Prefetch("ownerships", Ownership.objects.select_related("institution")),
        Prefetch("events", Event.objects.select_related("institution", "from_institution")),
    ]
    animals = with_row_parts(Animal.objects.filter(programme=programme, studbook_number=number))
    return animals.prefetch_related(*places).first()


def record_of(animal: Animal, programme: Programme) -> Record:
    """Put the page together from an animal of `animal_of`; seven queries more, however large the book."""
    events, stays = tuple(animal.events.all()), tuple(animal.holdings.all())
    generations = generations_of(animal)
    drawing, refused = _drawn(generations)
    return Record(
        animal=animal,
        row=rows_of([animal], programme.as_of)[0],
        owner=_owner(animal),
        death=next((event for event in events if event.kind == Event.Kind.DEATH), None),
        identifiers=tuple(animal.identifiers.all()),
        stays=stays[::-1],
        life=tuple(life_of(animal, events, stays)),
        offspring=offspring_of(animal, programme.as_of),
        generations=generations,
        drawing=drawing,
        drawing_refused=refused,
    )


def _owner(animal: Animal) -> Ownership | None:
    return next((each for each in animal.ownerships.all() if each.end is None), None)


def _drawn(generations: Generations) -> tuple[Drawing | None, str]:
    try:
        return drawing_of(generations), ""
    except StudbookError as refusal:
        return None, refusal.sentence
