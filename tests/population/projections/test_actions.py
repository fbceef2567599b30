"""Scenarios are made, changed and copied with their parts; what cannot be is refused with a sentence."""

from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditEntry
from studbook.population.demography.projections.actions import edit_scenario, make_scenario
from studbook.population.demography.projections.copies import draft_of, four_strategies, with_and_without_bank
from studbook.population.demography.projections.drafts import ScenarioDraft
from studbook.population.models import Scenario
from studbook.population.set_beside import archive
from tests.factories import BankedDonorFactory, FounderFactory, RateSetFactory, ScenarioMoveFactory
from tests.population.conftest import Family
from tests.population.projections.conftest import whole

pytestmark = pytest.mark.django_db
IMPORT = {"direction": "in", "males": 1, "females": 2, "youngest": 3, "first": 2, "every": 5}
STORM = {"chance": 0.05, "survival": 0.5, "litters": 0.8}
WHOLE = ScenarioDraft(
    {"years": 50, "strategy": "plan", "uses_bank": True}, (IMPORT,), (STORM,), {"1": 20, "5": 3}
)


def made(
    family: Family, draft: ScenarioDraft = WHOLE, *, name: str = "Plan", by: User | None = None
) -> Scenario:
    return make_scenario(family.programme, name=name, reason="What is a plan worth?", draft=draft, by=by)


def test_make_scenario__keeps_every_part_and_leaves_a_trail(family: Family, ada: User) -> None:
    scenario = whole(made(family, by=ada))
    assert (scenario.years, scenario.strategy, scenario.version, scenario.made_by) == (50, "plan", 1, ada)
    assert [(each.males, each.females, each.every) for each in scenario.moves.all()] == [(1, 2, 5)]
    assert [each.survival for each in scenario.catastrophes.all()] == [0.5]
    assert [(each.animal.studbook_number, each.straws) for each in scenario.donors.all()] == [
        ("1", 20),
        ("5", 3),
    ]
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.reason, entry.changes.count()) == ("make scenario", "What is a plan worth?", 5)


def test_make_scenario__leaves_the_book_s_revision(family: Family) -> None:
    made(family)
    before = family.programme.revision
    family.programme.refresh_from_db()
    assert family.programme.revision == before


@pytest.mark.parametrize(
    ("draft", "field", "sentence"),
    [
        (ScenarioDraft({}, donors={"6": 5}), "donors", "is no male by this book"),
        (ScenarioDraft({}, donors={"99": 5}), "donors", "There is no animal 99 in this book"),
        (ScenarioDraft({}, donors={"5": 0}), "donors", "has 0 straws"),
        (ScenarioDraft({"uses_bank": True}), "donors", "no donor is named"),
        (ScenarioDraft({"litter_sizes": [0.5, 0.4]}), None, "add up to 1"),
        (ScenarioDraft({"kinship": "loci", "loci": 8}), None, "estimated from 8 loci"),
    ],
)
def test_make_scenario__refuses_what_cannot_be(
    family: Family, draft: ScenarioDraft, field: str | None, sentence: str
) -> None:
    with pytest.raises(StudbookError, match=sentence) as refused:
        made(family, draft)
    assert refused.value.field == field
    assert not Scenario.objects.exists()


def test_make_scenario__refuses_an_animal_of_another_book(family: Family) -> None:
    foreign = FounderFactory(sex="M", studbook_number="77")
    assert foreign.programme != family.programme
    with pytest.raises(StudbookError, match="no animal 77 in this book"):
        made(family, ScenarioDraft({}, donors={"77": 5}))


def test_make_scenario__refuses_a_used_name(family: Family) -> None:
    made(family)
    with pytest.raises(StudbookError, match="A scenario named plan exists already"):
        made(family, name="plan")


def test_make_scenario__refuses_rates_that_are_archived(family: Family) -> None:
    rates = RateSetFactory(programme=family.programme, name="Dens")
    archive(rates, by=None, reason="Wrong.", opened_version=1)
    with pytest.raises(StudbookError, match="The rates Dens are archived"):
        made(family, ScenarioDraft({"rate_source": "rate_set", "rate_set": rates}))


def test_edit_scenario__replaces_the_parts(family: Family, ada: User) -> None:
    scenario = made(family)
    draft = ScenarioDraft({"years": 60, "uses_bank": False}, moves=({**IMPORT, "males": 4},))
    edit_scenario(scenario, name="Plan", reason="Again.", draft=draft, by=ada, opened_version=1)
    changed = whole(scenario)
    assert (changed.years, changed.version, changed.reason) == (60, 2, "Again.")
    assert [each.males for each in changed.moves.all()] == [4]
    assert not changed.donors.exists()
    assert not changed.catastrophes.exists()


def test_edit_scenario__writes_parts_only_where_they_differ(family: Family) -> None:
    scenario = made(family)
    edit_scenario(
        scenario, name="Plan", reason="Again.", draft=draft_of(whole(scenario)), by=None, opened_version=1
    )
    assert AuditEntry.objects.latest("pk").changes.count() == 1


def test_edit_scenario__refuses_a_stale_page(family: Family) -> None:
    scenario = made(family)
    edit_scenario(scenario, name="Plan B", reason="B.", draft=WHOLE, by=None, opened_version=1)
    with pytest.raises(StaleRecordError):
        edit_scenario(scenario, name="Plan C", reason="C.", draft=WHOLE, by=None, opened_version=1)


def test_edit_scenario__refuses_an_archived_one(family: Family) -> None:
    scenario = made(family)
    archive(scenario, by=None, reason="Answered.", opened_version=1)
    with pytest.raises(StudbookError, match="is archived and stays as it is"):
        edit_scenario(scenario, name="Plan", reason="B.", draft=WHOLE, by=None, opened_version=2)


def test_four_strategies__differ_in_the_strategy_alone(go_on: Scenario, ada: User) -> None:
    ScenarioMoveFactory(scenario=go_on)
    four = [whole(each) for each in four_strategies(whole(go_on), by=ada)]
    assert [each.strategy for each in four] == ["random", "mean-kinship", "dynamic-mean-kinship", "plan"]
    assert four[1] == go_on
    assert four[3].name == "Go on, optimal plan"
    told: list[Any] = [draft_of(each) for each in four]
    assert {each.moves == told[0].moves for each in told} == {True}
    assert {each.assumed["seed"] for each in told} == {go_on.seed}
    assert AuditEntry.objects.get().verb == "make scenarios"


def test_four_strategies__makes_none_twice(go_on: Scenario) -> None:
    first = four_strategies(whole(go_on), by=None)
    assert four_strategies(whole(go_on), by=None) == first
    assert set(four_strategies(whole(first[0]), by=None)) >= set(first) - {go_on}


def test_with_and_without_bank__turns_the_bank_alone(go_on: Scenario) -> None:
    BankedDonorFactory(scenario=go_on)
    with_bank, without = (whole(each) for each in with_and_without_bank(whole(go_on), by=None))
    assert (with_bank.uses_bank, without.uses_bank, without) == (True, False, go_on)
    assert with_bank.donors.count() == 1


def test_with_and_without_bank__needs_donors(go_on: Scenario) -> None:
    with pytest.raises(StudbookError, match="Go on names no banked donors"):
        with_and_without_bank(whole(go_on), by=None)
