"""Whose records the rules must see to judge some animals: their neighbourhood in the book."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import BigIntegerField, Q, Value

from studbook.animals.models import Animal, Holding, Identifier, ParentCandidate
from studbook.programmes.models import Programme

# Beyond this the whole book is read: many animals have most of it for neighbours, and a query takes only so many keys.
MOST_ASKED = 500
NO_PLACE = Value(None, output_field=BigIntegerField())


@dataclass(slots=True)
class Neighbours:
    """Keys of animals: those asked about and whom the rules compare them with."""

    keys: set[int] = field(default_factory=set)

    def take_in(self, keys: Iterable[int | None]) -> set[int]:
        """Add keys and return them, without those of parents that are not known."""
        new = {key for key in keys if key is not None}
        self.keys |= new
        return new


def neighbours_of(programme: Programme, animals: Collection[int]) -> set[int] | None:
    """Return the keys of all animals that a rule about these may need; six queries. None stands for the whole book.

    They are the parents and candidates, all young of theirs and of the animals, the other parent of that young, and
    who bears the same mark or the same local id at the same place.
    """
    if len(animals) > MOST_ASKED:
        return None
    found = Neighbours(set(animals))
    asked = list(programme.animals.filter(pk__in=animals).order_by().values_list("sire", "dam"))
    parents = found.take_in(key for pair in asked for key in pair)
    candidates = (
        ParentCandidate.objects.filter(animal__in=animals).order_by().values_list("parent", flat=True)
    )
    breeders = found.take_in(candidates) | parents | set(animals)
    found.take_in(key for row in _young_of(breeders) for key in row)
    found.take_in(_alike(animals))
    return found.keys


# None of these names the programme: an engine would rather read all of its animals than look these few up, and those of
# other programmes are left out when the records are read.


def _young_of(breeders: Collection[int]) -> list[tuple[int, int | None, int | None]]:
    possible = ParentCandidate.objects.filter(parent__in=breeders).order_by().values("animal")
    theirs = Q(sire__in=breeders) | Q(dam__in=breeders) | Q(pk__in=possible)
    return list(Animal.every.filter(theirs).order_by().values_list("pk", "sire", "dam"))


def _alike(animals: Collection[int]) -> set[int]:
    # First what they bear, then who bears it: as one statement it took a second on PostgreSQL while its statistics
    # knew nothing yet of a book that had just come in.
    borne = set(_borne(animals))
    if not borne:
        return set()
    marks = {value for value, place in borne if place is None}
    ids = {value for value, place in borne if place is not None}
    bearers = Identifier.objects.filter(value__in=marks).order_by().values_list("value", NO_PLACE, "animal")
    sharers = Holding.objects.filter(local_id__in=ids).order_by()
    alike = bearers.union(sharers.values_list("local_id", "institution", "animal"))
    return {key for value, place, key in alike if (value, place) in borne}


def _borne(animals: Collection[int]) -> Iterable[tuple[str, int | None]]:
    marks = Identifier.objects.filter(animal__in=animals).order_by().values_list("value", NO_PLACE)
    ids = Holding.objects.filter(animal__in=animals).exclude(local_id="").order_by()
    return marks.union(ids.values_list("local_id", "institution"))
