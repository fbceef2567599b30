"""The pages of projections: progress, results pinned to their revision, files, scenarios side by side."""

import csv
import io
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from studbook.accounts.models import User
from studbook.core.jobs import attendance, queue
from studbook.core.models import Job
from studbook.population.models import Scenario
from studbook.programmes.models import Programme
from tests.factories import ScenarioFactory, projected
from tests.population.projections.conftest import asked, run

pytestmark = pytest.mark.django_db


def address(name: str, *args: Any) -> str:
    return reverse(name, args=["leopards", *args])


@pytest.fixture
def scenario(programme: Programme) -> Scenario:
    made: Scenario = ScenarioFactory(programme=programme, name="Go on")
    return made


def page_of(browser: Any, job: Job) -> str:
    return str(browser.get(address("scenario_projection", job.about, job.pk)).text)


def rows_of(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(answer).decode())))


def test_projection__waits_in_words_where_no_worker_is(go_on: Scenario, ada: User, signed_in: Any) -> None:
    job = asked(go_on)
    page = page_of(signed_in(ada), job)
    assert "Waiting for its turn." in page
    assert "which is not running" in page
    assert "python manage.py work" not in page
    assert '<meta http-equiv="refresh"' in page
    User.objects.update(is_superuser=True)
    assert "python manage.py work" in page_of(signed_in(ada), job)
    attendance.attend("a worker")
    assert "which is not running" not in page_of(signed_in(ada), job)


def test_projection__tells_how_far_it_is(go_on: Scenario, olga: User, signed_in: Any) -> None:
    job = asked(go_on)
    queue.take_up("a worker")
    Job.objects.update(done=2)
    page = page_of(signed_in(olga), job)
    assert "Running: 2 of 6 runs finished." in page
    assert 'max="6" value="2"' in page
    assert ">Cancel<" not in page


def test_projection__is_cancelled_and_resumed(go_on: Scenario, ada: User, signed_in: Any) -> None:
    job, browser = asked(go_on), signed_in(ada)
    cancel, resume = (
        address(f"scenario_projection_{deed}", go_on.pk, job.pk) for deed in ("cancel", "resume")
    )
    assert ">Cancel<" in page_of(browser, job)
    assert browser.post(cancel, {"opened_version": 1}).status_code == 302
    assert ">Resume<" in page_of(browser, job)
    assert browser.post(cancel, {"opened_version": 2}).status_code == 409
    assert browser.post(resume, {"opened_version": 1}).status_code == 409
    assert browser.post(resume, {}).status_code == 400
    assert browser.post(resume, {"opened_version": 2}).status_code == 302
    job.refresh_from_db()
    assert job.state == Job.State.QUEUED


def test_projection__says_why_it_failed(go_on: Scenario, olga: User, signed_in: Any) -> None:
    job = asked(go_on)
    queue.take_up("a worker")
    queue.settle(job, "a worker", Job.State.FAILED, failure="The Dask scheduler does not answer.")
    assert "The Dask scheduler does not answer." in page_of(signed_in(olga), job)


def test_projection__answers_first_what_is_asked_first(go_on: Scenario, olga: User, signed_in: Any) -> None:
    answer = signed_in(olga).get(address("scenario_projection", go_on.pk, run(go_on).pk))
    labels = [each.label for each in answer.context["answers"]]
    assert labels[:2] == ["Animals in year 5", "Gene diversity in year 5"]
    assert any(label.startswith("Risk of extinction") for label in labels)
    assert [each.words.title for each in answer.context["figures"]] == [
        "Animals",
        "Gene diversity",
        "Mean inbreeding",
        "Founder alleles left",
    ]
    assert len(answer.context["figures"][0].rows) == 6
    assert all(each.chart for each in answer.context["figures"])


def test_projection__of_another_scenario_is_not_there(scenario: Scenario, olga: User, signed_in: Any) -> None:
    job, other = projected(scenario), ScenarioFactory(programme=scenario.programme)
    assert signed_in(olga).get(address("scenario_projection", other.pk, job.pk)).status_code == 404


def test_projection__says_when_the_book_has_moved_on(scenario: Scenario, ada: User, signed_in: Any) -> None:
    job = projected(scenario)
    assert "Run it again" not in page_of(signed_in(ada), job)
    Programme.objects.update(revision=9)
    page = page_of(signed_in(ada), job)
    assert "The book has moved on since, from revision 1 to 9." in page
    assert "Run it again" in page


def test_projection__tells_of_the_runs_there_are(scenario: Scenario, olga: User, signed_in: Any) -> None:
    job = projected(scenario)
    Job.objects.update(state=Job.State.CANCELLED, wanted=50)
    assert "Of 4 of 50 runs: what follows is less sure" in page_of(signed_in(olga), job)


def test_projection__takes_few_queries(
    scenario: Scenario, olga: User, signed_in: Any, django_assert_num_queries: Any
) -> None:
    job, browser = projected(scenario), signed_in(olga)
    page_of(browser, job)
    with django_assert_num_queries(6):
        page_of(browser, job)


