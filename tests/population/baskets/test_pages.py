"""The basket pages: who sees and changes what, what nonsense is answered, how many queries a page asks."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from studbook.animals.models import Animal, ParentKind
from studbook.population.analysis import clear_cache
from studbook.population.baskets.drafts import StepDraft
from studbook.population.baskets.stepping import add_steps
from studbook.population.models import Basket
from tests.factories import AssumptionFactory, BasketFactory, BasketStepFactory, OverlayFactory
from tests.population.conftest import Family

LIST = "/programmes/leopards/genetics/baskets/"
DRAFTS = (
    StepDraft("litter", sire="5", dam="8", litter=2),
    StepDraft("import", sex="F", kinships=(("6", 0.125),)),
    StepDraft("death", animal="7"),
)


@pytest.fixture
def filled(basket: Basket) -> Basket:
    """Return the basket with a litter, an import and a death."""
    add_steps(basket, DRAFTS, by=None)
    basket.refresh_from_db()
    return basket


def at(basket: Basket, rest: str = "") -> str:
    return f"{LIST}{basket.pk}/{rest}"


def test_baskets__lists_each_with_what_it_does(filled: Basket, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(LIST)
    text = page.content.decode()
    assert at(filled) in text
    (line,) = page.context["lines"]
    assert line.reckoning.then.living == 8
    assert "New basket" not in text
    assert "NaN" not in text
    assert "None" not in text


def test_baskets__an_empty_list_says_what_to_do(family: Family, olga: Any, ada: Any, signed_in: Any) -> None:
    assert "The coordinator can make baskets" in signed_in(olga).get(LIST).text
    assert "Make a basket" in signed_in(ada).get(LIST).text


def test_baskets__are_for_the_programmes_people(
    filled: Basket, cy: Any, olga: Any, signed_in: Any, client: Any
) -> None:
    assert client.get(LIST).status_code == 302
    assert signed_in(cy).get(at(filled)).status_code == 404
    assert signed_in(olga).get(at(filled)).status_code == 200
    for rest in ("archive/", "undo/", "copy/", "add/death/"):
        assert signed_in(olga).post(at(filled, rest)).status_code == 403
    assert filled.steps.count() == 3


def test_basket__of_another_programme_is_not_there(family: Family, ada: Any, signed_in: Any) -> None:
    foreign = BasketStepFactory()
    browser = signed_in(ada)
    told = {"opened_version": 1, "reason": "x", "name": "x", "animal": "5"}
    for rest in ("", "edit/", "animals.csv", "steps.xlsx"):
        assert browser.get(at(foreign.basket, rest)).status_code == 404
    for rest in ("archive/", "copy/", "undo/", "add/death/", f"steps/{foreign.pk}/remove/"):
        assert browser.post(at(foreign.basket, rest), told).status_code == 404


def test_basket__shows_steps_effects_and_everybody(filled: Basket, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(at(filled))
    text = page.content.decode()
    assert "2 newcomers: " in text
    assert "Y1, Y2" in text
    assert "kinship 0.1250 with 6 Cat 6" in text
    assert reverse("animal", args=["leopards", "7"]) in text
    assert "leaves" in text
    assert "Take out" not in text
    assert "Add the litter" not in text
    assert "NaN" not in text
    assert "None" not in text


def test_basket__is_made_filled_and_emptied_by_forms(family: Family, ada: Any, signed_in: Any) -> None:
    browser = signed_in(ada)
    made = browser.post(f"{LIST}new/", {"name": "Cubs", "note": ""})
    basket = Basket.objects.get()
    assert made["Location"] == at(basket)
    litter = {"sire": "5", "dam": "8", "litter": "2", "opened_version": 1}
    assert browser.post(at(basket, "add/litter/"), litter, follow=True).status_code == 200
    come = {"sex": "F", "label": "W1", "kinships": "6: 0,125\n", "opened_version": 2}
    assert browser.post(at(basket, "add/import/"), come).status_code == 302
    text = browser.post(
        at(basket, "add/death/"), {"animal": "7", "opened_version": 3}, follow=True
    ).content.decode()
    assert "Added: the death of 7 Cat 7." in text
    assert "Take out step 3" in text
    assert (
        "Undone: the death of 7 Cat 7."
        in browser.post(at(basket, "undo/"), {"opened_version": 4}, follow=True).text
    )
    step = basket.steps.get(place=1)
    gone = browser.post(at(basket, f"steps/{step.pk}/remove/"), {"opened_version": 5}, follow=True)
    assert "The litter of 5 Cat 5 × 8 Cat 8 is taken out." in gone.text
    assert basket.steps.count() == 1


@pytest.mark.parametrize(
    ("kind", "told", "status", "sentence"),
    [
        ("litter", {"sire": "99", "dam": "8", "litter": "1"}, 400, "No animal “99” is in"),
        ("litter", {"sire": "5", "dam": "8", "litter": "x"}, 400, "Give 1 to 12 young."),
        ("litter", {"sire": "7", "dam": "5", "litter": "1"}, 400, "is male and cannot be a dam"),
        ("import", {"sex": "F", "kinships": "6 0.1"}, 400, "Write a line for each relative"),
        ("import", {"sex": "F", "kinships": "6: nan"}, 400, "Write a line for each relative"),
        ("import", {"sex": "F", "kinships": "6: 2"}, 400, "Write a line for each relative"),
        ("import", {"sex": "F", "kinships": "6: 0.1\n" * 21}, 400, "Give 20 at most"),
        ("import", {"sex": "X"}, 400, "Select a valid choice"),
        ("death", {"animal": ""}, 400, "Name the animal by its studbook number."),
        ("inclusion", {"animal": "5"}, 400, "in the population measured already"),
        ("death", {"animal": "5", "opened_version": "9"}, 409, "was changed"),
        ("death", {"animal": "5", "opened_version": ""}, 400, "came without its version"),
        ("party", {"animal": "5"}, 404, ""),
    ],
)
def test_basket_step_new__refuses_at_its_form_and_keeps_what_was_written(
    filled: Basket, ada: Any, signed_in: Any, kind: str, told: dict[str, str], status: int, sentence: str
) -> None:
    page = signed_in(ada).post(at(filled, f"add/{kind}/"), {"opened_version": "2"} | told)
    assert page.status_code == status
    assert sentence in page.text
    assert filled.steps.count() == 3
    if "sire" in told:
        assert f'value="{told["sire"]}"' in page.text


def test_basket_step_remove__says_which_step_needs_it(filled: Basket, ada: Any, signed_in: Any) -> None:
    add_steps(filled, [StepDraft("litter", sire="Y1", dam="I1")], by=None)
    first = filled.steps.get(place=1)
    page = signed_in(ada).post(at(filled, f"steps/{first.pk}/remove/"), {"opened_version": 3})
    assert page.status_code == 409
    assert (
        "Step 1 brings Y1, and step 4, the litter of Y1 × I1, needs it. Take step 4 out first." in page.text
    )
    assert signed_in(ada).post(at(filled, "steps/99999/remove/"), {"opened_version": 3}).status_code == 404
    assert signed_in(ada).post(at(filled, "undo/"), {}).status_code == 400


def test_basket__says_at_its_step_what_cannot_be_any_more(filled: Basket, ada: Any, signed_in: Any) -> None:
    Animal.objects.filter(studbook_number="7").update(status="released")
    clear_cache()
    page = signed_in(ada).get(at(filled))
    assert page.status_code == 200
    assert "1 step cannot be on the book as it stands" in page.text
    assert "is released by the book, so it is not counted any more" in page.text
    assert page.context["reckoning"].then.living == 8


def test_basket__without_figures_says_why(family: Family, filled: Basket, ada: Any, signed_in: Any) -> None:
    Animal.objects.filter(studbook_number="1").update(sire=family[9], sire_kind=ParentKind.KNOWN)
    clear_cache()
    for url in (
        LIST,
        at(filled),
        f"{LIST}beside/?beside={filled.pk}",
        "/programmes/leopards/genetics/dynamic/",
    ):
        page = signed_in(ada).get(url)
        assert page.status_code == 200
        assert "Ancestry loop" in page.text
    assert signed_in(ada).get(at(filled, "animals.csv")).status_code == 409


def test_basket__of_nobody_living_has_no_number(programme: Any, ada: Any, signed_in: Any) -> None:
    basket = BasketFactory(programme=programme)
    page = signed_in(ada).get(at(basket))
    assert page.status_code == 200
    assert "NaN" not in page.text
    come = {"sex": "F", "opened_version": 1}
    assert signed_in(ada).post(at(basket, "add/import/"), come, follow=True).status_code == 200
    assert signed_in(ada).get(at(basket)).context["reckoning"].then.living == 1


def test_basket__stands_on_overlays_and_keeps_to_them(
    family: Family, filled: Basket, ada: Any, signed_in: Any
) -> None:
    overlay = OverlayFactory(programme=family.programme, name="Letters")
    AssumptionFactory(overlay=overlay, animal=family[7])
    page = signed_in(ada).get(at(filled) + f"?overlay={overlay.pk}")
    assert "Not as recorded" in page.text
    assert page.context["reckoning"].now.living == 5
    added = signed_in(ada).post(
        at(filled, f"add/death/?overlay={overlay.pk}"), {"animal": "9", "opened_version": 2}
    )
    assert added["Location"] == at(filled) + f"?overlay={overlay.pk}"


def test_basket__is_renamed_copied_archived_and_restored(filled: Basket, ada: Any, signed_in: Any) -> None:
    browser = signed_in(ada)
    assert "Cubs" in browser.get(at(filled, "edit/")).text
    told = {"name": "Cubs of 2025", "note": "Why not", "opened_version": 2}
    assert browser.post(at(filled, "edit/"), told)["Location"] == at(filled)
    assert browser.post(at(filled, "edit/"), told).status_code == 409
    refused = browser.post(at(filled, "copy/"), {"name": "cubs of 2025"})
    assert refused.status_code == 400
    assert "exists already" in refused.text
    copied = browser.post(at(filled, "copy/"), {"name": "Second"}, follow=True)
    assert "Second holds the steps of Cubs of 2025." in copied.text
    browser.post(at(filled, "archive/"), {"opened_version": 3, "reason": "Tried."})
    shown = browser.get(at(filled))
    assert "This basket is archived" in shown.text
    assert "Add the litter" not in shown.text
    assert browser.post(at(filled, "add/death/"), {"animal": "9", "opened_version": 4}).status_code == 409
    assert "is in use again" in browser.post(at(filled, "restore/"), {"opened_version": 4}, follow=True).text


def test_basket__exports_everybody_and_every_step(filled: Basket, olga: Any, signed_in: Any) -> None:
    browser = signed_in(olga)
    answer = browser.get(at(filled, "animals.csv"))
    rows = list(csv.DictReader(StringIO(answer.getvalue().decode())))
    assert {row["animal"] for row in rows} == {"5", "6", "7", "8", "9", "10", "Y1", "Y2", "I1"}
    by_animal = {row["animal"]: row for row in rows}
    assert by_animal["7"]["movement"] == "leaves"
    assert by_animal["Y1"]["newcomer"] == "yes"
    assert float(by_animal["5"]["mean_kinship_now"]) == pytest.approx(1.125 / 6)
    steps = list(csv.DictReader(StringIO(browser.get(at(filled, "steps.csv")).getvalue().decode())))
    assert [row["what"] for row in steps] == [
        "now",
        "litter of 5 Cat 5 × 8 Cat 8",
        "import of I1",
        "death of 7 Cat 7",
    ]
    assert steps[1]["brings"] == "Y1 Y2"
    for name in ("animals", "steps"):
        sheet = load_workbook(BytesIO(browser.get(at(filled, f"{name}.xlsx")).content)).active
        assert sheet.max_row in (10, 5)


def test_basket__asks_few_queries_however_many_steps(
    filled: Basket, ada: Any, signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    browser = signed_in(ada)
    browser.get(at(filled))
    with django_assert_max_num_queries(30) as few:
        browser.get(at(filled))
    before = len(few)
    add_steps(
        filled, [StepDraft("litter", sire="5", dam="Y1"), StepDraft("litter", sire="9", dam="6")], by=None
    )
    with django_assert_max_num_queries(before):
        browser.get(at(filled))


def test_pair_page__puts_a_litter_into_a_basket(filled: Basket, ada: Any, olga: Any, signed_in: Any) -> None:
    pair = "/programmes/leopards/pairs/9/8/"
    assert "Try a litter in a what-if basket" not in signed_in(olga).get(pair).text
    assert "Try a litter in a what-if basket" in signed_in(ada).get(pair).text
    told = {"sire": "9", "dam": "8", "litter": "2", "basket": str(filled.pk), "name": ""}
    put = signed_in(ada).post(f"{LIST}pair/", told, follow=True)
    assert "A litter of 9 × 8 is in the basket Cubs." in put.text
    new = signed_in(ada).post(f"{LIST}pair/", told | {"basket": "", "name": "New"})
    assert new["Location"] == at(Basket.objects.get(name="New"))
    refused = signed_in(ada).post(f"{LIST}pair/", told | {"basket": "", "name": ""})
    assert refused.status_code == 400
    assert "A basket needs a name" in refused.text
    assert signed_in(ada).post(f"{LIST}pair/", told | {"basket": "x"}).status_code == 400
    assert signed_in(ada).post(f"{LIST}pair/", {}).status_code == 400
