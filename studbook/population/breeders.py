"""Living males and females as a planner sees them: how old, old enough, and where."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from studbook.animals.models import Animal, Holding
from studbook.core.dates import DAYS_IN_YEAR, completed_years
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.status.standing import NOTHING, Standing, State, standing_on

TOO_YOUNG = "too young"
TOO_OLD = "too old"
AGE_UNKNOWN = "age unknown"
LIMIT_UNKNOWN = "no age limit set"
BREEDING_AGE = ""
BARRED = (TOO_YOUNG, TOO_OLD)


@dataclass(frozen=True, slots=True)
class Limits:
    """The breeding ages of one sex in years; None where the programme sets no limit."""

    first: float | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Breeder:
    """A living animal of known sex, or a dead male whose semen is in store. `age_mark` is empty within the breeding ages, else what is the matter.

    `standing` is what stands of its reproduction today, which leaves its age as it is. `doses` are those in store of a male that a list takes from the bank, whatever his age; None where it does not. The holder of a dead
    one is where his semen is.
    """

    animal: Animal
    age: float | None
    age_mark: str
    holder: Institution | None
    standing: Standing = NOTHING
    doses: int | None = None

    @property
    def number(self) -> str:
        return self.animal.studbook_number

    @property
    def badge(self) -> str:
        """What a list marks this animal with; a limit the programme lacks is said once, not at every animal."""
        return "" if self.age_mark == LIMIT_UNKNOWN else self.age_mark

    @property
    def breedable(self) -> bool:
        return self.age_mark not in BARRED or bool(self.doses)

    @property
    def alive(self) -> bool:
        return bool(self.animal.is_living)

    @property
    def bar(self) -> State | None:
        """What keeps it from breeding whatever its age: neutered, infertile, past breeding, not for breeding."""
        return self.standing.bar

    @property
    def barred_by(self) -> str:
        """The same in words, as a file holds it; empty where nothing does."""
        return self.bar.sentence if self.bar else ""


def limits_of(programme: Programme, sex: str) -> Limits:
    """Return the breeding ages a programme sets for a sex ("M" or "F")."""
    male = sex == Animal.Sex.MALE
    days = programme.male_first_breeding_days if male else programme.female_first_breeding_days
    last = programme.male_last_breeding_years if male else programme.female_last_breeding_years
    return Limits(None if days is None else days / DAYS_IN_YEAR, last)


def limits_missing(programme: Programme) -> bool:
    """Tell whether the programme leaves a breeding age open, so that animals of any age may be in the list."""
    limits = [limits_of(programme, sex) for sex in (Animal.Sex.MALE, Animal.Sex.FEMALE)]
    return any(each.first is None or each.last is None for each in limits)


def recorded_sex(animal: Animal) -> Animal.Sex:
    """Return an animal's sex as the book has it."""
    return Animal.Sex(animal.sex)


def breeders_of(
    programme: Programme, sex_of: Callable[[Animal], Animal.Sex] = recorded_sex
) -> dict[str, Breeder]:
    """Return the living animals of known sex by studbook number, breedable or not; four queries."""
    holders = holders_of(programme)
    standing = standing_on(programme, timezone.localdate())
    limits = {sex: limits_of(programme, sex) for sex in (Animal.Sex.MALE, Animal.Sex.FEMALE)}
    breeders = (
        breeder(
            animal,
            holders.get(animal.pk),
            limits[sex],
            programme.as_of,
            standing.get(animal.pk, NOTHING),
        )
        for animal in programme.animals.living().order_by()
        if (sex := sex_of(animal)) in limits
    )
    return {each.number: each for each in breeders}


def holders_of(programme: Programme) -> dict[int, Institution]:
    """Return who holds each living animal, by its primary key; two queries."""
    stays = Holding.objects.open().filter(animal__programme=programme, animal__status=Animal.Status.LIVING)
    holders = dict(stays.order_by().values_list("animal_id", "institution_id"))
    # Fetched once each and shared: many animals have one holder.
    institutions = Institution.objects.in_bulk(set(holders.values()))
    return {animal: institutions[holder] for animal, holder in holders.items()}


def barred_on(programme: Programme, day: date, animals: Collection[Animal] | None = None) -> dict[int, str]:
    """Return by key why living animals, or some of them, are not to breed on a day, a sentence each; one query."""
    standing = standing_on(programme, day, animals)
    return {key: f"It is {each.bar.sentence.rstrip('. ')}." for key, each in standing.items() if each.bar}


def breeder(
    animal: Animal,
    holder: Institution | None,
    limits: Limits,
    on: date,
    standing: Standing = NOTHING,
) -> Breeder:
    """Return a living animal as a planner sees it on a day."""
    age = animal.age_on(on)
    years = None if animal.birth is None else completed_years(animal.birth, on)
    return Breeder(animal, age, age_mark(age, limits, years), holder, standing)


def age_mark(age: float | None, limits: Limits, years: int | None = None) -> str:
    """Return what is the matter with an age; empty within the breeding ages.

    `years` are those that are complete. Where only the age was kept, as in a frozen version of a plan, its whole part
    stands for them, which may be a day late.
    """
    if age is None:
        return AGE_UNKNOWN
    if limits.first is not None and age < limits.first:
        return TOO_YOUNG
    # A last breeding age of 15 years lasts until the sixteenth birthday.
    if limits.last is not None and (int(age) if years is None else years) > limits.last:
        return TOO_OLD
    return LIMIT_UNKNOWN if limits.first is None or limits.last is None else BREEDING_AGE
