"""Matings that were seen, within a pair or without."""

from collections.abc import Iterable

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.correcting.reasons import needed, refuse_unchanged
from studbook.animals.keeping import keeping, locked
from studbook.animals.models import Animal
from studbook.core.columns import columns_of
from studbook.core.dates import DateInterval, interval_columns
from studbook.core.errors import StudbookError
from studbook.programmes.changes import save_unless_stale
from studbook.programmes.models import Programme
from studbook.reproduction.doubles import matings_like, refuse_twice
from studbook.reproduction.hindrances import refuse_hindered
from studbook.reproduction.models import Mating, Pairing, Pregnancy
from studbook.reproduction.pairings.actions import pairing_now
from studbook.reproduction.pairings.rules import refuse_against_pregnancies, refuse_mating, refuse_two
from studbook.reproduction.recording import recording, refuse_elsewhere
from studbook.reproduction.resting import words_of
from studbook.reproduction.striking import refuse_rested_on, strike_out
from studbook.reproduction.whereabouts import common_place

NOUN = "mating"
COLUMNS = [*interval_columns("date", None), "seen", "times", "note", "institution"]


def log_mating(
    programme: Programme,
    *,
    sire: Animal,
    dam: Animal,
    on: DateInterval,
    by: User | None,
    seen: str = Mating.Seen.SEEN,
    times: int | None = None,
    note: str = "",
    pairing: Pairing | None = None,
    reason: str = "",
    acknowledged: Iterable[str] = (),
) -> Mating:
    """Write down a mating. Without a pair it is one of the pair of the two that is open on that day, if there is one."""
    codes = tuple(acknowledged)
    with keeping(
        programme,
        "log mating",
        by=by,
        right=Right.LOG,
        about=[sire, dam],
        reason=reason,
        acknowledged=codes,
        alters_numbers=False,
    ) as trail:
        sire, dam = locked(sire), locked(dam)
        refuse_two(sire, dam, NOUN, on)
        mating = Mating(
            programme=programme, sire=sire, dam=dam, seen=seen, times=times, note=note, logged_by=by
        )
        mating.date, mating.institution = on, common_place(sire, dam, on, NOUN)
        mating.pairing = pairing_now(pairing) if pairing else _pair_of(sire, dam, on)
        refuse_mating(mating, mating.pairing)
        refuse_hindered((sire, dam), on, NOUN, acknowledged=codes, reason=reason)
        numbers = (sire.studbook_number, dam.studbook_number)
        refuse_twice(matings_like(mating), animals=numbers, acknowledged=codes, reason=reason)
        mating.save()
        trail.created([mating])
    return mating


def log_mating_of(pairing: Pairing, **told: object) -> Mating:
    """Write down a mating of a pair."""
    return log_mating(pairing.programme, sire=pairing.sire, dam=pairing.dam, pairing=pairing, **told)  # type: ignore[arg-type]


def correct_mating(
    mating: Mating,
    *,
    on: DateInterval,
    seen: str,
    times: int | None = None,
    note: str = "",
    by: User | None,
    opened_version: int,
    reason: str,
    acknowledged: Iterable[str] = (),
) -> Mating:
    """Correct what is told of a mating; whose it was stays, and is struck out where it is wrong."""
    why = needed(reason)
    with recording(
        mating.programme,
        "correct mating",
        at=mating.institution,
        by=by,
        right=Right.CORRECT,
        reason=why,
        acknowledged=acknowledged,
    ) as trail:
        current = Mating.objects.select_related("programme", "sire", "dam", "pairing").get(pk=mating.pk)
        if current.is_struck:
            raise StudbookError(f"The {current} was struck out since you opened it, so nothing was saved.")
        before = columns_of(current)
        current.date, current.seen, current.times, current.note = on, seen, times, note
        refuse_unchanged(current, before)
        refuse_two(current.sire, current.dam, NOUN, on)
        current.institution = common_place(current.sire, current.dam, on, NOUN)
        refuse_mating(current, current.pairing)
        refuse_against_pregnancies(current)
        save_unless_stale(current, opened_version=opened_version, fields=COLUMNS)
        trail.changed(current, before)
    return current


def strike_mating(
    mating: Mating, *, by: User | None, opened_version: int, reason: str, acknowledged: Iterable[str] = ()
) -> Mating:
    """Strike a mating out that was none."""

    def asked(current: Mating) -> None:
        refuse_elsewhere(current.programme, current.institution_id, by, Right.CORRECT)
        refuse_rested_on(current, map(words_of, pregnancies_of(current)))

    return strike_out(
        mating,
        by=by,
        opened_version=opened_version,
        reason=reason,
        acknowledged=acknowledged,
        asked=asked,
        alters_numbers=False,
    )


def pregnancies_of(mating: Mating) -> list[Pregnancy]:
    """Return the pregnancies that came of a mating and stand; one query."""
    return list(mating.pregnancies.standing().select_related("programme", "dam"))


def _pair_of(sire: Animal, dam: Animal, on: DateInterval) -> Pairing | None:
    pairs = Pairing.objects.standing().filter(sire=sire, dam=dam)
    for each in pairs:
        begun = each.introduced is None or each.introduced.earliest <= on.latest
        if begun and (each.separated is None or each.separated.latest >= on.earliest):
            return each
    return None
