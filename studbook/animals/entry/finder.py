"""Finding the animal that something is to be logged of: by number, name, transponder or local id, typed or scanned."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, Prefetch, Q, QuerySet, Value, When

from studbook.accounts.models import User
from studbook.accounts.rights import HELD, Right, Standing
from studbook.animals.keeping import places_of
from studbook.animals.models import Animal, Holding, last_of
from studbook.core.models import AuditChange
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme

MOST_FOUND, MOST_LATELY, MOST_AT_HOME = 20, 8, 60
CHANGES_READ = 200


@dataclass(frozen=True, slots=True)
class Found:
    """An animal as the finder shows it: where it is, and whether the person may log anything of it."""

    animal: Animal
    stay: Holding | None
    may_log: bool


@dataclass(frozen=True, slots=True)
class Search:
    """What the words found. `chosen` is the one animal they mean, if the person may log of it."""

    words: str
    chosen: Found | None
    others: tuple[Found, ...]
    elsewhere: tuple[Found, ...]

    @property
    def nothing(self) -> bool:
        return not (self.chosen or self.others or self.elsewhere)


def found_by(programme: Programme, standing: Standing, words: str) -> Search:
    """Return what the words find: an exact number or name first, else a part of a name; six queries at most.

    An animal on which the person may not log is found by an exact number only, so that they learn whom to ask.
    """
    words = " ".join(words.replace("\x00", "").split())
    exact = (
        _found(standing, _numbered_first(programme.animals.filter(_exactly(words)), words)) if words else []
    )
    mine = [each for each in exact if each.may_log]
    elsewhere = tuple(each for each in exact if not each.may_log)
    if chosen := _meant(mine, words):
        return Search(words, chosen, tuple(each for each in mine if each != chosen), elsewhere)
    if words and not exact:
        named = _found(standing, programme.animals.filter(house_name__icontains=words))
        mine = [each for each in named if each.may_log]
    return Search(words, None, tuple(mine), elsewhere)


def lately_logged(programme: Programme, standing: Standing, user: User) -> list[Found]:
    """Return the animals of which a person logged something last, the latest first."""
    changes = AuditChange.objects.filter(entry__programme=programme, entry__actor=user, animal__isnull=False)
    latest = changes.order_by("-pk").values_list("animal", flat=True)[:CHANGES_READ]
    keys = list(dict.fromkeys(key for key in latest if key))[:MOST_LATELY]
    found = {each.animal.pk: each for each in _found(standing, programme.animals.filter(pk__in=keys))}
    return [found[key] for key in keys if key in found and found[key].may_log]


def animals_at_home(programme: Programme, standing: Standing) -> dict[Institution, list[Animal]]:
    """Return the living animals that the person's institutions hold, by institution; one query."""
    places = standing.institutions(Right.LOG, HELD)
    stays = (
        Holding.objects.open()
        .filter(institution__in=places, animal__programme=programme, animal__status=Animal.Status.LIVING)
        .select_related("institution", "animal")
    )
    at_home: dict[Institution, list[Animal]] = {}
    ordered = stays.order_by("institution__name", "institution", "animal__number_order", "animal")
    for stay in ordered[:MOST_AT_HOME]:
        at_home.setdefault(stay.institution, []).append(stay.animal)
    return at_home


def _meant(found: Sequence[Found], words: str) -> Found | None:
    """Return the one that the words mean: a studbook number goes before a local id that looks like it."""
    numbered = [each for each in found if each.animal.studbook_number.lower() == words.lower()]
    one = numbered or found
    return one[0] if len(one) == 1 else None


def _exactly(words: str) -> Q:
    # A scanner gives fifteen digits, a certificate prints them in groups.
    digits = re.sub(r"[\s-]", "", words)
    return (
        Q(studbook_number__iexact=words)
        | Q(house_name__iexact=words)
        | Q(identifiers__value__iexact=words)
        | Q(identifiers__value__iexact=digits)
        | Q(holdings__local_id__iexact=words)
    )


def _numbered_first(animals: QuerySet[Animal], words: str) -> QuerySet[Animal]:
    # Old local ids of other zoos must not crowd out the number itself.
    numbered = Case(When(studbook_number__iexact=words, then=Value(0)), default=Value(1))
    return animals.annotate(place=numbered).order_by("place", "number_order", "pk")


def _found(standing: Standing, animals: QuerySet[Animal]) -> list[Found]:
    stays = Holding.objects.select_related("institution")
    rows = list(animals.distinct().prefetch_related(Prefetch("holdings", stays))[:MOST_FOUND])
    allowed = _may_log(standing, {each.pk for each in rows})
    return [Found(each, last_of(each.holdings.all()), each.pk in allowed) for each in rows]


def _may_log(standing: Standing, animals: Iterable[int]) -> set[int]:
    return {
        animal.pk
        for animal, holder, owner in places_of(set(animals))
        if standing.may_on(Right.LOG, holder=holder, owner=owner)
    }
