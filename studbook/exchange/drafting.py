"""From the records of a parsed file to the drafts that the book takes in. Knows places only by what it is given."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from studbook.animals.drafts import AnimalDraft, EventDraft, IdentifierDraft, ParentDraft
from studbook.core.dates import FIRST_DAY, DateInterval, DateTextError
from studbook.exchange.records import (
    ImportedAnimal,
    ImportedDate,
    ImportedEvent,
    ImportedIdentifier,
    ImportedParent,
    ParsedStudbook,
    events_by_animal,
)
from studbook.institutions.models import Institution

Places = Mapping[str, Institution]


def drafts_of(parsed: ParsedStudbook, places: Places, as_of: date) -> list[AnimalDraft]:
    """Return a draft for each animal; raises DateTextError for a date no book can hold."""
    events = events_by_animal(parsed.events)
    identifiers = defaultdict(list)
    for identifier in parsed.identifiers:
        identifiers[identifier.studbook_number].append(_identifier_draft(identifier, places))
    return [
        _animal_draft(
            animal,
            tuple(_event_draft(event, places, as_of) for event in events.get(animal.studbook_number, ())),
            tuple(identifiers[animal.studbook_number]),
            as_of,
        )
        for animal in parsed.animals
    ]


def interval_of(given: ImportedDate | None, as_of: date) -> DateInterval | None:
    """Return the interval of a date in a file, open ends closed by the first day of the book and the day it is current to."""
    if given is None or (given.earliest is None and given.latest is None):
        return None
    earliest = given.earliest or FIRST_DAY
    latest = given.latest or max(earliest, as_of)
    return DateInterval(earliest, latest, _words(given.text, earliest, latest))


def _words(text: str, earliest: date, latest: date) -> str:
    # The words of the file where they say the same in this book's grammar; SPARKS writes 20190503M.
    try:
        read = DateInterval.parse(text)
    except DateTextError:
        return _own_words(earliest, latest)
    return text if (read.earliest, read.latest) == (earliest, latest) else _own_words(earliest, latest)


def _own_words(earliest: date, latest: date) -> str:
    if earliest == latest:
        return earliest.isoformat()
    if (earliest, latest) == (date(earliest.year, 1, 1), date(earliest.year, 12, 31)):
        return str(earliest.year)
    if latest - earliest == timedelta(days=30):
        return f"about {earliest + timedelta(days=15)}"
    return f"between {earliest} and {latest}"


def _animal_draft(
    animal: ImportedAnimal,
    events: tuple[EventDraft, ...],
    identifiers: tuple[IdentifierDraft, ...],
    as_of: date,
) -> AnimalDraft:
    return AnimalDraft(
        studbook_number=animal.studbook_number,
        sex=animal.sex,
        house_name=animal.house_name,
        birth=interval_of(animal.birth, as_of),
        death=interval_of(animal.death, as_of),
        birth_type=animal.birth_type,
        rearing=animal.rearing,
        sire=_parent_draft(animal.sire),
        dam=_parent_draft(animal.dam),
        note=animal.note,
        events=events,
        identifiers=identifiers,
    )


def _parent_draft(parent: ImportedParent) -> ParentDraft:
    shares = tuple(zip(parent.candidates, parent.probabilities, strict=True))
    return ParentDraft(parent.kind, parent.studbook_number or "", shares)


def _event_draft(event: ImportedEvent, places: Places, as_of: date) -> EventDraft:
    return EventDraft(
        kind=event.kind,
        date=interval_of(event.date, as_of),
        institution=places.get(event.location_mnemonic),
        from_institution=places.get(event.from_mnemonic),
        local_id=event.local_id or "",
        terms=_terms(event),
        cause=event.cause,
        note=event.note,
        raw_code=event.raw_code,
        physical=event.physical,
        ownership=event.ownership,
        direction=event.direction,
    )


def _terms(event: ImportedEvent) -> str:
    # SPARKS writes a loan as a move of the animal without its ownership.
    lent = event.kind == "transfer" and event.physical is True and event.ownership is False
    return event.terms or ("loan" if lent else "")


def _identifier_draft(identifier: ImportedIdentifier, places: Places) -> IdentifierDraft:
    place = places.get(identifier.institution_mnemonic)
    return IdentifierDraft(identifier.kind, identifier.value, place)
