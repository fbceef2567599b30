"""Overlays as the science takes them: rows become assumptions on ids."""

from collections.abc import Callable, Sequence
from math import fsum
from typing import Literal

from pedigree import assumptions as science
from pedigree.overlay import Overlay as Layer
from pedigree.structure import UNKNOWN, Parent
from studbook.animals.models import Animal, ParentKind
from studbook.population.codes import KIND_CODES, SEX_CODES
from studbook.population.models import AssumedParent, Assumption, Overlay

Role = Literal["sire", "dam"]


def engine_overlays(overlays: Sequence[Overlay]) -> tuple[Layer, ...]:
    """Return overlays as the science takes them, in the order given; two queries."""
    rows = Assumption.objects.whole().filter(overlay__in=overlays).order_by("id")
    of_overlay: dict[int, list[science.Assumption]] = {overlay.pk: [] for overlay in overlays}
    for row in rows:
        of_overlay[row.overlay_id].append(_MAKERS[Assumption.Kind(row.kind)](row))
    return tuple(Layer(overlay.name, tuple(of_overlay[overlay.pk])) for overlay in overlays)


def _parent(row: Assumption) -> science.Assumption:
    role: Role = "sire" if row.role == "sire" else "dam"
    return science.AssumedParent(_first(row), role, _assumed(row, role), row.reason)


def _hypothetical(row: Assumption) -> science.Assumption:
    sex = SEX_CODES[Animal.Sex(row.sex)]
    return science.HypotheticalAnimal(row.label, row.reason, _assumed(row, "sire"), _assumed(row, "dam"), sex)


def _related(row: Assumption) -> science.Assumption:
    # A CHECK holds a kinship for this kind; a row without one must not pass as unrelated.
    kinship = float("nan") if row.kinship is None else row.kinship
    return science.RelatedFounders(_first(row), _second(row), kinship, row.reason)


def _twins(row: Assumption) -> science.Assumption:
    return science.IdenticalTwins(_first(row), _second(row), row.reason)


def _sex(row: Assumption) -> science.Assumption:
    return science.AssumedSex(_first(row), SEX_CODES[Animal.Sex(row.sex)], row.reason)


def _excluded(row: Assumption) -> science.Assumption:
    return science.ExcludedAnimal(_first(row), row.reason)


_MAKERS: dict[Assumption.Kind, Callable[[Assumption], science.Assumption]] = {
    Assumption.Kind.PARENT: _parent,
    Assumption.Kind.HYPOTHETICAL: _hypothetical,
    Assumption.Kind.RELATED: _related,
    Assumption.Kind.TWINS: _twins,
    Assumption.Kind.SEX: _sex,
    Assumption.Kind.EXCLUDED: _excluded,
}


def _assumed(row: Assumption, role: Role) -> Parent:
    parents = [parent for parent in row.parents.all() if parent.role == role]
    if len(parents) == 1 and parents[0].probability == 1:
        return _one(parents[0])
    # Probabilities are stored with nine decimals, so that three thirds fall a little short of one.
    total = fsum(float(parent.probability) for parent in parents)
    return tuple((_one(parent), float(parent.probability) / total) for parent in parents) or UNKNOWN


def _one(parent: AssumedParent) -> str | int:
    if parent.kind != ParentKind.KNOWN:
        return KIND_CODES[ParentKind(parent.kind)]
    return _id(parent.animal, parent.hypothetical)


def _first(row: Assumption) -> str:
    return _id(row.animal, row.hypothetical)


def _second(row: Assumption) -> str:
    return _id(row.other_animal, row.other_hypothetical)


def _id(animal: Animal | None, hypothetical: Assumption | None) -> str:
    return animal.studbook_number if animal is not None else hypothetical.label if hypothetical else ""
