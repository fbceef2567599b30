"""What the page of reproductive status reads: a row for each living animal, and the pairs that need contraception."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from django.db.models import Q

from studbook.animals.models import Animal, Holding, Observation
from studbook.core.dates import DAYS_IN_YEAR
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.status.standing import EXPIRED, NOTHING, WORDS, Standing, State, standing_on

USUAL_DAYS = 90
AGE_NOT_KNOWN = "age not known"


@dataclass(frozen=True, slots=True)
class StatusRow:
    """A living animal, its holder, and what stands of its reproduction."""

    animal: Animal
    holder: Institution | None
    age: float | None
    standing: Standing

    @property
    def contraception(self) -> State | None:
        """The contraception that lasts, or the one that is over without a return told."""
        return self.standing.contraception or self.standing.state(EXPIRED)


@dataclass(frozen=True, slots=True)
class Need:
    """A male and a female at one institution that should not breed together, and how they are related.

    A note says that the age of one is not known, so that it may be of breeding age, and that one is not for breeding.
    """

    institution: Institution
    sire: Animal
    dam: Animal
    how: str
    sire_note: str = ""
    dam_note: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many are on each list that people work from: contraceptions that end within `days`, those past their end, those over, pairs that need one."""

    ending: int
    past: int
    expired: int
    needs: int
    days: int


def status_rows(programme: Programme, day: date) -> list[StatusRow]:
    """Return every living animal by its number; four queries."""
    standing = standing_on(programme, day)
    holders = _holders(programme)
    animals = programme.animals.living().select_related("sire", "dam")
    return [
        StatusRow(each, holders.get(each.pk), each.age_on(day), standing.get(each.pk, NOTHING))
        for each in animals.order_by("number_order", "studbook_number", "pk")
    ]


def needs_of(programme: Programme, rows: Iterable[StatusRow]) -> list[Need]:
    """Return the related pairs of breeding age at one institution of whom neither is kept from having young; no query.

    They are parents with their young, and full or half siblings, as the records alone tell it. An animal whose age is not known
    may be of breeding age. One that is not for breeding can have young all the same.
    """
    at: defaultdict[Institution, dict[str, list[StatusRow]]] = defaultdict(lambda: {"M": [], "F": []})
    for row in rows:
        kept = row.holder is not None and row.holder.kind != Institution.Kind.WILD
        if kept and row.holder and row.standing.fertile and _can_breed(programme, row):
            at[row.holder][row.animal.sex].append(row)
    needs = [
        Need(place, sire.animal, dam.animal, how, _note(sire), _note(dam))
        for place, sexes in at.items()
        for sire, dam in product(sexes["M"], sexes["F"])
        if (how := related(sire.animal, dam.animal))
    ]
    return sorted(needs, key=lambda each: each.institution.name)


def waiting_in(programme: Programme, rows: Sequence[StatusRow], day: date) -> Waiting:
    """Count what waits on a day; no query."""
    return Waiting(
        ending=sum(each.standing.ends_within(day, USUAL_DAYS) for each in rows),
        past=sum(each.standing.past_its_end(day) for each in rows),
        expired=sum(each.standing.state(EXPIRED) is not None for each in rows),
        needs=len(needs_of(programme, rows)),
        days=USUAL_DAYS,
    )


def related(one: Animal, other: Animal) -> str:
    """Return how two animals are related by their known parents: parent, full or half sibling; empty for none of these."""
    parents = [{each.sire_id, each.dam_id} - {None} for each in (one, other)]
    if other.pk in parents[0] or one.pk in parents[1]:
        return "parent and young"
    shared = parents[0] & parents[1]
    return {0: "", 1: "half siblings"}.get(len(shared), "full siblings")


def timeline_of(animal: Animal) -> list[Observation]:
    """Return what was given to and found of an animal, the latest first; one query."""
    kinds = (Observation.Kind.CONTRACEPTION, Observation.Kind.REPRODUCTION)
    return list(animal.observations.filter(kind__in=kinds).order_by("-date_earliest", "-pk"))


def _can_breed(programme: Programme, row: StatusRow) -> bool:
    male = row.animal.sex == Animal.Sex.MALE
    if row.animal.sex not in (Animal.Sex.MALE, Animal.Sex.FEMALE):
        return False
    if row.age is None:
        return True
    first = programme.male_first_breeding_days if male else programme.female_first_breeding_days
    last = programme.male_last_breeding_years if male else programme.female_last_breeding_years
    return row.age * DAYS_IN_YEAR >= (first or 0) and (last is None or row.age < last + 1)


def _note(row: StatusRow) -> str:
    not_for_breeding = Observation.ReproductiveStatus.NOT_BREEDING.value
    told = (
        AGE_NOT_KNOWN if row.age is None else "",
        WORDS[not_for_breeding] if row.standing.state(not_for_breeding) else "",
    )
    return ", ".join(filter(None, told))


def _holders(programme: Programme) -> dict[int, Institution]:
    stays = Holding.objects.filter(Q(end=None), animal__programme=programme)
    held = dict(stays.order_by().values_list("animal", "institution"))
    places = Institution.objects.in_bulk(set(held.values()))
    return {animal: places[key] for animal, key in held.items()}
