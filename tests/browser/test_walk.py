"""The walk the house was built for: Khala and Baruto found, explained, recommended and printed."""

import re
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import DESKTOP, PHONE, Enter

pytestmark = pytest.mark.browser


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
    page.get_by_role("navigation", name="Programme").get_by_role("link", name="Pairs").click()
    page.get_by_label("Institution").select_option(label="Mulhouse")
    page.get_by_role("button", name="Filter").click()
    row = page.get_by_role("row").filter(has_text="Khala").filter(has_text="Baruto").first
    row.get_by_role("link", name=re.compile("Explain|Why|rank|#|^\\d+$")).first.click()


def recommend(page: Page) -> None:
    page.get_by_label("Reason").fill("Both lines are rare, and they live together at Mulhouse.")
    page.get_by_role("button", name="Recommend").click()
    expect(page.get_by_text("Both lines are rare").first).to_be_visible()


def printed_report(page: Page) -> str:
    page.get_by_role("navigation", name="Programme").get_by_role("link", name="Recommendations").click()
    link = page.get_by_role("link", name=re.compile("report|PDF", re.IGNORECASE)).first.get_attribute("href")
    assert link is not None
    answer = page.request.get(link)
    assert answer.ok
    return "\n".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.body())).pages)


def withdraw(page: Page, numbers: dict[str, str]) -> None:
    page.goto(f"/programmes/amur-leopard/pairs/{numbers['baruto']}/{numbers['khala']}/")
    page.get_by_label(re.compile("withdraw", re.IGNORECASE)).first.fill("Only a trial.")
    page.get_by_role("button", name=re.compile("Withdraw")).click()
    expect(page.get_by_role("button", name="Recommend")).to_be_visible()
