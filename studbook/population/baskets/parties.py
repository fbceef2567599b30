"""Who is meant: the words of a form become an animal of the book, or a newcomer that the basket brings."""

from dataclasses import dataclass

from studbook.animals.models import Animal
from studbook.population.models import Basket, BasketNewcomer
from studbook.population.named import animal_of_book


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
    newcomers = BasketNewcomer.objects.filter(step__basket=basket).order_by("id")
    newcomer = newcomers.filter(label__iexact=words.strip()).first()
    if newcomer is not None:
        return Party(newcomer=newcomer)
    return Party(animal=animal_of_book(basket.programme, words, field=field, nor=f"a newcomer of {basket}"))
