"""What a plan says of an animal: written, changed, taken out; and of everybody else at once."""

from collections.abc import Iterable

from django.db import IntegrityError
from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.keeping import locked
from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.core.findings import REJECT, RuleError
from studbook.institutions.models import Institution
from studbook.planning.models import Plan, PlanAnimal
from studbook.planning.plans.judging import findings_in, situation_of
from studbook.planning.plans.reading import excluded_by, lines_of, standing_pairs, standing_rows
from studbook.planning.plans.targets import refuse_ended
from studbook.planning.rules import barred_by_age
from studbook.programmes.changes import Trail, changing, columns_of, refuse_stale, save_unless_stale
from studbook.transfers.machine import MOVING
from studbook.transfers.models import Transfer, TransferAnimal

SAID = ("disposition", "destination", "breeding", "priority", "reason", "notes")


class SaidAlreadyError(StudbookError):
    """The plan says something of the animal already."""

    status = 409

    def __init__(self, animal: Animal, plan: Plan) -> None:
        super().__init__(
            f"{plan} says something of {animal} already, and an animal has one row: it cannot go to two places. Change that row.",
            field="animal",
        )


def say_of_animal(
    plan: Plan,
    animal: Animal,
    *,
    by: User | None,
    disposition: str = PlanAnimal.Disposition.HOLD,
    destination: Institution | None = None,
    breeding: str = "",
    priority: int = 2,
    reason: str = "",
    notes: str = "",
) -> PlanAnimal:
    """Let a plan say something of a living animal that it did not name yet."""
    try:
        with changing(
            plan.programme, "add animal to plan", by=by, right=Right.PLAN, alters_numbers=False
        ) as trail:
            plan.refresh_from_db()
            refuse_ended(plan)
            current = locked(animal)
            _refuse_unfit(plan, current)
            if standing_rows(plan).filter(animal=current).exists():
                raise SaidAlreadyError(current, plan)
            row = PlanAnimal(plan=plan, animal=current)
            _write(row, disposition, destination, breeding, priority, reason, notes)
            row.save()
            trail.created([row])
            refuse_what_cannot_be(plan, [current])
    except IntegrityError as error:
        # The lock makes this rare, but only the constraint makes it impossible; both answer alike.
        if standing_rows(plan).filter(animal=animal).exists():
            raise SaidAlreadyError(animal, plan) from error
        raise
    return row


def change_row(
    row: PlanAnimal,
    *,
    by: User | None,
    opened_version: int,
    disposition: str,
    destination: Institution | None = None,
    breeding: str = "",
    priority: int = 2,
    reason: str = "",
    notes: str = "",
) -> PlanAnimal:
    """Change what a plan says of an animal."""
    with changing(
        row.plan.programme, "change animal in plan", by=by, right=Right.PLAN, alters_numbers=False
    ) as trail:
        current = _locked_row(row)
        before = columns_of(current)
        _write(current, disposition, destination, breeding, priority, reason, notes)
        save_unless_stale(current, opened_version=opened_version, fields=list(SAID))
        if columns_of(current) != before:
            trail.changed(current, before)
        refuse_what_cannot_be(current.plan, [current.animal])
    return current


def remove_row(row: PlanAnimal, *, by: User | None, opened_version: int, reason: str = "") -> None:
    """Take what a plan says of an animal out of it; it stays to be read, as taken out."""
    with changing(
        row.plan.programme,
        "take animal out of plan",
        by=by,
        right=Right.PLAN,
        reason=reason.strip(),
        alters_numbers=False,
    ) as trail:
        current = _locked_row(row)
        pairs = standing_pairs(current.plan).of_animal(current.animal)
        if pairs.exists():
            raise StudbookError(
                f"{current.animal} is recommended to breed in {current.plan}, so it keeps its row. Withdraw its pairs first."
            )
        take_out(trail, current, opened_version=opened_version)


def fill_in(plan: Plan, *, by: User | None, opened_version: int | None = None) -> int:
    """Give every living animal that the plan does not name a row: HOLD, and DO NOT BREED where age or overlay bars it.

    One that is on its way already is SEND TO, with its transfer.
    """
    with changing(
        plan.programme, "name everybody else in plan", by=by, right=Right.PLAN, alters_numbers=False
    ) as trail:
        plan.refresh_from_db()
        refuse_ended(plan)
        if opened_version is not None:
            refuse_stale(plan, opened_version=opened_version)
        named = standing_rows(plan).values("animal")
        animals = list(plan.programme.animals.living().exclude(pk__in=named))
        excluded = excluded_by(plan, [each.pk for each in animals])
        moving = _moving_within(plan, animals)
        rows = [_of_anybody(plan, each, excluded, moving.get(each.pk)) for each in animals]
        trail.created(PlanAnimal.objects.bulk_create(rows))
    return len(rows)


