"""What plans ask of zoos and what came of them, for the cases of the matrix."""

from datetime import UTC, date, datetime
from typing import Any

from studbook.planning.answers.links import digest_of
from studbook.planning.models import Plan
from tests import factories
from tests.house.matrix import OTHER, OWN, Case
from tests.house.world import HIDDEN, LEFT, NOBODY, World

SECRET = "the-secret-of-a-link"


def asked(world: World) -> dict[str, list[Case]]:
    """Return what a plan asks of zoos, and what came of an older one: the zoo's own, another's, of other programmes."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for code, first, number in ((OWN, "A", "A101"), (OTHER, "D", "A190")):
        hidden = HIDDEN if code == OTHER else ""
        of = {"programme": world.programmes[code], "summary": hidden}
        plan = world.programmes[code].plans.get(state="comments")
        old = factories.PlanFactory(
            **of, title=f"Old {hidden}", state="closed", published_on=LEFT, closed_on=date(2024, 12, 31)
        )
        pair = factories.RecommendationFactory(
            programme=old.programme,
            plan=old,
            sire=world.animals[f"S{first}"],
            dam=world.animals[number],
            reason=hidden or "Rare.",
        )
        found[code] = {
            "zoo": {"pk": plan.pk, "zoo": world.zoos[first].pk},
            "outcome": {"key": f"pair-{pair.pk}"},
        }
        if code == OWN:
            row = factories.PlanAnimalFactory(plan=old, animal=world.animals["A107"])
            _link(world, plan)
    others = {
        "zoo": {**found[OWN]["zoo"], "zoo": world.zoos["B"].pk},
        "outcome": {"key": f"row-{row.pk}"},
    }
    absent = {"zoo": {"pk": NOBODY, "zoo": NOBODY}, "outcome": {"key": f"pair-{NOBODY}"}}
    cases: dict[str, list[Case]] = {}
    for kind in others:
        own, foreign = found[OWN][kind], found[OTHER][kind]
        cases[kind] = [
            Case("one's own", names=own, parties=("A",)),
            Case("another zoo's", names=others[kind], parties=("B",)),
            Case("of another programme", there=False, names=foreign),
            Case("in another programme", code=OTHER, names=foreign, parties=("D",)),
            Case("absent", there=False, names=absent[kind]),
        ]
    return cases


def _link(world: World, plan: Plan) -> None:
    """Add the link of zoo A's representative, which the address of answers without a sign-in names."""
    factories.AnswerLinkFactory(
        plan=plan,
        institution=world.zoos["A"],
        person=world.people["representative of A"],
        digest=digest_of(SECRET),
        expires_at=datetime(2999, 1, 1, tzinfo=UTC),
    )
