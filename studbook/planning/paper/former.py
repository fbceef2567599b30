"""Former plans, read for the columns and the outcomes of the printed plan."""

from collections import Counter, defaultdict

from studbook.core.downloads import iso
from studbook.planning.models import Outcome, Plan, PlanVersion
from studbook.planning.outcomes.kinds import OPEN, Kind, Reading
from studbook.planning.outcomes.reading import readings_of
from studbook.planning.paper.headline import headline_of
from studbook.planning.paper.packing import unpack
from studbook.planning.paper.plain import PlainDict

MOST = 4
IN_FORCE = (PlanVersion.Kind.FINAL, PlanVersion.Kind.INTERIM)
KINDS = (Kind.BREED, Kind.SEND)
STATES = {
    "fulfilled": Outcome.State.FULFILLED,
    "attempted": Outcome.State.ATTEMPTED,
    "not_done": Outcome.State.NOT_DONE,
    "replaced": Outcome.State.REPLACED,
    "open": OPEN,
}


def former_inputs(plan: Plan) -> list[PlainDict]:
    """Return the plans in force before this one, the newest first: their frozen headline, and what came of them by now."""
    plans = list(
        plan.programme.plans.published()
        .filter(starts_on__lt=plan.starts_on)
        .exclude(pk=plan.pk)
        .order_by("-published_on", "-pk")[:MOST]
    )
    if not plans:
        return []
    headlines, came = _headlines(plans), _outcomes(plan, plans)
    return [
        {
            "title": each.title,
            **{name: iso(getattr(each, name)) for name in ("starts_on", "ends_on", "published_on")},
            "headline": headlines.get(each.pk),
            "outcomes": came[each.pk],
        }
        for each in plans
    ]


def _headlines(plans: list[Plan]) -> dict[int, PlainDict]:
    """Return the headline of each plan's version that was last in force; a plan from before this book has none."""
    versions = PlanVersion.objects.filter(plan__in=plans, kind__in=IN_FORCE).order_by("number")
    last = dict(versions.values_list("plan", "figures"))
    return {key: found for key, data in last.items() if (found := _headline(data))}


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
    return {each.pk: [_counted(kind, gathered[each.pk, kind]) for kind in KINDS] for each in plans}


def _counted(kind: Kind, readings: list[Reading]) -> PlainDict:
    counts = Counter(each.state for each in readings)
    return {
        "kind": kind.label,
        "number": len(readings),
        **{name: counts[state] for name, state in STATES.items()},
    }
