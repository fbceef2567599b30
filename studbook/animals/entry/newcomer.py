"""An animal that comes into the book from outside: caught in the wild, or from a zoo the book does not follow."""

from collections.abc import Iterable
from typing import Any

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.adding import add_participations, number_order
from studbook.animals.deed_rules import refuse_future
from studbook.animals.entry.litter import (
    next_number,
    refuse_foreign_parents,
    refuse_foreign_place,
    refuse_number,
)
from studbook.animals.entry.observation_identity import Mark, write_identification
from studbook.animals.entry.provisional import is_provisional_at
from studbook.animals.keeping import keeping
from studbook.animals.models import Animal, Event, ParentKind
from studbook.animals.parents_told import ParentChoice
from studbook.animals.retelling import insert_event, retelling
from studbook.core.dates import DateInterval
from studbook.core.findings import rejected
from studbook.institutions.models import Institution
from studbook.programmes.changes import Trail
from studbook.programmes.models import Programme

WILD = ParentChoice(ParentKind.WILD)


def log_capture(
    programme: Programme,
    *,
    place: Institution,
    sire: ParentChoice = WILD,
    dam: ParentChoice = WILD,
    **told: Any,
) -> Animal:
    """Write down an animal caught in the wild and brought to a zoo; its parents are wild unless they are named."""
    columns: dict[str, Any] = {"birth_type": Animal.BirthType.WILD, "kind": Event.Kind.CAPTURE}
    return _log_newcomer(programme, "log capture", place=place, sire=sire, dam=dam, **columns, **told)


def log_arrival(
    programme: Programme,
    *,
    place: Institution,
    sire: ParentChoice,
    dam: ParentChoice,
    birth_type: str,
    from_institution: Institution | None = None,
    **told: Any,
) -> Animal:
    """Write down an animal that comes from outside the programme."""
    columns: dict[str, Any] = {
        "birth_type": birth_type,
        "kind": Event.Kind.TRANSFER,
        "sender": from_institution,
    }
    return _log_newcomer(programme, "log arrival", place=place, sire=sire, dam=dam, **columns, **told)


def _log_newcomer(
    programme: Programme,
    verb: str,
    *,
    place: Institution,
    on: DateInterval,
    by: User | None,
    reason: str = "",
    acknowledged: Iterable[str] = (),
    **told: Any,
) -> Animal:
    with keeping(programme, verb, by=by, right=Right.LOG, reason=reason, acknowledged=acknowledged) as trail:
        refuse_foreign_place(programme, place, by)
        provisional = is_provisional_at(programme, place, by)
        animal = write_newcomer(trail, programme, place=place, on=on, provisional=provisional, **told)
        add_participations(trail, programme, [place])
    return animal


def write_newcomer(
    trail: Trail,
    programme: Programme,
    *,
    kind: str,
    place: Institution,
    on: DateInterval,
    provisional: bool,
    sender: Institution | None = None,
    terms: str = "",
    local_id: str = "",
    transponder: str = "",
    **told: Any,
) -> Animal:
    """Add an animal with the event that brought it in."""
    refuse_future("the animal", on, Event.Kind(kind).label)
    animal = _new_animal(programme, on, **told)
    animal.save()
    trail.created([animal])
    event = Event(
        kind=kind,
        institution=place,
        from_institution=sender,
        terms=terms,
        local_id=local_id,
        provisional=provisional,
    )
    event.date = on
    with retelling(trail, animal):
        insert_event(trail, animal, event)
    if transponder:
        write_identification(
            trail, animal, mark=Mark.TRANSPONDER, value=transponder, on=on, provisional=provisional
        )
    return animal


def _new_animal(
    programme: Programme,
    on: DateInterval,
    *,
    birth_type: str,
    sire: ParentChoice,
    dam: ParentChoice,
    sex: str,
    birth: DateInterval | None = None,
    house_name: str = "",
    studbook_number: str = "",
    note: str = "",
) -> Animal:
    number = studbook_number or next_number(programme)
    refuse_number(programme, number)
    refuse_foreign_parents(programme, sire, dam)
    if birth and birth.earliest > on.latest:
        sentence = f"Animal {number} was born {birth}, after it came on {on}. Correct one of the two dates."
        raise rejected("C4", [number], sentence, field="birth")
    animal = Animal(
        programme=programme,
        studbook_number=number,
        number_order=number_order(number),
        house_name=house_name,
        sex=sex,
        birth_type=birth_type,
        note=note,
        sire_kind=sire.kind,
        sire=sire.animal,
        dam_kind=dam.kind,
        dam=dam.animal,
    )
    animal.birth = birth
    return animal
