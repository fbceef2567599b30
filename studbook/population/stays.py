"""The stays of every animal as the book and a basis tell them: since when, until when, and where."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from studbook.animals.models import Holding
from studbook.population.basis import Basis
from studbook.population.models import Assumption
from studbook.population.provisional import Unconfirmed, unconfirmed_in


@dataclass(frozen=True, slots=True)
class Stay:
    """From a day up to, not including, another; `place` is an institution's key, None where no holder is on record."""

    start: date
    end: date | None
    place: int | None = None


def held_on(basis: Basis, unconfirmed: Unconfirmed) -> dict[str, list[Stay]]:
    """Return the stays of every animal that anybody ever held, in order; one query.

    A last stay that only provisional entries end goes on.
    """
    rows = Holding.objects.filter(animal__programme=basis.programme).order_by("animal", "start", "id")
    held: defaultdict[str, list[Stay]] = defaultdict(list)
    for number, start, end, place in rows.values_list(
        "animal__studbook_number", "start", "end", "institution"
    ):
        held[number].append(Stay(start, end, place))
    for number in unconfirmed.left & held.keys():
        held[number][-1] = replace(held[number][-1], end=None)
    return dict(held)


def unconfirmed_on(basis: Basis) -> Unconfirmed:
    """Return what a basis leaves out of provisional entries; one query where it leaves them out."""
    return unconfirmed_in(basis.programme) if basis.confirmed_only else Unconfirmed()


def excluded_on(basis: Basis) -> set[str]:
    """Return the animals that the overlays of a basis exclude; one query with any overlay."""
    if not basis.overlays:
        return set()
    assumptions = Assumption.objects.filter(
        overlay__in=[overlay.pk for overlay in basis.overlays], kind=Assumption.Kind.EXCLUDED
    )
    return set(assumptions.values_list("animal__studbook_number", flat=True))
