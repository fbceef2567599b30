"""What an overlay may assume beside the recorded data: one class for each kind, each with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from pedigree._ingest import FEMALE, MALE, UNKNOWN, UNKNOWN_SEX, WILD, Parent, named

Value = Parent | float | bool | None
"""What a field holds: a parent, a sex code, a kinship, yes or no; None where there is no record."""

Field = Literal["sire", "dam", "sex", "identical twin", "kinship", "excluded"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One field of one animal (`other`: of a pair) with the value that is assumed."""

    animal: str
    field: Field
    assumed: Value
    other: str = ""

    @property
    def about(self) -> tuple[Field, frozenset[str]]:
        """What the claim is about: two claims about the same must not differ."""
        return self.field, frozenset({self.animal, self.other} - {""})


@dataclass(frozen=True, slots=True)
class AssumedParent:
    """An animal's sire or dam is another than recorded: an id, WILD, UNKNOWN or several candidates."""

    animal: str
    role: Literal["sire", "dam"]
    parent: Parent
    reason: str

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What is claimed of which field."""
        return (Claim(self.animal, self.role, self.parent),)

    @property
    def named(self) -> tuple[str, ...]:
        """The ids that must be in the pedigree."""
        return self.animal, *named(self.parent)


@dataclass(frozen=True, slots=True)
class HypotheticalAnimal:
    """An animal that is in no record, under an id that no record has."""

    animal: str
    reason: str
    sire: Parent = UNKNOWN
    dam: Parent = UNKNOWN
    sex: int = UNKNOWN_SEX

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What is claimed of which field."""
        return (
            Claim(self.animal, "sire", self.sire),
            Claim(self.animal, "dam", self.dam),
            Claim(self.animal, "sex", self.sex),
        )

    @property
    def named(self) -> tuple[str, ...]:
        """The ids that must be in the pedigree."""
        return *named(self.sire), *named(self.dam)


@dataclass(frozen=True, slots=True)
class RelatedFounders:
    """Two founders are kin; of a founder and itself the kinship is (1 + F)/2."""

    animal: str
    other: str
    kinship: float
    reason: str

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What is claimed of which field."""
        return (Claim(self.animal, "kinship", self.kinship, self.other),)

    @property
    def named(self) -> tuple[str, ...]:
        """The ids that must be in the pedigree."""
        return self.animal, self.other


@dataclass(frozen=True, slots=True)
class IdenticalTwins:
    """Two animals share one genome."""

    animal: str
    other: str
    reason: str

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What is claimed of which field."""
        return (Claim(self.animal, "identical twin", True, self.other),)

    @property
    def named(self) -> tuple[str, ...]:
        """The ids that must be in the pedigree."""
        return self.animal, self.other


@dataclass(frozen=True, slots=True)
class AssumedSex:
    """An animal's sex is another than recorded."""

    animal: str
    sex: int
    reason: str

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What is claimed of which field."""
        return (Claim(self.animal, "sex", self.sex),)

    @property
    def named(self) -> tuple[str, ...]:
        """The ids that must be in the pedigree."""
        return (self.animal,)


@dataclass(frozen=True, slots=True)
class ExcludedAnimal:
    """An animal is left out of the population measured; it stays an ancestor."""

    animal: str
    reason: str

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What is claimed of which field."""
        return (Claim(self.animal, "excluded", True),)

    @property
    def named(self) -> tuple[str, ...]:
        """The ids that must be in the pedigree."""
        return (self.animal,)


Assumption = (
    AssumedParent | HypotheticalAnimal | RelatedFounders | IdenticalTwins | AssumedSex | ExcludedAnimal
)


_WORDS: Final[Mapping[str, Mapping[Any, str]]] = {
    "sire": {WILD: "wild", UNKNOWN: "unknown"},
    "dam": {WILD: "wild", UNKNOWN: "unknown"},
    "sex": {UNKNOWN_SEX: "unknown", MALE: "male", FEMALE: "female"},
}


def told(field: Field, value: Value) -> str:
    """Return the value of a field in words for people."""
    if isinstance(value, tuple):
        return " or ".join(f"{told(field, who)} ({chance:.0%})" for who, chance in value)
    return _WORDS.get(field, {}).get(value, str(value))


def alike(one: Value, other: Value) -> bool:
    """Return whether two values of a field say the same; the order of candidates says nothing."""
    return _options(one) == _options(other)


def _options(value: Value) -> Value | dict[str | int, float]:
    if not isinstance(value, tuple):
        return value
    return dict(value) if len(value) != 1 else value[0][0]
