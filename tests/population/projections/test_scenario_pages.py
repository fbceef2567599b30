"""The pages of scenarios: what works, what is refused, what is nonsense, how many queries."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from studbook.accounts.models import User
from studbook.core.models import Job
from studbook.population.models import Scenario
from tests.factories import (
    BankedDonorFactory,
    RateSetFactory,
    ScenarioFactory,
    ScenarioMoveFactory,
    projected,
)
from tests.population.conftest import Family
from tests.population.projections.conftest import whole

pytestmark = pytest.mark.django_db
LINES = ("imports", "exports", "catastrophes")
FORM: dict[str, Any] = {
    "name": "Plan, 20 spaces",
    "reason": "What is a plan worth?",
    "strategy": "plan",
    "years": "30",
    "runs": "100",
    "capacity": "20",
    "rates": "book",
    "smoothing": "filled",
    "litter_sizes": "40, 45, 15",
    "share_male": "50",
    "kinship_limit": "12.5",
    "limits_litters": "on",
    "bank_success": "40",
    "seed": "7",
    "loci": "16",
    "kinship": "exact",
    **{
        f"{name}-{count}": value
        for name in LINES
        for count, value in (("TOTAL_FORMS", "1"), ("INITIAL_FORMS", "0"))
    },
}


def address(name: str, *args: Any) -> str:
    return reverse(name, args=["leopards", *args])


def test_scenario_new__proposes_what_the_book_shows(family: Family, ada: User, signed_in: Any) -> None:
    family.programme.target_size, family.programme.goal_years = 120, 80
    family.programme.save()
    form = signed_in(ada).get(address("scenario_new")).context["form"]
    assert form["capacity"].value() == 120
    assert form["years"].value() == 80
    assert form["strategy"].value() == "mean-kinship"
    assert form["litter_sizes"].value() == "50, 50"
    assert form["kinship_limit"].value() is None


def test_scenario_new__makes_it_with_all_its_parts(family: Family, ada: User, signed_in: Any) -> None:
    lines = {
        "imports-0-males": "1",
        "imports-0-females": "2",
        "imports-0-every": "5",
        "exports-0-males": "1",
        "exports-0-oldest": "3",
        "exports-0-most_related": "on",
        "catastrophes-0-chance": "2",
        "catastrophes-0-survival": "50",
    }
    bank = {"uses_bank": "on", "donors": "1: 20\n 5 : 3", "region": "EARAZA"}
    answer = signed_in(ada).post(address("scenario_new"), FORM | lines | bank)
    made = whole(Scenario.objects.get())
    assert answer.url == made.get_absolute_url()
    assert (made.strategy, made.years, made.capacity, made.seed) == ("plan", 30, 20, 7)
    assert made.litter_sizes == pytest.approx([0.4, 0.45, 0.15])
    assert (made.kinship_limit, made.bank_success, made.base) == (0.125, 0.4, "region=EARAZA")
    come, go = made.moves.all()
    assert (come.direction, come.males, come.females, come.youngest, come.every) == ("in", 1, 2, 3, 5)
    assert (go.direction, go.oldest, go.most_related) == ("out", 3, True)
    storm = made.catastrophes.get()
    assert (storm.chance, storm.survival, storm.litters) == (0.02, 0.5, 1.0)
    assert {each.animal.studbook_number: each.straws for each in made.donors.all()} == {"1": 20, "5": 3}


@pytest.mark.parametrize(
    ("field", "told", "sentence"),
    [
        ("name", "", "A scenario needs a name"),
        ("years", "0", "greater than or equal to 1"),
        ("runs", "5001", "less than or equal to 5000"),
        ("litter_sizes", "40, 40", "These add up to 80 %"),
        ("litter_sizes", "many", "Write numbers with commas"),
        ("donors", "1171 twenty", "is no donor"),
        ("donors", "1: 2, 1: 3", "Donor 1 is named twice"),
        ("donors", "2: 20", "is no male by this book"),
        ("rates", "9", "Select a valid choice"),
        ("strategy", "luck", "Select a valid choice"),
        ("share_male", "101", "less than or equal to 100"),
        ("first", "2003", "Write the day as 2003-05-01"),
        ("imports-0-males", "many", "Enter a whole number"),
        ("imports-TOTAL_FORMS", "x", "ManagementForm data is missing"),
    ],
)
def test_scenario_new__refuses_nonsense_at_its_field(
    family: Family, ada: User, signed_in: Any, field: str, told: str, sentence: str
) -> None:
    answer = signed_in(ada).post(address("scenario_new"), FORM | {field: told})
    assert answer.status_code == 400
    assert sentence in answer.text
    assert not Scenario.objects.exists()


def test_scenario_new__refuses_a_line_that_ends_before_it_begins(
    family: Family, ada: User, signed_in: Any
) -> None:
    line = {"imports-0-males": "1", "imports-0-first": "9", "imports-0-last": "3"}
    answer = signed_in(ada).post(address("scenario_new"), FORM | line)
    assert answer.status_code == 400
    assert "It ends before it begins" in answer.text


def test_scenario_edit__shows_and_keeps_what_there_is(go_on: Scenario, ada: User, signed_in: Any) -> None:
    ScenarioMoveFactory(scenario=go_on, direction="out", males=2, oldest=9)
    BankedDonorFactory(scenario=go_on, animal__studbook_number="50")
    browser, url = signed_in(ada), address("scenario_edit", go_on.pk)
    form = browser.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    for name, lines in form.lines.items():
        sent |= {f"{name}-TOTAL_FORMS": len(lines), f"{name}-INITIAL_FORMS": lines.initial_form_count()}
        sent |= {
            field.html_name: field.value()
            for line in lines.initial_forms
            for field in line
            if field.value() not in (None, False)
        }
    before = (whole(go_on).litter_sizes, sent["donors"])
    answer = browser.post(url, sent)
    assert answer.status_code == 302
    after = whole(go_on)
    assert (after.version, after.litter_sizes, before[1]) == (2, before[0], "50: 10")
    assert [(each.males, each.oldest) for each in after.moves.all()] == [(2, 9)]
    assert after.donors.get().straws == 10


def test_scenario_edit__does_not_change_archived_rates_for_others_unseen(
    go_on: Scenario, ada: User, signed_in: Any
) -> None:
    go_on.rate_source = "rate_set"
    go_on.rate_set = RateSetFactory(programme=go_on.programme, name="Dens", archived_at=timezone.now())
    go_on.save()
    form = signed_in(ada).get(address("scenario_edit", go_on.pk)).context["form"]
    assert form["rates"].value() == str(go_on.rate_set.pk)
    assert "what-if: Dens" in [label for _, label in form.fields["rates"].choices]
    answer = signed_in(ada).post(
        address("scenario_edit", go_on.pk), FORM | {"rates": go_on.rate_set.pk, "opened_version": 1}
    )
    assert "The rates Dens are archived" in answer.text


def test_scenario__tells_what_it_assumes(go_on: Scenario, olga: User, signed_in: Any) -> None:
    ScenarioMoveFactory(scenario=go_on, every=5, last=20)
    page = signed_in(olga).get(go_on.get_absolute_url()).text
    assert "1.1 aged 2, every 5 years from year 1 to 20" in page
    assert "the whole living population" in page
    assert "Run 6 times" not in page


def test_projections__list_scenarios_with_their_latest_projection(
    go_on: Scenario, olga: User, signed_in: Any
) -> None:
    job = projected(go_on)
    page = signed_in(olga).get(address("projections")).text
    assert address("scenario_projection", go_on.pk, job.pk) in page
    assert "The scenario was changed since" not in page
    Scenario.objects.update(version=2)
    assert "The scenario was changed since" in signed_in(olga).get(address("projections")).text


def test_projections__says_what_to_do_without_any(
    programme: Any, ada: User, olga: User, signed_in: Any
) -> None:
    assert "Make a scenario" in signed_in(ada).get(address("projections")).text
    assert "The coordinator can make scenarios" in signed_in(olga).get(address("projections")).text


def test_projections__takes_as_many_queries_for_many_scenarios(
    go_on: Scenario, olga: User, signed_in: Any, django_assert_num_queries: Any
) -> None:
    browser = signed_in(olga)
    browser.get(address("projections"))
    with django_assert_num_queries(7):
        browser.get(address("projections"))
    for each in ScenarioFactory.create_batch(5, programme=go_on.programme):
        projected(each)
    with django_assert_num_queries(7):
        browser.get(address("projections"))


def test_projections_run__asks_and_leads_to_the_progress(go_on: Scenario, ada: User, signed_in: Any) -> None:
    answer = signed_in(ada).post(address("projections_run"), {"scenario": go_on.pk})
    job = Job.objects.get()
    assert answer.url == address("scenario_projection", go_on.pk, job.pk)
    assert (job.asked_by, job.state) == (ada, "queued")


def test_projections_run__asks_for_several_and_sets_them_side_by_side(
    go_on: Scenario, ada: User, signed_in: Any
) -> None:
    other = ScenarioFactory(programme=go_on.programme)
    answer = signed_in(ada).post(address("projections_run"), {"scenario": [go_on.pk, other.pk]})
    assert answer.url == f"{address('projections_compare')}?scenario={go_on.pk}&scenario={other.pk}"
    assert Job.objects.count() == 2


@pytest.mark.parametrize(
    ("told", "status"), [([], 400), (["1", "2", "3", "4", "5"], 400), (["999999"], 404), (["all"], 404)]
)
def test_projections_run__refuses_nonsense(
    go_on: Scenario, ada: User, signed_in: Any, told: list[str], status: int
) -> None:
    assert signed_in(ada).post(address("projections_run"), {"scenario": told}).status_code == status
    assert not Job.objects.exists()


def test_projections_run__refuses_an_archived_scenario(go_on: Scenario, ada: User, signed_in: Any) -> None:
    browser = signed_in(ada)
    told = {"opened_version": 1, "reason": "Answered."}
    assert browser.post(address("scenario_archive", go_on.pk), told).status_code == 302
    assert browser.post(address("projections_run"), {"scenario": go_on.pk}).status_code == 409
    assert browser.post(address("scenario_restore", go_on.pk), {"opened_version": 2}).status_code == 302
    assert browser.post(address("projections_run"), {"scenario": go_on.pk}).status_code == 302


def test_scenario_copies__shows_the_four_strategies(go_on: Scenario, ada: User, signed_in: Any) -> None:
    answer = signed_in(ada).post(address("scenario_copies", go_on.pk), {"which": "strategies"})
    assert answer.status_code == 302
    assert Scenario.objects.count() == 4
    page = signed_in(ada).get(answer.url).text
    assert "Run the 4 that have no result" in page


def test_scenario_copies__refuses_what_is_no_variant(go_on: Scenario, ada: User, signed_in: Any) -> None:
    assert signed_in(ada).post(address("scenario_copies", go_on.pk), {"which": "luck"}).status_code == 400
