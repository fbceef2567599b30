"""The kinship map under the hands of a person: keys, mouse, and the picture to take away."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser

URL = "/programmes/amur-leopard/genetics/kinship/?shown=pairs&order=number"


def _opened(enter: Enter) -> Page:
    page = enter("observer")
    page.goto(URL)
    page.wait_for_selector("[data-kinship-map]:not([hidden])")
    return page


def test_kinship_map__is_read_by_the_arrow_keys_and_leads_to_the_pair(enter: Enter) -> None:
    page = _opened(enter)
    drawn = page.request.get(page.url.replace("kinship/", "kinship.json")).json()
    page.locator("canvas").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    sire, dam = (drawn["animals"][drawn[way][1]][0] for way in ("rows", "columns"))
    reading = page.locator("[data-reading]").inner_text()
    assert f"♂ {sire} " in reading
    assert f"♀ {dam} " in reading
    assert "also the F of their young" in reading
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/pairs/{sire}/{dam}/")


def test_kinship_map__a_press_keeps_a_cell_and_zoom_stays_on_it(enter: Enter) -> None:
    page = _opened(enter)
    box = page.locator("canvas").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 300, box["y"] + 300)
    kept = page.locator("[data-reading]").inner_text()
    page.mouse.move(box["x"] + 400, box["y"] + 200)
    for _ in range(4):
        page.get_by_role("button", name="Zoom in").click()
    assert page.locator("[data-reading]").inner_text() == kept
    assert "kinship 0." in kept


def test_kinship_map__is_saved_as_a_picture(enter: Enter, tmp_path: Path) -> None:
    page = _opened(enter)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save as PNG").click()
    waiting.value.save_as(tmp_path / "map.png")
    assert waiting.value.suggested_filename == "amur-leopard-kinship.png"
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")
