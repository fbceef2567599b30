"""Every rule just inside, just outside and with dates that are intervals, through the pages, the API and the import."""

import re
from collections.abc import Iterable

import pytest

from studbook.core.models import AuditEntry
from studbook.population.quality import problems_of
from studbook.programmes.models import Programme
from tests.races.digest import digest_of_everything
from tests.rules.case import REJECT, SAVED, WARN, Case
from tests.rules.conftest import Stage
from tests.rules.doors import Answer, Told, through_api, through_form, through_import
from tests.rules.identity import IDENTITY
from tests.rules.lives import LIVES
from tests.rules.pedigree import PEDIGREE

CASES: tuple[Case, ...] = (*IDENTITY, *PEDIGREE, *LIVES)
# Reading and signing in leave their own marks, which are no part of a book.
BESIDE = ("django_session", "accounts_user", "core_sentonce")
REMEDIES = (
    r"Add|Ask|Check|Choose|Compare|Correct|Fill|Find|Give|Keep|Leave|Log|Look|Make|Merge|Name|Open|Read|Record|Remove|Select|"
    r"Say|Use|Write|add|ask|choose|compare|correct|give|make|merge|name|record|say|use|write|must be corrected"
)


def named(case: Case, door: str) -> str:
    return f"{case.code}-{door}-{case.case}"


def at(*doors: str) -> pytest.MarkDecorator:
    rows = [(each, door) for each in CASES for door in each.open_doors if door in doors]
    return pytest.mark.parametrize(("case", "door"), rows, ids=[named(*row) for row in rows])


@at("form", "api")
def test_deed__is_answered_as_the_rule_says(stage: Stage, case: Case, door: str) -> None:
    programme = stage.set(case.world)
    send = through_form if door == "form" else through_api
    before = digest_of_everything(without=BESIDE)
    answer = send(stage.client, case.deed)
    tells(case, door, answer)
    if answer.level == SAVED:
        return
    assert digest_of_everything(without=BESIDE) == before
    if answer.level == WARN:
        saved = send(stage.client, case.deed, acknowledged=sorted(answer.codes))
        assert saved.level == SAVED, saved.told
        is_on_record(programme, answer.codes)


@at("import")
def test_file__is_answered_as_the_rule_says(stage: Stage, case: Case, door: str) -> None:
    answer = through_import(case.world, case.deed, stage.folder)
    assert case.code in answer.codes or case.expected(door) == SAVED, answer.told
    told = [each for each in answer.told if each.code == case.code]
    assert graver(told) == case.expected(door), answer.told
    says_enough(case, told)
    assert Programme.objects.exists() == (answer.level != REJECT)


def tells(case: Case, door: str, answer: Answer) -> None:
    assert answer.level == case.expected(door), answer.told
    if answer.level == SAVED:
        return
    told = [each for each in answer.told if each.code == case.code]
    assert {each.code for each in answer.told} <= {case.code, *case.also}, answer.told
    assert graver(told) == answer.level, answer.told
    says_enough(case, told)


def graver(told: Iterable[Told]) -> str:
    levels = {each.level for each in told}
    return REJECT if REJECT in levels else WARN if levels else SAVED


def says_enough(case: Case, told: Iterable[Told]) -> None:
    for each in told:
        assert re.search(rf"\b({REMEDIES})\b", each.sentence), each.sentence
        missing = [value for value in case.says if value not in each.sentence]
        assert not missing, (missing, each.sentence)


def is_on_record(programme: Programme, codes: Iterable[str]) -> None:
    """Tell that a warning which was acknowledged stands in the trail, and on the data-quality page for as long as it is so."""
    entry = AuditEntry.objects.filter(programme=programme).latest("id")
    assert set(codes) <= set(entry.acknowledged.split())
    assert entry.reason
    found = {problem.code for problem in problems_of(programme)}
    assert set(codes) <= found
