"""What a mating, an insemination or a transfer says of the pregnancy that may come of it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from django.db.models import Max, Min, Q

from studbook.animals.models import Animal, ParentKind
from studbook.animals.parents_told import ParentChoice
from studbook.core.dates import DateInterval
from studbook.reproduction.models import GameteWork, Mating, Pregnancy, Procedure, SampleStep

ONE_HEAT_DAYS = 10
"""Matings of the same two within so many days of one belong to its heat, and so to its pregnancy."""

Method = Pregnancy.Method


@dataclass(frozen=True, slots=True)
class Beginning:
    """When young may have been conceived, how and of whom, as far as a record tells."""

    conceived: DateInterval
    method: str
    sire: Animal | None
    gene_dam: Animal | None = None
    mating: Mating | None = None
    insemination: Procedure | None = None

    @property
    def initial(self) -> dict[str, Any]:
        """What the form of a new pregnancy begins with."""
        return {
            "on": self.conceived,
            "method": self.method,
            "sire": self.sire.studbook_number if self.sire else "",
            "mating": self.mating.pk if self.mating else None,
            "insemination": self.insemination.pk if self.insemination else None,
        }


def beginning_of(dam: Animal, *, mating: int | None, insemination: int | None) -> Beginning | None:
    """Return what a standing mating of a dam tells, or an insemination of her; None where there is none of that number."""
    if mating is not None:
        found = Mating.objects.standing().filter(dam=dam, pk=mating).select_related("sire").first()
        return of_mating(found) if found else None
    if insemination is not None:
        procedure = inseminations_of(dam).filter(pk=insemination).first()
        return of_insemination(procedure) if procedure else None
    return None


def inseminations_of(dam: Animal) -> Any:
    """Return the standing procedures on a dam of which a pregnancy may come."""
    transfer = Q(kind=Procedure.Kind.GAMETES, gametes__what=GameteWork.What.TRANSFER)
    found = Procedure.objects.standing().filter(Q(kind=Procedure.Kind.INSEMINATION) | transfer, animal=dam)
    return found.select_related("insemination__donor", "gametes__sire", "gametes__dam")


def may_begin(procedure: Procedure) -> bool:
    """Tell whether a pregnancy may come of a procedure: of an insemination, or of embryos that were transferred."""
    if procedure.kind == Procedure.Kind.GAMETES:
        work = getattr(procedure, "gametes", None)
        return work is not None and work.what == GameteWork.What.TRANSFER
    return procedure.kind == Procedure.Kind.INSEMINATION


def of_mating(mating: Mating) -> Beginning:
    """Return the days from the first to the last mating of the two in one heat; one query."""
    seen = cast(DateInterval, mating.date)
    heat = timedelta(days=ONE_HEAT_DAYS)
    days = Mating.objects.standing().filter(
        sire=mating.sire_id,
        dam=mating.dam_id,
        date_earliest__gte=seen.earliest - heat,
        date_latest__lte=seen.latest + heat,
    )
    ends = days.aggregate(first=Min("date_earliest"), last=Max("date_latest"))
    whole = DateInterval(ends["first"] or seen.earliest, ends["last"] or seen.latest)
    same = (whole.earliest, whole.latest) == (seen.earliest, seen.latest)
    return Beginning(seen if same else whole, Method.NATURAL.value, mating.sire, mating=mating)


def of_insemination(procedure: Procedure) -> Beginning:
    """Return the day of an insemination or a transfer, and whether a banked sample was used; one query."""
    conceived = cast(DateInterval, procedure.date)
    if procedure.kind == Procedure.Kind.GAMETES:
        work = getattr(procedure, "gametes", None)
        sire, dam = (work.sire, work.dam) if work else (None, None)
        gene_dam = dam if dam and dam.pk != procedure.animal_id else None
        return Beginning(conceived, Method.EMBRYO.value, sire, gene_dam, insemination=procedure)
    told = getattr(procedure, "insemination", None)
    banked = SampleStep.objects.filter(procedure=procedure, kind=SampleStep.Kind.USED).exists()
    method = Method.BANKED if banked else Method.FRESH
    return Beginning(conceived, method.value, told.donor if told else None, insemination=procedure)


def choice_of(animal: Animal | None) -> ParentChoice:
    """Return a parent as forms and deeds take it."""
    return ParentChoice(ParentKind.KNOWN, (animal,)) if animal else ParentChoice()
