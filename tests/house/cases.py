"""What each route can name, and how that stands to the people of the matrix."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.test import RequestFactory

from studbook.accounts.links import link_for
from studbook.animals.models import Animal
from studbook.core.columns import columns_of
from tests import factories
from tests.house.bred import RECORDS, bred
from tests.house.cases_asked import SECRET, asked
from tests.house.cases_bank import samples
from tests.house.cases_wild import WILD_NOUNS, wild_of
from tests.house.matrix import LINES, OTHER, OWN, Case
from tests.house.pregnant import pregnant
from tests.house.routes import Route
from tests.house.world import ABSENT, HIDDEN, NOBODY, World, animal, gone, moved, transfer

NOWHERE = "no-such-programme"
# A word that several addresses have, and what it may be there.
KIND_OF = {
    "log_event": "note",
    "api_log_event": "note",
    "log_new": "capture",
    "api_log_new": "capture",
    "many_kind": "weight",
    "procedure_new": "weighing",
    "assume": "parent",
    "basket_step_new": "death",
    "chances_csv": "cases",
    "chances_xlsx": "terms",
    "sample_step": "count",
    "demography_csv": "census",
    "demography_xlsx": "census",
}
WORDS: dict[str, Any] = {"slug": "mean-kinship", "role": "self", "step": "comment", "phase": "circulate"}
NOUNS = (
    *RECORDS,
    "pregnancy",
    *("recommendation", "institution", "lineage", "transfer", "overlay", "assum", "rate_set", "scenario"),
    *("optimal_plan", "basket", "plan", "sample", *WILD_NOUNS),
)


def add_cases(world: World) -> None:
    """Put one of everything into both books, and say how each stands to whom."""
    world.cases = {
        "plain": [Case("one's programme"), Case("another", code=OTHER), Case("none", code=NOWHERE)],
        "animal": list(_animals(world)),
        "transfer": list(_transfers(world)),
        "person": list(_people(world)),
        "sample": list(samples(world)),
        **_plans(world),
        **asked(world),
        **bred(world),
        **pregnant(world),
    }
    animals = {case.title: case for case in world.cases["animal"]}
    world.cases["deed"] = [replace(case, names={"entry": case.names["entry"]}) for case in animals.values()]
    world.cases["pair"] = [
        replace(
            case,
            names={"sire_number": _sire(world, case).studbook_number, "dam_number": case.names["number"]},
        )
        for title, case in animals.items()
        if title in ("held", "absent", "of another programme", "in another programme")
    ]


def cases_of(route: Route, world: World) -> list[Case]:
    """Return what the route can name; where the table asks nothing about the thing, fewer of a kind."""
    if "code" not in route.names:
        return [Case("outside the programmes", code="", names=_outside(world))]
    kind = _kind_named(route)
    asked = LINES[route.name].get("on", "programme") == kind or route.name == "api_animal"
    few = ("held", "dead", "void", "of another programme", "in another programme", "absent")
    found = [case for case in world.cases[kind] if asked or kind != "animal" or case.title in few]
    if route.name == "founder":
        found = [case for case in found if case.title not in ("dead", "void")]
    return [_told(case, route.name) for case in found]


def _kind_named(route: Route) -> str:
    for name, kind in (
        ("number", "animal"),
        ("sire_number", "pair"),
        ("person", "person"),
        ("entry", "deed"),
        ("zoo", "zoo"),
        ("key", "outcome"),
    ):
        if name in route.names:
            return kind
    if "observation" in route.names:
        return "photo"
    return next(noun for noun in NOUNS if noun in route.name) if "pk" in route.names else "plain"


def _told(case: Case, route: str) -> Case:
    names = {**WORDS, "kind": KIND_OF.get(route, ""), **case.names}
    if case.title == "void" and route != "undo_deed":
        gone_for_good = 410 if route in ("animal", "api_animal") else 404
        case = replace(case, there=route == "animal_history", instead=gone_for_good)
    return replace(case, names=names)


def _animals(world: World) -> Iterable[Case]:
    beside = {
        "A": animal(world, "A120", "A"),
        "B": animal(world, "A121", "B"),
        "D": animal(world, "A192", "D"),
    }
    for letter in ("A", "D"):
        animal(world, f"S{letter}", letter, sex=Animal.Sex.MALE)
    add: list[tuple[str, str, str, Callable[[], Animal]]] = [
        ("held", "A", "A", lambda: animal(world, "A101", "A")),
        ("held, owned elsewhere", "A", "B", lambda: animal(world, "A102", "A", "B")),
        ("owned, on loan elsewhere", "B", "A", lambda: animal(world, "A103", "B", "A")),
        ("formerly held", "B", "B", lambda: moved(world, "A104", before="A", now="B")),
        ("coming", "B", "B", lambda: animal(world, "A105", "B")),
        ("leaving", "A", "A", lambda: animal(world, "A106", "A")),
        ("another zoo's", "B", "B", lambda: animal(world, "A107", "B")),
        ("dead", "A", "A", lambda: gone(world, "A108", "A")),
        ("void", "A", "A", lambda: animal(world, "A109", "A", status=Animal.Status.VOID)),
        ("in another programme", "D", "D", lambda: animal(world, "A190", "D")),
    ]
    for title, held, owned, made in add:
        code = OTHER if held == "D" else OWN
        names = _of(world, made(), beside[held])
        yield Case(title, code=code, names=names, held=held, owned=owned)
        if code == OTHER:
            yield Case("of another programme", there=False, names=names)
    absent = dict.fromkeys(("event", "observation", "entry"), NOBODY)
    yield Case("absent", there=False, names={"number": ABSENT, "other": "A120", **absent})


def _of(world: World, found: Animal, beside: Animal) -> dict[str, Any]:
    now = columns_of(found)
    deed = factories.AuditChangeFactory(
        entry__programme=found.programme,
        entry__actor=world.people["administrator"],
        entry__reason=found.house_name,
        record_id=found.pk,
        animal=found.pk,
        before={**now, "house_name": "Old", "version": 0},
        after=now,
    ).entry
    return {
        "number": found.studbook_number,
        "other": beside.studbook_number,
        "event": found.events.get(kind="birth").pk,
        "observation": factories.photo_of(found, note=found.house_name).pk,
        "entry": deed.pk,
    }


def _sire(world: World, case: Case) -> Animal:
    return world.animals["SD" if case.code == OTHER else "SA"]


def _transfers(world: World) -> Iterable[Case]:
    for title, sender, receiver, travelling, parties in (
        ("leaving", "A", "B", "A106", "AB"),
        ("coming", "B", "A", "A105", "BA"),
        ("owner's", "B", "C", "A103", "BCA"),
        ("of other zoos", "B", "C", "A107", "BC"),
        ("in another programme", "D", "C", "A190", "D"),
    ):
        made = transfer(world, sender, receiver, world.animals[travelling])
        code = OTHER if sender == "D" else OWN
        paper = factories.DocumentFactory(transfer=made, title=made.note or "Certificate", uploaded_by=None)
        names = {
            "pk": made.pk,
            "permit": factories.PermitFactory(transfer=made, number=made.note[:60]).pk,
            "document": paper.pk,
        }
        yield Case(title, code=code, names=names, parties=tuple(parties))
        if code == OTHER:
            yield Case("of another programme", there=False, names=names)
    yield Case("absent", there=False, names=dict.fromkeys(("pk", "permit", "document"), NOBODY))


def _people(world: World) -> Iterable[Case]:
    for title, places, code in (
        ("keeper of A", ("A",), OWN),
        ("keeper of B", ("B",), OWN),
        ("observer", (), OWN),
        ("keeper of D", ("D",), OTHER),
    ):
        person = factories.UserFactory(username=f"found-{title.replace(' ', '-')}")
        if code == OTHER:
            person.first_name = HIDDEN
            person.save(update_fields=["first_name"])
        for letter in places:
            factories.InstitutionRoleFactory(user=person, institution=world.zoos[letter], role="keeper")
        if not places:
            factories.ProgrammeRoleFactory(user=person, programme=world.programmes[OWN], role="observer")
        yield Case(title, code=code, names={"person": person.pk}, parties=places)
        if code == OTHER:
            yield Case("of another programme", there=False, names={"person": person.pk})
    stranger = world.people["stranger"].pk
    yield Case("without a role", there=False, names={"person": stranger})
    yield Case("absent", there=False, names={"person": NOBODY})


def _plans(world: World) -> dict[str, list[Case]]:
    """Return what the programme itself has: nobody's more than another's."""
    made: dict[str, dict[str, dict[str, Any]]] = {}
    for code, first, hidden in ((OWN, "A", ""), (OTHER, "D", HIDDEN)):
        book = world.programmes[code]
        sire, dam = world.animals[f"S{first}"], world.animals["A190" if code == OTHER else "A101"]
        overlay = factories.OverlayFactory(programme=book, name=hidden or "Letters")
        assumed = factories.AssumptionFactory(
            overlay=overlay, animal=dam, reason=hidden or "It will not breed."
        )
        lineage = factories.LineageFactory(programme=book, name=hidden or "North")
        factories.LineageFounderFactory(lineage=lineage, founder=sire)
        rates = factories.RateSetFactory(programme=book, name=hidden or "Dens")
        factories.EditedRateFactory(rate_set=rates)
        wish = factories.RecommendationFactory(programme=book, sire=sire, dam=dam, reason=hidden or "Rare.")
        scenario = factories.ScenarioFactory(programme=book, name=hidden or "Go on")
        basket = factories.BasketFactory(programme=book, name=hidden or "Cubs")
        tried = factories.BasketStepFactory(basket=basket, animal=dam)
        plan = factories.PlanFactory(
            programme=book, title=hidden or "Plan 2026", state="comments", reply_by=date(2026, 3, 1)
        )
        row = factories.PlanAnimalFactory(plan=plan, animal=dam, notes=hidden)
        factories.PlanAnimalFactory(plan=plan, animal=sire, notes=hidden)
        pair = factories.RecommendationFactory(
            programme=book, plan=plan, sire=sire, dam=dam, reason=hidden or "Rare.", method="insemination"
        )
        optimal = factories.OptimalPlanFactory(programme=book, name=hidden or "Ten litters")
        factories.answered(optimal)
        version = factories.frozen_version(plan, note=hidden)
        made[code] = {
            "optimal_plan": {"pk": optimal.pk},
            "scenario": {"pk": scenario.pk, "job": factories.projected(scenario).pk},
            "plan": {
                "pk": plan.pk,
                "row_pk": row.pk,
                "pair_pk": pair.pk,
                "version": version.number,
                "institution": world.zoos[first].pk,
            },
            "overlay": {"pk": overlay.pk},
            "basket": {"pk": basket.pk, "step_pk": tried.pk},
            "assum": {"pk": overlay.pk, "assumption_pk": assumed.pk},
            "lineage": {"pk": lineage.pk},
            "rate_set": {"pk": rates.pk},
            "recommendation": {"pk": wish.pk},
            "institution": {"pk": world.zoos[first].pk},
            "photo": {"observation": dam.observations.get(kind="photo").pk},
            **wild_of(book, hidden),
        }
    return {kind: list(_four(kind, made)) for kind in made[OWN]}


def _four(kind: str, made: dict[str, dict[str, dict[str, Any]]]) -> Iterable[Case]:
    own, foreign = made[OWN][kind], made[OTHER][kind]
    yield Case("one's own", names=own)
    yield Case("of another programme", there=False, names=foreign)
    yield Case("in another programme", code=OTHER, names=foreign)
    yield Case("absent", there=False, names=dict.fromkeys(own, NOBODY))


def _outside(world: World) -> dict[str, Any]:
    invited = world.people["keeper of A"]
    token = link_for(invited, RequestFactory().get("/")).rsplit("/", 2)[1]
    return {**WORDS, "person": invited.pk, "token": token, "secret": SECRET}
