"""Who may call what, derived: every route, every person of the cast, every method."""

import re
from itertools import chain
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from studbook.accounts.links import link_for
from studbook.accounts.models import User
from studbook.accounts.rights import table
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.planning.models import Recommendation
from studbook.programmes.models import Programme
from tests import factories
from tests.house.routes import all_routes

TABLE = table()["routes"]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE")
PEOPLE = ("anonymous", "cy", "olga", "bo", "rita", "remy", "ada", "retired")
ROLE_OF = {
    "ada": "coordinator",
    "olga": "observer",
    "bo": "keeper",
    "rita": "registrar",
    "remy": "representative",
}
ROLE_RIGHTS = {role: set(given["programme"]) for role, given in table()["roles"].items()}
RIGHTS_SOMEWHERE = {role: set(chain(*given.values())) for role, given in table()["roles"].items()}
SAFE = {"GET", "HEAD"}
# A word that several addresses have, and what it may be there.
KIND_OF = {"log_event": "note", "many_kind": "weight"}


@pytest.fixture
def book(programme: Programme, zoo: Institution) -> dict[str, Any]:
    """Return one of everything that a route can name."""
    born = DateInterval.parse("2018-05-03")
    sire = factories.animal_at(zoo, programme=programme, studbook_number="1", sex=Animal.Sex.MALE, birth=born)
    dam = factories.animal_at(zoo, programme=programme, studbook_number="2", birth=born)
    other_dam = factories.animal_at(zoo, programme=programme, studbook_number="3", birth=born)
    recommended: Recommendation = factories.RecommendationFactory(
        programme=programme, sire=sire, dam=other_dam
    )
    lineage = factories.LineageFounderFactory(lineage__programme=programme, founder=sire).lineage
    assumption = factories.AssumptionFactory(overlay__programme=programme, animal=dam)
    invited = factories.InstitutionRoleFactory(user__username="invited", institution=zoo).user
    seen = factories.photo_of(sire)
    deed = factories.AuditChangeFactory(entry__programme=programme, record_id=sire.pk, animal=sire.pk).entry
    moved = factories.TransferAnimalFactory(transfer__programme=programme, transfer__sender=zoo, animal=sire)
    papers = {"transfer": moved.transfer}
    return {
        "code": programme.code,
        "transfer": moved.transfer_id,
        "permit": factories.PermitFactory(**papers).pk,
        "document": factories.DocumentFactory(**papers).pk,
        "step": "agree",
        "number": sire.studbook_number,
        "other": dam.studbook_number,
        "event": sire.events.get().pk,
        "observation": seen.pk,
        "entry": deed.pk,
        "sire_number": sire.studbook_number,
        "dam_number": dam.studbook_number,
        "recommendation": recommended.pk,
        "institution": zoo.pk,
        "overlay": assumption.overlay.pk,
        "assumption_pk": assumption.pk,
        "kind": "parent",
        "lineage": lineage.pk,
        "role": "self",
        "slug": "mean-kinship",
        "person": invited.pk,
        "token": link_for(invited, RequestFactory().get("/")).rsplit("/", 2)[1],
    }


@pytest.fixture
def retired(programme: Programme) -> User:
    """Return the coordinator of yesterday, whose account is closed."""
    person: User = factories.UserFactory(username="retired", is_active=False)
    factories.ProgrammeRoleFactory(user=person, programme=programme, role="coordinator")
    return person


def test_routes__have_a_line_each_and_no_line_is_stale() -> None:
    assert sorted(route.name for route in all_routes()) == sorted(TABLE)


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("name", sorted(TABLE))
def test_route__answers_each_person_as_its_rule_says(
    name: str, person: str, book: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    user = None if person == "anonymous" else request.getfixturevalue(person)
    url = address(name, book)
    answers = {method: entered(user).generic(method, url).status_code for method in METHODS}
    wanted = {method: expected(TABLE[name], person, method) for method in METHODS}
    assert {m: a for m, a in answers.items() if a not in wanted[m]} == {}


def entered(user: User | None) -> Client:
    """Return a new window, since one of the routes signs its caller out, everywhere."""
    client = Client()
    if user:
        user.refresh_from_db()
        client.force_login(user)
    return client


def address(name: str, book: dict[str, Any]) -> str:
    route = next(each for each in all_routes() if each.name == name)
    noun = next(
        (noun for noun in ("recommendation", "institution", "lineage", "transfer") if noun in name), "overlay"
    )
    names = [part.split(">")[0].split(":")[-1] for part in route.path.split("<")[1:]]
    values = book | {"kind": KIND_OF.get(name, book["kind"])}
    return reverse(name, kwargs={key: values[noun if key == "pk" else key] for key in names})


def expected(line: dict[str, Any], person: str, method: str) -> set[int]:
    """Return the answers that are right; an allowed write may also be refused for what it says (400) or lead on (302)."""
    rules = {name: rule for name, rule in line.items() if name.isupper()}
    rule = rules.get("GET" if method == "HEAD" else method)
    wanted = {rule} if rule else set(rules.values())
    if "open" not in wanted and person in ("anonymous", "retired"):
        return {302, 403} if line.get("api") else {302}
    if wanted & {"open", "signed in"}:
        allowed = True
    elif person == "cy":
        return {404}
    else:
        # Everything of the book is at the one zoo that its people act for.
        given = ROLE_RIGHTS if line.get("on", "programme") == "programme" else RIGHTS_SOMEWHERE
        allowed = any(right in given[ROLE_OF[person]] for right in wanted)
    if not allowed:
        return {403}
    if not rule:
        return {405}
    if method in SAFE:
        return {200, 302}
    # A program that corrects is asked first which version it read.
    return {200, 302, 400} | ({428} if line.get("api") else set())


def test_page_for_a_stranger__is_the_one_for_a_programme_that_does_not_exist(
    cy: User, book: dict[str, Any]
) -> None:
    client = Client()
    client.force_login(cy)
    hidden = client.get(reverse("dashboard", args=[book["code"]]))
    absent = client.get(reverse("dashboard", args=["no-such-programme"]))
    assert (hidden.status_code, without_tokens(hidden.text)) == (
        absent.status_code,
        without_tokens(absent.text),
    )


def without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
