"""Procedures corrected with a reason, and struck out with what hung on them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.correcting.reasons import needed
from studbook.animals.correcting.rewriting import rewrite, take_out
from studbook.animals.entry.life import place_on
from studbook.animals.entry.observation_values import Amount
from studbook.core.columns import Columns, columns_of
from studbook.core.dates import DateInterval, interval_columns
from studbook.core.errors import StudbookError
from studbook.programmes.changes import Trail, save_unless_stale
from studbook.reproduction.bank.ledger import refuse_more_than_stored, write_step
from studbook.reproduction.bank.rules import refuse_wrong_work
from studbook.reproduction.models import (
    Anaesthesia,
    GameteWork,
    Insemination,
    Procedure,
    Sample,
    SampleStep,
)
from studbook.reproduction.procedures import rules
from studbook.reproduction.procedures.actions import Agents, Row, put_agents, refuse_row
from studbook.reproduction.procedures.kinds import COMMON, KINDS
from studbook.reproduction.procedures.semen import donor_of
from studbook.reproduction.recording import anew, recording, refuse_elsewhere
from studbook.reproduction.resting import Thing, words_of
from studbook.reproduction.striking import refuse_rested_on, strike_out

COLUMNS = [*interval_columns("date", None), "institution", *COMMON]


def correct_procedure(
    procedure: Procedure,
    *,
    on: DateInterval,
    by: User | None,
    opened_version: int,
    reason: str,
    told: Mapping[str, Any] | None = None,
    agents: Agents = (),
    weight: Amount | None = None,
    acknowledged: Iterable[str] = (),
    **columns: Any,
) -> Procedure:
    """Correct what is told of a procedure. Whose it is and of which kind stays; units of a sample are the ledger's."""
    why, kind = needed(reason), KINDS[procedure.kind]
    with recording(
        procedure.programme,
        f"correct {kind.label}",
        at=procedure.institution,
        by=by,
        right=Right.CORRECT,
        about=[procedure.animal],
        reason=why,
        acknowledged=acknowledged,
        alters_numbers=procedure.kind == Procedure.Kind.INSEMINATION,
    ) as trail:
        current = procedure_now(procedure)
        before, row = columns_of(current), getattr(current, kind.row) if kind.row else None
        before_row = columns_of(row) if row else None
        used = _sample_used(current)
        current.date = on
        current.institution = place_on(current.animal, on) or current.institution
        for name, value in anew(columns).items():
            if name in COMMON:
                setattr(current, name, value)
        for name, value in _told_of(row, anew(told or {}), used).items():
            setattr(row, name, value)
        rules.refuse_procedure(current, on)
        refuse_row(current, row, used, on)
        _refuse_other_work(current, row, before_row)
        rules.refuse_against_what_rests_on_it(current, row, on)
        changed = _correct_weight(trail, current, weight, on)
        changed |= _correct_agents(trail, row, agents)
        changed |= _differs(row, before_row) or columns_of(current) != before
        if not changed:
            raise StudbookError(
                f"The book says this of the {current} already. Correct what is wrong, or leave the page."
            )
        save_unless_stale(current, opened_version=opened_version, fields=COLUMNS)
        trail.changed(current, before)
        if row and _differs(row, before_row):
            row.save()
            trail.changed(row, dict(before_row or {}))
    return current


def strike_procedure(
    procedure: Procedure,
    *,
    by: User | None,
    opened_version: int,
    reason: str,
    put_back: int | None = None,
    acknowledged: Iterable[str] = (),
) -> Procedure:
    """Strike out a procedure that was not done. Units of a sample go back only where it is said, as a line of its ledger."""

    def asked(current: Procedure) -> None:
        refuse_elsewhere(current.programme, current.institution_id, by, Right.CORRECT)
        refuse_rested_on(current, map(words_of, resting_on(current)))

    def beside(trail: Trail, current: Procedure) -> None:
        _put_back(trail, current, put_back or 0, by=by, why=reason.strip())
        if weight := current.weight:
            current.weight = None
            current.save(update_fields=["weight"])
            take_out(trail, weight)

    return strike_out(
        procedure,
        about=[procedure.animal],
        acknowledged=acknowledged,
        by=by,
        opened_version=opened_version,
        reason=reason,
        asked=asked,
        beside=beside,
        alters_numbers=procedure.kind == Procedure.Kind.INSEMINATION,
    )


