"""What a coordinator does with a pair: choose it for the plan, change how it shall breed, withdraw it."""

from collections.abc import Iterable

from django.db import IntegrityError
from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.keeping import locked
from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.core.findings import refuse_findings, rejected
from studbook.institutions.models import Institution
from studbook.planning.banked import BANKED
from studbook.planning.errors import AlreadyRecommendedError
from studbook.planning.figures import PairFigures, figures_of, pair_figures
from studbook.planning.models import Plan, PlanAnimal, Recommendation
from studbook.planning.plans.capping import above_caps
from studbook.planning.plans.judging import CODE as OF_LINES
from studbook.planning.plans.saying import drop_silent_rows, hold_rows, refuse_what_cannot_be, send
from studbook.planning.plans.targets import open_plan, refuse_ended
from studbook.planning.rules import (
    bars_of,
    refuse_thin_reason,
    refuse_unexplained_caps,
    refuse_unfit_pair,
)
from studbook.planning.stays import open_stays, place_of
from studbook.programmes.changes import Trail, changing, columns_of, save_unless_stale
from studbook.programmes.models import Programme

HOW = ("method", "priority", "if_possible", "litters", "reason", "notes", "above_caps", "caps_reason")
SIRE, DAM = "sire", "dam"


def recommend_pair(
    programme: Programme,
    *,
    sire: Animal,
    dam: Animal,
    reason: str,
    by: User | None,
    method: str = Recommendation.Method.NATURAL,
    priority: int = 2,
    if_possible: bool = False,
    litters: int = 1,
    notes: str = "",
    moves: str = "",
    caps_reason: str = "",
    acknowledged: Iterable[str] = (),
) -> Recommendation:
    """Choose a pair to breed, with the reason and the numbers of the day.

    It goes into the plan that is open, and waits for one where none is. `moves` says which of the two ("sire" or "dam") the
    plan sends to the other; `caps_reason` why it breeds though one of them is above the cap of a lineage.
    """
    reason, codes = reason.strip(), tuple(acknowledged)
    try:
        with changing(
            programme,
            "recommend pair",
            by=by,
            right=Right.PLAN,
            reason=reason,
            alters_numbers=False,
            acknowledged=codes,
        ) as trail:
            programme.refresh_from_db(fields=["revision"])
            plan = open_plan(programme)
            told = reason, caps_reason.strip()
            recommendation = _chosen(programme, plan, locked(sire), locked(dam), told, by, method)
            refuse_findings(bars_of(sire, dam, banked=method == BANKED), codes)
            recommendation.priority = priority
            recommendation.if_possible, recommendation.litters = if_possible, litters
            recommendation.notes = notes.strip()
            recommendation.save()
            trail.created([recommendation])
            if plan:
                _say_of_both(trail, plan, recommendation, moves)
    except IntegrityError as error:
        # The lock makes this rare, but only the constraint makes it impossible; both answer alike.
        if _stands(programme, sire, dam, open_plan(programme)):
            raise AlreadyRecommendedError(sire, dam) from error
        raise
    return recommendation


def change_pair(
    recommendation: Recommendation,
    *,
    by: User | None,
    opened_version: int,
    method: str,
    priority: int,
    if_possible: bool,
    litters: int,
    reason: str,
    notes: str = "",
    caps_reason: str = "",
    acknowledged: Iterable[str] = (),
) -> Recommendation:
    """Change how a pair shall breed, and why; its numbers stay those of the day it was chosen.

    Another method is asked anew whether both are to breed (rule D13).
    """
    codes = tuple(acknowledged)
    with changing(
        recommendation.programme,
        "change recommendation",
        by=by,
        right=Right.PLAN,
        reason=reason.strip(),
        alters_numbers=False,
        acknowledged=codes,
    ) as trail:
        current = Recommendation.objects.select_related("programme", "plan", "sire", "dam").get(
            pk=recommendation.pk
        )
        _refuse_over(current)
        before = columns_of(current)
        current.method, current.priority, current.if_possible = method, priority, if_possible
        current.litters, current.reason, current.notes = litters, reason.strip(), notes.strip()
        if current.method != before["method"]:
            banked = current.method == BANKED
            refuse_unfit_pair(current.programme, current.sire, current.dam, banked=banked)
            refuse_findings(bars_of(current.sire, current.dam, banked=banked), codes)
        refuse_thin_reason(current.programme, current.reason, _figures_now(current))
        _explain_caps(current, caps_reason.strip())
        save_unless_stale(current, opened_version=opened_version, fields=list(HOW))
        if columns_of(current) != before:
            trail.changed(current, before)
    return current


