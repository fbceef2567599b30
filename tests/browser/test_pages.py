"""Every page on a desktop and on a phone, in light and in dark: nothing sticks out, and axe finds nothing wrong."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE, Enter

pytestmark = pytest.mark.browser

CODE = "amur-leopard"
PATHS = {
    "dashboard": "",
    "animals": "animals/",
    "animal": "animals/{khala}/",
    "inbred animal": "animals/{inbred}/",
    "dead animal": "animals/1/",
    "institutions": "institutions/",
    "institution": "institutions/{mulhouse}/",
    "pairs": "pairs/",
    "pairs at Mulhouse": "pairs/?institution={mulhouse}",
    "pair matrix": "pairs/matrix/",
    "mates of one": "pairs/matrix/?animal={khala}",
    "suitability thresholds": "pairs/suitability/",
    "pair": "pairs/{baruto}/{khala}/",
    "recommendations": "recommendations/",
    "plans": "plans/",
    "genetics": "genetics/",
    "genetics under an overlay": "genetics/?overlay={overlay}",
    "mean kinships": "genetics/mean-kinship/",
    "genetics of an animal": "animals/{baruto}/genetics/",
    "genetics of a dead animal": "animals/1/genetics/",
    "other parents": "animals/{overlaid}/genetics/parents/",
    "overlays": "genetics/overlays/",
    "overlay": "genetics/overlays/{overlay}/",
    "baskets": "genetics/baskets/",
    "basket": "genetics/baskets/{basket}/",
    "baskets side by side": "genetics/baskets/beside/?beside={basket}",
    "dynamic list": "genetics/dynamic/?basket={basket}",
    "founders": "genetics/founders/",
    "founder": "genetics/founders/1/self/",
    "lineages": "genetics/lineages/",
    "history": "genetics/history/?on=1999-07-01",
    "kinship map": "genetics/kinship/",
    "demography": "demography/?on=1999-07-01",
    "demography in a region": "demography/?region=AZA&first=2000-01-01&last=2020-12-31",
    "demography animals": "demography/animals/?what=birth&year=2024",
    "life tables": "demography/life-tables/",
    "what-if rates": "demography/rates/",
    "goals": "demography/goals/",
    "projections": "demography/projections/",
    "scenario": "demography/projections/{scenario}/",
    "compare scenarios": "demography/projections/compare/?scenario={scenario}",
    "procedures": "reproduction/procedures/",
    "quality": "quality/",
    "algorithms": "/how/",
    "algorithm": "/how/mean-kinship/",
    "password": "/accounts/password/",
    "nowhere": "nowhere/",
}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_pages__fit_the_window_and_are_accessible(
    enter: Enter, numbers: dict[str, str], viewport: dict[str, int], dark: bool
) -> None:
    page = enter("observer", viewport=viewport, dark=dark)
    complaints = []
    for name, path in PATHS.items():
        place = path.format(**numbers)
        answer = page.goto(place if place.startswith("/") else f"/programmes/{CODE}/{place}")
        assert answer is not None
        assert answer.ok or name == "nowhere", f"{name}: {answer.status}"
        complaints += [f"{name}: {complaint}" for complaint in [*overflow(page), *axe_violations(page)]]
    assert not complaints, "\n".join(complaints)


def test_navigation__is_all_in_sight_on_a_phone(enter: Enter) -> None:
    """The daily rooms at once, the others in the sheet that one tap opens."""
    page = enter("observer", viewport=PHONE)
    page.goto(f"/programmes/{CODE}/quality/")
    rooms = page.get_by_role("navigation", name="Programme")
    daily = rooms.get_by_role("link").count()
    rooms.get_by_role("button", name="More").click()
    boxes = [link.bounding_box() for link in rooms.get_by_role("link").all()]
    assert (daily, len(boxes)) == (4, 14)
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"] for box in boxes)
    assert all(box and box["y"] >= 0 and box["y"] + box["height"] <= PHONE["height"] for box in boxes)


def overflow(page: Page) -> list[str]:
    width, room = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    return [f"is {width} wide in a window of {room}"] if width > room else []


def axe_violations(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['help']} ({each['nodes'][0]['html'][:120]}, {len(each['nodes'])} times)"
        for each in violations
    ]
