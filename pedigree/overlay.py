"""Analytical overlays: assumptions laid over the records for an analysis, the records untouched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from pedigree._sharing import NOT_INBRED, UNRELATED
from pedigree.assumptions import (
    AssumedParent,
    AssumedSex,
    Assumption,
    Claim,
    ExcludedAnimal,
    Field,
    HypotheticalAnimal,
    IdenticalTwins,
    RelatedFounders,
    Value,
    alike,
    told,
)
from pedigree.errors import OverlayError
from pedigree.structure import Record


@dataclass(frozen=True, slots=True)
class Overlay:
    """Assumptions that belong together, under a name."""

    name: str
    assumptions: tuple[Assumption, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where an overlay departs from the records: `recorded` is None where there is no record.

    `field` is "sire", "dam", "sex" or "excluded" of the animal, or "kinship" or "identical twin" of the
    animal and the `other`.
    """

    overlay: str
    animal: str
    field: Field
    recorded: Value
    assumed: Value
    reason: str
    other: str = ""


@dataclass(frozen=True, slots=True)
class Overlaid:
    """Records as the overlays assume them, and every difference from the records as they are.

    `founder_kinship` goes with the records to `Pedigree.from_records`; `excluded` animals are to be left
    out of the population measured; `hypothetical` animals are in no record.
    """

    records: tuple[Record, ...]
    founder_kinship: Mapping[tuple[str, str], float]
    excluded: frozenset[str]
    hypothetical: frozenset[str]
    differences: tuple[Difference, ...]


def with_overlays(records: Iterable[Record], overlays: Iterable[Overlay]) -> Overlaid:
    """Return the records as several overlays assume them, with the differences from the records as they are.

    Overlays are laid on in order, so that one may name the hypothetical animals of those before it; what an
    overlay does not mention stays as recorded.

    Parameters
    ----------
    records :                One for each animal, in any order; they are not changed.
    overlays :               The overlays, in order.

    Returns
    -------
    The records assumed, in the order given, hypothetical animals after them.

    Raises
    ------
    OverlayError
        An assumption has no reason, names an animal that is not there or a hypothetical id that is taken,
        or two assumptions say different things about one field of one animal.

    Notes
    -----
    Time grows with the number of records and of assumptions. Whether the records assumed are a possible
    pedigree is for `Pedigree.from_records` to say.

    Examples
    --------
    >>> from pedigree.assumptions import AssumedParent
    >>> overlay = Overlay("Test of 2019", (AssumedParent("3", "sire", "1", "Microsatellites"),))
    >>> overlaid = with_overlays([Record("1"), Record("2"), Record("3", dam="2")], [overlay])
    >>> overlaid.records[2].sire, [(each.recorded, each.assumed) for each in overlaid.differences]
    ('1', [(-2, '1')])
    """
    layers = _Layers(records)
    for overlay in overlays:
        layers.add(overlay)
    return layers.overlaid()


