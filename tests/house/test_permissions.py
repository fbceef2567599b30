"""Who may call what, derived: every route, method and person, and everything that an address can name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseBase

from tests.house.cases import NOWHERE, cases_of
from tests.house.matrix import ACTORS, LINES, METHODS, OTHER, SAFE, Answer, Case, answer, sees
from tests.house.routes import Route, all_routes
from tests.house.sound import called, is_sound
from tests.house.world import ABSENT as MISSING
from tests.house.world import HIDDEN, NOBODY, World
from tests.races.digest import digest_of_everything

ROUTES = {route.name: route for route in all_routes()}
READ, WRITTEN = {200, 302}, {200, 201, 204, 302}
# An allowed deed may still be refused for what it says.
HEARD = WRITTEN | {400, 409, 422, 428}
ABSENT = (
    {"number": MISSING, "other": MISSING, "sire_number": MISSING, "dam_number": MISSING}
    | dict.fromkeys(
        ("event", "observation", "entry", "pk", "permit", "document", "person", "assumption_pk", "zoo"),
        NOBODY,
    )
    | {"key": f"pair-{NOBODY}"}
)
Deviation = tuple[tuple[str, str, str], Any]


def test_routes__have_a_line_each_and_no_line_is_stale() -> None:
    assert sorted(route.name for route in all_routes()) == sorted(LINES)


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_route__answers_everybody_as_its_line_says(world: World, name: str) -> None:
    listed, _ = methods_of(name)
    assert deviations(world, name, [each for each in listed if each != "HEAD"]) == {}


@pytest.mark.lengthy
@pytest.mark.parametrize("name", sorted(ROUTES))
def test_route__has_no_method_beside_those_of_its_line(world: World, name: str) -> None:
    listed, others = methods_of(name)
    assert deviations(world, name, [*(each for each in listed if each == "HEAD"), *others]) == {}


def methods_of(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the methods that the line of a route lists, and the others, which are all refused alike."""
    listed = tuple(
        each for each in METHODS if each in LINES[name] or (each == "HEAD" and "GET" in LINES[name])
    )
    return listed, tuple(each for each in METHODS if each not in listed)


def deviations(world: World, name: str, methods: Sequence[str]) -> dict[tuple[str, str, str], Any]:
    asked = Asked(world, ROUTES[name], tuple(methods), book_as_it_is())
    found: dict[tuple[str, str, str], Any] = {}
    for case in cases_of(asked.route, world):
        found |= dict(wrong for actor in ACTORS for wrong in asked.of(case, actor))
        # Once for all who called: to read the whole book after each of them took longer than the calls.
        if book_as_it_is() != asked.before:
            found[case.title, "somebody", "refused or safe"] = "changed the book"
    return found


@dataclass
class Asked:
    """One route, called by everybody; what is said of things that are not there is kept, to compare."""

    world: World
    route: Route
    methods: tuple[str, ...]
    before: str
    absent: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def of(self, case: Case, actor: str) -> Iterator[Deviation]:
        """Yield each call that is not answered as the table says."""
        let_in = {each for each in self.methods if answer(self.route.name, actor, each, case) == Answer.IN}
        writes = [each for each in self.methods if each in let_in and each not in SAFE]
        for method in [each for each in self.methods if each not in writes]:
            yield from self._called(case, actor, method)
        for method in writes:
            with transaction.atomic():
                yield from self._called(case, actor, method)
                transaction.set_rollback(True)

    def _called(self, case: Case, actor: str, method: str) -> Iterator[Deviation]:
        wanted = answer(self.route.name, actor, method, case)
        given = called(self.world.window(actor), self.route, case, method)
        if given.status_code not in statuses(self.route.name, method, case, actor, wanted):
            yield (case.title, actor, method), (wanted.value, given.status_code)
        elif given.status_code == 404 and (told := without_names(given)) != self._of_nothing(
            case, actor, method
        ):
            yield (case.title, actor, method), told
        if not sees(actor, OTHER) and HIDDEN.encode() in whole(given):
            yield (case.title, actor, method), "tells of another programme"

    def _of_nothing(self, case: Case, actor: str, method: str) -> str:
        key = (case.code, actor, method)
        if key not in self.absent:
            window, nothing = self.world.window(actor), absent_instead(case, actor)
            self.absent[key] = without_names(called(window, self.route, nothing, method))
        return self.absent[key]


def statuses(route: str, method: str, case: Case, actor: str, wanted: Answer) -> set[int]:
    if wanted == Answer.IN and method in SAFE:
        return READ
    if wanted == Answer.IN:
        return WRITTEN if is_sound(route, method, case) else HEARD
    if wanted == Answer.MISSING:
        return {case.instead if sees(actor, case.code) else 404}
    by_program = bool(LINES[route].get("api"))
    return {
        Answer.SIGN_IN: {403 if by_program else 302},
        Answer.FORBIDDEN: {403},
        Answer.NO_METHOD: {405},
    }[wanted]


def absent_instead(case: Case, actor: str) -> Case:
    """Return the address of what is not there at all, to compare what is said of it."""
    code = case.code if sees(actor, case.code) else NOWHERE
    names = {name: ABSENT.get(name, value) for name, value in case.names.items()}
    return Case("absent", code=code, there=False, names=names)


def whole(answer: HttpResponseBase) -> bytes:
    return b"".join(answer)


def without_names(answer: HttpResponseBase) -> str:
    """Return what an answer says without the numbers and words that the address itself told."""
    page = re.sub(r'name="(csrfmiddlewaretoken|once_key)" value="[^"]+"', "", whole(answer).decode())
    return re.sub(r"\d+|S[AD]\b", "#", page)


def book_as_it_is() -> str:
    return digest_of_everything(without=["django_session"])
