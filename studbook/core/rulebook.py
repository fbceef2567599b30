"""The rules of the book as they are written in rulebook.toml, read once and checked for being whole."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from studbook.core.findings import LEVELS

BOOK = Path(__file__).with_suffix(".toml")
DOORS = ("form", "api", "import")
HOLDERS = ("constraint", "action", "form", "check", "import")
LEVEL_WORDS = {"reject": "cannot be", "warn": "may be wrong", "notify": "incomplete"}


class RulebookError(ValueError):
    """The file of the rules is not whole; the message says which rule lacks what."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `held` says by kind of holder where it is held, `closed` why it cannot be broken at a door.

    `what` is how the data-quality page calls a breach, empty where that page cannot show one.
    """

    code: str
    rule: str
    levels: tuple[str, ...]
    held: Mapping[str, tuple[str, ...]]
    doors: tuple[str, ...]
    remedy: str
    what: str = ""
    closed: Mapping[str, str] = field(default_factory=dict)


@cache
def rulebook() -> Mapping[str, Rule]:
    """Return every rule by its code, in the order of the file."""
    read = tomllib.loads(BOOK.read_text(encoding="utf-8"))
    return MappingProxyType({code: _rule(code, entry) for code, entry in read.items()})


def breaches() -> dict[str, str]:
    """Return what the data-quality page calls each breach it can show, by code."""
    return {code: rule.what for code, rule in rulebook().items() if rule.what}


def _rule(code: str, entry: dict[str, Any]) -> Rule:
    try:
        rule = Rule(
            code=code,
            rule=entry["rule"],
            levels=tuple(entry["levels"]),
            held=MappingProxyType({kind: tuple(names) for kind, names in entry["held"].items()}),
            doors=tuple(entry["doors"]),
            remedy=entry["remedy"],
            what=entry.get("what", ""),
            closed=MappingProxyType(entry.get("closed", {})),
        )
    except KeyError as missing:
        raise RulebookError(f"Rule {code} has no {missing.args[0]!r} in {BOOK.name}. Write it.") from missing
    _check(rule)
    return rule


def _check(rule: Rule) -> None:
    if not set(rule.levels) <= set(LEVELS) or not set(rule.held) <= set(HOLDERS):
        raise RulebookError(f"Rule {rule.code} has a level or a holder that does not exist in {BOOK.name}.")
    if sorted([*rule.doors, *rule.closed]) != sorted(DOORS):
        raise RulebookError(
            f"Rule {rule.code} must name each of {', '.join(DOORS)} once in {BOOK.name}: as a door, or as closed with "
            "the reason."
        )
