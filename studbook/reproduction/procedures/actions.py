"""A procedure logged: the common part, the row of its kind, what it used and what it weighed, in one deed."""

from collections.abc import Iterable, Mapping
from typing import Any

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.entry.life import place_on
from studbook.animals.entry.observation_values import Amount
from studbook.animals.entry.observation_writing import write_weight
from studbook.animals.entry.provisional import is_provisional
from studbook.animals.entry.weight_rules import refuse_doubtful_weight
from studbook.animals.keeping import keeping, locked
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution
from studbook.programmes.changes import Trail
from studbook.reproduction.bank.ledger import use_units
from studbook.reproduction.doubles import procedures_like, refuse_twice
from studbook.reproduction.hindrances import refuse_hindered
from studbook.reproduction.models import (
    Anaesthesia,
    AnaesthesiaAgent,
    Examination,
    GameteWork,
    Insemination,
    Procedure,
    Sample,
    SemenCollection,
)
from studbook.reproduction.procedures import rules
from studbook.reproduction.procedures.kinds import KINDS
from studbook.reproduction.procedures.semen import (
    donor_of,
    refuse_nothing_that_moves,
    refuse_sample_of_others,
    refuse_semen,
)
from studbook.reproduction.recording import anew

Row = Any  # the row of a kind, of one of several models
Agents = Iterable[Mapping[str, Any]]


def log_procedure(
    kind: str,
    animal: Animal,
    *,
    on: DateInterval,
    by: User | None,
    told: Mapping[str, Any] | None = None,
    agents: Agents = (),
    weight: Amount | None = None,
    sample: Sample | None = None,
    units: int | None = None,
    reason: str = "",
    acknowledged: Iterable[str] = (),
    **columns: Any,
) -> Procedure:
    """Write a procedure down. `told` are the columns of its kind, `columns` those all have: started, ended, place, team, under, note.

    An insemination takes `units` of a banked `sample`, as many as make one of them unless it is said; a weighing writes
    its `weight` as an observation too.
    """
    codes = tuple(acknowledged)
    with keeping(
        animal.programme,
        f"log {KINDS[kind].label}",
        by=by,
        right=Right.LOG,
        about=[animal],
        reason=reason,
        acknowledged=codes,
        alters_numbers=sample is not None,
    ) as trail:
        current = locked(animal)
        procedure = Procedure(
            programme=animal.programme, kind=kind, animal=current, logged_by=by, **anew(columns)
        )
        procedure.date = on
        rules.refuse_procedure(procedure, on)
        alike = procedures_like(procedure)
        procedure.institution = _place(current, on)
        used = _sample_now(sample, by) if sample else None
        row = row_of(procedure, anew(told or {}), used)
        refuse_row(procedure, row, used, on)
        if isinstance(row, Insemination):
            breeding = (current,) if used else (current, row.donor)
            refuse_hindered(breeding, on, KINDS[kind].label, acknowledged=codes, reason=reason)
        _weigh(trail, procedure, weight, on, by, codes)
        procedure.save()
        trail.created([procedure])
        if row:
            row.procedure = procedure
            row.save(force_insert=True)
            trail.created([row])
        put_agents(trail, row, agents)
        if used:
            taken = units or used.per_dose
            use_units(
                trail,
                used,
                taken,
                procedure=procedure,
                on=min(on.middle, on.latest),
                by=by,
                reason=reason[:400],
            )
        # Last, so that what cannot be is refused before anybody is asked whether it is another.
        number = [current.studbook_number]
        refuse_twice(alike, animals=number, acknowledged=codes, reason=reason)
    return procedure


def row_of(procedure: Procedure, told: Mapping[str, Any], sample: Sample | None) -> Row | None:
    """Return the unsaved row of a procedure's kind; None of a kind that has none."""
    model = KINDS[procedure.kind].model
    if model is None:
        return None
    columns = dict(told)
    if model is Insemination:
        columns["donor"] = locked(donor_of(columns.get("donor"), columns.get("collection"), sample))
    return model(**columns)


def refuse_row(procedure: Procedure, row: Row | None, sample: Sample | None, on: DateInterval) -> None:
    """Refuse what the rules say against the row of a procedure's kind."""
    if isinstance(row, Anaesthesia):
        rules.refuse_anaesthesia(procedure, row)
    elif isinstance(row, SemenCollection):
        rules.refuse_collection(procedure, row)
        refuse_nothing_that_moves(procedure.animal, row)
    elif isinstance(row, Examination):
        rules.refuse_examination(procedure, row)
    elif isinstance(row, GameteWork):
        rules.refuse_gametes(row)
    elif isinstance(row, Insemination):
        refuse_semen(row, sample, on)


def put_agents(trail: Trail, row: Row | None, agents: Agents) -> None:
    """Write the agents of an anaesthesia."""
    if not isinstance(row, Anaesthesia):
        return
    made = [AnaesthesiaAgent(anaesthesia=row, **each) for each in agents]
    for agent in made:
        agent.save()
    trail.created(made)


def _place(animal: Animal, on: DateInterval) -> Institution:
    place = place_on(animal, on)
    if place is None:
        raise StudbookError(
            f"The book does not say where {animal} was on {on}. Record where it came from first, or correct the date.",
            field="on",
        )
    return place


def _sample_now(sample: Sample, by: User | None) -> Sample:
    current = Sample.objects.select_related("programme", "donor", "institution", "owner").get(pk=sample.pk)
    refuse_sample_of_others(current, by)
    return current


def _weigh(
    trail: Trail,
    procedure: Procedure,
    weight: Amount | None,
    on: DateInterval,
    by: User | None,
    codes: tuple[str, ...],
) -> None:
    if procedure.kind != Procedure.Kind.WEIGHING:
        return
    if weight is None:
        raise StudbookError(f"Say what {procedure.animal} weighed.", field="weight")
    refuse_doubtful_weight(procedure.animal, on, weight, acknowledged=codes)
    procedure.weight = write_weight(
        trail, procedure.animal, on=on, weight=weight, provisional=is_provisional(procedure.animal, by)
    )
