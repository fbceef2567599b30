"""Who is meant: the words of a form become an animal of the book or a hypothetical one of the overlay."""

from dataclasses import dataclass

from studbook.animals.models import Animal, ParentKind
from studbook.core.errors import StudbookError
from studbook.population.models import Assumption, Overlay
from studbook.population.models.assumption import called

MOST_GUESSES = 3
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
    words = words.strip()
    if not words:
        raise StudbookError("Name the animal by its studbook number.", field=field)
    animals = overlay.programme.animals.select_related("programme", "sire", "dam")
    found = animals.filter(studbook_number__iexact=words).first()
    if found is None:
        raise StudbookError(_nobody(overlay, words), field=field)
    return found


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


def _nobody(overlay: Overlay, words: str) -> str:
    near = [str(animal) for animal in overlay.programme.animals.matching(words)[:MOST_GUESSES]]
    guess = (
        f"Did you mean {' or '.join(near)}? Write its studbook number."
        if near
        else "Look for it in the list of animals."
    )
    return f"No animal “{words[:40]}” is in {overlay.programme}, nor a hypothetical one in {overlay}. {guess}"
