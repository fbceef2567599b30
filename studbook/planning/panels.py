"""What a plan says on the pages of the rooms below."""

from django.http import HttpRequest

from studbook.accounts.rights import Right
from studbook.animals.models import Animal
from studbook.core.panels import Context
from studbook.planning.figures import explained
from studbook.planning.forms import ReasonForm, WithdrawForm
from studbook.planning.models import RecommendationQuerySet
from studbook.planning.reasons import suggested_reason
from studbook.population.explanation import PairExplanation
from studbook.programmes.access import may_in, programme_of
from studbook.programmes.models import Programme

MOST_LISTED = 6


def pair_panel(request: HttpRequest, pair: PairExplanation) -> Context | None:
    """Say whether a pair is recommended, with the form to do or undo it; one query."""
    programme, may_plan = programme_of(request), may_in(request, Right.PLAN)
    standing = _standing(programme).filter(sire=pair.sire, dam=pair.dam).first()
    if standing is None and pair.refusal:
        return None
    context: Context = {
        "programme": programme,
        "pair": pair,
        "may_plan": may_plan,
        "recommendation": standing,
    }
    if standing:
        return context | {"form": WithdrawForm(auto_id=False)}
    return context | {"form": _reason_form(programme, pair), "above_limit": explained(pair).above_limit}


def animal_panel(request: HttpRequest, animal: Animal) -> Context | None:
    """Name the mates an animal is recommended with; one query. Nothing to show when there are none."""
    programme = programme_of(request)
    recommendations = list(_standing(programme).of_animal(animal))
    if not recommendations:
        return None
    mates = [(each, each.dam if each.sire_id == animal.pk else each.sire) for each in recommendations]
    return {"programme": programme, "mates": mates}


def dashboard_panel(request: HttpRequest, programme: Programme) -> Context:
    """Give the plan at a glance: how many pairs, the newest, how many that cannot be made any longer; one query."""
    recommendations = list(_standing(programme).order_by("-made_at", "-id"))
    undone = sum(not (each.sire.is_living and each.dam.is_living) for each in recommendations)
    return {
        "programme": programme,
        "count": len(recommendations),
        "newest": recommendations[:MOST_LISTED],
        "undone": undone,
    }


def _reason_form(programme: Programme, pair: PairExplanation) -> ReasonForm:
    return ReasonForm(initial={"reason": suggested_reason(programme, pair)})


def _standing(programme: Programme) -> RecommendationQuerySet:
    return programme.recommendations.all().standing().select_related("sire", "dam", "made_by")
