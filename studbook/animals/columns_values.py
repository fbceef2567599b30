"""The values of the columns of the list of animals that take more than reading one field."""

from typing import Any

from studbook.animals.entry.observation_words import until_of
from studbook.animals.latest import kilograms_of
from studbook.animals.models import Observation, ParentKind
from studbook.animals.queries import AnimalRow, Parent
from studbook.core.downloads import Cell, iso
from studbook.institutions.models import Institution

NOT_KNOWN = {ParentKind.WILD: "WILD", ParentKind.UNKNOWN: "UNK"}


def parent(told: Parent) -> str:
    """Return a parent as files write it: a number, WILD, UNK, or each possible one with its probability."""
    if told.animal:
        return told.animal.studbook_number
    if told.kind == ParentKind.SEVERAL:
        return ";".join(
            f"{each.parent.studbook_number}:{each.probability.normalize():f}" for each in told.candidates
        )
    return NOT_KNOWN[ParentKind(told.kind)]


def holder(row: AnimalRow, fact: str) -> str:
    """Return the mnemonic or the name of the present or the last holder."""
    return _told(row.stay.institution if row.stay else None, fact)


def owner(row: AnimalRow, fact: str) -> str:
    """Return the mnemonic or the name of whom the animal belongs to."""
    return _told(next((each.institution for each in row.animal.ownerships.all()), None), fact)


def stay(row: AnimalRow, end: str) -> str:
    return iso(getattr(row.stay, end)) if row.stay else ""


def identifiers(row: AnimalRow, kind: str) -> str:
    return "; ".join(each.value for each in row.animal.identifiers.all() if each.kind == kind)


def weight(row: AnimalRow, fact: str = "kilograms") -> Cell:
    """Return the last weight in kilograms, or the date of it."""
    last = _first(row, "last_weights")
    if last is None:
        return "" if fact == "date" else None
    return str(last.date or "") if fact == "date" else kilograms_of(last)


def contraception(row: AnimalRow) -> str:
    """Return the last contraception with its time."""
    return _with_time(_first(row, "last_contraceptions"), Observation.Contraception)


def reproduction(row: AnimalRow) -> str:
    """Return the last reproductive status with its day."""
    return _with_time(_first(row, "last_reproductions"), Observation.ReproductiveStatus)


def event(row: AnimalRow, fact: str = "kind") -> str:
    """Return the kind of the last event, or the date of it."""
    last = _first(row, "last_events")
    if last is None:
        return ""
    return str(last.date or "") if fact == "date" else last.get_kind_display()


def _told(institution: Institution | None, fact: str) -> str:
    return str(getattr(institution, fact)) if institution else ""


def _first(row: AnimalRow, name: str) -> Any:
    return next(iter(getattr(row.animal, name)), None)


def _with_time(observed: Observation | None, words: Any) -> str:
    if observed is None:
        return ""
    what = dict(words.choices).get(observed.what, observed.what)
    product = f" ({observed.product})" if observed.product else ""
    until = f" {until_of(observed)}" if observed.until else ""
    again = f", fertile again {observed.expected_return}" if observed.expected_return else ""
    return f"{what}{product}, {observed.date or 'no date'}{until}{again}"
