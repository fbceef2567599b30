"""The steps of a transfer, taken in a browser: between two zoos, each at its own window."""

import re

from playwright.sync_api import Page, expect

from studbook.institutions.models import Institution
from tests.browser.conftest import follow

BOOK = "/programmes/amur-leopard/"


def proposed(page: Page, number: str, receiver: Institution, why: str) -> int:
    """Propose to send an animal, and return the transfer's key."""
    page.goto(f"{BOOK}transfers/new/")
    page.get_by_label("Animals", exact=True).fill(number)
    page.get_by_label("To", exact=True).select_option(value=str(receiver.pk))
    page.get_by_label("Why").fill(why)
    page.get_by_role("button", name="Propose").click()
    page.wait_for_url(re.compile(r"/transfers/\d+/$"))
    return int(page.url.rstrip("/").rsplit("/", 1)[-1])


def step(page: Page, pk: int, label: str) -> None:
    """Take the step that the transfer waits for; the page says afterwards what was done."""
    page.goto(f"{BOOK}transfers/{pk}/")
    follow(page, page.get_by_role("button", name=label, exact=True))
    expect(page.get_by_role("alert")).to_have_count(0)


def answered(page: Page, pk: int, animal: str) -> None:
    """Agree as the zoo that is asked; who proposes has agreed already."""
    page.goto(f"{BOOK}transfers/")
    waiting = page.get_by_role("region", name="Waiting for you").get_by_role("listitem")
    follow(page, waiting.filter(has_text=animal).get_by_role("link", name="Agree"))
    follow(page, page.get_by_role("button", name="Agree", exact=True))
    expect(page.get_by_role("alert")).to_have_count(0)


def agree_on_terms(here: Page, there: Page, pk: int, terms: str) -> None:
    here.goto(f"{BOOK}transfers/{pk}/")
    here.get_by_label("Terms").first.select_option(label=terms)
    follow(here, here.get_by_role("button", name="Confirm these terms"))
    step(there, pk, "Confirm these terms")


def travel(here: Page, there: Page, pk: int, animal: str, local_id: str) -> None:
    """Send an animal today, and let it arrive under a local id."""
    step(here, pk, "Permits are ready")
    today = here.evaluate("new Date().toISOString().slice(0, 10)")
    here.get_by_label("Day of travel").first.fill(today)
    follow(here, here.get_by_role("button", name="Set the day of travel").first)
    step(here, pk, "The animals have left")
    there.goto(f"{BOOK}transfers/{pk}/")
    there.get_by_label(f"Local id of {animal} here").fill(local_id)
    follow(there, there.get_by_role("button", name="The animals have arrived"))
    expect(there.get_by_role("alert")).to_have_count(0)
