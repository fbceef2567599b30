"""An animal returned to the state after one of its deeds, by a new deed."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.correcting.checking import refuse_impossible_parents
from studbook.animals.correcting.rewriting import write_rows
from studbook.animals.correcting.states import Rows, State, changes_on, same_facts, state_after, state_now
from studbook.animals.correcting.telling import said_of
from studbook.animals.keeping import keeping, locked
from studbook.animals.models import Animal
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditEntry


def return_animal(
    animal: Animal,
    *,
    entry: AuditEntry,
    by: User | None,
    opened_deed: int,
    reason: str = "",
    acknowledged: Iterable[str] = (),
) -> None:
    """Make an animal and what belongs to it what it was after a deed; its number and the versions go on."""
    why = " ".join([f"returned to the state after: {said_of(entry)}.", reason.strip()]).strip()
    with keeping(
        animal.programme,
        "return to earlier state",
        by=by,
        right=Right.CORRECT,
        about=[animal],
        reason=why,
        acknowledged=acknowledged,
    ) as trail:
        current, now = locked(animal), state_now(animal)
        _refuse_changed_since(current, now, opened_deed)
        state = state_after(current, entry)
        _refuse_unfit(current, now, state, entry)
        try:
            with transaction.atomic():
                write_rows(trail, now, state.rows, state.versions)
        except IntegrityError as error:
            raise StudbookError(
                f"{current} cannot return to the state after: {said_of(entry)}. Another record has taken its place since, "
                "such as a transponder that another animal bears now. Correct the single facts instead."
            ) from error
        refuse_impossible_parents(locked(animal))


def _refuse_changed_since(animal: Animal, now: Rows, opened_deed: int) -> None:
    newest = next(iter(changes_on(animal, now)), None)
    if newest and newest.entry_id > opened_deed:
        raise StaleRecordError(
            f"{animal} was changed since you opened its history: {said_of(newest.entry)}. Look at it, then choose again."
        )


def _refuse_unfit(animal: Animal, now: Rows, state: State, entry: AuditEntry) -> None:
    own = (animal._meta.label_lower, animal.pk)
    if own not in state.rows or state.rows[own]["status"] == Animal.Status.VOID:
        raise StudbookError(
            f"{animal} was no animal of the book after: {said_of(entry)}. Choose a later state."
        )
    foreign = [each for each in state.rows.values() if each.get("animal_id", animal.pk) != animal.pk]
    if foreign:
        other = Animal.every.get(pk=foreign[0]["animal_id"])
        raise StudbookError(
            f"After that deed some of the records of {animal} belonged to {other}, which was merged since. "
            "Undo the merge first."
        )
    if all(same_facts(now.get(key), state.rows.get(key)) for key in {*now, *state.rows}):
        raise StudbookError(f"{animal} is as it was after: {said_of(entry)}. Nothing is left to do.")