class _Layers:
    """The records while one overlay after the other is laid on them."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = {record.id: record for record in records}
        self._truth = dict(self._records)
        self._founder_kinship: dict[tuple[str, str], float] = {}
        self._excluded: set[str] = set()
        self._claimed: dict[tuple[Field, frozenset[str]], tuple[Overlay, Claim]] = {}
        self._differences: list[Difference] = []

    def overlaid(self) -> Overlaid:
        return Overlaid(
            tuple(self._records.values()),
            MappingProxyType(self._founder_kinship),
            frozenset(self._excluded),
            frozenset(self._records.keys() - self._truth.keys()),
            tuple(self._differences),
        )

    def add(self, overlay: Overlay) -> None:
        # Whoever is assumed to exist comes first, so that the order within an overlay does not matter.
        for assumption in overlay.assumptions:
            if isinstance(assumption, HypotheticalAnimal):
                self._invent(overlay, assumption.animal)
        for assumption in overlay.assumptions:
            self._refuse(overlay, assumption)
            for claim in assumption.claims:
                self._claim(overlay, claim, assumption.reason)
            self._apply(assumption)

    def _invent(self, overlay: Overlay, animal: str) -> None:
        if not animal:
            raise OverlayError(overlay.name, "has a hypothetical animal without an id", "Give it an id")
        if animal in self._truth:
            fact = f"calls a hypothetical animal {animal}, but an animal of that id is recorded"
            raise OverlayError(overlay.name, fact, "Give the hypothetical animal another id")
        self._records.setdefault(animal, Record(animal))

    def _refuse(self, overlay: Overlay, assumption: Assumption) -> None:
        if not assumption.reason.strip():
            fact = f"assumes something about animal {assumption.animal} without a reason"
            raise OverlayError(overlay.name, fact, "Write what the assumption rests on")
        if isinstance(assumption, IdenticalTwins) and assumption.animal == assumption.other:
            fact = f"says that animal {assumption.animal} is its own identical twin"
            raise OverlayError(overlay.name, fact, "Name another animal as the twin")
        for animal in assumption.named:
            if animal not in self._records:
                fact = f"names animal {animal}, which is neither recorded nor hypothetical"
                raise OverlayError(
                    overlay.name, fact, f"Check the id, or add {animal} as a hypothetical animal"
                )

    def _claim(self, overlay: Overlay, claim: Claim, reason: str) -> None:
        other, earlier = self._claimed.setdefault(claim.about, (overlay, claim))
        if not alike(earlier.assumed, claim.assumed):
            raise _contradiction(other, earlier, overlay, claim)
        recorded = self._recorded(claim)
        if not alike(recorded, claim.assumed):
            change = claim.animal, claim.field, recorded, claim.assumed
            self._differences.append(Difference(overlay.name, *change, reason, claim.other))

    def _recorded(self, claim: Claim) -> Value:
        if claim.field == "identical twin":
            lines = (_twin_line(animal, self._truth) for animal in (claim.animal, claim.other))
            return not set(next(lines)).isdisjoint(next(lines))
        if claim.field == "kinship":
            return UNRELATED if claim.animal != claim.other else NOT_INBRED
        if claim.field == "excluded":
            return False
        record = self._truth.get(claim.animal)
        return (
            None
            if record is None
            else {"sire": record.sire, "dam": record.dam, "sex": record.sex}[claim.field]
        )

    def _apply(self, assumption: Assumption) -> None:
        record = self._records[assumption.animal]
        match assumption:
            case AssumedParent(role="sire"):
                record = replace(record, sire=assumption.parent)
            case AssumedParent():
                record = replace(record, dam=assumption.parent)
            case HypotheticalAnimal():
                record = replace(record, sire=assumption.sire, dam=assumption.dam, sex=assumption.sex)
            case AssumedSex():
                record = replace(record, sex=assumption.sex)
            case IdenticalTwins():
                # The end of the line has no twin of its own to lose.
                record = self._records[_twin_line(assumption.animal, self._records)[-1]]
                record = (
                    record if record.id == assumption.other else replace(record, twin_of=assumption.other)
                )
            case RelatedFounders():
                self._founder_kinship[assumption.animal, assumption.other] = assumption.kinship
            case ExcludedAnimal():
                self._excluded.add(assumption.animal)
        self._records[record.id] = record


def _twin_line(animal: str, records: Mapping[str, Record]) -> list[str]:
    """Return the animal, the animal it is the twin of, and so on, none twice."""
    line: list[str] = []
    while animal not in line:
        line.append(animal)
        twin = records[animal].twin_of if animal in records else None
        animal = animal if twin is None else twin
    return line


def _contradiction(one: Overlay, earlier: Claim, other: Overlay, later: Claim) -> OverlayError:
    animals = earlier.animal + (f" and {earlier.other}" if earlier.other else "")
    values = (told(claim.field, claim.assumed) for claim in (earlier, later))
    says = f"says that the {earlier.field} of {animals} is {next(values)}"
    if one is other:
        return OverlayError(one.name, f"{says} and that it is {next(values)}", "Keep one of the two")
    remedy = "Use one of the two overlays, or make them agree"
    return OverlayError(one.name, f"{says}, the overlay “{other.name}” that it is {next(values)}", remedy)
