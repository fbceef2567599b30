"""A plan from its first word to the printed final version: a coordinator and three representatives, each at a browser."""

import re
from io import BytesIO

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from studbook.accounts.models import InstitutionRole
from studbook.animals.models import Animal, Holding
from studbook.planning.models import Answer, Plan, PlanVersion
from tests.browser.conftest import PHONE, Enter, follow, go_to
from tests.browser.test_pages import axe_violations, overflow

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PROGRAMME = "/programmes/amur-leopard"
REASON = "Both lines are rare, they live together, and natural mating brought no young: inseminate her with his semen."


@pytest.fixture
def elsewhere() -> tuple[str, str]:
    """Return a male of breeding age at the zoo of the third representative, and a female at that of the second."""
    zoos = [
        InstitutionRole.objects.get(user__username=each, role="representative").institution
        for each in ("representative-3", "representative-2")
    ]
    stays = Holding.objects.open().filter(animal__status="living").select_related("animal")
    found = []
    for zoo, sex in zip(zoos, (Animal.Sex.MALE, Animal.Sex.FEMALE), strict=True):
        held = stays.filter(
            institution=zoo, animal__sex=sex, animal__birth_latest__range=("2014-01-01", "2021-01-01")
        )
        found.append(held.order_by("animal__number_order")[0].animal.studbook_number)
    return found[0], found[1]


def test_plan__from_its_first_word_to_print(
    enter: Enter, browser: Browser, server: str, numbers: dict[str, str], elsewhere: tuple[str, str]
) -> None:
    page = enter("coordinator")
    begin(page)
    recommend(page, numbers["baruto"], numbers["khala"], "insemination, semen of a living sire", REASON)
    recommend(page, *elsewhere, "natural mating", "Their young would be little inbred.", moves="sire")
    plan = Plan.objects.get(title="Breeding plan for the walk")
    step(page, plan, "circulate", "Circulate for comments")
    links = ask(page, plan)

    # One signs in and accepts everything, one answers through a link and cannot, one proposes something else.
    accept_all(enter("representative", viewport=PHONE), plan)
    through_link(browser, server, links["representative-2"])
    propose(enter("representative-3", viewport=PHONE, dark=True), plan)
    words = Answer.objects.filter(row__plan=plan).values_list("word", flat=True)
    assert set(words) == {"accept", "cannot", "propose"}

    page.goto(f"{plan.get_absolute_url()}")
    expect(page.get_by_text("proposes other").first).to_be_visible()
    assert [*overflow(page), *axe_violations(page)] == []
    step(page, plan, "publish", "Publish")
    plan.refresh_from_db()
    assert plan.state == Plan.State.FINAL
    version = plan.versions.get(kind=PlanVersion.Kind.FINAL)
    printed(page, plan, version, numbers)


def begin(page: Page) -> None:
    go_to(page, "Plans")
    follow(page, page.get_by_role("link", name="Begin a plan"))
    page.get_by_label("Title").fill("Breeding plan for the walk")
    page.get_by_label("Litters wanted").fill("2")
    follow(page, page.get_by_role("button", name=re.compile("Begin|Make")))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Breeding plan for the walk")


def recommend(page: Page, sire: str, dam: str, method: str, reason: str, *, moves: str = "") -> None:
    page.goto(f"{PROGRAMME}/pairs/{sire}/{dam}/")
    page.get_by_label("How", exact=True).select_option(label=method)
    if moves:
        page.get_by_label("Who moves").select_option(moves)
    page.get_by_label("Reason").fill(reason)
    follow(page, page.get_by_role("button", name="Recommend this pair"))
    expect(page.get_by_text(reason).first).to_be_visible()


def step(page: Page, plan: Plan, phase: str, label: str) -> None:
    page.goto(f"{plan.get_absolute_url()}steps/{phase}/")
    assert [*overflow(page), *axe_violations(page)] == []
    warnings = page.get_by_label("I have read the warnings")
    if warnings.count():
        warnings.check()
    follow(page, page.get_by_role("button", name=re.compile(label)))
    page.wait_for_url(f"**{plan.get_absolute_url()}")


def ask(page: Page, plan: Plan) -> dict[str, str]:
    """Send the plan to the representatives; without a mail server the links are shown, by person."""
    assert not settings.EMAIL_URL
    follow(page, page.get_by_role("link", name="Answers of the zoos"))
    follow(page, page.get_by_role("button", name="Send the plan to all"))
    lines = page.locator(".ask-links li")
    expect(lines.first).to_be_visible()
    people = {
        str(role.user): role.user.username
        for role in InstitutionRole.objects.filter(role="representative").select_related("user")
    }
    links = {}
    for line in lines.all():
        words = line.inner_text()
        person = next(name for shown, name in sorted(people.items(), reverse=True) if shown in words)
        links[person] = line.locator("code").inner_text()
    return links


def accept_all(page: Page, plan: Plan) -> None:
    follow(page, page.get_by_role("link", name=re.compile(f"{plan.title}: ")))
    assert [*overflow(page), *axe_violations(page)] == []
    follow(page, page.get_by_role("button", name=re.compile("Accept all")).first)
    expect(page.get_by_text("✓ accepted").first).to_be_visible()


def through_link(browser: Browser, server: str, link: str) -> None:
    context = browser.new_context(viewport=PHONE, base_url=server, java_script_enabled=False)
    page = context.new_page()
    page.goto(link)
    expect(page.get_by_text("Sign out")).to_have_count(0)
    page.get_by_text("✕ Cannot …").first.click()
    page.get_by_label("no space").first.check()
    follow(page, page.get_by_role("button", name="Answer: cannot").first)
    expect(page.get_by_text("✕ cannot").first).to_be_visible()
    context.close()


def propose(page: Page, plan: Plan) -> None:
    follow(page, page.get_by_role("link", name=re.compile(f"{plan.title}: ")))
    page.get_by_text("↻ Propose other …").first.click()
    page.get_by_label("What do you propose instead?").first.fill("Send her to him in spring.")
    follow(page, page.get_by_role("button", name="Answer: propose this").first)
    expect(page.get_by_text("proposes other").first).to_be_visible()
    assert [*overflow(page), *axe_violations(page)] == []


def printed(page: Page, plan: Plan, version: PlanVersion, numbers: dict[str, str]) -> None:
    page.goto(f"{plan.get_absolute_url()}versions/{version.number}/")
    expect(page.get_by_text("identical").first).to_be_visible()
    follow(page, page.get_by_role("link", name="Read it as a page"))
    expect(page.get_by_text("insemination with semen of").first).to_be_visible()
    assert [*overflow(page), *axe_violations(page)] == []
    answer = page.request.get(f"{plan.get_absolute_url()}versions/{version.number}/plan.pdf")
    assert answer.ok
    text = " ".join(
        " ".join(sheet.extract_text().split()) for sheet in PdfReader(BytesIO(answer.body())).pages
    )
    for words in ("Khala", "Baruto", "insemination with semen of", "Synthetic", "SB ID", "RECEIVE FROM"):
        assert words in text
