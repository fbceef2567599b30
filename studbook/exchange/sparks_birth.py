"""Birth type, which the SPARKS pair does not hold: told from the first event, the place and where the dam was."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from studbook.exchange.records import BirthType, ImportedAnimal, ImportedEvent
from studbook.exchange.sparks_events import EventsByAnimal, last_stay


@dataclass(frozen=True, slots=True)
class _Moves:
    mine: EventsByAnimal
    wild_places: Collection[str]


def with_birth_types(
    animals: Iterable[ImportedAnimal], events: Iterable[ImportedEvent], mine: EventsByAnimal
) -> tuple[ImportedAnimal, ...]:
    wild_places = {event.location_mnemonic for event in events if event.kind in {"capture", "release"}}
    moves = _Moves(mine, wild_places - {""})
    return tuple(replace(animal, birth_type=_birth_type(animal, moves)) for animal in animals)


def _birth_type(animal: ImportedAnimal, moves: _Moves) -> BirthType:
    first = next(iter(moves.mine.get(animal.studbook_number, ())), None)
    if first is None or first.kind not in {"birth", "capture"}:
        return "wild" if animal.sire.kind == animal.dam.kind == "wild" else "unknown"
    if first.kind == "capture" or animal.dam.kind == "wild":
        return "wild"
    if first.location_mnemonic not in moves.wild_places:
        return "captive"
    return _born_in_wild_place(animal, first, moves.mine)


def _born_in_wild_place(animal: ImportedAnimal, birth: ImportedEvent, mine: EventsByAnimal) -> BirthType:
    """Wild places hold aviaries too: only the dam's own whereabouts tell the two births apart."""
    day = birth.date.best if birth.date else None
    if day is None or animal.dam.studbook_number is None:
        return "unknown"
    dam = last_stay(mine.get(animal.dam.studbook_number, ()), until=day)
    if dam is None or dam.kind == "death":
        return "unknown"
    return "captive" if dam.direction == "in" else "wild"
