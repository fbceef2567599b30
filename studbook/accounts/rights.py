"""Who may do what. Everything is stated in `studbook/permissions.toml`; here it is read and applied.

A role gives rights in a scope: in the whole programme, on the animals an institution holds or owns, or for the
institution itself. What the table does not give, nobody has.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import BigIntegerField, F, Value

from studbook.accounts.models import User

TABLE_FILE = Path(__file__).resolve().parent.parent / "permissions.toml"
OPEN, SIGNED_IN = "open", "signed in"
PROGRAMME, HELD, OWNED, INSTITUTION = "programme", "held", "owned", "institution"
NOWHERE = 0  # no institution's key: a role in the programme itself
SCOPES = (PROGRAMME, HELD, OWNED, INSTITUTION)

RightsByScope = Mapping[str, frozenset["Right"]]


class Right(StrEnum):
    """What a person may do; the table says each in words."""

    SEE = "see"
    PLAN = "plan"
    LOG = "log"
    CONFIRM = "confirm"
    CORRECT = "correct"
    MOVE = "move"
    ANSWER = "answer"
    PEOPLE = "people"
    ACCOUNTS = "accounts"
    SETTLE = "settle"
    WILD = "wild"
    PLACES = "places"


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the table: the rule of each method, and what the rule is asked about."""

    rules: Mapping[str, str]
    on: str

    @property
    def is_open(self) -> bool:
        return set(self.rules.values()) == {OPEN}


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person may do in one programme: everywhere, and through each institution they act for."""

    everywhere: frozenset[Right] = frozenset()
    at: Mapping[int, RightsByScope] = field(default_factory=dict)

    def __contains__(self, right: Right) -> bool:
        """Tell whether the person has a right in the whole programme."""
        return right in self.everywhere

    def has_somewhere(self, right: Right) -> bool:
        """Tell whether the person has a right on anything at all in the programme."""
        return right in self.everywhere or any(
            right in rights for scopes in self.at.values() for rights in scopes.values()
        )

    @property
    def looks_after_people(self) -> bool:
        """Whether the person gives roles anywhere in the programme; for templates, which cannot ask with an argument."""
        return self.has_somewhere(Right.PEOPLE)

    def may_for(self, right: Right, institution: int | None) -> bool:
        """Tell whether the person may act for an institution."""
        return right in self.everywhere or institution in self.institutions(right, INSTITUTION)

    def may_on(self, right: Right, *, holder: int | None, owner: int | None) -> bool:
        """Tell whether the person may do something to an animal with this holder and this owner."""
        return (
            right in self.everywhere
            or holder in self.institutions(right, HELD)
            or owner in self.institutions(right, OWNED)
        )

    def institutions(self, right: Right, scope: str) -> frozenset[int]:
        """Return the institutions through which the person has a right in a scope."""
        return frozenset(key for key, scopes in self.at.items() if right in scopes.get(scope, ()))


NOBODY = Standing()


@cache
def table() -> dict[str, Any]:
    """Return the table as it is written."""
    return tomllib.loads(TABLE_FILE.read_text(encoding="utf-8"))


@cache
def role_rights() -> dict[str, RightsByScope]:
    """Return what each role gives, by scope."""
    return {
        role: {scope: frozenset(map(Right, given.get(scope, ()))) for scope in SCOPES}
        for role, given in table()["roles"].items()
    }


@cache
def routes() -> dict[str, Route]:
    """Return the line of each route, by the route's name; HEAD follows GET."""
    return {name: _route(line) for name, line in table()["routes"].items()}


def standing_of(user: User | AnonymousUser, programme_id: int) -> Standing:
    """Return what a person may do in a programme; one query, made anew each time so that a role ends at once."""
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    if user.is_superuser:
        return Standing(frozenset(Right))
    own = user.programme_roles.filter(programme_id=programme_id).annotate(
        place=Value(NOWHERE, BigIntegerField())
    )
    through = user.institution_roles.filter(institution__participations__programme_id=programme_id)
    pairs = own.values_list("place", "role").union(
        through.annotate(place=F("institution_id")).values_list("place", "role")
    )
    return _standing(list(pairs))


def may(user: User | AnonymousUser, right: Right, programme_id: int) -> bool:
    """Tell whether a person may do something in the whole programme; one query."""
    return right in standing_of(user, programme_id)


def _standing(pairs: Iterable[tuple[int, str]]) -> Standing:
    given = role_rights()
    everywhere: frozenset[Right] = frozenset()
    at: dict[int, dict[str, frozenset[Right]]] = {}
    for institution, role in pairs:
        everywhere |= given[role][PROGRAMME]
        if institution != NOWHERE:
            scopes = at.setdefault(institution, {})
            for scope in (HELD, OWNED, INSTITUTION):
                scopes[scope] = scopes.get(scope, frozenset()) | given[role][scope]
    return Standing(everywhere, at)


def _route(line: Mapping[str, str]) -> Route:
    rules = {method: rule for method, rule in line.items() if method.isupper()}
    if "GET" in rules:
        rules["HEAD"] = rules["GET"]
    return Route(rules, line.get("on", PROGRAMME))
