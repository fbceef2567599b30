"""What the list of animals reads: the filtered book, its count by sex, one page of rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Case,
    Count,
    DateField,
    F,
    OrderBy,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Greatest, Least, Lower, NullIf

from studbook.animals.latest import ORDER_PARTS
from studbook.animals.models import Animal, AnimalQuerySet, Holding, ParentCandidate, ParentKind, last_of
from studbook.core.census import Census
from studbook.core.date_functions import DaysBetween, middle_day
from studbook.programmes.models import Programme

NUMBER = ("number_order", "studbook_number")
ORDERS: dict[str, tuple[str, ...]] = {
    "number": NUMBER,
    "name": ("name_order",),
    "sex": ("sex",),
    "birth": ("birth_earliest", "birth_latest"),
    "age": ("age",),
    "status": ("status",),
    "sire": ("sire__number_order", "sire__studbook_number", "sire_kind"),
    "dam": ("dam__number_order", "dam__studbook_number", "dam_kind"),
    "holder": ("holder_order",),
    "birth_type": ("birth_type",),
    "rearing": ("rearing",),
    "death": ("death_earliest", "death_latest"),
    "owner": ("owner_order",),
    "weight": ("weight_order",),
    "last_event": ("last_day", "last_kind"),
    "provisional": ("is_provisional",),
}
DEFAULT_ORDER = "number"
STILL_COUNTING = (Animal.Status.LIVING, Animal.Status.DEAD)


@dataclass(frozen=True, slots=True)
class Parent:
    """One parent as it is shown: the animal itself, or in words why there is none."""

    kind: str
    animal: Animal | None
    candidates: tuple[ParentCandidate, ...] = ()


@dataclass(frozen=True, slots=True)
class AnimalRow:
    """One line of the list: the animal, its age in years, its parents, its present or last stay."""

    animal: Animal
    age: float | None
    sire: Parent
    dam: Parent
    stay: Holding | None


def annotated_animals(programme: Programme) -> AnimalQuerySet:
    """Return the animals of a programme with their holder (the present or the last), middle days and age in days."""
    stays = Holding.objects.filter(animal=OuterRef("pk")).order_by(
        F("end").desc(nulls_first=True), "-start", "-pk"
    )
    return Animal.objects.filter(programme=programme).annotate(
        holder=Subquery(stays.values("institution")[:1]),
        holder_order=Lower(Subquery(stays.values("institution__name")[:1])),
        name_order=NullIf(Lower("house_name"), Value("")),
        born=_middle("birth"),
        died=_middle("death"),
        age=_age_on(programme.as_of),
    )


def _age_on(day: date) -> DaysBetween:
    # Each case is kept from falling before the birth by itself: PostgreSQL's GREATEST of nothing and a day is the day.
    today, born = Value(day, DateField()), _middle("birth")
    died = When(death_earliest__isnull=False, then=Greatest(Least(_middle("death"), today), born))
    lives = When(status=Animal.Status.LIVING, then=Greatest(today, born))
    return DaysBetween(Case(died, lives, output_field=DateField()), born)


def _middle(name: str) -> Case:
    return middle_day(f"{name}_earliest", f"{name}_latest")


def ordered(animals: AnimalQuerySet, order: str) -> AnimalQuerySet:
    """Sort by a column of the list, animals without a value there last, then by number; a minus sign turns it."""
    columns = ORDERS[order.removeprefix("-")]
    if part := ORDER_PARTS.get(order.removeprefix("-")):
        animals = part(animals)
    keys = [_key(column, turned=order.startswith("-")) for column in columns]
    return animals.order_by(
        *keys, *(_key(column, turned=False) for column in NUMBER if column not in columns)
    )


def _key(column: str, *, turned: bool) -> OrderBy:
    return F(column).desc(nulls_last=True) if turned else F(column).asc(nulls_last=True)


def census_of(animals: AnimalQuerySet) -> Census:
    """Count the animals by sex, in one query."""
    sexes = {"male": Animal.Sex.MALE, "female": Animal.Sex.FEMALE, "unknown": Animal.Sex.UNKNOWN}
    counts = {name: Count("pk", filter=Q(sex=sex)) for name, sex in sexes.items()}
    return Census(**animals.order_by().aggregate(**counts))


def with_row_parts(animals: AnimalQuerySet) -> AnimalQuerySet:
    """Fetch beside the animals what a row shows: parents, candidates, stays; three queries in all."""
    candidates = ParentCandidate.objects.select_related("parent")
    stays = Holding.objects.select_related("institution")
    return animals.select_related("sire", "dam").prefetch_related(
        Prefetch("parent_candidates", candidates), Prefetch("holdings", stays)
    )


def rows_of(animals: Iterable[Animal], on: date) -> list[AnimalRow]:
    """Return the rows of animals fetched by `with_row_parts`; no further query."""
    return [
        AnimalRow(
            animal=animal,
            age=known_age(animal, on),
            sire=parent_of(animal, ParentCandidate.Role.SIRE),
            dam=parent_of(animal, ParentCandidate.Role.DAM),
            stay=last_of(animal.holdings.all()),
        )
        for animal in animals
    ]


def known_age(animal: Animal, on: date) -> float | None:
    """Return the age in years, at death for the dead; None where nobody knows whether the animal still lives."""
    return animal.age_on(on) if animal.status in STILL_COUNTING else None


def parent_of(animal: Animal, role: str) -> Parent:
    """Return the sire or the dam as it is shown; reads `parent_candidates`, best fetched before."""
    kind, parent = (animal.sire_kind, animal.sire) if role == "sire" else (animal.dam_kind, animal.dam)
    if kind != ParentKind.SEVERAL:
        return Parent(kind, parent)
    return Parent(kind, None, tuple(each for each in animal.parent_candidates.all() if each.role == role))
