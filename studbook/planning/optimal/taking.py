"""Pairs of an optimal plan become recommended pairs of the plan in work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.core.locks import in_turn
from studbook.core.templatetags.studbook import change, coefficient, kilometres
from studbook.planning.actions import recommend_pair
from studbook.planning.errors import AlreadyRecommendedError
from studbook.planning.models import OptimalPlan, Recommendation
from studbook.planning.optimal.chosen import litters_chosen
from studbook.planning.optimal.results import Chosen, Result

NONE_TICKED = "No pair was ticked. Tick one at least, then take them over."


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken over, and the pairs left out because they are recommended already."""

    recommended: list[Recommendation]
    skipped: list[str]


def take_over(
    plan: OptimalPlan, result: Result, keys: Iterable[str], *, by: User | None, caps_reason: str = ""
) -> Taken:
    """Recommend the pairs that were ticked, all or none; one that is recommended already is left out.

    `caps_reason` is why those breed of which one is above the cap of a lineage, where the question left the caps out.
    """
    pairs = _ticked(result, list(dict.fromkeys(keys)))
    taken, sent = Taken([], []), set[str]()
    with in_turn(), transaction.atomic():
        already = litters_chosen(plan.programme)
        for each in pairs:
            if each.numbers in already:
                taken.skipped.append(_shown(each))
                continue
            try:
                taken.recommended.append(_recommended(plan, each, _sent(each, sent), by, caps_reason))
            except AlreadyRecommendedError:
                taken.skipped.append(_shown(each))
    return taken


def reason_for(plan: OptimalPlan, pair: Chosen) -> str:
    """Return why a pair is recommended: what the optimal plan it comes from tells of it."""
    told = pair.told
    words = [
        (
            f"Part of the optimal plan {plan}: one young of theirs changes gene diversity by {change(told['delta_gd'])}, "
            f"F of young {coefficient(told['f'])}, mean kinships {coefficient(told['mk_sire'])} and "
            f"{coefficient(told['mk_dam'])}."
        )
    ]
    if pair.move_words:
        far = f" ({kilometres(told['km'])})" if told["km"] else ""
        words.append(f"{pair.move_words[0].upper()}{pair.move_words[1:]}{far}.")
    elif pair.doses:
        words.append(
            f"By banked semen of his, of which {pair.doses} {'dose is' if pair.doses == 1 else 'doses are'} in store."
        )
    elif told["place_name"]:
        words.append(f"Both live at {told['place_name']}.")
    if told["litters"] > 1:
        words.append(f"{told['litters']} litters.")
    return " ".join(words)


def _ticked(result: Result, keys: Sequence[str]) -> list[Chosen]:
    if not keys:
        raise StudbookError(NONE_TICKED)
    found = {each.key: each for each in result.plan.pairs}
    for key in keys:
        if key not in found:
            raise StudbookError(
                f"“{key[:40]}” is no pair of this plan. Open its page anew, then tick pairs of it."
            )
    return [found[key] for key in keys]


def _sent(pair: Chosen, sent: set[str]) -> str:
    """Return who of a pair is sent to the other: an animal goes to one place only, that of its first pair."""
    mover, place = pair.told["mover"], pair.told["place"]
    if not mover or place is None or pair.told[mover] in sent:
        return ""
    sent.add(pair.told[mover])
    return str(mover)


def _recommended(
    plan: OptimalPlan, pair: Chosen, moves: str, by: User | None, caps_reason: str
) -> Recommendation:
    if pair.sire is None or pair.dam is None:
        raise StudbookError(f"{_shown(pair)}: one of them is not in the book any more. Solve the plan again.")
    return recommend_pair(
        plan.programme,
        sire=pair.sire,
        dam=pair.dam,
        reason=reason_for(plan, pair),
        by=by,
        litters=pair.told["litters"],
        method=Recommendation.Method.BANKED if pair.doses else Recommendation.Method.NATURAL,
        moves=moves,
        caps_reason=caps_reason,
    )


def _shown(pair: Chosen) -> str:
    return f"{pair.sire or pair.numbers[0]} × {pair.dam or pair.numbers[1]}"
