"""Former plans, read for the columns and the outcomes of the printed plan."""

from collections import defaultdict

from studbook.core.downloads import iso
from studbook.planning.models import Plan, PlanVersion
from studbook.planning.outcomes.kinds import Kind, Reading
from studbook.planning.outcomes.rates import rate
from studbook.planning.outcomes.reading import readings_of
from studbook.planning.paper.former_book import headlines_by_book
from studbook.planning.paper.former_rates import frozen_rate
from studbook.planning.paper.headline import headline_of
from studbook.planning.paper.packing import unpack
from studbook.planning.paper.plain import PlainDict

MOST = 4
IN_FORCE = (PlanVersion.Kind.FINAL, PlanVersion.Kind.INTERIM)
KINDS = (Kind.BREED, Kind.SEND)


def former_inputs(plan: Plan) -> list[PlainDict]:
    """Return the plans in force before this one, the newest first: their headline, and what came of them by now.

    The headline is the frozen one; `by_book` of a plan without one, as it is by the records of today.
    """
    plans = list(
        plan.programme.plans.published()
        .filter(starts_on__lt=plan.starts_on)
        .exclude(pk=plan.pk)
        .order_by("-published_on", "-pk")[:MOST]
    )
    if not plans:
        return []
    (headlines, frozen), came = _headlines(plans), _outcomes(plan, plans)
    by_book = headlines_by_book(plan.programme, [each for each in plans if each.pk not in frozen])
    return [
        {
            "title": each.title,
            **{name: iso(getattr(each, name)) for name in ("starts_on", "ends_on", "published_on")},
            "headline": headlines.get(each.pk) or by_book.get(each.pk),
            "by_book": each.pk in by_book,
            "outcomes": came[each.pk],
        }
        for each in plans
    ]


def _headlines(plans: list[Plan]) -> tuple[dict[int, PlainDict], frozenset[int]]:
    """Return the headline of each plan's version that was last in force, and the plans that have one, readable or not."""
    versions = PlanVersion.objects.filter(plan__in=plans, kind__in=IN_FORCE).order_by("number")
    last = dict(versions.values_list("plan", "figures"))
    found = {key: headline for key, data in last.items() if (headline := _headline(data))}
    return found, frozenset(last)


def _headline(data: bytes | memoryview) -> PlainDict | None:
    """Return a version's headline; None where what it holds was not frozen by this program."""
    try:
        return headline_of(unpack(data))
    except (OSError, EOFError, ValueError, LookupError, TypeError):
        return None


def _outcomes(plan: Plan, plans: list[Plan]) -> dict[int, list[PlainDict]]:
    gathered: defaultdict[tuple[int, Kind], list[Reading]] = defaultdict(list)
    for reading in readings_of(plan.programme, plans):
        gathered[reading.plan.pk, reading.kind].append(reading)
    return {
        each.pk: [
            frozen_rate(rate(kind.label, gathered[each.pk, kind], running=each.closed_on is None))
            for kind in KINDS
        ]
        for each in plans
    }
