"""Two records side by side, fact by fact, before they are merged."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model, Prefetch

from studbook.animals.correcting.facts import EVENT_FACTS, FACT_COLUMNS
from studbook.animals.correcting.merging import offspring_of_record
from studbook.animals.models import Animal, Event, Holding, ParentCandidate, ParentKind

LABELS = {"house_name": "House name", "birth_type": "Birth type"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as the two records tell it."""

    name: str
    label: str
    kept: str
    other: str

    @property
    def differs(self) -> bool:
        return self.kept != self.other


@dataclass(frozen=True, slots=True)
class Part:
    """What each of the two records has of one thing: events, stays, marks, observations, offspring."""

    label: str
    kept: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]

    @property
    def differing(self) -> tuple[Fact, ...]:
        return tuple(each for each in self.facts if each.differs)


def compared(kept: Animal, other: Animal) -> Comparison:
    """Put two records side by side; the same number of queries however much they hold."""
    one, two = (_with_parts(each) for each in (kept, other))
    names = [*FACT_COLUMNS, *EVENT_FACTS[1:]]
    facts = [Fact(name, _label(name), _said(one, name), _said(two, name)) for name in names]
    sides = [_parts(each) for each in (one, two)]
    parts = [Part(label, sides[0][label], sides[1][label]) for label in sides[0]]
    return Comparison(tuple(facts), tuple(each for each in parts if each.kept or each.other))


def _with_parts(animal: Animal) -> Animal:
    events = Prefetch("events", Event.objects.select_related("institution", "from_institution"))
    stays = Prefetch("holdings", Holding.objects.select_related("institution"))
    candidates = Prefetch("parent_candidates", ParentCandidate.objects.select_related("parent"))
    found = Animal.every.select_related("programme", "sire", "dam")
    return found.prefetch_related(events, stays, candidates, "identifiers", "observations").get(pk=animal.pk)


def _said(animal: Animal, name: str) -> str:
    if name in ("sire", "dam"):
        return parent_words(animal, name)
    if name in EVENT_FACTS:
        return str(getattr(animal, name) or "")
    shown = getattr(animal, f"get_{name}_display", None)
    return str(shown() if shown else getattr(animal, name))


def parent_words(animal: Animal, role: str) -> str:
    """Return a parent in words; reads `parent_candidates`, best fetched before."""
    kind = getattr(animal, f"{role}_kind")
    if kind == ParentKind.KNOWN:
        return str(getattr(animal, role))
    several = [each for each in animal.parent_candidates.all() if each.role == role]
    if kind == ParentKind.SEVERAL and several:
        return ", ".join(f"{each.parent} ({each.probability.normalize():f})" for each in several)
    return str(ParentKind(kind).label)


def _parts(animal: Animal) -> dict[str, tuple[str, ...]]:
    return {
        "Events": tuple(_event_words(each) for each in animal.events.all()),
        "Stays": tuple(
            f"{each.institution}, {each.start} to {each.end or 'now'}{f', as {each.local_id}' if each.local_id else ''}"
            for each in animal.holdings.all()
        ),
        "Marks and numbers": _words(animal.identifiers.all()),
        "Observations": _words(animal.observations.all()),
        "Offspring": _words(offspring_of_record(animal)),
    }


def _event_words(event: Event) -> str:
    places = [
        f"from {event.from_institution}" if event.from_institution else "",
        str(event.institution or ""),
    ]
    return ", ".join(filter(None, [str(event), *places]))


def _words(records: Iterable[Model]) -> tuple[str, ...]:
    return tuple(str(each) for each in records)


def _label(name: str) -> str:
    return LABELS.get(name, name.capitalize())
