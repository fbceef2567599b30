"""What the pages of institutions read. Animals are reached through the stays that point here, never imported."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from studbook.core.census import Census
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme

LIVING = "living"
Counts = dict[int, dict[str, int]]


@dataclass(frozen=True, slots=True)
class InstitutionRow:
    """One line of the list: an institution and how many of the programme's animals it has to do with."""

    institution: Institution
    held: Census
    owned: Census
    ever_held: int


@dataclass(frozen=True, slots=True)
class Stay:
    """One animal at an institution, with its age in years; `owner` only where the animal belongs elsewhere."""

    animal: Any
    start: date
    end: date | None
    local_id: str = ""
    age: float | None = None
    owner: Institution | None = None
    holder: Institution | None = None


@dataclass(frozen=True, slots=True)
class Animals:
    """The animals of one institution: here now, its own elsewhere, here before."""

    here: list[Stay] = field(default_factory=list)
    elsewhere: list[Stay] = field(default_factory=list)
    past: list[Stay] = field(default_factory=list)

    @property
    def living_here(self) -> int:
        return sum(stay.animal.status == LIVING for stay in self.here)


def institutions_of(programme: Programme) -> QuerySet[Institution]:
    """Return the institutions that take part in a programme, or hold, held, own or owned an animal of it."""
    takes_part = programme.participations.filter(institution=OuterRef("pk"))
    stays = Institution.objects.filter(pk=OuterRef("pk"), holdings__animal__programme=programme)
    owns = Institution.objects.filter(pk=OuterRef("pk"), ownerships__animal__programme=programme)
    return Institution.objects.filter(Exists(takes_part) | Exists(stays) | Exists(owns))


def rows_of(programme: Programme, institutions: QuerySet[Institution]) -> list[InstitutionRow]:
    """Count the animals of each institution; four queries, however many there are."""
    held = _living_by_sex(programme, "holdings")
    owned = _living_by_sex(programme, "ownerships")
    ever = _ever_held(programme)
    return [
        InstitutionRow(each, _census(held[each.pk]), _census(owned[each.pk]), ever.get(each.pk, 0))
        for each in institutions
    ]


def _living_by_sex(programme: Programme, timeline: str) -> Counts:
    now = Q(
        **{
            f"{timeline}__end__isnull": True,
            f"{timeline}__animal__status": LIVING,
            f"{timeline}__animal__programme": programme,
        }
    )
    sex = f"{timeline}__animal__sex"
    counts: Counts = defaultdict(dict)
    for key, letter, count in (
        Institution.objects.filter(now).order_by().values_list("pk", sex).annotate(count=Count("pk"))
    ):
        counts[key][letter] = count
    return counts


def _ever_held(programme: Programme) -> dict[int, int]:
    stays = Institution.objects.filter(holdings__animal__programme=programme).order_by()
    return dict(stays.values_list("pk").annotate(count=Count("holdings__animal", distinct=True)))


def _census(by_sex: dict[str, int]) -> Census:
    return Census(by_sex.get("M", 0), by_sex.get("F", 0), by_sex.get("U", 0))


ORDERS: dict[str, Callable[[InstitutionRow], Any]] = {
    "name": lambda row: row.institution.name.casefold(),
    "mnemonic": lambda row: row.institution.mnemonic.casefold(),
    "city": lambda row: row.institution.city.casefold(),
    "country": lambda row: row.institution.country,
    "region": lambda row: row.institution.region,
    "kind": lambda row: row.institution.kind,
    "held": lambda row: row.held.total,
    "owned": lambda row: row.owned.total,
    "ever": lambda row: row.ever_held,
}
DEFAULT_ORDER = "-held"


def ordered(rows: list[InstitutionRow], order: str) -> list[InstitutionRow]:
    """Sort by a column of the list, a minus sign turns it; rows alike in it stay in order of name."""
    by_name = sorted(rows, key=ORDERS["name"])
    return sorted(by_name, key=ORDERS[order.removeprefix("-")], reverse=order.startswith("-"))


def animals_of(institution: Institution, programme: Programme) -> Animals:
    """Return the programme's animals here, its own elsewhere and those of before; six queries."""
    mine = Q(animal__programme=programme)
    order = ("animal__number_order", "animal__studbook_number", "start")
    stays = institution.holdings.filter(mine).select_related("animal").order_by(*order)
    owned = institution.ownerships.open().filter(mine, animal__status=LIVING)
    here = stays.open().prefetch_related("animal__ownerships__institution")
    elsewhere = owned.select_related("animal").order_by(*order)
    return Animals(
        here=[_here(stay, programme.as_of) for stay in here],
        elsewhere=[
            _elsewhere(each, programme.as_of)
            for each in elsewhere.prefetch_related("animal__holdings__institution")
            if _open(each.animal.holdings.all()) != institution
        ],
        past=[
            Stay(stay.animal, stay.start, stay.end, stay.local_id)
            for stay in stays.filter(end__isnull=False).order_by("-end", *order)
        ],
    )


def _here(stay: Any, on: date) -> Stay:
    owner = _open(stay.animal.ownerships.all())
    elsewhere = owner if owner != stay.institution else None
    return Stay(stay.animal, stay.start, None, stay.local_id, stay.animal.age_on(on), owner=elsewhere)


def _elsewhere(owned: Any, on: date) -> Stay:
    holder = _open(owned.animal.holdings.all())
    return Stay(owned.animal, owned.start, None, age=owned.animal.age_on(on), holder=holder)


def _open(periods: Any) -> Institution | None:
    return next((period.institution for period in periods if period.end is None), None)
