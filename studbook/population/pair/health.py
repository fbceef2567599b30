"""What the book holds on the health and reproduction of a pair: remarks, contraception, reproductive states, notes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from studbook.animals.entry.observation_words import until_of, what_of
from studbook.animals.models import Animal
from studbook.animals.models.observation import Observation
from studbook.reproduction.status.standing import Standing, standing_of

KINDS = (Observation.Kind.CONTRACEPTION, Observation.Kind.REPRODUCTION, Observation.Kind.NOTE)
MOST_NOTES = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation as it is told: when, what, and what was written to it."""

    when: str
    what: str
    note: str


@dataclass(frozen=True, slots=True)
class Health:
    """What is on record of one animal; each list the newest first. `unlisted` notes are on the animal's own page."""

    animal: Animal
    contraception: list[Seen]
    reproduction: list[Seen]
    notes: list[Seen]
    unlisted: int
    standing: Standing

    @property
    def empty(self) -> bool:
        return not (self.animal.note or self.contraception or self.reproduction or self.notes)


def health_of(sire: Animal, dam: Animal) -> list[Health]:
    """Return what is on record of the two; one query."""
    found = Observation.objects.filter(animal__in=[sire, dam], kind__in=KINDS)
    rows = list(found.order_by("-date_earliest", "-id"))
    return [_health(animal, [each for each in rows if each.animal_id == animal.pk]) for animal in (sire, dam)]


def _health(animal: Animal, rows: Sequence[Observation]) -> Health:
    today = timezone.localdate()
    begun = [each for each in rows if each.date is None or each.date.earliest <= today]
    kinds = {kind: [_seen(each) for each in rows if each.kind == kind] for kind in KINDS}
    notes = kinds[Observation.Kind.NOTE]
    return Health(
        animal,
        kinds[Observation.Kind.CONTRACEPTION],
        kinds[Observation.Kind.REPRODUCTION],
        notes[:MOST_NOTES],
        max(len(notes) - MOST_NOTES, 0),
        standing_of((each for each in begun if each.kind != Observation.Kind.NOTE), today),
    )


def _seen(each: Observation) -> Seen:
    until = f" {until_of(each)}" if each.until else ""
    again = f", fertile again {each.expected_return}" if each.expected_return else ""
    product = f" ({each.product})" if each.product else ""
    what = "" if each.kind == Observation.Kind.NOTE else f"{what_of(each)}{product}"
    return Seen(f"{each.date or 'day not known'}{until}{again}", what, each.note)
