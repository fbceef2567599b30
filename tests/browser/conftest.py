"""A real server with the demonstration studbook, and a real Chromium; both once for all browser tests."""

import os
import sqlite3
from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from scripts.chromium import find_chromium
from studbook.accounts.demonstration import PASSWORD
from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.population.models import Assumption, Basket, Scenario

# Playwright keeps an event loop in this thread, and Django takes that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}

Enter = Callable[..., Page]


@pytest.fixture(scope="session")
def demonstration(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load the demonstration studbook once, into a test database that all browser tests share.

    They are not marked `django_db`: a test's own transaction would hide its records from the server, and keep the
    server from writing. Each file of tests begins with the studbook as it was loaded.
    """
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
        call_command("load_demonstration")
        yield
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def server(demonstration: None) -> Iterator[str]:
    running = LiveServer("127.0.0.1")
    yield running.url
    running.stop()


@pytest.fixture(scope="session")
def loaded(demonstration: None) -> Iterator[sqlite3.Connection]:
    """Keep a copy of the studbook as it was loaded."""
    copy = sqlite3.connect(":memory:")
    connection.connection.backup(copy)
    yield copy
    copy.close()


@pytest.fixture(scope="module", autouse=True)
def _as_loaded(loaded: sqlite3.Connection) -> Iterator[None]:
    """Put the studbook back after each file: an animal more at a zoo is enough to push a pair off the first page."""
    yield
    connection.ensure_connection()
    loaded.backup(connection.connection)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def enter(browser: Browser, server: str) -> Iterator[Enter]:
    """Return a function that opens a page in a new window, signed in as a person of the demonstration."""
    contexts: list[BrowserContext] = []

    def open_window(
        person: str,
        *,
        viewport: dict[str, int] = DESKTOP,
        dark: bool = False,
        scripts: bool = True,
        code: Callable[[], str] | None = None,
    ) -> Page:
        context = browser.new_context(
            viewport=viewport,
            color_scheme="dark" if dark else "light",
            base_url=server,
            accept_downloads=True,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        page.goto("/accounts/login/")
        page.get_by_label("Username").fill(person)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        if code:
            page.get_by_label("code").fill(code())
            page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/programmes/**")
        return page

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def numbers(demonstration: None) -> dict[str, str]:
    """Return what the tests' addresses name: studbook numbers, and the keys of Mulhouse and of an overlay."""
    named = Animal.objects.filter(house_name__in=["Khala", "Baruto"])
    found = {animal.house_name.lower(): animal.studbook_number for animal in named}
    found["inbred"] = Animal.objects.filter(dam__sire=F("sire")).latest("number_order").studbook_number
    found["mulhouse"] = str(Institution.objects.get(mnemonic="MULHOUSE").pk)
    assumption = Assumption.objects.select_related("animal").earliest("pk")
    found["scenario"] = str(Scenario.objects.get(name="As now").pk)
    found["basket"] = str(Basket.objects.get(name="Khala and Baruto, two founders").pk)
    found |= {"overlay": str(assumption.overlay_id), "overlaid": assumption.animal.studbook_number}
    return found


def follow(page: Page, thing: Locator) -> None:
    """Click a link or send a form, and wait for the page that comes, which may look like the one before."""
    with page.expect_navigation():
        thing.click()


def go_to(page: Page, room: str) -> None:
    """Go to a room of the programme, on a phone through the sheet of the seldom used ones."""
    rooms = page.get_by_role("navigation", name="Programme")
    link = rooms.get_by_role("link", name=room)
    if not link.is_visible():
        rooms.get_by_role("button", name="More").click()
    follow(page, link)
