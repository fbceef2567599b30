"""What cannot be a pedigree, and what cannot be a number of one."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = [
    "AnimalIdError",
    "CyclicPedigreeError",
    "DropNumberError",
    "DuplicateAnimalError",
    "ExecutorError",
    "FounderKinshipError",
    "FounderKinshipsError",
    "FounderNameError",
    "ImpossibleStepError",
    "KernelsError",
    "MaskError",
    "NumericalError",
    "OpenSubsetError",
    "OverlayError",
    "ParentKindError",
    "ParentProbabilityError",
    "PedigreeError",
    "PlanError",
    "RelatedFoundersError",
    "ReleaseError",
    "ScenarioError",
    "SelfingError",
    "SexCodeError",
    "ThresholdsError",
    "TooManyMeiosesError",
    "TwinError",
    "UnknownAnimalError",
    "UnknownParentError",
]


class PedigreeError(ValueError):
    """The records cannot be a pedigree at all; the message names the animal, the fact and the remedy."""


class DuplicateAnimalError(PedigreeError):
    """Two records bear one id."""

    def __init__(self, animal: str) -> None:
        self.animal = animal
        super().__init__(f"Animal {animal} has more than one row. Keep one row for each animal.")


class UnknownParentError(PedigreeError):
    """A record names a parent that has no record."""

    def __init__(self, animal: str, role: str, parent: str) -> None:
        self.animal, self.role, self.parent = animal, role, parent
        super().__init__(
            f"Animal {animal} names {parent} as its {role}, but {parent} has no row. "
            f"Add a row for {parent}, or say that the {role} is wild or unknown."
        )


class CyclicPedigreeError(PedigreeError):
    """An animal is its own ancestor."""

    def __init__(self, animals: Sequence[str]) -> None:
        self.animals = tuple(animals)
        super().__init__(
            f"Ancestry loop: {' -> '.join(self.animals)}. Each animal is followed by a parent of it, "
            "so one of these parents must be corrected."
        )


class SelfingError(PedigreeError):
    """One animal is named both sire and dam of another."""

    def __init__(self, animal: str, parent: str) -> None:
        self.animal, self.parent = animal, parent
        super().__init__(
            f"Animal {animal} has {parent} as both sire and dam. Correct one of the two, "
            "or allow selfing if the species can fertilise itself."
        )


class ParentProbabilityError(PedigreeError):
    """The candidates for a parent do not form a probability distribution."""

    def __init__(self, animal: str, role: str, fact: str) -> None:
        self.animal, self.role = animal, role
        super().__init__(
            f"The possible {role}s of animal {animal} {fact}. "
            "Give each candidate once, with probabilities above 0 that add up to 1."
        )


class ParentKindError(PedigreeError):
    """A parent is given as something that can be no parent."""

    def __init__(self, animal: str, role: str, parent: object) -> None:
        self.animal, self.role, self.parent = animal, role, parent
        super().__init__(
            f"The {role} of animal {animal} is given as {parent!r}. Give an id, WILD, UNKNOWN, "
            "or a tuple of possible parents, each a tuple of id (or WILD, UNKNOWN) and probability."
        )


class TwinError(PedigreeError):
    """Two animals cannot be identical twins."""

    def __init__(self, animal: str, twin: str, fact: str, remedy: str) -> None:
        self.animal, self.twin = animal, twin
        super().__init__(
            f"Animal {animal} is said to be the identical twin of {twin}, but {fact}. "
            f"{remedy}, or do not call them identical twins."
        )


class FounderKinshipError(PedigreeError):
    """A kinship given for two founders cannot be one."""

    def __init__(self, one: str, other: str, fact: str, remedy: str) -> None:
        self.animals = (one, other)
        super().__init__(
            f"A kinship is given for the founders {one} and {other}, but {fact}. {remedy}, or leave it out."
        )


class FounderKinshipsError(PedigreeError):
    """The kinships given for several founders cannot all be true."""

    def __init__(self, animals: Sequence[str]) -> None:
        self.animals = tuple(animals)
        super().__init__(
            f"The kinships given for the founders {', '.join(self.animals)} cannot all be true: "
            "no ancestors could give them at once. Lower those that are too high, or give those that are missing."
        )


class OverlayError(PedigreeError):
    """An overlay cannot be laid over the records."""

    def __init__(self, overlay: str, fact: str, remedy: str) -> None:
        self.overlay = overlay
        super().__init__(f"The overlay “{overlay}” {fact}. {remedy}.")


class AnimalIdError(PedigreeError):
    """An id is empty."""

    def __init__(self) -> None:
        super().__init__("A row has an empty id. Give every animal an id.")


class SexCodeError(PedigreeError):
    """A sex code is none of the three."""

    def __init__(self, animal: str, sex: object) -> None:
        self.animal = animal
        super().__init__(f"The sex of animal {animal} is {sex!r}. Use MALE, FEMALE or UNKNOWN_SEX.")


class UnknownAnimalError(PedigreeError, KeyError):
    """A question is asked about an animal that is not in the pedigree."""

    def __init__(self, animal: str) -> None:
        self.animal = animal
        super().__init__(f"Animal {animal} is not in the pedigree. Check the id, or add a row for it.")

    def __str__(self) -> str:
        # KeyError would show the message in quotation marks.
        return str(self.args[0])


class OpenSubsetError(PedigreeError):
    """A subset would cut an animal off from a recorded parent."""

    def __init__(self, animal: str, parent: str) -> None:
        self.animal, self.parent = animal, parent
        super().__init__(
            f"The subset holds animal {animal} but not its parent {parent}, which would be forgotten. "
            "Use pruned_to_ancestors, which keeps every ancestor."
        )


class ImpossibleStepError(PedigreeError):
    """A change to a population that cannot be: the message says which and why."""


class FounderNameError(PedigreeError):
    """A founder is named that is none."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"{name} is not a founder of this pedigree. Name an animal without a parent in the pedigree, "
            'or a parent without a row as "sire of ..." or "dam of ...".'
        )


