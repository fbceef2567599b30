"""Every rule has a test, every code a rule, and what the rulebook says of a rule is so."""

import ast
import importlib.util
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from scripts.rules_table import page_with, table_of_rules
from studbook.core.guards import expected_guards
from studbook.core.rulebook import DOORS, breaches, rulebook
from tests.rules.test_doors import CASES as AT_DOORS

ROOT = Path(settings.BASE_DIR)
CODE = re.compile(r"[A-DGK]\d{1,2}|E")
CASES = {"inside", "outside", "interval"}
DATED = {"B5", "B6", "B7", "B8", "B9", "B10", "B11", "B13", "C3", "C4", "C14", "G1"}
"""Rules that compare dates, whose third case is a date that is an interval."""


def marks() -> dict[tuple[str, str], set[str]]:
    """Return the cases that tests are marked with, by rule and door: `@pytest.mark.rule("B5", door=..., case=...)`."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for path in (ROOT / "tests").rglob("test_*.py"):
        for call in _rule_calls(ast.parse(path.read_text(encoding="utf-8"))):
            words = {each.arg: ast.literal_eval(each.value) for each in call.keywords if each.arg}
            for case in words["case"].split():
                found[ast.literal_eval(call.args[0]), words["door"]].add(case)
    return found


def at_doors() -> dict[tuple[str, str], set[str]]:
    """Return the cases that the tables of tests/rules send through each door."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in AT_DOORS:
        for door in row.open_doors:
            found[row.code, door].add(row.case)
    return found


def _rule_calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.rule":
            yield node


def cases_of(code: str) -> set[str]:
    return CASES if code in DATED else CASES - {"interval"}


def missing(door: str, codes: list[str]) -> dict[str, set[str]]:
    """Return the cases of each rule that no test is marked with, at one door."""
    marked, tabled = marks(), at_doors()
    found = {code: marked.get((code, door), set()) | tabled.get((code, door), set()) for code in codes}
    return {code: lacking for code, cases in found.items() if (lacking := cases_of(code) - cases)}


def test_marks__name_rules_doors_and_cases_that_exist() -> None:
    doors = {"engine", "form", "api", "import"}
    wrong = {
        place: cases
        for place, cases in marks().items()
        if place[0] not in rulebook() or place[1] not in doors or not cases <= CASES
    }
    assert wrong == {}


def test_every_rule_that_is_checked__has_its_cases_at_the_engine() -> None:
    checked = [code for code, rule in rulebook().items() if "check" in rule.held and rule.what]
    assert missing("engine", checked) == {}


@pytest.mark.parametrize("door", DOORS)
def test_every_rule__has_its_cases_at_each_door_that_can_break_it(door: str) -> None:
    assert missing(door, [code for code, rule in rulebook().items() if door in rule.doors]) == {}


def test_doors__that_are_closed_to_a_rule_are_sent_nothing() -> None:
    open_doors = {(code, door) for code, rule in rulebook().items() for door in rule.doors}
    sent = {place for place in (*marks(), *at_doors()) if place[1] in DOORS}
    assert sent - open_doors == set()


def test_codes__that_the_program_utters_are_rules() -> None:
    uttered = {code for folder in ("studbook", "pedigree") for code in _uttered(ROOT / folder)}
    assert uttered - rulebook().keys() == set()
    assert breaches().keys() <= uttered


def _uttered(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                yield node.value


def test_rules__are_held_by_what_is_there() -> None:
    constraints = {each.name for model in apps.get_models() for each in model._meta.constraints}
    constraints |= expected_guards(connection.vendor) | expected_guards("sqlite")
    absent = {
        code: name
        for code, rule in rulebook().items()
        for kind, names in rule.held.items()
        for name in names
        if (name not in constraints if kind == "constraint" else importlib.util.find_spec(name) is None)
    }
    assert absent == {}


def test_rules__are_held_somewhere_or_closed_everywhere() -> None:
    assert [code for code, rule in rulebook().items() if not rule.held and rule.doors] == []


@pytest.mark.parametrize("code", list(rulebook()))
def test_rule__is_told_in_whole_sentences(code: str) -> None:
    rule = rulebook()[code]
    sentences = [rule.rule, rule.remedy, *rule.closed.values()]
    assert [each for each in sentences if not re.fullmatch(r"[A-Z].*\.", each)] == []


def test_page_of_rules__shows_the_present_rulebook() -> None:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page_with(table_of_rules(), page) == page, "run `python -m scripts.rules_table`"