def test_summary_csv__holds_every_year(scenario: Scenario, olga: User, signed_in: Any) -> None:
    job = projected(scenario)
    answer = signed_in(olga).get(address("scenario_summary_csv", scenario.pk, job.pk))
    assert "leopards-projection" in answer["Content-Disposition"]
    rows = rows_of(answer)
    assert [row["year"] for row in rows] == ["0", "1", "2", "3"]
    assert (rows[0]["animals_median"], rows[0]["animals_runs"], rows[0]["extinct"]) == ("2.0", "4", "0.0")
    assert float(rows[0]["gene_diversity_mean"]) == pytest.approx(0.75)
    assert float(rows[0]["gene_diversity_by_drift"]) == 0.75


def test_summary_xlsx__holds_the_same(scenario: Scenario, olga: User, signed_in: Any) -> None:
    job = projected(scenario)
    browser = signed_in(olga)
    answer = browser.get(address("scenario_summary_xlsx", scenario.pk, job.pk))
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = rows_of(browser.get(address("scenario_summary_csv", scenario.pk, job.pk)))
    columns = [str(cell.value) for cell in next(sheet.iter_rows())]
    assert columns == list(rows[0])
    assert sheet.max_row == 5


def test_runs_csv__holds_every_run(scenario: Scenario, olga: User, signed_in: Any) -> None:
    job = projected(scenario)
    rows = rows_of(signed_in(olga).get(address("scenario_runs_csv", scenario.pk, job.pk)))
    assert [(row["run"], row["year"]) for row in rows] == [
        (str(number), str(year)) for number in range(4) for year in range(4)
    ]
    assert {row["animals"] for row in rows if row["year"] == "0"} == {"2"}


def test_export__says_that_there_is_nothing_yet(go_on: Scenario, olga: User, signed_in: Any) -> None:
    job = asked(go_on)
    answer = signed_in(olga).get(address("scenario_runs_csv", go_on.pk, job.pk))
    assert answer.status_code == 400
    assert "nothing to export" in answer.text


def compared(browser: Any, *scenarios: Scenario, **more: str) -> Any:
    return browser.get(address("projections_compare"), {"scenario": [each.pk for each in scenarios], **more})


def test_compare__sets_scenarios_side_by_side(scenario: Scenario, olga: User, signed_in: Any) -> None:
    other = ScenarioFactory(programme=scenario.programme, strategy="random")
    projected(scenario), projected(other)
    found = compared(signed_in(olga), scenario, other).context["comparison"]
    assert [each.letter for each in found.beside] == ["A", "B"]
    assert [row.label for row in found.rows][:2] == ["Animals", "Gene diversity"]
    assert all(len(row.cells) == 2 for row in found.rows)
    assert (found.year, found.cautions) == (3, [])
    assert found.tables[0].letters == ["A", "B"]


def test_compare__of_a_scenario_with_itself_differs_by_nothing(
    scenario: Scenario, olga: User, signed_in: Any
) -> None:
    twin = ScenarioFactory(programme=scenario.programme)
    projected(scenario), projected(twin)
    found = compared(signed_in(olga), scenario, twin, year="2").context["comparison"]
    assert found.year == 2
    assert {row.cells[1].difference for row in found.rows} <= {"0.0", "0.00 %", "0.0000", "0.00", "0.0 %"}


def test_compare__warns_of_what_cannot_be_compared(scenario: Scenario, olga: User, signed_in: Any) -> None:
    other = ScenarioFactory(programme=scenario.programme)
    first, second = projected(scenario), projected(other)
    second.parameters["assumed"]["seed"] = 2
    second.revision = 7
    second.save()
    sentences = compared(signed_in(olga), scenario, other).context["comparison"].cautions
    assert any("different seeds" in sentence for sentence in sentences)
    assert any("different revisions" in sentence for sentence in sentences)
    assert first.revision != second.revision


def test_compare__offers_to_run_what_was_not(scenario: Scenario, ada: User, signed_in: Any) -> None:
    other = ScenarioFactory(programme=scenario.programme)
    projected(scenario)
    answer = compared(signed_in(ada), scenario, other)
    assert answer.context["unrun"] == [other]
    assert "Run the one that has no result" in answer.text


@pytest.mark.parametrize("words", [["999999"], ["x"], ["1", "2", "3", "4", "5"]])
def test_compare__refuses_nonsense(scenario: Scenario, olga: User, signed_in: Any, words: list[str]) -> None:
    assert signed_in(olga).get(address("projections_compare"), {"scenario": words}).status_code == 404


def test_compare__takes_any_year_for_one_there_is(scenario: Scenario, olga: User, signed_in: Any) -> None:
    projected(scenario)
    for year, shown in (("99", 3), ("-1", 3), ("x", 3), ("0", 0)):
        assert compared(signed_in(olga), scenario, year=year).context["comparison"].year == shown


def test_compare__without_any_offers_those_there_are(scenario: Scenario, olga: User, signed_in: Any) -> None:
    assert "Go on" in signed_in(olga).get(address("projections_compare")).text
