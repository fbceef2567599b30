"""The litter of a pregnancy: logged from it, or tied to it where it is in the book already."""

from collections.abc import Iterable, Sequence

from studbook.accounts.models import User
from studbook.animals.entry.litter import Young, log_birth
from studbook.animals.keeping import locked
from studbook.animals.models import Animal
from studbook.animals.parents_told import ParentChoice
from studbook.core.columns import columns_of
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution
from studbook.programmes.changes import Trail
from studbook.reproduction.models import Pregnancy, PregnancyYoung
from studbook.reproduction.models.pregnancy import LARGEST_LITTER
from studbook.reproduction.pregnancies.actions import changing_one, pregnancy_now, save_end
from studbook.reproduction.pregnancies.beginnings import choice_of
from studbook.reproduction.pregnancies.rules import refuse_told


def log_litter(
    pregnancy: Pregnancy,
    *,
    on: DateInterval,
    young: Sequence[Young],
    sire: ParentChoice,
    by: User | None,
    opened_version: int,
    place: Institution | None = None,
    owner: Institution | None = None,
    note: str = "",
    reason: str = "",
    acknowledged: Iterable[str] = (),
) -> list[Animal]:
    """Write down the litter of a pregnancy and its outcome; the rules judge both together."""

    def outcome(trail: Trail, litter: Sequence[Animal]) -> None:
        current = pregnancy_now(pregnancy)
        _end_with(trail, current, litter, on, opened_version)

    return log_birth(
        pregnancy.programme,
        on=on,
        young=young,
        sire=sire,
        dam=choice_of(pregnancy.gene_dam or pregnancy.dam),
        borne_by=pregnancy.dam,
        place=place,
        owner=owner,
        by=by,
        note=note,
        reason=reason,
        acknowledged=acknowledged,
        beside=outcome,
    )


def tie_litter(
    pregnancy: Pregnancy,
    *,
    young: Iterable[Animal],
    by: User | None,
    opened_version: int,
    reason: str = "",
    acknowledged: Iterable[str] = (),
) -> Pregnancy:
    """Say that animals of the book are the litter of a pregnancy, which ends with their birth."""
    litter = list(young)
    if not 1 <= len(litter) <= LARGEST_LITTER:
        raise StudbookError("Choose the young that were born of this pregnancy.", field="young")
    with changing_one(
        pregnancy,
        "tie litter to pregnancy",
        by=by,
        about=litter,
        reason=reason,
        acknowledged=acknowledged,
        alters_numbers=True,
    ) as (trail, current):
        born = [_born_of(current, locked(each)) for each in litter]
        first, last = min(each.earliest for each in born), max(each.latest for each in born)
        same = (first, last) == (born[0].earliest, born[0].latest)
        _end_with(trail, current, litter, born[0] if same else DateInterval(first, last), opened_version)
    return current


def _end_with(
    trail: Trail, current: Pregnancy, litter: Sequence[Animal], on: DateInterval, opened_version: int
) -> None:
    before = columns_of(Pregnancy.objects.get(pk=current.pk))
    refuse_told(current)
    current.outcome, current.litter_size = Pregnancy.Outcome.LITTER, len(litter)
    save_end(trail, current, before, on, opened_version)
    rows = [PregnancyYoung(pregnancy=current, animal=each) for each in litter]
    trail.created(PregnancyYoung.objects.bulk_create(rows))


def _born_of(pregnancy: Pregnancy, animal: Animal) -> DateInterval:
    dam = pregnancy.gene_dam or pregnancy.dam
    if animal.dam_id != dam.pk:
        raise StudbookError(
            f"The dam of {animal} is {animal.dam or 'not recorded'}, and the young of this pregnancy are {dam}’s. Correct the "
            "dam first, or choose other young.",
            field="young",
        )
    if animal.birth is None:
        raise StudbookError(f"{animal} has no birth date. Record it first.", field="young")
    tied = PregnancyYoung.objects.filter(animal=animal).select_related("pregnancy__dam").first()
    if tied:
        raise StudbookError(
            f"{animal} is of the {tied.pregnancy} already. Take the outcome of that one back first.",
            field="young",
        )
    return animal.birth
