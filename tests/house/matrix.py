"""Who may do what, read from the table of rights a second time and without the project's own code.

The people of the matrix, what an address can name and how it stands to them, and the answer the table gives.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Any

TABLE: dict[str, Any] = tomllib.loads(
    (Path(__file__).resolve().parents[2] / "studbook" / "permissions.toml").read_text(encoding="utf-8")
)
LINES: dict[str, dict[str, Any]] = TABLE["routes"]
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE")
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")

OWN, OTHER = "leopards", "tigers"
# Which zoos take part in which programme: what one is at a zoo, one is in each of its programmes.
ZOOS = {OWN: ("A", "B", "C"), OTHER: ("D",)}

Roles = tuple[tuple[str, str], ...]  # each a role and where: a zoo's letter or a programme's code
ACTORS: dict[str, Roles | None] = {
    "anonymous": None,
    "retired": None,  # the coordinator of yesterday, whose account is closed
    "stranger": (),
    "observer": (("observer", OWN),),
    "keeper of A": (("keeper", "A"),),
    "registrar of A": (("registrar", "A"),),
    "representative of A": (("representative", "A"),),
    "keeper of B": (("keeper", "B"),),
    "registrar of B": (("registrar", "B"),),
    "coordinator": (("coordinator", OWN),),
    "coordinator of another programme": (("coordinator", OTHER),),
    "keeper who moved from A to B": (("keeper", "B"),),
    "member of A and B": (("keeper", "A"), ("registrar", "B")),
    "administrator": (),
}
EVERYTHING = "administrator"
# What the table lets anybody with the right somewhere call, and the action then asks of the thing in the address.
ASKED_INSIDE = {("api_animal", "PATCH"): "animal", ("outcome_tell", "POST"): "outcome"}


class Answer(StrEnum):
    """What a person is told."""

    SIGN_IN = "sign in first"
    MISSING = "there is nothing here"
    FORBIDDEN = "your role does not include this"
    NO_METHOD = "no such method"
    IN = "let in"


@dataclass(frozen=True)
class Case:
    """What an address names: whether it is there, and whose it is. `code` is empty outside the programmes."""

    title: str
    code: str = OWN
    there: bool = True
    names: Mapping[str, Any] = field(default_factory=dict)
    held: str = ""
    owned: str = ""
    parties: tuple[str, ...] = ()  # who acts for one of these acts on it; of a person, where their roles are
    instead: int = 404  # what the reader of an address is told where the thing is not there


def answer(name: str, actor: str, method: str, case: Case) -> Answer:
    """Return what the table says of a call."""
    line = LINES[name]
    rules = {key: rule for key, rule in line.items() if key.isupper()}
    rule = rules.get("GET" if method == "HEAD" else method)
    if rule == "open":
        return Answer.IN
    if set(rules.values()) != {"open"} and ACTORS[actor] is None:
        return Answer.SIGN_IN
    if not case.code:
        return Answer.IN if rule else Answer.NO_METHOD
    refused = _refused(name, actor, case, {rule} if rule else set(rules.values()))
    if refused or not rule:
        return refused or Answer.NO_METHOD
    return _in_the_view(name, actor, method, rule, case)


def _refused(name: str, actor: str, case: Case, wanted: set[str]) -> Answer | None:
    if not sees(actor, case.code):
        return Answer.MISSING
    on = LINES[name].get("on", "programme")
    asked = everywhere(actor, case.code) if on == "programme" else anywhere(actor, case.code)
    if not wanted & asked:
        return Answer.FORBIDDEN
    if on in ("programme", "somewhere") or any(may_on(actor, right, case) for right in wanted):
        return None
    return Answer.MISSING


def _in_the_view(name: str, actor: str, method: str, rule: str, case: Case) -> Answer:
    asked_inside = (name, method) in ASKED_INSIDE
    if not case.there or (asked_inside and not may_on(actor, rule, case)):
        return Answer.MISSING
    return Answer.IN


def sees(actor: str, code: str) -> bool:
    """Tell whether a programme exists for a person: they are something in it."""
    return (actor == EVERYTHING and code in ZOOS) or bool(_given(actor, code))


def everywhere(actor: str, code: str) -> set[str]:
    """Return the rights in the whole programme."""
    if actor == EVERYTHING:
        return set(TABLE["rights"])
    return set(chain(*(given.get("programme", []) for given, _ in _given(actor, code))))


def anywhere(actor: str, code: str) -> set[str]:
    """Return the rights that a person has on anything at all."""
    given = chain(*(chain(*role.values()) for role, _ in _given(actor, code)))
    return everywhere(actor, code) | set(given)


def may_on(actor: str, right: str, case: Case) -> bool:
    """Tell whether a person has a right on what a case names."""
    if not case.there:
        return False
    places = [("held", (case.held,)), ("owned", (case.owned,)), ("institution", case.parties)]
    return right in everywhere(actor, case.code) or any(
        right in role.get(scope, []) and place in zoos
        for role, place in _given(actor, case.code)
        for scope, zoos in places
    )


def _given(actor: str, code: str) -> list[tuple[dict[str, list[str]], str]]:
    roles = ACTORS[actor] or ()
    here = (code, *ZOOS.get(code, ()))
    return [(TABLE["roles"][role], place) for role, place in roles if place in here]