def hold_rows(trail: Trail, plan: Plan, animals: Iterable[Animal]) -> dict[int, PlanAnimal]:
    """Return the rows of animals in a plan by the animals' keys; those that it did not name yet are HOLD."""
    wanted = {each.pk: each for each in animals}
    rows = {each.animal_id: each for each in standing_rows(plan).filter(animal__in=wanted)}
    for key, animal in wanted.items():
        if key not in rows:
            rows[key] = PlanAnimal.objects.create(plan=plan, animal=animal)
            trail.created([rows[key]])
    return rows


def send(trail: Trail, row: PlanAnimal, to: Institution) -> None:
    """Let a plan send an animal, under the lock of a deed that does more."""
    before = columns_of(row)
    row.disposition, row.destination = PlanAnimal.Disposition.SEND, to
    save_unless_stale(row, opened_version=row.version, fields=["disposition", "destination"])
    trail.changed(row, before)


def take_out(trail: Trail, row: PlanAnimal, *, opened_version: int | None = None) -> None:
    before = columns_of(row)
    row.removed_at = timezone.now()
    save_unless_stale(row, opened_version=opened_version or row.version, fields=["removed_at"])
    trail.changed(row, before)


def drop_silent_rows(trail: Trail, plan: Plan, animals: Iterable[Animal]) -> None:
    """Take out the rows that say nothing any more: HOLD, no pair, no word, and nobody has answered them."""
    for animal in animals:
        row = standing_rows(plan).filter(animal=animal).first()
        if row and not _says_something(row) and not standing_pairs(plan).of_animal(animal).exists():
            take_out(trail, row)


def refuse_what_cannot_be(plan: Plan, animals: Iterable[Animal]) -> None:
    """Refuse what a deed wrote of animals where it cannot be done (D8)."""
    numbers = {each.studbook_number for each in animals}
    wrong = [
        each
        for each in findings_in(situation_of(plan, lines_of(plan)))
        if each.level == REJECT and each.field and numbers.intersection(each.animals)
    ]
    if wrong:
        raise RuleError(wrong)


def _says_something(row: PlanAnimal) -> bool:
    spoken = row.disposition != PlanAnimal.Disposition.HOLD or row.breeding or row.reason or row.notes
    return bool(spoken or row.transfer_id or row.answers.exists())


def _refuse_unfit(plan: Plan, animal: Animal) -> None:
    if animal.programme_id != plan.programme_id:
        raise StudbookError(
            f"{animal} is not an animal of {plan.programme}. Choose one of this programme.", field="animal"
        )
    if not animal.is_living:
        raise StudbookError(
            f"{animal} is {animal.get_status_display()}, so a plan has nothing to say of it. Choose a living animal, or correct "
            "its record.",
            field="animal",
        )


def _locked_row(row: PlanAnimal) -> PlanAnimal:
    current = PlanAnimal.objects.select_related("plan__programme", "animal", "destination").get(pk=row.pk)
    refuse_ended(current.plan)
    if current.removed_at:
        raise StudbookError(
            f"{current.animal} was taken out of {current.plan} on {current.removed_at:%Y-%m-%d}. Add it anew."
        )
    return current


def _write(
    row: PlanAnimal,
    disposition: str,
    destination: Institution | None,
    breeding: str,
    priority: int,
    reason: str,
    notes: str,
) -> None:
    if disposition == PlanAnimal.Disposition.SEND and destination is None:
        raise StudbookError(
            f"SEND TO needs a destination. Choose where {row.animal} goes.", field="destination"
        )
    if disposition == PlanAnimal.Disposition.HOLD and destination is not None:
        raise StudbookError(
            f"HOLD has no destination: {row.animal} stays where it is. Say SEND TO, or leave the destination empty.",
            field="destination",
        )
    row.disposition, row.destination, row.breeding, row.priority = (
        disposition,
        destination,
        breeding,
        priority,
    )
    row.reason, row.notes = reason.strip(), notes.strip()


def _moving_within(plan: Plan, animals: Iterable[Animal]) -> dict[int, Transfer]:
    """Return the open transfers of animals to institutions that take part, by the animals' keys; one query."""
    lines = TransferAnimal.objects.filter(
        animal__in=list(animals), open=True, transfer__receiver__participations__programme=plan.programme_id
    ).exclude(transfer__receiver__kind=Institution.Kind.WILD)
    return {
        each.animal_id: each.transfer
        for each in lines.select_related("transfer__receiver")
        if each.transfer.state in MOVING
    }


def _of_anybody(
    plan: Plan, animal: Animal, excluded: dict[int, str], transfer: Transfer | None
) -> PlanAnimal:
    barred = barred_by_age(plan.programme, animal)
    row = PlanAnimal(plan=plan, animal=animal, reason=barred)
    if transfer:
        row.disposition, row.destination = PlanAnimal.Disposition.SEND, transfer.receiver
        row.transfer = transfer
    if barred or animal.pk in excluded:
        row.breeding = PlanAnimal.Breeding.DO_NOT_BREED
    return row
