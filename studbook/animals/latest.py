"""What the list of animals fetches beside its rows, for the columns that ask for it: one query each."""

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import (
    Case,
    DateField,
    DecimalField,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
)

from studbook.animals.models import AnimalQuerySet, Event, Identifier, Observation, Ownership

GRAMS_IN_KG = 1000
NEWEST = (F("date_latest").desc(nulls_last=True), "-pk")
Annotated = Any  # animals with annotations, which the model does not know
Part = Callable[[Annotated], Annotated]


def with_parts(animals: AnimalQuerySet, needs: Collection[str]) -> AnimalQuerySet:
    """Fetch what these columns need beside the animals."""
    for need in sorted(needs):
        animals = PARTS[need](animals)
    return animals


def marked_provisional(animals: Annotated) -> Annotated:
    """Tell of each animal whether something of it waits to be confirmed."""
    mine = Q(animal=OuterRef("pk"), provisional=True)
    return animals.annotate(
        is_provisional=Exists(Event.objects.filter(mine)) | Exists(Observation.objects.filter(mine))
    )


def last_event_kind(animals: Annotated) -> Annotated:
    """Tell of each animal what its last event was, and when."""
    events = Event.objects.filter(animal=OuterRef("pk")).order_by("-sequence")
    return animals.annotate(
        last_kind=Subquery(events.values("kind")[:1]),
        last_day=Subquery(events.values("date_latest")[:1], output_field=DateField()),
    )


def last_weight(animals: Annotated) -> Annotated:
    """Tell of each animal its last weight in kilograms, to sort by."""
    weights = _observed(Observation.Kind.WEIGHT).filter(animal=OuterRef("pk"))
    kilograms = Case(
        When(unit="g", then=F("quantity") / GRAMS_IN_KG), default=F("quantity"), output_field=DecimalField()
    )
    return animals.annotate(
        weight_order=Subquery(weights.annotate(kilograms=kilograms).values("kilograms")[:1])
    )


def owners(animals: Annotated) -> Annotated:
    """Tell of each animal whose it is, to sort by."""
    now = Ownership.objects.open().filter(animal=OuterRef("pk"))
    return animals.annotate(owner_order=Subquery(now.values("institution__name")[:1]))


def kilograms_of(weight: Observation) -> float | None:
    if weight.quantity is None:
        return None
    return float(weight.quantity) / (GRAMS_IN_KG if weight.unit == "g" else 1)


def _observed(kind: str) -> QuerySet[Observation]:
    return Observation.objects.filter(kind=kind).order_by(*NEWEST)


def _latest(kind: str, name: str) -> Part:
    return lambda animals: animals.prefetch_related(
        Prefetch("observations", _observed(kind)[:1], to_attr=name)
    )


def _last_event(animals: Annotated) -> Annotated:
    events = Event.objects.order_by("-sequence")
    return animals.prefetch_related(Prefetch("events", events[:1], to_attr="last_events"))


def _ownerships(animals: Annotated) -> Annotated:
    now = Ownership.objects.open().select_related("institution")
    return animals.prefetch_related(Prefetch("ownerships", now))


def _identifiers(animals: Annotated) -> Annotated:
    return animals.prefetch_related(Prefetch("identifiers", Identifier.objects.filter(active=True)))


PARTS: dict[str, Part] = {
    "owner": _ownerships,
    "identifiers": _identifiers,
    "provisional": marked_provisional,
    "last event": _last_event,
    "weight": _latest(Observation.Kind.WEIGHT, "last_weights"),
    "contraception": _latest(Observation.Kind.CONTRACEPTION, "last_contraceptions"),
    "reproduction": _latest(Observation.Kind.REPRODUCTION, "last_reproductions"),
}
ORDER_PARTS: dict[str, Part] = {
    "owner": owners,
    "weight": last_weight,
    "last_event": last_event_kind,
    "provisional": marked_provisional,
}
