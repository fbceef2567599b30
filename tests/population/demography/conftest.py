"""A story of moves: captures, transfers, a release and a recapture, a loss, a death on the day of birth."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from studbook.animals.models import Animal, Event
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests.factories import AnimalFactory, EventFactory, HoldingFactory, InstitutionFactory

WILD, LOST, DEAD = Animal.BirthType.WILD, Animal.Status.LOST, Animal.Status.DEAD
Period = tuple[Institution, str, str | None]


@dataclass(frozen=True)
class Story:
    """The animals by number, the zoos and the wild area.

    1 (m) and 2 (f) are caught; 3 (m), 4 (f) and 5 (f) are theirs: 3 is released and recaptured, 4 dies on the day of its
    birth, 5 is lost; 6 (f) lives in the wild alone; 7 is of 3 and 2, of unknown sex; 8 (m) has no holder on record.
    """

    programme: Programme
    zoo: Institution
    kazan: Institution
    hills: Institution
    animals: dict[str, Animal]


@pytest.fixture
def story(programme: Programme, zoo: Institution, kazan: Institution) -> Story:
    hills: Institution = InstitutionFactory(
        mnemonic="HILLS", name="The hills", region="", kind="wild", country="RU"
    )
    told = Story(programme, zoo, kazan, hills, {})
    _add(told, "1", "M", "1995-06-01", (zoo, "2000-03-01", "2010-06-01"), birth_type=WILD, died="2010-06-01")
    _add(
        told,
        "2",
        "F",
        "1996-06-01",
        (kazan, "2001-01-10", "2003-05-05"),
        (zoo, "2003-05-05", None),
        birth_type=WILD,
    )
    three = (
        (zoo, "2004-04-10", "2006-07-01"),
        (kazan, "2006-07-01", "2008-09-09"),
        (zoo, "2011-02-02", None),
    )
    _add(told, "3", "M", "2004-04-10", *three, sire="1", dam="2")
    _events(
        told,
        "3",
        ("birth", "2004-04-10", zoo),
        ("transfer", "2006-07-01", kazan),
        ("release", "2008-09-09", hills),
        ("capture", "2011-02-02", zoo),
    )
    _add(
        told, "4", "F", "2004-04-10", (zoo, "2004-04-10", "2004-04-10"), sire="1", dam="2", died="2004-04-10"
    )
    _add(told, "5", "F", "2005-04-01", (zoo, "2005-04-01", "2009-12-31"), sire="1", dam="2", status=LOST)
    _add(
        told, "6", "F", "1999-01-01", (hills, "2002-01-01", "2012-12-01"), birth_type=WILD, died="2012-12-01"
    )
    _add(told, "7", "U", "2012-05-01", (zoo, "2012-05-01", None), sire="3", dam="2")
    _add(told, "8", "M", "2007-02-02", died="2009-03-03")
    return told


def _add(
    told: Story,
    number: str,
    sex: str,
    birth: str,
    *held: Period,
    sire: str = "",
    dam: str = "",
    died: str = "",
    **columns: Any,
) -> None:
    if died:
        columns |= {"status": DEAD, "death": DateInterval.parse(died)}
    animal: Animal = AnimalFactory(
        programme=told.programme,
        studbook_number=number,
        sex=sex,
        birth=DateInterval.parse(birth),
        sire=told.animals.get(sire),
        dam=told.animals.get(dam),
        **columns,
    )
    told.animals[number] = animal
    for place, start, end in held:
        HoldingFactory(animal=animal, institution=place, start=_day(start), end=_day(end) if end else None)


def _events(told: Story, number: str, *events: tuple[str, str, Institution]) -> None:
    for kind, on, place in events:
        EventFactory(
            animal=told.animals[number], kind=Event.Kind(kind), date=DateInterval.parse(on), institution=place
        )


def _day(text: str) -> date:
    return date.fromisoformat(text)