def withdraw_recommendation(
    recommendation: Recommendation, *, by: User | None, reason: str, opened_version: int
) -> None:
    """Take a recommendation back; it stays in the book as withdrawn.

    What its plan says of the two stays, unless nothing is left to say.
    """
    reason = reason.strip()
    if not reason:
        raise StudbookError(
            "A withdrawal needs a reason. Write why the pair should not breed.", field="reason"
        )
    with changing(
        recommendation.programme,
        "withdraw recommendation",
        by=by,
        right=Right.PLAN,
        reason=reason,
        alters_numbers=False,
    ) as trail:
        recommendation.refresh_from_db()
        _refuse_over(recommendation)
        before = columns_of(recommendation)
        recommendation.withdrawn_at = timezone.now()
        save_unless_stale(recommendation, opened_version=opened_version, fields=["withdrawn_at"])
        trail.changed(recommendation, before)
        if recommendation.plan:
            drop_silent_rows(trail, recommendation.plan, [recommendation.sire, recommendation.dam])


def _chosen(
    programme: Programme,
    plan: Plan | None,
    sire: Animal,
    dam: Animal,
    reasons: tuple[str, str],
    by: User | None,
    method: str,
) -> Recommendation:
    reason, caps_reason = reasons
    refuse_unfit_pair(programme, sire, dam, banked=method == BANKED)
    if _stands(programme, sire, dam, plan):
        raise AlreadyRecommendedError(sire, dam)
    figures = pair_figures(programme, sire, dam, tuple(plan.overlays.all()) if plan else ())
    refuse_thin_reason(programme, reason, figures)
    numbers = sire.studbook_number, dam.studbook_number
    refuse_unexplained_caps(numbers, figures.above_caps, caps_reason)
    stays = open_stays([sire, dam])
    return Recommendation(
        programme=programme,
        plan=plan,
        sire=sire,
        dam=dam,
        method=method,
        reason=reason,
        above_caps=" ".join(figures.above_caps),
        caps_reason=caps_reason if figures.above_caps else "",
        revision=programme.revision,
        delta_gd=figures.delta_gd,
        f_offspring=figures.f_offspring,
        mk_sire=figures.mk_sire,
        mk_dam=figures.mk_dam,
        sire_holder=place_of(stays.get(sire.pk)),
        dam_holder=place_of(stays.get(dam.pk)),
        made_by=by,
    )


def _explain_caps(pair: Recommendation, reason: str) -> None:
    """Set why a pair breeds above a cap; what is above it is told anew where the reason is another."""
    above = above_caps(pair.programme, pair.plan, pair.sire, pair.dam)
    refuse_unexplained_caps((pair.sire.studbook_number, pair.dam.studbook_number), above, reason)
    if reason != pair.caps_reason or not above:
        pair.above_caps, pair.caps_reason = " ".join(above), reason if above else ""


def _say_of_both(trail: Trail, plan: Plan, pair: Recommendation, moves: str) -> None:
    """Give both a row in the plan, and send the one that is to move to where the other is or will be."""
    rows = hold_rows(trail, plan, [pair.sire, pair.dam])
    _refuse_barred(plan, [rows[pair.sire_id], rows[pair.dam_id]])
    if moves in (SIRE, DAM):
        goes, stays = (pair.sire, pair.dam) if moves == SIRE else (pair.dam, pair.sire)
        to = rows[stays.pk].destination or (pair.dam_holder if moves == SIRE else pair.sire_holder)
        if to is None:
            raise StudbookError(
                f"The book does not say where {stays} is, so {goes} cannot be sent there. Choose nobody to move.",
                field="moves",
            )
        _refuse_sent_elsewhere(plan, rows[goes.pk], to)
        send(trail, rows[goes.pk], to)
        refuse_what_cannot_be(plan, [goes])


def _refuse_sent_elsewhere(plan: Plan, row: PlanAnimal, to: Institution) -> None:
    if row.destination and row.destination != to:
        raise StudbookError(
            f"{plan} sends {row.animal} to {row.destination} already, not to {to}. Change what the plan says of it first, or "
            "choose nobody to move.",
            field="moves",
        )


def _refuse_barred(plan: Plan, rows: list[PlanAnimal]) -> None:
    for row in rows:
        if row.breeding == PlanAnimal.Breeding.DO_NOT_BREED:
            why = f" ({row.reason.strip().rstrip('.')})" if row.reason.strip() else ""
            sentence = f"{row.animal} is DO NOT BREED in {plan}{why}. Change what the plan says of it, then recommend the pair."
            raise rejected(OF_LINES, [row.animal.studbook_number], sentence)


def _figures_now(pair: Recommendation) -> PairFigures | None:
    overlays = tuple(pair.plan.overlays.order_by("pk")) if pair.plan else ()
    return figures_of(pair.programme, overlays).pair(pair.sire, pair.dam)


def _stands(programme: Programme, sire: Animal, dam: Animal, plan: Plan | None) -> bool:
    return (
        Recommendation.objects.standing().filter(programme=programme, sire=sire, dam=dam, plan=plan).exists()
    )


def _refuse_over(recommendation: Recommendation) -> None:
    if recommendation.withdrawn_at:
        raise StudbookError(
            f"{recommendation} was withdrawn on {recommendation.withdrawn_at:%Y-%m-%d} already. Nothing is left to do."
        )
    if recommendation.plan:
        refuse_ended(recommendation.plan)
