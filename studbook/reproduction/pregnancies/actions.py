"""A pregnancy begun, corrected, ended without young, and taken back; each a deed of one transaction."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.correcting.reasons import needed, refuse_unchanged
from studbook.animals.entry.life import place_on
from studbook.animals.keeping import keeping, locked
from studbook.animals.models import Animal
from studbook.animals.parents_told import ParentChoice
from studbook.core.columns import columns_of
from studbook.core.dates import DateInterval, interval_columns
from studbook.core.errors import StudbookError
from studbook.core.findings import refuse_findings
from studbook.programmes.changes import Trail, save_unless_stale
from studbook.reproduction.doubles import pregnancies_beside, refuse_twice
from studbook.reproduction.models import Mating, Pregnancy, PregnancyYoung, Procedure
from studbook.reproduction.pregnancies.beginnings import of_insemination
from studbook.reproduction.pregnancies.rules import (
    refuse_end,
    refuse_told,
    refuse_unsound,
    sire_among,
    young_left_by,
)
from studbook.reproduction.recording import anew
from studbook.reproduction.striking import strike_out

END = [*interval_columns("ended", None), "outcome", "litter_size", "told_by"]
BEGINNING = [*interval_columns("conceived", None), "sire", "method", "note", "reminded_at"]
WITHOUT_YOUNG = (Pregnancy.Outcome.NOT_PREGNANT, Pregnancy.Outcome.LOST)


def start_pregnancy(
    dam: Animal,
    *,
    on: DateInterval,
    sire: ParentChoice,
    by: User | None,
    method: str = Pregnancy.Method.NATURAL,
    mating: Mating | None = None,
    insemination: Procedure | None = None,
    note: str = "",
    reason: str = "",
    acknowledged: Iterable[str] = (),
) -> Pregnancy:
    """Write down that a female may be pregnant since a day: after a mating or an insemination, or because it is suspected."""
    codes = tuple(acknowledged)
    with keeping(
        dam.programme,
        "start pregnancy",
        by=by,
        right=Right.LOG,
        about=[dam],
        reason=reason,
        acknowledged=codes,
        alters_numbers=False,
    ) as trail:
        dam = locked(dam)
        pregnancy = Pregnancy(
            programme=dam.programme,
            dam=dam,
            sire=sire_among(sire, dam),
            method=method,
            note=note,
            logged_by=by,
        )
        for name, value in anew({"mating": mating, "insemination": insemination}).items():
            setattr(pregnancy, name, value)
        pregnancy.conceived = on
        if pregnancy.insemination:
            pregnancy.gene_dam = of_insemination(pregnancy.insemination).gene_dam
        refuse_unsound(pregnancy)
        beside = pregnancies_beside(pregnancy)
        refuse_twice(beside, animals=[dam.studbook_number], acknowledged=codes, reason=reason)
        place = place_on(dam, on)
        if place is None:
            raise StudbookError(
                f"Nobody is recorded to have held {dam} on {on}. Record where she was, or correct the date.",
                field="on",
            )
        pregnancy.institution = place
        pregnancy.save()
        trail.created([pregnancy])
    return pregnancy


def tell_outcome(
    pregnancy: Pregnancy,
    *,
    outcome: str,
    on: DateInterval,
    by: User | None,
    opened_version: int,
    told_by: str = "",
    reason: str = "",
    acknowledged: Iterable[str] = (),
) -> Pregnancy:
    """Tell that a pregnancy ended without young, or was none."""
    if outcome not in WITHOUT_YOUNG:
        raise StudbookError(
            "Choose whether she was not pregnant or lost the young. A litter is logged, or tied, with its young.",
            field="outcome",
        )
    with changing_one(
        pregnancy, "tell outcome of pregnancy", by=by, reason=reason, acknowledged=acknowledged
    ) as (trail, current):
        before = columns_of(current)
        refuse_told(current)
        current.outcome, current.told_by = outcome, told_by
        save_end(trail, current, before, on, opened_version)
    return current


def take_outcome_back(
    pregnancy: Pregnancy,
    *,
    by: User | None,
    opened_version: int,
    reason: str,
    acknowledged: Iterable[str] = (),
) -> Pregnancy:
    """Open a pregnancy again whose outcome was told wrongly; young that were tied to it stay in the book, and are its no more."""
    with changing_one(
        pregnancy,
        "take outcome of pregnancy back",
        by=by,
        right=Right.CORRECT,
        reason=needed(reason),
        acknowledged=acknowledged,
        alters_numbers=True,
    ) as (trail, current):
        if not current.outcome:
            raise StudbookError(f"The outcome of the {current} is not told yet. Nothing is left to do.")
        untie(trail, PregnancyYoung.objects.filter(pregnancy=current))
        open_again(trail, current, opened_version)
    return current


def correct_pregnancy(
    pregnancy: Pregnancy,
    *,
    on: DateInterval,
    sire: ParentChoice,
    method: str,
    by: User | None,
    opened_version: int,
    reason: str,
    note: str = "",
    acknowledged: Iterable[str] = (),
) -> Pregnancy:
    """Correct when, how and by whom young were conceived; whose pregnancy it is stays, and is struck out where it is wrong."""
    with changing_one(
        pregnancy,
        "correct pregnancy",
        by=by,
        right=Right.CORRECT,
        reason=needed(reason),
        acknowledged=acknowledged,
        alters_numbers=True,
    ) as (trail, current):
        before = columns_of(current)
        current.sire, current.method, current.note = sire_among(sire, current.dam), method, note
        if current.conceived != on:
            current.reminded_at = None
        current.conceived = on
        refuse_unchanged(current, before)
        refuse_unsound(current)
        save_unless_stale(current, opened_version=opened_version, fields=BEGINNING)
        trail.changed(current, before)
    return current


def strike_pregnancy(
    pregnancy: Pregnancy,
    *,
    by: User | None,
    opened_version: int,
    reason: str,
    acknowledged: Iterable[str] = (),
) -> Pregnancy:
    """Strike a pregnancy out that never was; its young are named first, stay in the book, and are tied to it no more (`following`)."""
    codes = tuple(acknowledged)

    def beside(trail: Trail, current: Pregnancy) -> None:
        refuse_findings(young_left_by(current), codes)

    return strike_out(
        pregnancy,
        about=[pregnancy.dam],
        by=by,
        opened_version=opened_version,
        reason=reason,
        acknowledged=codes,
        beside=beside,
    )


@contextmanager
def changing_one(
    pregnancy: Pregnancy,
    verb: str,
    *,
    by: User | None,
    reason: str,
    right: Right = Right.LOG,
    about: Iterable[Animal] = (),
    acknowledged: Iterable[str] = (),
    alters_numbers: bool = False,
) -> Iterator[tuple[Trail, Pregnancy]]:
    """Change a pregnancy that stands, by somebody who may on its dam."""
    with keeping(
        pregnancy.programme,
        verb,
        by=by,
        right=right,
        about=[pregnancy.dam, *about],
        reason=reason,
        acknowledged=acknowledged,
        alters_numbers=alters_numbers,
    ) as trail:
        yield trail, pregnancy_now(pregnancy)


def pregnancy_now(pregnancy: Pregnancy) -> Pregnancy:
    """Read a pregnancy anew under the lock. Refuses one that was struck out."""
    related = ("programme", "dam", "sire", "gene_dam", "institution", "mating", "insemination")
    current = Pregnancy.objects.select_related(*related).get(pk=pregnancy.pk)
    if current.is_struck:
        raise StudbookError(
            f"The {current} was struck out since you opened it, so nothing was saved. Its page says why."
        )
    return current


def save_end(
    trail: Trail, current: Pregnancy, before: dict[str, Any], on: DateInterval, opened_version: int
) -> None:
    """Write the end of a pregnancy, on a day that it can have."""
    current.ended = on
    refuse_end(current)
    save_unless_stale(current, opened_version=opened_version, fields=END)
    trail.changed(current, before)


def untie(trail: Trail, young: Iterable[PregnancyYoung]) -> None:
    """Let animals be of a pregnancy no more."""
    for each in young:
        trail.removed([each])
        each.delete()


def open_again(trail: Trail, current: Pregnancy, opened_version: int) -> None:
    """Let the outcome of a pregnancy be unknown again."""
    before = columns_of(current)
    current.outcome, current.told_by, current.litter_size, current.ended = "", "", None, None
    current.reminded_at = None
    save_unless_stale(current, opened_version=opened_version, fields=[*END, "reminded_at"])
    trail.changed(current, before)
