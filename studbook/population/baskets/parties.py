"""Who is meant: the words of a form become an animal of the book, or a newcomer that the basket brings."""

from dataclasses import dataclass

from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.population.models import Basket, BasketNewcomer

MOST_GUESSES = 3


@dataclass(frozen=True, slots=True)
class Party:
    """One of the two."""

    animal: Animal | None = None
    newcomer: BasketNewcomer | None = None

    def __str__(self) -> str:
        return str(self.animal or self.newcomer)

    @property
    def sex(self) -> str:
        one = self.animal or self.newcomer
        return one.sex if one is not None else Animal.Sex.UNKNOWN


def party_named(basket: Basket, words: str, *, field: str) -> Party:
    """Return whom words name, or refuse with the nearest animals; at most three queries."""
    words = words.strip()
    if not words:
        raise StudbookError("Name the animal by its studbook number.", field=field)
    newcomers = BasketNewcomer.objects.filter(step__basket=basket).order_by("id")
    newcomer = newcomers.filter(label__iexact=words).first()
    if newcomer is not None:
        return Party(newcomer=newcomer)
    animals = basket.programme.animals.select_related("programme").order_by("id")
    found = animals.filter(studbook_number__iexact=words).first()
    if found is None:
        raise StudbookError(_nobody(basket, words), field=field)
    return Party(animal=found)


def _nobody(basket: Basket, words: str) -> str:
    near = [str(animal) for animal in basket.programme.animals.matching(words)[:MOST_GUESSES]]
    guess = (
        f"Did you mean {' or '.join(near)}? Write its studbook number."
        if near
        else "Look for it in the list of animals."
    )
    return f"No animal “{words[:40]}” is in {basket.programme}, nor a newcomer of {basket}. {guess}"
