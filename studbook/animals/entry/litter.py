"""A litter: its young, its possible sires, and the records that a birth makes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from studbook.accounts.models import User
from studbook.accounts.rights import Right, standing_of
from studbook.animals.adding import LARGEST_ORDER, add_participations, number_order
from studbook.animals.deed_rules import refuse_future
from studbook.animals.draft_rules import refuse_new_number
from studbook.animals.entry.life import place_on
from studbook.animals.entry.observation_identity import Mark, write_identification
from studbook.animals.entry.observation_values import Amount
from studbook.animals.entry.observation_writing import write_weight
from studbook.animals.entry.provisional import is_provisional_at
from studbook.animals.keeping import NotTheirsError, keeping
from studbook.animals.models import Animal, Event, Ownership, ParentCandidate
from studbook.animals.parents_told import ParentChoice
from studbook.animals.retelling import insert_event, retelling
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.findings import rejected
from studbook.institutions.models import Institution
from studbook.programmes.changes import Trail
from studbook.programmes.models import Programme

STILLBORN = "stillborn"
MOST_YOUNG = 12


@dataclass(frozen=True, slots=True)
class Young:
    """One of a litter, as far as it is known."""

    sex: str = Animal.Sex.UNKNOWN
    house_name: str = ""
    local_id: str = ""
    transponder: str = ""
    rearing: str = Animal.Rearing.UNKNOWN
    weight: Amount | None = None
    stillborn: bool = False
    studbook_number: str = ""


def log_birth(
    programme: Programme,
    *,
    on: DateInterval,
    young: Sequence[Young],
    sire: ParentChoice,
    dam: ParentChoice,
    place: Institution | None = None,
    owner: Institution | None = None,
    by: User | None,
    note: str = "",
    reason: str = "",
    acknowledged: Iterable[str] = (),
    borne_by: Animal | None = None,
    beside: Callable[[Trail, Sequence[Animal]], None] | None = None,
) -> list[Animal]:
    """Write down a whole litter, born where its dam was unless a place is named; each young gets its number now.

    `borne_by` is who bore it, where that is not the dam. `beside` writes with the litter, in its transaction and before the
    rules are asked, what belongs to it in a room above.
    """
    _refuse_litter(young, on)
    bearer = borne_by or dam.animal
    with keeping(
        programme,
        "log birth",
        by=by,
        right=Right.LOG,
        about=[bearer] if bearer else [],
        reason=reason,
        acknowledged=acknowledged,
    ) as trail:
        place = place or _place_of_birth(bearer, on)
        refuse_foreign_place(programme, place, by)
        litter = write_litter(
            trail,
            programme,
            on=on,
            young=young,
            sire=sire,
            dam=dam,
            place=place,
            owner=owner,
            note=note,
            provisional=is_provisional_at(programme, place, by),
        )
        add_participations(trail, programme, [place])
        if beside:
            beside(trail, litter)
    return litter


def write_litter(
    trail: Trail,
    programme: Programme,
    *,
    on: DateInterval,
    young: Sequence[Young],
    sire: ParentChoice,
    dam: ParentChoice,
    place: Institution,
    owner: Institution | None,
    note: str,
    provisional: bool,
) -> list[Animal]:
    """Add the young of a litter; the numbers that nobody gave are the next of the book, without a gap."""
    refuse_foreign_parents(programme, sire, dam)
    owner = owner or (_owner_on(dam.animal, on) if dam.animal else None) or place
    litter = []
    for each in young:
        animal = _new_animal(programme, each, on, sire, dam, note)
        animal.save()
        trail.created([animal])
        _name_candidates(trail, animal, sire, dam)
        _write_birth(trail, animal, each, on, place, owner, provisional=provisional)
        litter.append(animal)
    return litter


def next_number(programme: Programme) -> str:
    """Return the next free studbook number; under the programme's lock nobody else can draw it."""
    plain = Animal.every.filter(programme=programme, studbook_number__regex=r"^[0-9]+$")
    # Numbers that the order cannot tell apart have no next one.
    plain = plain.filter(number_order__lt=LARGEST_ORDER)
    return str((plain.aggregate(last=Max("number_order"))["last"] or 0) + 1)


def refuse_foreign_place(programme: Programme, place: Institution, by: User | None) -> None:
    """Refuse a birth, a capture or an arrival at a zoo for which the person does not log."""
    if by and not standing_of(by, programme.pk).may_for(Right.LOG, place.pk):
        raise NotTheirsError(f"You do not log for {place}. Ask its registrar, or choose your own zoo.")


