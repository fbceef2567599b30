"""A projection in a real browser: asked for, seen to move, cancelled, resumed, read; with scripts and without."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from studbook.core.jobs import attendance, queue
from studbook.core.jobs.worker import Worker
from studbook.core.models import Job
from studbook.population.models import Scenario
from tests.browser.conftest import DESKTOP, PHONE, Enter, follow
from tests.browser.test_pages import axe_violations, overflow

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LIST = "/programmes/amur-leopard/demography/projections/"


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "WORKER_PROCESSES", 1)


def asked(page: Page) -> Job:
    """Make a short scenario, ask for its projection, and return the job."""
    page.goto(f"{LIST}new/")
    page.get_by_label("Name", exact=True).fill(f"Ten years {Scenario.objects.count()}")
    page.get_by_label("Question").fill("What do ten years bring?")
    page.get_by_label("Years", exact=True).fill("10")
    page.get_by_label("Runs", exact=True).fill("8")
    follow(page, page.get_by_role("button", name="Make the scenario"))
    page.get_by_role("button", name="Run 8 times").click()
    page.wait_for_url("**/runs/*/")
    return Job.objects.latest("pk")


@pytest.mark.parametrize(("viewport", "dark"), [(DESKTOP, False), (PHONE, True)], ids=["desktop", "phone"])
def test_projection__moves_until_its_result_is_there(
    enter: Enter, viewport: dict[str, int], dark: bool
) -> None:
    page = enter("coordinator", viewport=viewport, dark=dark)
    job = asked(page)
    expect(page.get_by_text("which is not running")).to_be_visible()
    assert [*overflow(page), *axe_violations(page)] == []
    attendance.attend("a worker")
    taken = queue.take_up("a worker")
    assert taken == job
    Job.objects.filter(pk=job.pk).update(done=3)
    expect(page.get_by_role("status")).to_contain_text("3 of 8 runs finished")
    expect(page.get_by_text("which is not running")).to_be_hidden()
    Job.objects.filter(pk=job.pk).update(done=0)
    queue.put_back(job, "a worker")
    attendance.leave("a worker")
    Worker().run(once=True)
    expect(page.get_by_text("Risk of extinction in 10 years")).to_be_visible()
    for table in page.get_by_text("in numbers").all():
        table.click()
    assert [*overflow(page), *axe_violations(page)] == []


def test_projection__is_cancelled_and_resumed_without_scripts(enter: Enter) -> None:
    page = enter("coordinator", scripts=False)
    job = asked(page)
    assert page.locator("meta[http-equiv=refresh]").count() == 1
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("status")).to_contain_text("Cancelled")
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_role("status")).to_contain_text("Waiting")
    Worker().run(once=True)
    page.reload()
    expect(page.get_by_text("Risk of extinction in 10 years")).to_be_visible()
    job.refresh_from_db()
    assert (job.state, job.version) == ("done", 3)


def test_scenario__has_its_strategies_side_by_side_in_one_tap(enter: Enter) -> None:
    page = enter("coordinator")
    page.goto(LIST)
    follow(page, page.get_by_role("link", name="As now", exact=True))
    follow(page, page.get_by_role("button", name="The four strategies of this"))
    expect(page.get_by_role("button", name="Run the 4 that have no result")).to_be_visible()
    assert [*overflow(page), *axe_violations(page)] == []


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_scenario_form__fits_and_is_accessible(enter: Enter, viewport: dict[str, int]) -> None:
    page = enter("coordinator", viewport=viewport)
    page.goto(f"{LIST}new/")
    for fold in page.locator("details > summary").all():
        fold.click()
    assert [*overflow(page), *axe_violations(page)] == []
    follow(page, page.get_by_role("button", name="Make the scenario"))
    expect(page.get_by_text("A scenario needs a name.")).to_be_visible()
