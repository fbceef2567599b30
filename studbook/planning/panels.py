"""What a plan says on the pages of the rooms below."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from studbook.accounts.rights import Right
from studbook.animals.models import Animal
from studbook.core.panels import Context
from studbook.institutions.models import Institution
from studbook.planning.banked import able_in, stored_for
from studbook.planning.chances.panels import fitted_in
from studbook.planning.figures import explained
from studbook.planning.forms import RecommendForm, WithdrawForm, moves_between
from studbook.planning.models import Plan, RecommendationQuerySet
from studbook.planning.plans.capping import above_caps
from studbook.planning.plans.reading import lines_of, standing_rows
from studbook.planning.plans.rows import rows_from
from studbook.planning.plans.staleness import staleness_of
from studbook.planning.plans.targets import open_plan
from studbook.planning.reasons import suggested_reason
from studbook.planning.rules import bars_of
from studbook.planning.stays import open_stays, place_of
from studbook.planning.wording import how_words
from studbook.population.explanation import PairExplanation
from studbook.programmes.access import may_in, programme_of
from studbook.programmes.models import Programme

MOST_LISTED = 6


def pair_panel(request: HttpRequest, pair: PairExplanation) -> Context | None:
    """Say whether a pair is recommended, with the form to do or undo it; five queries, six with a cap."""
    programme, may_plan = programme_of(request), may_in(request, Right.PLAN)
    plan = open_plan(programme)
    of_pair = _standing(programme).filter(sire=pair.sire, dam=pair.dam)
    standing = next(iter(sorted(of_pair, key=lambda each: each.plan_id != (plan.pk if plan else None))), None)
    if standing is None and pair.refusal:
        return None
    context: Context = {
        "programme": programme,
        "pair": pair,
        "may_plan": may_plan,
        "plan": plan,
        "recommendation": standing,
    }
    if standing and not may_plan:
        return context | {"how": how_words(standing)}
    if not may_plan:
        return context
    if standing:
        context |= {"form": WithdrawForm(auto_id=False), "how": how_words(standing)}
        if plan is None or standing.plan_id == plan.pk or pair.refusal:
            return context
        again = {"reason": standing.reason, "method": standing.method, "notes": standing.notes}
        again["caps_reason"] = standing.caps_reason
        return context | {"again": recommend_form(pair.sire, pair.dam, initial=again, plan=plan)}
    initial = {"reason": suggested_reason(programme, pair, fitted_in(request))}
    form = recommend_form(pair.sire, pair.dam, initial=initial, plan=plan)
    return context | {"form": form, "above_limit": explained(pair).above_limit}


def recommend_form(
    sire: Animal,
    dam: Animal,
    data: Mapping[str, Any] | None = None,
    *,
    plan: Plan | None,
    initial: dict[str, Any] | None = None,
) -> RecommendForm:
    """Return the form that recommends a pair; it asks who moves where the open plan can say so, and warns. Three queries, four with a cap."""
    stays = open_stays([sire, dam])
    places = place_of(stays.get(sire.pk)), place_of(stays.get(dam.pk))
    moves = moves_between(sire, dam, *places) if plan and sire.is_living else []
    return RecommendForm(
        data,
        initial=initial,
        moves=moves,
        bars=bars_of(sire, dam, banked=not sire.is_living),
        above_caps=above_caps(sire.programme, plan, sire, dam),
        dead_sire=not sire.is_living,
    )


def animal_panel(request: HttpRequest, animal: Animal) -> Context | None:
    """Tell what the open plans say of an animal, and its mates without a plan; nothing to show when they say nothing."""
    programme = programme_of(request)
    recommendations = [each for each in _standing(programme).of_animal(animal) if each.plan_id is None]
    mates = [(each, each.dam if each.sire_id == animal.pk else each.sire) for each in recommendations]
    said = [told for plan in _plans_naming(animal) if (told := _said(plan, animal))]
    if not mates and not said:
        return None
    return {"programme": programme, "mates": mates, "said": said, "animal": animal}


def institution_panel(request: HttpRequest, institution: Institution) -> Context | None:
    """Give the rows of an institution in the plan in force, else in the one in work; nothing where it has none."""
    programme = programme_of(request)
    plans = Plan.objects.filter(programme=programme, state__in=Plan.OPEN).select_related("programme")
    plan = min(plans, key=lambda each: each.is_in_work, default=None)
    if plan is None:
        return None
    lines = lines_of(plan)
    found = [each for each in rows_from(lines) if each.place and each.place.key == institution.pk]
    if not found:
        return None
    return {"programme": programme, "plan": plan, "each": found[0], "stale": staleness_of(plan, lines)}


def dashboard_panel(request: HttpRequest, programme: Programme) -> Context:
    """Give the plan at a glance: where it stands, how many pairs, the newest, what cannot be carried out any longer."""
    recommendations = list(_standing(programme).order_by("-made_at", "-id"))
    plans = list(
        Plan.objects.filter(programme=programme, state__in=Plan.OPEN)
        .select_related("programme")
        .order_by("pk")
    )
    pairs = {(each.sire, each.dam): each for each in reversed(recommendations)}
    left = stored_for(programme, pairs.values())
    undone = sum(not able_in(each, left) for each in pairs.values())
    return {
        "programme": programme,
        "plans": [(each, staleness_of(each).count, _pairs_in(each, recommendations)) for each in plans],
        "may_plan": may_in(request, Right.PLAN),
        "count": len(pairs),
        "newest": list(reversed(pairs.values()))[:MOST_LISTED],
        "undone": undone,
    }


def _pairs_in(plan: Plan, recommendations: list[Any]) -> int:
    return sum(each.plan_id == plan.pk for each in recommendations)


def _plans_naming(animal: Animal) -> list[Plan]:
    found = Plan.objects.filter(
        state__in=Plan.OPEN, animals__animal=animal, animals__removed_at=None
    ).select_related("programme")
    return sorted(found, key=lambda each: each.is_in_work)


def _said(plan: Plan, animal: Animal) -> dict[str, Any] | None:
    """Return what one plan says of an animal, as each place reads it, and what made that stale; None if nothing any more."""
    lines = lines_of(plan)
    row = standing_rows(plan).filter(animal=animal).first()
    if row is None:
        return None
    rows = [
        one for each in rows_from(lines) for one in each.rows if one.line.row == row.pk and not one.received
    ]
    return {"plan": plan, "row": row, "rows": rows, "stale": staleness_of(plan, lines).rows.get(row.pk, ())}


def _standing(programme: Programme) -> RecommendationQuerySet:
    return (
        programme.recommendations.all().standing().select_related("sire", "dam", "made_by", "plan__programme")
    )
