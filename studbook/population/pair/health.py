"""What the book holds on the health and reproduction of a pair: remarks, contraception, reproductive states, notes."""

from collections.abc import Iterable
from dataclasses import dataclass

from studbook.animals.models import Animal
from studbook.animals.models.observation import Observation

KINDS = (Observation.Kind.CONTRACEPTION, Observation.Kind.REPRODUCTION, Observation.Kind.NOTE)
MOST_NOTES = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation as it is told: when, what, and what was written to it."""

    when: str
    what: str
    note: str
    ended: bool


@dataclass(frozen=True, slots=True)
class Health:
    """What is on record of one animal; each list the newest first. `unlisted` notes are on the animal's own page."""

    animal: Animal
    contraception: list[Seen]
    reproduction: list[Seen]
    notes: list[Seen]
    unlisted: int

    @property
    def empty(self) -> bool:
        return not (self.animal.note or self.contraception or self.reproduction or self.notes)

    @property
    def contracepted(self) -> bool:
        """Whether a contraception on record has no end."""
        return any(not each.ended for each in self.contraception)


def health_of(sire: Animal, dam: Animal) -> list[Health]:
    """Return what is on record of the two; one query."""
    found = Observation.objects.filter(animal__in=[sire, dam], kind__in=KINDS)
    rows = list(found.order_by("-date_earliest", "-id"))
    return [_health(animal, [each for each in rows if each.animal_id == animal.pk]) for animal in (sire, dam)]


def _health(animal: Animal, rows: Iterable[Observation]) -> Health:
    kinds = {kind: [_seen(each) for each in rows if each.kind == kind] for kind in KINDS}
    notes = kinds[Observation.Kind.NOTE]
    return Health(
        animal,
        kinds[Observation.Kind.CONTRACEPTION],
        kinds[Observation.Kind.REPRODUCTION],
        notes[:MOST_NOTES],
        max(len(notes) - MOST_NOTES, 0),
    )


def _seen(each: Observation) -> Seen:
    until = f" until {each.until}" if each.until else ""
    when = f"{each.date or 'day not known'}{until}"
    return Seen(when, _what(each), each.note, bool(each.until))


def _what(each: Observation) -> str:
    words: dict[str, str] = {
        **dict(Observation.Contraception.choices),
        **dict(Observation.ReproductiveStatus.choices),
    }
    return "" if each.kind == Observation.Kind.NOTE else words.get(each.what, each.what)
