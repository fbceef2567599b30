"""The walk the house was built for: Khala and Baruto found, explained, recommended and printed."""

import re
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import DESKTOP, PHONE, Enter, follow, go_to

pytestmark = pytest.mark.browser
REASON = "Both lines are rare, and they live together at Mulhouse."


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_coordinator__finds_explains_recommends_and_prints_the_pair(
    enter: Enter, numbers: dict[str, str], viewport: dict[str, int]
) -> None:
    page = enter("coordinator", viewport=viewport)
    find_the_pair(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Khala")
    expect(page.get_by_text("Change in gene diversity").first).to_be_visible()
    recommend(page)
    text = printed_report(page)
    assert "Khala" in text
    assert "Baruto" in text
    assert "Synthetic" in text
    withdraw(page, numbers)


def find_the_pair(page: Page) -> None:
    go_to(page, "Pairs")
    page.get_by_label("One lives at").select_option(label="Mulhouse")
    follow(page, page.get_by_role("button", name="Show"))
    row = page.get_by_role("row").filter(has_text="Khala").filter(has_text="Baruto")
    follow(page, row.get_by_role("link", name=re.compile("Pair of rank")))


def recommend(page: Page) -> None:
    page.get_by_label("Reason").fill(REASON)
    follow(page, page.get_by_role("button", name="Recommend this pair"))
    expect(page.get_by_text(REASON).first).to_be_visible()


def printed_report(page: Page) -> str:
    go_to(page, "Recommendations")
    link = page.locator('a[href$="report.pdf"]').first.get_attribute("href")
    assert link is not None
    answer = page.request.get(link)
    assert answer.ok
    return "\n".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.body())).pages)


def withdraw(page: Page, numbers: dict[str, str]) -> None:
    page.goto(f"/programmes/amur-leopard/pairs/{numbers['baruto']}/{numbers['khala']}/")
    page.get_by_text("Withdraw", exact=True).click()
    page.get_by_label("Why should the pair not breed?").fill("Only a trial.")
    follow(page, page.get_by_role("button", name="Withdraw the recommendation"))
    page.goto(f"/programmes/amur-leopard/pairs/{numbers['baruto']}/{numbers['khala']}/")
    expect(page.get_by_role("button", name="Recommend this pair")).to_be_visible()


def test_observer__reads_everything_and_recommends_nothing(enter: Enter, numbers: dict[str, str]) -> None:
    page = enter("observer")
    page.goto(f"/programmes/amur-leopard/pairs/{numbers['baruto']}/{numbers['khala']}/")
    expect(page.get_by_text("Common ancestors").first).to_be_visible()
    expect(page.get_by_role("button", name="Recommend this pair")).to_have_count(0)


def test_keeper__finds_an_animal_by_its_name(enter: Enter) -> None:
    page = enter("keeper", viewport=PHONE)
    go_to(page, "Animals")
    page.get_by_label("Number, name, local id, transponder or GAN").fill("khala")
    follow(page, page.get_by_role("button", name="Show"))
    follow(page, page.get_by_role("row").filter(has_text="Khala").get_by_role("link").first)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Khala")
    expect(page.get_by_role("group", name=re.compile("Pedigree of"))).to_be_visible()
