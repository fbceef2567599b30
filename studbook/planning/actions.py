"""What a coordinator does with a plan: choose a pair, withdraw it."""

from django.db import IntegrityError
from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.keeping import locked
from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.planning.errors import AlreadyRecommendedError
from studbook.planning.figures import pair_figures
from studbook.planning.models import Recommendation
from studbook.planning.rules import refuse_thin_reason, refuse_unfit_pair
from studbook.planning.stays import open_stays, place_of
from studbook.programmes.changes import changing, columns_of, save_unless_stale
from studbook.programmes.models import Programme


def recommend_pair(
    programme: Programme, *, sire: Animal, dam: Animal, reason: str, by: User | None
) -> Recommendation:
    """Choose a pair to breed, with the reason and the numbers of the day."""
    reason = reason.strip()
    try:
        with changing(
            programme, "recommend pair", by=by, right=Right.PLAN, reason=reason, alters_numbers=False
        ) as trail:
            programme.refresh_from_db(fields=["revision"])
            recommendation = _chosen(programme, locked(sire), locked(dam), reason, by)
            recommendation.save()
            trail.created([recommendation])
    except IntegrityError as error:
        # The lock makes this rare, but only the constraint makes it impossible; both answer alike.
        if _stands(programme, sire, dam):
            raise AlreadyRecommendedError(sire, dam) from error
        raise
    return recommendation


def withdraw_recommendation(
    recommendation: Recommendation, *, by: User | None, reason: str, opened_version: int
) -> None:
    """Take a recommendation back; it stays in the book as withdrawn."""
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
        _refuse_withdrawn(recommendation)
        before = columns_of(recommendation)
        recommendation.withdrawn_at = timezone.now()
        save_unless_stale(recommendation, opened_version=opened_version, fields=["withdrawn_at"])
        trail.changed(recommendation, before)


def _chosen(programme: Programme, sire: Animal, dam: Animal, reason: str, by: User | None) -> Recommendation:
    refuse_unfit_pair(programme, sire, dam)
    if _stands(programme, sire, dam):
        raise AlreadyRecommendedError(sire, dam)
    figures = pair_figures(programme, sire, dam)
    refuse_thin_reason(programme, reason, figures)
    stays = open_stays([sire, dam])
    return Recommendation(
        programme=programme,
        sire=sire,
        dam=dam,
        reason=reason,
        revision=programme.revision,
        delta_gd=figures.delta_gd,
        f_offspring=figures.f_offspring,
        mk_sire=figures.mk_sire,
        mk_dam=figures.mk_dam,
        sire_holder=place_of(stays.get(sire.pk)),
        dam_holder=place_of(stays.get(dam.pk)),
        made_by=by,
    )


def _stands(programme: Programme, sire: Animal, dam: Animal) -> bool:
    return Recommendation.objects.standing().filter(programme=programme, sire=sire, dam=dam).exists()


def _refuse_withdrawn(recommendation: Recommendation) -> None:
    if recommendation.withdrawn_at:
        raise StudbookError(
            f"{recommendation} was withdrawn on {recommendation.withdrawn_at:%Y-%m-%d} already. Nothing is left to do."
        )
