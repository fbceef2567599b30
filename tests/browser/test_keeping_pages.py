"""The pages of keeping the book, with entries on them: nothing sticks out, and axe finds nothing wrong."""

from itertools import chain

import pytest
from playwright.sync_api import Page, expect

from studbook.accounts.models import User
from studbook.animals.entry.kinds import KINDS
from studbook.animals.entry.life_kinds import NEWCOMER_KINDS
from studbook.animals.many.kinds import MANY_KINDS
from studbook.animals.models import Animal, Event
from studbook.transfers.models import Permit, Transfer
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE, Enter, follow
from tests.browser.test_pages import CODE, axe_violations, overflow

pytestmark = pytest.mark.browser

BOTH = "animal={khala}&animal={baruto}"
PATHS = {
    "finder": "log/",
    "finder with an animal": "log/?q={khala}",
    "animal": "animals/{khala}/",
    "provisional entries": "pending/",
    "history": "animals/{khala}/history/",
    "correction": "animals/{khala}/correct/",
    "parents": "animals/{khala}/parents/",
    "event": "animals/{khala}/events/{event}/",
    "observation": "animals/{khala}/observations/{observation}/",
    "void": "animals/{khala}/void/",
    "merge": "animals/{khala}/merge/",
    "comparison": "animals/{khala}/merge/{baruto}/",
    "duplicates": "duplicates/",
    "transfers": "transfers/",
    "new transfer": "transfers/new/",
    "past transfer": "transfers/record/",
    "permit": "transfers/{scheduled}/permits/{permit}/",
    "new permit": "transfers/{scheduled}/permits/new/",
    "new document": "transfers/{scheduled}/documents/new/",
    "journal": "journal/",
    "journal of an animal": "journal/?animal={khala}",
    "many": "many/",
    "many chosen": f"many/?{BOTH}",
    "people": "people/",
    "new person": "people/new/",
    "person": "people/{keeper}/",
    "settings": "settings/",
    "account": "/account/",
    "second factor": "/account/second-factor/on/",
    "password forgotten": "/accounts/password/forgotten/",
    **{f"log {slug}": f"animals/{{khala}}/log/{slug}/" for slug in KINDS},
    **{f"log new {slug}": f"log/{slug}/" for slug in NEWCOMER_KINDS},
    **{f"many {slug}": f"many/{slug}/?{BOTH}" for slug in MANY_KINDS},
}


@pytest.fixture(scope="module")
def places(numbers: dict[str, str]) -> dict[str, str]:
    """Return what the addresses name, with two entries of a keeper that wait to be confirmed."""
    animal = Animal.objects.get(studbook_number=numbers["khala"])
    entries = [factories.ObservationFactory(animal=animal, provisional=True) for _ in range(2)]
    permit = Permit.objects.select_related("transfer").earliest("pk")
    return numbers | {
        "observation": str(entries[0].pk),
        "event": str(Event.objects.filter(animal=animal).earliest("pk").pk),
        "permit": str(permit.pk),
        "scheduled": str(permit.transfer_id),
        "keeper": str(User.objects.get(username="keeper").pk),
    }


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_pages_of_keeping__fit_the_window_and_are_accessible(
    enter: Enter, places: dict[str, str], viewport: dict[str, int], dark: bool
) -> None:
    page = enter("coordinator", viewport=viewport, dark=dark)
    transfers = {f"transfer {pk}": f"transfers/{pk}/" for pk in Transfer.objects.values_list("pk", flat=True)}
    complaints = []
    for name, path in (PATHS | transfers).items():
        place = path.format(**places)
        answer = page.goto(place if place.startswith("/") else f"/programmes/{CODE}/{place}")
        assert answer is not None
        assert answer.ok, f"{name}: {answer.status}"
        complaints += wrong_with(page, name)
    assert not complaints, "\n".join(complaints)


def wrong_with(page: Page, name: str) -> list[str]:
    """Look at the width of a page as it opens, and at all of it with every folded part unfolded."""
    found = overflow(page)
    page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")
    found += chain(overflow(page), axe_violations(page))
    return [f"{name}: {complaint}" for complaint in dict.fromkeys(found)]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_refused_entry__is_accessible_and_leads_to_what_is_wrong(
    enter: Enter, places: dict[str, str], dark: bool
) -> None:
    page = enter("keeper", viewport=PHONE, dark=dark)
    page.goto(f"/programmes/{CODE}/animals/{places['khala']}/log/birth/")
    page.get_by_label("When").fill("the other day")
    follow(page, page.get_by_role("button", name="Save"))
    expect(page.get_by_role("alert").first).to_be_visible()
    assert not wrong_with(page, "refused birth")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_navigation__leads_from_a_phone_to_every_room(enter: Enter, dark: bool) -> None:
    page = enter("coordinator", viewport=PHONE, dark=dark)
    rooms = page.get_by_role("navigation", name="Programme")
    page.get_by_role("button", name="More").click()
    expect(rooms.get_by_role("link", name="Settings")).to_be_visible()
    assert not axe_violations(page)
    assert (
        min(box["height"] for link in rooms.get_by_role("link").all() if (box := link.bounding_box())) >= 44
    )
    rooms.get_by_role("link", name="Journal").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Journal")
