"""Who is meant: the words of a form become an animal of the book or a hypothetical one of the overlay."""

from dataclasses import dataclass

from studbook.animals.models import Animal, ParentKind
from studbook.population.models import Assumption, Overlay
from studbook.population.models.assumption import called
from studbook.population.named import animal_of_book

KIND_OF_WORD = {kind.value: kind for kind in (ParentKind.WILD, ParentKind.UNKNOWN)}


@dataclass(frozen=True, slots=True)
class Party:
    """An animal of the book, a hypothetical one, or, as a parent only, nobody who is named."""

    animal: Animal | None = None
    hypothetical: Assumption | None = None
    kind: str = ParentKind.KNOWN

    def __str__(self) -> str:
        return called(self.animal, self.hypothetical) or ParentKind(self.kind).label

    @property
    def sex(self) -> str:
        """The recorded sex; empty for nobody."""
        one = self.hypothetical or self.animal
        return one.sex if one is not None else ""


def animal_named(overlay: Overlay, words: str, *, field: str) -> Animal:
    """Return the animal of the book that words name, or refuse with the nearest ones; at most two queries."""
    return animal_of_book(overlay.programme, words, field=field, nor=f"a hypothetical one in {overlay}")


def party_named(overlay: Overlay, words: str, *, field: str) -> Party:
    """Return the animal or the hypothetical animal that words name; at most three queries."""
    label = overlay.assumptions.filter(kind=Assumption.Kind.HYPOTHETICAL, label__iexact=words.strip()).first()
    if label is not None:
        return Party(hypothetical=label)
    return Party(animal=animal_named(overlay, words, field=field))


def parent_named(overlay: Overlay, words: str, *, field: str) -> Party:
    """Return the parent that words name; "wild" and "unknown" are words of their own."""
    kind = KIND_OF_WORD.get(words.strip().lower())
    return Party(kind=kind) if kind else party_named(overlay, words, field=field)
