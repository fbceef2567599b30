"""The kinds of procedures: the row that holds what is told of one kind alone, and on whom it is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Model

from studbook.animals.models import Animal
from studbook.reproduction.models import (
    Anaesthesia,
    Examination,
    GameteWork,
    Insemination,
    Procedure,
    SemenCollection,
)

Kind = Procedure.Kind
COMMON = ("started", "ended", "place", "team", "under", "note")
"""The columns that a procedure of any kind has, beside its day and its institution."""

OF_FEMALES: Mapping[str, str] = MappingProxyType(
    {
        "pregnancy": "be pregnant",
        "ovulation": "have ovulated",
        "cysts": "have cysts of ovary or uterus",
        "young": "bear young",
    }
)
"""What an examination finds in females alone, and what a male cannot."""


@dataclass(frozen=True, slots=True)
class ProcedureKind:
    """One kind. `row` is the name by which a procedure has its row, `told` the columns that are told of it.

    `sex` is that of the animal it is done on, where it must be of one; `of_the_dead` what may be done after a death.
    """

    kind: Kind
    row: str = ""
    model: type[Model] | None = None
    told: tuple[str, ...] = ()
    sex: str = ""
    of_the_dead: bool = False

    @property
    def slug(self) -> str:
        return str(self.kind.value)

    @property
    def label(self) -> str:
        return str(self.kind.label)


KINDS: Mapping[str, ProcedureKind] = MappingProxyType(
    {
        each.slug: each
        for each in (
            ProcedureKind(
                Kind.ANAESTHESIA,
                "anaesthesia",
                Anaesthesia,
                ("way", "lying_at", "reversed_at", "standing_at", "recovery", "complications"),
            ),
            ProcedureKind(
                Kind.COLLECTION,
                "collection",
                SemenCollection,
                ("method", "volume_ml", "million_per_ml", "motile_percent", "normal_percent"),
                sex=Animal.Sex.MALE,
                of_the_dead=True,
            ),
            ProcedureKind(
                Kind.EXAMINATION,
                "examination",
                Examination,
                ("method", "ovulation", "cysts", "pregnancy", "young", "findings"),
            ),
            ProcedureKind(
                Kind.INSEMINATION,
                "insemination",
                Insemination,
                ("donor", "collection", "route", "dose_million", "chance_percent", "stimulus"),
                sex=Animal.Sex.FEMALE,
            ),
            ProcedureKind(
                Kind.GAMETES,
                "gametes",
                GameteWork,
                ("what", "sire", "dam", "oocytes", "matured", "fertilised", "embryos"),
                of_the_dead=True,
            ),
            ProcedureKind(Kind.WEIGHING, of_the_dead=True),
        )
    }
)