def refuse_number(programme: Programme, number: str) -> None:
    """Refuse a number that another record bears, or bore, and one that no animal is given."""
    refuse_new_number(number)
    taken = Animal.every.filter(programme=programme, studbook_number=number).first()
    if taken:
        born = f", born {taken.birth}" if taken.birth else ""
        sentence = (
            f"Studbook number {number} belongs to {taken}{born}, for ever. Leave the field empty for the next free "
            "number. If it is the same animal, correct its record instead."
        )
        raise rejected("A1", [number], sentence, field="studbook_number")


def refuse_foreign_parents(programme: Programme, sire: ParentChoice, dam: ParentChoice) -> None:
    """Refuse a parent of another book; the form offers none."""
    for role, told in (("sire", sire), ("dam", dam)):
        for parent in told.animals:
            if parent.programme_id != programme.pk:
                sentence = f"{parent} is not in the book of {programme}. Choose a {role} from this book."
                raise rejected("B16", [parent.studbook_number], sentence, field=role)


def _refuse_litter(young: Sequence[Young], on: DateInterval) -> None:
    if not 1 <= len(young) <= MOST_YOUNG:
        raise StudbookError(
            f"A litter has 1 to {MOST_YOUNG} young, and {len(young)} were named. Correct how many there are.",
            field="count",
        )
    refuse_future("the litter", on, "birth")
    named = [each.studbook_number for each in young if each.studbook_number]
    if len(set(named)) < len(named):
        raise StudbookError(
            "Two young were given one studbook number. Give each its own, or leave the numbers empty.",
            field="young",
        )


def _place_of_birth(bearer: Animal | None, on: DateInterval) -> Institution:
    place = place_on(bearer, on) if bearer else None
    if place is None:
        sentence = "Nobody is recorded to have held the dam on that day. Name the place of birth."
        raise StudbookError(sentence, field="place")
    return place


def _new_animal(
    programme: Programme, young: Young, on: DateInterval, sire: ParentChoice, dam: ParentChoice, note: str
) -> Animal:
    number = young.studbook_number or next_number(programme)
    refuse_number(programme, number)
    animal = Animal(
        programme=programme,
        studbook_number=number,
        number_order=number_order(number),
        house_name=young.house_name,
        sex=young.sex,
        birth_type=Animal.BirthType.CAPTIVE,
        rearing=young.rearing,
        note=note,
        sire_kind=sire.kind,
        sire=sire.animal,
        dam_kind=dam.kind,
        dam=dam.animal,
    )
    animal.birth = on
    return animal


def _name_candidates(trail: Trail, animal: Animal, sire: ParentChoice, dam: ParentChoice) -> None:
    rows = [
        ParentCandidate(animal=animal, role=role, parent=parent, probability=share)
        for role, told in (("sire", sire), ("dam", dam))
        for parent, share in told.candidates
    ]
    trail.created(ParentCandidate.objects.bulk_create(rows))


def _write_birth(
    trail: Trail,
    animal: Animal,
    young: Young,
    on: DateInterval,
    place: Institution,
    owner: Institution,
    *,
    provisional: bool,
) -> None:
    with retelling(trail, animal):
        insert_event(trail, animal, _birth(on, place, owner, young.local_id, provisional=provisional))
        if young.stillborn:
            death = Event(kind=Event.Kind.DEATH, institution=place, cause=STILLBORN, provisional=provisional)
            death.date = on
            insert_event(trail, animal, death)
    told: dict[str, Any] = {"on": on, "provisional": provisional}
    if young.weight:
        write_weight(trail, animal, weight=young.weight, **told)
    if young.transponder:
        write_identification(trail, animal, mark=Mark.TRANSPONDER, value=young.transponder, **told)


def _birth(
    on: DateInterval, place: Institution, owner: Institution, local_id: str, *, provisional: bool
) -> Event:
    birth = Event(kind=Event.Kind.BIRTH, institution=place, local_id=local_id, provisional=provisional)
    if owner != place:
        # Born where its dam stays on loan: the place holds it, and it belongs to whom it comes from.
        birth.from_institution, birth.ownership = owner, False
    birth.date = on
    return birth


def _owner_on(animal: Animal, on: DateInterval) -> Institution | None:
    periods = Ownership.objects.filter(animal=animal, start__lte=on.latest).select_related("institution")
    period = periods.order_by("-start", "-pk").first()
    return period.institution if period else None
