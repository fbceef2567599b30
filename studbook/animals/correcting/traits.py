"""What tells animals apart, read for a whole book at once without making a record of each."""

from studbook.animals.likeness import GIVEN_ONCE, Traits
from studbook.animals.models import Holding, Identifier
from studbook.programmes.models import Programme


def traits_of(programme: Programme) -> list[Traits]:
    """Return the traits of each standing animal of a book, by its key; three queries."""
    found = {each.key: each for each in map(_traits, programme.animals.values_list(*COLUMNS))}
    holdings = Holding.objects.filter(animal__programme=programme)
    columns = ("animal_id", "institution_id", "start", "end", "local_id")
    for animal, place, start, end, local_id in holdings.values_list(*columns):
        if traits := found.get(animal):
            traits.stay(place, start, end, local_id)
    marks = Identifier.objects.filter(animal__programme=programme, kind__in=GIVEN_ONCE)
    for animal, value in marks.values_list("animal_id", "value"):
        if traits := found.get(animal):
            traits.marks.add(value)
    return list(found.values())


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
        pk,
        sex,  # type: ignore[arg-type]  # the columns come as COLUMNS names them
        sire,
        dam,
        str(name),
        born if days[0] else None,  # type: ignore[arg-type]
        died if days[2] else None,  # type: ignore[arg-type]
    )
