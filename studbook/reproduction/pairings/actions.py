"""A pair introduced, put together and separated; each a deed of one transaction."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.correcting.reasons import needed, refuse_unchanged
from studbook.animals.keeping import keeping, locked
from studbook.animals.models import Animal
from studbook.core.columns import columns_of
from studbook.core.dates import DateInterval, interval_columns
from studbook.core.errors import StudbookError
from studbook.programmes.changes import Trail, save_unless_stale
from studbook.programmes.models import Programme
from studbook.reproduction.hindrances import refuse_hindered
from studbook.reproduction.models import Mating, Pairing
from studbook.reproduction.pairings.rules import NOUN, refuse_against_matings, refuse_pairing, refuse_two
from studbook.reproduction.recording import recording, refuse_elsewhere
from studbook.reproduction.resting import words_of
from studbook.reproduction.striking import refuse_rested_on, strike_out
from studbook.reproduction.whereabouts import common_place, refuse_absent

TOLD = ("introduced", "together", "separated")
COLUMNS = [
    *(column for name in TOLD for column in interval_columns(name, None)),
    "end",
    "note",
    "institution",
]


def introduce_pair(
    programme: Programme,
    *,
    sire: Animal,
    dam: Animal,
    on: DateInterval,
    by: User | None,
    together: DateInterval | None = None,
    separated: DateInterval | None = None,
    end: str = "",
    note: str = "",
    reason: str = "",
    acknowledged: Iterable[str] = (),
) -> Pairing:
    """Introduce two animals of one place to each other; one that is over may be told whole."""
    codes = tuple(acknowledged)
    with keeping(
        programme,
        "introduce pair",
        by=by,
        right=Right.LOG,
        about=[sire, dam],
        reason=reason,
        acknowledged=codes,
        alters_numbers=False,
    ) as trail:
        sire, dam = locked(sire), locked(dam)
        refuse_two(sire, dam, NOUN, on)
        pairing = Pairing(programme=programme, sire=sire, dam=dam, end=end, note=note, logged_by=by)
        pairing.introduced, pairing.together, pairing.separated = on, together, separated
        pairing.institution = common_place(sire, dam, on, NOUN)
        for day in (together, separated):
            if day:
                _refuse_day(pairing, day)
        _refuse_end(pairing)
        refuse_pairing(pairing)
        refuse_hindered((sire, dam), on, NOUN, acknowledged=codes, reason=reason)
        pairing.save()
        trail.created([pairing])
    return pairing


def put_together(
    pairing: Pairing,
    *,
    on: DateInterval,
    by: User | None,
    opened_version: int,
    reason: str = "",
    acknowledged: Iterable[str] = (),
) -> Pairing:
    """Tell since when the two share an enclosure."""
    with _changing(pairing, "put pair together", by=by, reason=reason, acknowledged=acknowledged) as (
        trail,
        current,
    ):
        before = columns_of(current)
        if current.together:
            raise StudbookError(f"{current} are together since {current.together}. Nothing is left to do.")
        _refuse_over(current)
        current.together = on
        _save(trail, current, before, opened_version, on)
    return current


def separate(
    pairing: Pairing,
    *,
    on: DateInterval,
    end: str = "",
    note: str = "",
    by: User | None,
    opened_version: int,
    reason: str = "",
    acknowledged: Iterable[str] = (),
) -> Pairing:
    """Tell when and why the two were separated."""
    with _changing(pairing, "separate pair", by=by, reason=reason, acknowledged=acknowledged) as (
        trail,
        current,
    ):
        before = columns_of(current)
        _refuse_over(current)
        current.separated, current.end = on, end
        current.note = "\n".join(filter(None, [current.note, note.strip()]))
        _save(trail, current, before, opened_version, on)
    return current


def correct_pairing(
    pairing: Pairing,
    *,
    introduced: DateInterval,
    together: DateInterval | None = None,
    separated: DateInterval | None = None,
    end: str = "",
    note: str = "",
    by: User | None,
    opened_version: int,
    reason: str,
    acknowledged: Iterable[str] = (),
) -> Pairing:
    """Correct what is told of a pair; which two they are stays, and is struck out where it is wrong."""
    why = needed(reason)
    with _changing(
        pairing, "correct pair", by=by, right=Right.CORRECT, reason=why, acknowledged=acknowledged
    ) as (trail, current):
        before = columns_of(current)
        current.introduced, current.together, current.separated = introduced, together, separated
        current.end, current.note = end, note
        refuse_unchanged(current, before)
        _refuse_end(current)
        refuse_two(current.sire, current.dam, NOUN, introduced)
        current.institution = common_place(current.sire, current.dam, introduced, NOUN)
        _save(trail, current, before, opened_version, introduced, together, separated)
    return current


def strike_pairing(
    pairing: Pairing, *, by: User | None, opened_version: int, reason: str, acknowledged: Iterable[str] = ()
) -> Pairing:
    """Strike a pair out that never was."""

    def asked(current: Pairing) -> None:
        refuse_elsewhere(current.programme, current.institution_id, by, Right.CORRECT)
        refuse_rested_on(current, map(words_of, resting_on(current)))

    return strike_out(
        pairing,
        by=by,
        opened_version=opened_version,
        reason=reason,
        acknowledged=acknowledged,
        asked=asked,
        alters_numbers=False,
    )


def resting_on(pairing: Pairing) -> list[Mating]:
    """Return the matings that stand on a pair; one query."""
    found = Mating.objects.standing().filter(pairing=pairing)
    return list(found.select_related("programme", "sire", "dam"))


@contextmanager
def _changing(
    pairing: Pairing,
    verb: str,
    *,
    by: User | None,
    reason: str,
    acknowledged: Iterable[str],
    right: Right = Right.LOG,
) -> Iterator[tuple[Trail, Pairing]]:
    """Change a pair that is there, by somebody who may at its institution."""
    with recording(
        pairing.programme,
        verb,
        at=pairing.institution,
        by=by,
        right=right,
        reason=reason,
        acknowledged=acknowledged,
    ) as trail:
        yield trail, pairing_now(pairing)


def pairing_now(pairing: Pairing) -> Pairing:
    """Read a pair anew under the lock. Refuses one that was struck out."""
    current = Pairing.objects.select_related("programme", "sire", "dam", "institution").get(pk=pairing.pk)
    if current.is_struck:
        raise StudbookError(
            f"The pair {current} was struck out since you opened it, so nothing was saved. Its page says why."
        )
    return current


def _save(
    trail: Trail,
    current: Pairing,
    before: dict[str, Any],
    opened_version: int,
    *days: DateInterval | None,
) -> None:
    for day in days:
        if day:
            _refuse_day(current, day)
    refuse_pairing(current)
    save_unless_stale(current, opened_version=opened_version, fields=COLUMNS)
    refuse_against_matings(current)  # after the save, which tells of a form that is out of date
    trail.changed(current, before)


def _refuse_over(current: Pairing) -> None:
    if current.separated:
        raise StudbookError(
            f"{current} were separated {current.separated}. Introduce them anew, or correct that date."
        )


def _refuse_end(pairing: Pairing) -> None:
    if pairing.end and not pairing.separated:
        raise StudbookError(
            f"Why {pairing} were separated is told without when. Add the date, or leave the reason out.",
            field="separated",
        )


def _refuse_day(pairing: Pairing, day: DateInterval) -> None:
    for animal in (pairing.sire, pairing.dam):
        refuse_absent(animal, NOUN, day)
