"""The three doors: the pages with the test client, the API with JSON, and a folder that is imported."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse

from studbook.animals.correcting.forms import CorrectAnimalForm, CorrectEventForm, initial_of
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.findings import REJECT, WARN, RuleError
from studbook.core.forms import findings_in
from studbook.exchange.records import ImportProblem, ImportRefused
from studbook.institutions.models import Institution
from tests.factories import ObservationFactory, PregnancyFactory, PregnancyYoungFactory
from tests.rules.deeds import Deed
from tests.rules.world import CODE, World, taken_in

SAVED = ""
WHY = "The card says so."
PAGES = {
    "log": "log_event",
    "log_new": "log_new",
    "correct_animal": "correct_animal",
    "correct_parents": "correct_parents",
    "correct_event": "correct_event",
    "transfer": "transfer_new",
}
ENDPOINTS = {
    "log": "api_log_event",
    "log_new": "api_log_new",
    "correct_animal": "api_animal",
    "correct_parents": "api_animal",
    "correct_event": "api_event",
    "transfer": "api_transfers",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a rule said, as it reached the person."""

    code: str
    level: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Answer:
    """How a deed was answered: saved, warned of or refused, and with what."""

    level: str
    told: tuple[Told, ...] = ()

    @property
    def codes(self) -> set[str]:
        return {each.code for each in self.told}


def build(world: World, folder: Path) -> None:
    """Put a book into the database, with whatever faults it has."""
    taken_in(world, folder, with_faults=True)
    for each in world.seen:
        animal = Animal.objects.get(studbook_number=each.number)
        until = DateInterval.parse(each.until) if each.until else None
        columns = {"kind": each.kind, "what": each.what, "quantity": None, "unit": ""}
        ObservationFactory(animal=animal, date=DateInterval.parse(each.date), until=until, **columns)

    for borne in world.borne:
        young, sire, dam = (
            Animal.objects.get(studbook_number=number) for number in (borne.number, borne.sire, borne.dam)
        )
        pregnancy = PregnancyFactory(
            programme=young.programme,
            sire=sire,
            dam=dam,
            institution=Institution.objects.get(mnemonic="ZOOA"),
            conceived=DateInterval.parse(borne.conceived),
            outcome="litter",
            ended=young.birth,
            litter_size=1,
        )
        PregnancyYoungFactory(pregnancy=pregnancy, animal=young)


def through_form(client: Client, deed: Deed, acknowledged: Iterable[str] = ()) -> Answer:
    """Send a deed as a page does."""
    data = {**_opened(deed), **_flat(deed.fields), "reason": WHY, "acknowledged": " ".join(acknowledged)}
    if deed.route == "correct_parents":
        data["looked"] = f"{data['sire']} | {data['dam']}"
    answer = client.post(_address(PAGES, deed), data)
    if answer.status_code == 302:
        return Answer(SAVED)
    assert answer.status_code == 400, answer.content
    form = answer.context["form"]
    page = answer.content.decode()
    if form.warnings:
        told = tuple(Told(each.code, each.level, each.sentence) for each in form.warnings)
        assert all(f"({each.code})" in page for each in told)
        return Answer(WARN, told)
    told = tuple(Told(each.code, REJECT, each.sentence) for each in findings_in(form))
    assert form.errors
    return Answer(REJECT, told or tuple(Told("", REJECT, str(each)) for each in form.errors.values()))


def through_api(client: Client, deed: Deed, acknowledged: Iterable[str] = ()) -> Answer:
    """Send a deed as another program does."""
    animal = Animal.objects.filter(studbook_number=deed.number).first()
    reason = {"reason": WHY} if deed.route.startswith("correct") or acknowledged else {}
    body = {**deed.fields, **reason, **({"acknowledged": list(acknowledged)} if acknowledged else {})}
    patch = deed.route.startswith("correct")
    version = _event(deed).version if deed.route == "correct_event" else animal.version if animal else 1
    headers = {"If-Match": f'"{version}"'} if patch else {}
    method, address = "PATCH" if patch else "POST", _address(ENDPOINTS, deed)
    if deed.route == "transfer":
        body["acknowledged"] = " ".join(acknowledged)
    answer = client.generic(
        method, address, json.dumps(body), content_type="application/json", headers=headers
    )
    if answer.status_code in (200, 201):
        return Answer(SAVED)
    assert answer.status_code == 400, answer.content
    said = answer.json()
    told = tuple(Told(each["code"], each["level"], each["sentence"]) for each in said.get("rules", ()))
    return Answer(WARN if "acknowledge" in said else REJECT, told or (Told("", REJECT, said["detail"]),))


def through_import(world: World, deed: Deed, folder: Path) -> Answer:
    """Bring in a whole book of which the deed is a part."""
    assert deed.rows is not None
    try:
        report = taken_in(deed.rows(world), folder, with_faults=False)
    except ImportRefused as refusal:
        return Answer(REJECT, tuple(map(_of_problem, refusal.problems)))
    except RuleError as refusal:
        found = refusal.findings
        return Answer(REJECT, tuple(Told(each.code, each.level, each.sentence) for each in found))
    told = tuple(_of_problem(each) for each in report.problems if each.level == "warn")
    return Answer(WARN if told else SAVED, told)


def _of_problem(problem: ImportProblem) -> Told:
    return Told(problem.code, REJECT if problem.level == "refuse" else WARN, problem.sentence)


def _address(routes: dict[str, str], deed: Deed) -> str:
    name = routes[deed.route]
    arguments: dict[str, list[Any]] = {
        "log": [deed.number, deed.kind],
        "log_new": [deed.kind],
        "transfer": [],
        "correct_event": [deed.number, _event(deed).pk if deed.route == "correct_event" else 0],
    }
    return reverse(name, args=[CODE, *arguments.get(deed.route, [deed.number])])


def _event(deed: Deed) -> Any:
    return Animal.objects.get(studbook_number=deed.number).events.order_by("sequence")[int(deed.kind)]


def _opened(deed: Deed) -> dict[str, Any]:
    if not deed.route.startswith("correct"):
        return {}
    animal = Animal.objects.get(studbook_number=deed.number)
    opened: dict[str, Any] = {"opened_version": animal.version}
    if deed.route == "correct_animal":
        opened = initial_of(animal, CorrectAnimalForm)
    if deed.route == "correct_event":
        opened = initial_of(_event(deed), CorrectEventForm)
    return {name: "" if value is None else str(value) for name, value in opened.items()}


def _flat(fields: Any) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "young":
            flat["count"] = len(value)
            flat |= {
                f"young-{row}-{key}": each for row, young in enumerate(value) for key, each in young.items()
            }
        elif name in ("place", "to") and value:
            flat[name] = Institution.objects.get(mnemonic=value).pk
        else:
            flat[name] = value
    return flat
