"""The ages of a pair beside the ages at which the book saw each sex breed."""

from dataclasses import dataclass

from pedigree.demography.fecundity import BreedingAges
from studbook.animals.models import Animal
from studbook.core.dates import DAYS_IN_YEAR
from studbook.core.templatetags.studbook import decimals
from studbook.population.breeders import Breeder

NOUNS = {Animal.Sex.MALE: "sire", Animal.Sex.FEMALE: "dam"}


@dataclass(frozen=True, slots=True)
class ObservedAges:
    """The ages at which a sex bred, in years, and how many births and parents there were at an animal's age or above.

    Without an observed birth `youngest` and `oldest` are None; without an age `births_at_least` is None.
    """

    breeder: Breeder
    noun: str
    births: int
    youngest: float | None
    oldest: float | None
    births_at_least: int | None
    parents_at_least: int | None
    own_first: float | None
    own_last: float | None

    @property
    def own(self) -> str:
        """At what age the animal itself bred; empty for one that did not."""
        if self.own_first is None or self.own_last is None:
            return ""
        first, last = decimals(self.own_first, 1), decimals(self.own_last, 1)
        if first == last:
            return f"{self.breeder.animal} bred at {last} years."
        return f"{self.breeder.animal} bred from {first} to {last} years."

    @property
    def sentence(self) -> str:
        """The same in a sentence, for the page and for a reason."""
        animal, years = self.breeder.animal, self.breeder.age
        if self.youngest is None or self.oldest is None:
            return f"No {self.noun} of known age was seen to breed in this book."
        span = f"{self.noun}s were seen to breed from {decimals(self.youngest, 1)} to {decimals(self.oldest, 1)} years"
        if not self.breeder.alive:
            return f"{animal} is dead, and his semen does not age; {span}."
        if years is None:
            return f"The age of {animal} is not known; {span}."
        if years < self.youngest:
            return f"{animal} is {decimals(years, 1)} years old, younger than any that bred: {span}."
        if years > self.oldest:
            return f"{animal} is {decimals(years, 1)} years old, older than any that bred: {span}."
        return (
            f"{animal} is {decimals(years, 1)} years old; {span}. Of {self.births:,} birth{'' if self.births == 1 else 's'}, "
            f"{self.births_at_least} "
            f"{'was' if self.births_at_least == 1 else 'were'} to {self.parents_at_least} "
            f"{self.noun}{'' if self.parents_at_least == 1 else 's'} of that age or older."
        )


def observed_ages(breeding: BreedingAges, breeder: Breeder, sex: Animal.Sex) -> ObservedAges:
    """Return how an animal's age stands to the ages observed for the sex it has in the pair; no query."""
    days = breeding.age_days / DAYS_IN_YEAR
    years = breeder.age
    old = None if years is None else days >= years
    own = [
        float(each) for each, parent in zip(days, breeding.parents, strict=True) if parent == breeder.number
    ]
    return ObservedAges(
        breeder,
        NOUNS[sex],
        len(days),
        float(days[0]) if len(days) else None,
        float(days[-1]) if len(days) else None,
        None if old is None else int(old.sum()),
        None if old is None else len({breeding.parents[place] for place in old.nonzero()[0]}),
        own[0] if own else None,
        own[-1] if own else None,
    )
