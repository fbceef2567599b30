"""Who could be an animal's sire or dam: those recorded as possible, or those that stood beside at the time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.dateformat import format as date_format

from pedigree.structure import UNKNOWN, WILD, Parent
from studbook.animals.models import Animal, AnimalQuerySet, Holding, ParentCandidate, ParentKind
from studbook.core.dates import DAYS_IN_YEAR
from studbook.institutions.models import Institution
from studbook.population.breeders import limits_of
from studbook.population.codes import SEX_OF_ROLE

MOST_TRIED = 20
STANDING = ""
DAY = "j F Y"
WILD_WORD, UNKNOWN_WORD = "WILD", "UNKNOWN"


@dataclass(frozen=True, slots=True)
class Choice:
    """A parent to try. `word` is its number, WILD, UNKNOWN, or empty for the parent as it stands on this basis.

    `label` names that parent where an overlay assumes it.
    """

    word: str
    animal: Animal | None = None
    why: str = ""
    label: str = ""

    @property
    def parent(self) -> Parent:
        """The parent as the science takes it; not for the standing one."""
        return {WILD_WORD: WILD, UNKNOWN_WORD: UNKNOWN}.get(self.word, self.word)

    @property
    def standing(self) -> bool:
        return self.word == STANDING


@dataclass(frozen=True, slots=True)
class Choices:
    """The parents to try, and in a sentence where they come from. `left_out` of those near are not listed."""

    choices: list[Choice]
    sentence: str
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a parent must have been, if that is known; else `why_not` says what is missing."""

    institution: Institution | None = None
    day: date | None = None
    why_not: str = ""


def choices_of(animal: Animal, role: str, typed: Sequence[Animal], *, assumed: str = "") -> Choices:
    """Return the parents to try in a role, those a person typed among them, the standing one first; at most four queries.

    `assumed` names the parent that an overlay assumes in place of the recorded one.
    """
    kind, recorded = (animal.sire_kind, animal.sire) if role == "sire" else (animal.dam_kind, animal.dam)
    found = _several(animal, role) if kind == ParentKind.SEVERAL else _near(animal, role, recorded)
    listed = {choice.animal for choice in found.choices} | {recorded}
    added = [Choice(each.studbook_number, each, "typed") for each in typed if each not in listed]
    ends = [
        Choice(word, why=why)
        for word, of_kind, why in (
            (WILD_WORD, ParentKind.WILD, "a founder of its own"),
            (UNKNOWN_WORD, ParentKind.UNKNOWN, "not known"),
        )
        if kind != of_kind
    ]
    first = [Choice(STANDING, recorded, "as recorded")]
    if assumed:
        first = [Choice(STANDING, why="assumed by an overlay", label=assumed)]
        first += [Choice(recorded.studbook_number, recorded, "on record")] if recorded else []
    return replace(found, choices=[*first, *added, *found.choices, *ends])


def _several(animal: Animal, role: str) -> Choices:
    candidates = ParentCandidate.objects.filter(animal=animal, role=role).select_related("parent")
    choices = [
        Choice(each.parent.studbook_number, each.parent, f"{100 * each.probability:.0f} % on record")
        for each in candidates[:MOST_TRIED]
    ]
    return Choices(choices, f"The book names {len(choices)} possible {role}s; each is tried as the only one.")


def _near(animal: Animal, role: str, recorded: Animal | None) -> Choices:
    place = _place(animal, role)
    if place.institution is None or place.day is None:
        return Choices([], place.why_not)
    held = _held(animal, role, place.institution, place.day)
    animals = [each for each in held if each != recorded]
    noun, event = ("males", "conceived") if role == "sire" else ("females", "born")
    noun = f"other {noun}" if recorded else noun
    where = (
        f"old enough and held at {place.institution} when it was {event}, about {date_format(place.day, DAY)}"
    )
    choices = [Choice(each.studbook_number, each, "there at the time") for each in animals[:MOST_TRIED]]
    sentence = f"Tried are the {noun} {where}." if animals else f"The book has no {noun} {where}."
    return Choices(choices, sentence, max(len(animals) - MOST_TRIED, 0))


def _place(animal: Animal, role: str) -> Place:
    if animal.birth is None:
        return Place(
            why_not="Its birth date is not known, so nobody can be found who was there. Type a number."
        )
    day = animal.birth.middle
    if role == "dam":
        return _stay(Holding.objects.filter(animal=animal), day, animal)
    conceived = day - timedelta(days=animal.programme.gestation_days_mean or 0)
    if animal.dam is not None:
        return _stay(Holding.objects.filter(animal=animal.dam), conceived, animal.dam)
    return replace(_stay(Holding.objects.filter(animal=animal), day, animal), day=conceived)


def _stay(stays: QuerySet[Holding], day: date, animal: Animal) -> Place:
    there = stays.filter(_over(day)).select_related("institution").order_by("-start").first()
    if there is None:
        return Place(
            why_not=f"Where {animal} was on {date_format(day, DAY)} is not recorded, so nobody can be found who was there. Type a number."
        )
    return Place(there.institution, day)


def _over(day: date) -> Q:
    return Q(start__lte=day) & (Q(end__isnull=True) | Q(end__gte=day))


def _held(animal: Animal, role: str, institution: Institution, day: date) -> AnimalQuerySet:
    stays = Holding.objects.filter(_over(day), institution=institution)
    first = limits_of(animal.programme, SEX_OF_ROLE[role]).first or 0.0
    youngest = day - timedelta(days=round(first * DAYS_IN_YEAR))
    old_enough = Q(birth_earliest__isnull=True) | Q(birth_earliest__lte=youngest)
    animals = animal.programme.animals.filter(
        old_enough, sex=SEX_OF_ROLE[role], pk__in=stays.values("animal")
    )
    return animals.exclude(pk=animal.pk)
