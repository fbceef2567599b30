"""The daily work in a real browser: a litter on a phone, a death confirmed, a transfer between two zoos."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from studbook.accounts.demonstration import PASSWORD
from studbook.accounts.models import InstitutionRole, User
from studbook.animals.entry.litter import next_number
from studbook.animals.models import Animal, Event, Holding, Observation, Ownership
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.transfers.models import Transfer
from tests import factories
from tests.browser.conftest import PHONE, Enter, follow
from tests.browser.moves import BOOK, agree_on_terms, answered, proposed, step, travel
from tests.browser.second_factor import code_of, later_code_of

pytestmark = pytest.mark.browser

FEWER_THAN = 10
TO, TRAVELLER = "TOULOUSE", "1079 Dayana"
PAPER = b"Health certificate of 1079: fit to travel.\n"


@dataclass
class Hands:
    """Counts what a person does: a tap is one, a filled field is one."""

    count: int = 0

    def tap(self, thing: Locator) -> None:
        thing.click()
        self.count += 1

    def fill(self, thing: Locator, words: str) -> None:
        thing.fill(words)
        self.count += 1

    def choose(self, thing: Locator, label: str) -> None:
        thing.select_option(label=label)
        self.count += 1


def newly_at_mulhouse(name: str, sex: str) -> Animal:
    """Add an animal to the demonstration, so that the walks of other tests find theirs as they were."""
    book = Programme.objects.get(code="amur-leopard")
    mulhouse = Institution.objects.get(mnemonic="MULHOUSE")
    return factories.animal_at(
        mulhouse, programme=book, studbook_number=next_number(book), house_name=name, sex=sex
    )


def new_person(name: str, mnemonic: str, role: str) -> User:
    """Return a person like those of the demonstration, with their password."""
    known = User.objects.get(username="registrar")
    person = User.objects.create(username=name, password=known.password)
    InstitutionRole.objects.create(
        user=person, institution=Institution.objects.get(mnemonic=mnemonic), role=role
    )
    return person


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_birth__is_logged_on_a_phone_in_under_ten_interactions(enter: Enter, scripts: bool) -> None:
    dam = newly_at_mulhouse("Mira" if scripts else "Mora", Animal.Sex.FEMALE)
    page, hands = enter("keeper", viewport=PHONE, scripts=scripts), Hands()
    hands.tap(page.get_by_role("navigation", name="Programme").get_by_role("link", name="Log an event"))
    hands.tap(page.get_by_role("link", name=re.compile(dam.studbook_number)))
    hands.tap(page.get_by_role("link", name="Birth", exact=True))
    hands.fill(page.get_by_label("How many young"), "2")
    hands.tap(page.get_by_label("853 Baruto"))
    hands.tap(page.get_by_text("Sex, name and weight of each"))
    for row, sex in ((0, "male"), (1, "female")):
        hands.choose(page.locator(f"#id_young-{row}-sex"), sex)
    hands.tap(page.get_by_role("button", name="Save"))
    expect(page.get_by_text("New in the book")).to_be_visible()
    expect(page.locator(".badge", has_text="provisional").first).to_be_visible()
    cubs = Animal.objects.filter(dam=dam).order_by("number_order")
    assert [(cub.sex, cub.sire.house_name if cub.sire else "") for cub in cubs] == [
        (Animal.Sex.MALE, "Baruto"),
        (Animal.Sex.FEMALE, "Baruto"),
    ]
    assert set(Event.objects.filter(animal__in=cubs).values_list("kind", "provisional")) == {("birth", True)}
    assert hands.count < FEWER_THAN, f"It took {hands.count}."


def test_death__that_a_keeper_logged_is_confirmed_with_one_tap(enter: Enter) -> None:
    animal = newly_at_mulhouse("Orla", Animal.Sex.FEMALE)
    keeper = enter("keeper", viewport=PHONE)
    keeper.goto(f"{BOOK}animals/{animal.studbook_number}/log/death/")
    keeper.get_by_label("Cause").fill("old age")
    follow(keeper, keeper.get_by_role("button", name="Save"))
    expect(keeper.locator(".badge", has_text="provisional").first).to_be_visible()
    registrar, hands = enter("registrar", viewport=PHONE), Hands()
    registrar.goto(f"{BOOK}pending/")
    button = registrar.get_by_role("button", name=re.compile(f"Confirm the death.* {animal}"))
    hands.tap(button)
    expect(button).to_have_count(0)
    death = Event.objects.get(animal=animal, kind=Event.Kind.DEATH)
    assert (death.provisional, death.cause, hands.count) == (False, "old age", 1)


def test_correction__of_what_somebody_changed_meanwhile_shows_both_values(enter: Enter) -> None:
    animal = newly_at_mulhouse("Nika", Animal.Sex.FEMALE)
    first, second = (enter(person, viewport=PHONE) for person in ("registrar", "coordinator"))
    for page in (first, second):
        page.goto(f"{BOOK}animals/{animal.studbook_number}/correct/")
    correct(first, "Nikka")
    expect(first.get_by_role("heading", level=1)).to_contain_text("Nikka")
    correct(second, "Nicka")
    told = second.get_by_role("alert").filter(has_text="Not saved")
    for value in ("Nika", "Nikka", "Nicka"):
        expect(told.get_by_text(value, exact=True)).to_be_visible()
    assert Animal.objects.get(pk=animal.pk).house_name == "Nikka"
    second.get_by_label("I have seen the other values").check()
    follow(second, second.get_by_role("button", name="Save the correction"))
    expect(second.get_by_role("heading", level=1)).to_contain_text("Nicka")


def correct(page: Page, name: str) -> None:
    page.get_by_label("House name").fill(name)
    page.get_by_label("Why").fill("Read on the zoo's card.")
    follow(page, page.get_by_role("button", name="Save the correction"))


def test_weight__saved_with_a_double_tap_is_one(enter: Enter) -> None:
    animal = newly_at_mulhouse("Rana", Animal.Sex.FEMALE)
    page = enter("keeper", viewport=PHONE)
    page.goto(f"{BOOK}animals/{animal.studbook_number}/log/weight/")
    page.get_by_label("Weight").fill("31.5 kg")
    page.get_by_role("button", name="Save").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rana")
    page.wait_for_load_state("networkidle")
    assert Observation.objects.filter(animal=animal, kind=Observation.Kind.WEIGHT).count() == 1


def test_sign_in__asks_for_the_second_factor(enter: Enter) -> None:
    new_person("second", "MULHOUSE", InstitutionRole.Role.KEEPER)
    page = enter("second", viewport=PHONE)
    page.goto("/account/")
    follow(page, page.get_by_role("link", name="Turn it on"))
    page.get_by_label("Password").fill(PASSWORD)
    follow(page, page.get_by_role("button", name="Go on"))
    secret = page.locator(".code-secret").inner_text()
    page.get_by_label("code").fill(code_of(secret))
    follow(page, page.get_by_role("button", name="Turn it on"))
    page.context.clear_cookies()
    page = enter("second", viewport=PHONE, code=lambda: later_code_of(secret))
    expect(page.get_by_role("navigation", name="Programme")).to_be_visible()


def test_transfer__goes_from_proposal_to_arrival_between_two_zoos(enter: Enter) -> None:
    receiver = Institution.objects.get(mnemonic=TO)
    new_person("receiver", TO, InstitutionRole.Role.REGISTRAR)
    here, there = enter("registrar"), enter("receiver")
    pk = proposed(here, "1079", receiver, "To join the group there; the enclosure is ready.")
    answered(there, pk, TRAVELLER)
    agree_on_terms(here, there, pk, "donation")
    permit_granted(here, pk)
    document_kept_and_read(here, there, pk)
    travel(here, there, pk, TRAVELLER, "T-77")
    step(here, pk, "Close")
    expect(here.get_by_text("nothing is left to do")).to_be_visible()
    written(here, pk, receiver)


def permit_granted(page: Page, pk: int) -> None:
    page.goto(f"{BOOK}transfers/{pk}/")
    follow(page, page.get_by_role("link", name="Note a permit"))
    page.get_by_label("Permit", exact=True).select_option(value="eu annex a")
    page.get_by_label("It is").select_option(value="granted")
    page.get_by_label("Number").fill("FR2600200-K")
    follow(page, page.get_by_role("button", name="Note the permit"))
    expect(page.get_by_role("region", name="Table of permits")).to_contain_text("FR2600200-K")


def document_kept_and_read(here: Page, there: Page, pk: int) -> None:
    here.goto(f"{BOOK}transfers/{pk}/documents/new/")
    here.get_by_label("File").set_input_files(
        {"name": "health.txt", "mimeType": "text/plain", "buffer": PAPER}
    )
    here.get_by_label("Title").fill("Health certificate")
    follow(here, here.get_by_role("button", name="Keep it"))
    there.goto(f"{BOOK}transfers/{pk}/")
    link = there.get_by_role("link", name="Health certificate", exact=True).get_attribute("href")
    assert link
    assert there.request.get(link).body() == PAPER


def written(page: Page, pk: int, receiver: Institution) -> None:
    """Read the arrival in both timelines, on the animal's page and in the journal."""
    animal = Animal.objects.get(studbook_number="1079")
    stay = Holding.objects.get(animal=animal, end=None)
    assert (stay.institution, stay.local_id) == (receiver, "T-77")
    assert Ownership.objects.get(animal=animal, end=None).institution == receiver
    assert Transfer.objects.get(pk=pk).state == "closed"
    page.goto(f"{BOOK}animals/1079/")
    expect(page.get_by_role("main")).to_contain_text(f"{receiver.name} as T-77")
    page.goto(f"{BOOK}journal/?animal=1079")
    expect(page.get_by_role("row").filter(has_text="transfer").first).to_contain_text(receiver.name)
