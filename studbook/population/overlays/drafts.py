"""An assumption that is not made yet: what a form hands to `assume`. Animals are named as people write them."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ParentDraft:
    """A parent as written: a studbook number, a hypothetical animal's label, "wild" or "unknown".

    `probability` is None where it was left open.
    """

    words: str
    probability: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AssumptionDraft:
    """`kind` is one of Assumption.Kind; of the rest, each kind uses its own. `parents` is by role."""

    kind: str
    reason: str
    animal: str = ""
    other: str = ""
    label: str = ""
    role: str = ""
    sex: str = ""
    kinship: float | None = None
    parents: tuple[tuple[str, tuple[ParentDraft, ...]], ...] = ()
