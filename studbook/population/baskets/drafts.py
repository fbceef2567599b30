"""A step of a basket that is not added yet: what a form hands to `add_steps`. Animals are named as people write them."""

from collections.abc import Iterable
from dataclasses import dataclass

from studbook.animals.models import Animal
from studbook.population.models import BasketStep


@dataclass(frozen=True, slots=True)
class StepDraft:
    """`kind` is one of BasketStep.Kind; of the rest, each kind uses its own. An empty `label` is chosen by the basket."""

    kind: str
    animal: str = ""
    sire: str = ""
    dam: str = ""
    litter: int = 1
    label: str = ""
    sex: str = Animal.Sex.UNKNOWN
    kinships: tuple[tuple[str, float], ...] = ()


def litters(pairs: Iterable[tuple[str, str]], young: int = 1) -> list[StepDraft]:
    """Return a litter of each pair of studbook numbers."""
    return [StepDraft(BasketStep.Kind.LITTER, sire=sire, dam=dam, litter=young) for sire, dam in pairs]