class RelatedFoundersError(PedigreeError):
    """Genes cannot be dropped from founders that are related."""

    def __init__(self, one: str, other: str) -> None:
        self.animals = one, other
        whose = f"Founder {one} is inbred" if one == other else f"Founders {one} and {other} are related"
        super().__init__(
            f"{whose}, and a gene drop must know which genes of founders are copies of one, "
            "which kinships do not tell. Leave the founders' kinships out of the gene drop."
        )


class DropNumberError(ValueError):
    """A gene drop cannot be run so often, or with such a seed."""

    def __init__(self, drops: object, seed: object) -> None:
        self.drops, self.seed = drops, seed
        super().__init__(
            f"A gene drop was asked for with {drops!r} drops and the seed {seed!r}. "
            "Ask for at least 1 drop, and a seed of 0 or more, both whole numbers."
        )


class ScenarioError(ValueError):
    """Years to come cannot be simulated as they were described; the message says why and what helps."""


class PlanError(ValueError):
    """A plan cannot be made as asked, or no plan keeps its limits; the message says why and what helps."""


class ReleaseError(ValueError):
    """No group can be released as asked; the message says why and what helps."""


class ThresholdsError(ValueError):
    """Thresholds of the suitability index that cannot be, or contradict each other; `fact` and `remedy` may name the `other`."""

    def __init__(self, name: str, fact: str, remedy: str, *, other: str = "") -> None:
        self.name, self.fact, self.remedy, self.other = name, fact, remedy, other
        super().__init__(f"The threshold {name} {fact}. {remedy}".format(other=other))


class ExecutorError(RuntimeError):
    """Runs cannot be spread as asked: the message says why and what helps."""


class MaskError(ValueError):
    """What should say True or False of each animal is something else."""

    def __init__(self, name: str, given: str, size: int, of: str) -> None:
        self.name = name
        super().__init__(
            f"`{name}` was given as {given}, but must say True or False for each of the {size} {of}. "
            f"Give an array of {size} booleans: Pedigree.mask makes one from ids, `array == 1` one from numbers."
        )


class TooManyMeiosesError(ValueError):
    """A pedigree is too large for every outcome to be listed."""

    def __init__(self, meioses: int, most: int) -> None:
        self.meioses = meioses
        super().__init__(
            f"This pedigree has 2^{meioses} outcomes, more than the 2^{most} that can be listed. "
            "Use gene_drop, which draws outcomes at random."
        )


class NumericalError(ArithmeticError):
    """A computed number lies outside what is mathematically possible, so it is not shown."""


class KernelsError(ValueError):
    """The kernels asked for in the environment do not exist or cannot run here."""