def procedure_now(procedure: Procedure) -> Procedure:
    """Read a procedure anew under the lock. Refuses one that was struck out."""
    current = Procedure.objects.whole().get(pk=procedure.pk)
    if current.is_struck:
        raise StudbookError(
            f"The {current} was struck out since you opened it, so nothing was saved. Its page says why."
        )
    return current


def resting_on(procedure: Procedure) -> list[Thing]:
    """Return what stands on a procedure: what was done under it, its samples and what came of it; four queries."""
    used = Insemination.objects.filter(collection=procedure, procedure__struck_at=None)
    inseminations = used.select_related("procedure__animal", "procedure__programme")
    samples = Sample.objects.standing().filter(procedure=procedure).select_related("donor", "programme")
    return [
        *procedure.done_under.standing().select_related("animal", "programme"),
        *(each.procedure for each in inseminations),
        *samples,
        *procedure.pregnancies.standing().select_related("dam", "programme"),
    ]


def units_used(procedure: Procedure) -> list[tuple[Sample, int]]:
    """Return the samples that a procedure took of, each once, with how many units; one query."""
    steps = SampleStep.objects.filter(procedure=procedure, kind=SampleStep.Kind.USED)
    samples: dict[int, Sample] = {}
    taken: Counter[int] = Counter()
    for step in steps.select_related("sample__donor", "sample__programme").order_by("pk"):
        samples.setdefault(step.sample_id, step.sample)
        taken[step.sample_id] -= step.change
    return [(sample, taken[pk]) for pk, sample in samples.items()]


def _put_back(trail: Trail, procedure: Procedure, wanted: int, *, by: User | None, why: str) -> None:
    used = units_used(procedure) if wanted else []
    most = sum(taken for _, taken in used)
    if wanted > most:
        raise StudbookError(
            f"{wanted} units are to be put back, and the {procedure} took {most}. Put back {most} at most.",
            field="put_back",
        )
    for sample, taken in used:
        back = min(taken, wanted)
        if back:
            wanted -= back
            refuse_more_than_stored(sample, sample.units + back, field="put_back")
            told = {
                "change": back,
                "reason": f"put back, the {procedure.get_kind_display()} was struck out: {why}"[:400],
            }
            write_step(trail, sample, SampleStep.Kind.COUNTED, on=timezone.localdate(), by=by, **told)


def _refuse_other_work(procedure: Procedure, row: Row | None, before: Columns | None) -> None:
    if isinstance(row, GameteWork) and before and before["what"] != row.what:
        for sample, _ in units_used(procedure):
            refuse_wrong_work(sample, row, field="what")


def _told_of(row: Row | None, told: Mapping[str, Any], used: Sample | None) -> Mapping[str, Any]:
    if not isinstance(row, Insemination) or told.get("donor", row.donor):
        return told
    return {**told, "donor": donor_of(None, told.get("collection", row.collection), used)}


def _sample_used(procedure: Procedure) -> Sample | None:
    used = units_used(procedure) if procedure.kind == Procedure.Kind.INSEMINATION else []
    return used[0][0] if used else None


def _correct_weight(trail: Trail, procedure: Procedure, weight: Amount | None, on: DateInterval) -> bool:
    seen = procedure.weight
    if seen is None or weight is None:
        return False
    columns: dict[str, Any] = {
        "quantity": weight.quantity,
        "unit": weight.unit,
        **interval_columns("date", on),
    }
    if all(getattr(seen, name) == value for name, value in columns.items()):
        return False
    rewrite(trail, seen, **columns)
    return True


def _correct_agents(trail: Trail, row: Row | None, agents: Agents) -> bool:
    if not isinstance(row, Anaesthesia):
        return False
    wanted = [(each["agent"], each.get("dose"), each.get("unit", "")) for each in agents]
    standing = list(row.agents.all())
    if wanted == [(each.agent, each.dose, each.unit) for each in standing]:
        return False
    trail.removed(standing)
    row.agents.all().delete()
    put_agents(trail, row, [dict(zip(("agent", "dose", "unit"), each, strict=True)) for each in wanted])
    return True


def _differs(row: Row | None, before: Columns | None) -> bool:
    return row is not None and columns_of(row) != before
