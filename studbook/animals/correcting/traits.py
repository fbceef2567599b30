"""What tells animals apart, read for a whole book at once without making a record of each."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from studbook.animals.models import Animal, Holding, Identifier
from studbook.programmes.models import Programme

NEAR = timedelta(days=3)
NO_ID = {"", "unk", "unknown", "none", "?", "-", "0"}
Days = tuple[date, date]


@dataclass(slots=True)
class Traits:
    """One animal by its keys: births and deaths as their first and last day, stays as place, start and end."""

    pk: int
    sex: str
    sire: int | None
    dam: int | None
    name: str
    born: Days | None
    died: Days | None
    stays: list[tuple[int, date, date | None]] = field(default_factory=list)
    local_ids: dict[int, set[str]] = field(default_factory=dict)
    transponders: set[str] = field(default_factory=set)


def traits_of(programme: Programme) -> list[Traits]:
    """Return the traits of each standing animal of a book; three queries."""
    found = {each.pk: each for each in map(_traits, programme.animals.values_list(*COLUMNS))}
    holdings = Holding.objects.filter(animal__programme=programme)
    for animal, place, start, end, local_id in holdings.values_list(
        "animal_id", "institution_id", "start", "end", "local_id"
    ):
        if traits := found.get(animal):
            traits.stays.append((place, start, end))
            number = local_id.strip().casefold()
            if number not in NO_ID:
                traits.local_ids.setdefault(place, set()).add(number)
    marks = Identifier.objects.filter(animal__programme=programme, kind=Identifier.Kind.TRANSPONDER)
    for animal, value in marks.values_list("animal_id", "value"):
        if traits := found.get(animal):
            traits.transponders.add(value)
    return list(found.values())


def may_be_one(one: Traits, other: Traits) -> bool:
    """Tell whether neither sex nor birth speaks against two records being of one animal."""
    sexes = {one.sex, other.sex} - {Animal.Sex.UNKNOWN}
    return len(sexes) < 2 and (not one.born or not other.born or near(one, other))


def near(one: Traits, other: Traits) -> bool:
    """Tell whether both births are known and may be days apart at most."""
    if one.born is None or other.born is None:
        return False
    return one.born[0] <= other.born[1] + NEAR and other.born[0] <= one.born[1] + NEAR


def told_apart(one: Traits, other: Traits) -> bool:
    """Tell whether a name, a transponder, a local id, a place or a death shows that they are two."""
    places = one.local_ids.keys() & other.local_ids.keys()
    return (
        bool(one.name and other.name and one.name != other.name)
        or bool(one.transponders and other.transponders and not one.transponders & other.transponders)
        or any(not one.local_ids[place] & other.local_ids[place] for place in places)
        or _were_in_two_places(one, other)
        or bool(one.died and other.died and one.died != other.died)
    )


def of_one_line(one: Traits, other: Traits) -> bool:
    """Tell whether one is a parent of the other."""
    return other.pk in (one.sire, one.dam) or one.pk in (other.sire, other.dam)


COLUMNS = (
    "pk",
    "sex",
    "sire_id",
    "dam_id",
    "house_name",
    "birth_earliest",
    "birth_latest",
    "death_earliest",
    "death_latest",
)


def _traits(columns: tuple[object, ...]) -> Traits:
    pk, sex, sire, dam, name, *days = columns
    born, died = tuple(days[:2]), tuple(days[2:])
    return Traits(
        pk,  # type: ignore[arg-type]  # the columns come as COLUMNS names them
        sex,  # type: ignore[arg-type]
        sire,  # type: ignore[arg-type]
        dam,  # type: ignore[arg-type]
        str(name).strip().casefold(),
        born if days[0] else None,  # type: ignore[arg-type]
        died if days[2] else None,  # type: ignore[arg-type]
    )


def _were_in_two_places(one: Traits, other: Traits) -> bool:
    return any(
        place != another and (end is None or end > begun) and (ended is None or ended > start)
        for place, start, end in one.stays
        for another, begun, ended in other.stays
    )
