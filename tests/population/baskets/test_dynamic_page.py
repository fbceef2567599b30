"""The dynamic list: its order, its limits, and how its first pairs go into a basket."""

import csv
import re
from io import StringIO
from typing import Any

import pytest

from studbook.population.baskets.drafts import StepDraft
from studbook.population.baskets.stepping import add_steps
from studbook.population.models import Basket, BasketStep
from tests.factories import BasketFactory
from tests.population.baskets.conftest import reckon
from tests.population.conftest import Family

PAGE = "/programmes/leopards/genetics/dynamic/"
OPEN = {"wanted": "4", "per_sire": "", "per_dam": "", "inbreeding": ""}


def test_dynamic__begins_with_usual_limits(family: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(PAGE)
    found = page.context["found"]
    assert (found.limits.wanted, found.limits.per_sire, found.limits.per_dam) == (10, None, 1)
    assert found.limits.inbreeding == family.programme.offspring_inbreeding_limit
    dams = [row.dam.label for row in found.rows]
    assert len(set(dams)) == len(dams)
    assert "Only" in page.text
    assert "Take them" not in page.text
    assert "NaN" not in page.text


def test_dynamic__counts_the_young_of_each_choice(family: Family, olga: Any, signed_in: Any) -> None:
    found = signed_in(olga).get(PAGE, OPEN).context["found"]
    assert len(found.rows) == 4
    now = found.start.after
    for row in found.rows:
        sire = now.mean_kinships[now.row(row.sire.label)]
        assert row.choice.mk_sire == pytest.approx(sire)
        now = now.with_offspring(row.sire.label, row.dam.label)
        assert row.choice.gene_diversity == pytest.approx(now.figures.gene_diversity)


def test_dynamic__starts_from_a_basket(basket: Basket, olga: Any, signed_in: Any) -> None:
    add_steps(basket, [StepDraft("import", sex="F"), StepDraft("death", animal="7")], by=None)
    page = signed_in(olga).get(PAGE, {"basket": str(basket.pk)})
    found = page.context["found"]
    assert found.rows[0].dam.label == "I1"
    assert "7" not in {row.sire.label for row in found.rows}
    assert "After the steps of the basket" in page.text


@pytest.mark.parametrize(
    "asked",
    [
        {"wanted": "0"},
        {"wanted": "61"},
        {"wanted": "x"},
        {"wanted": ""},
        {"wanted": "3", "per_dam": "-1"},
        {"wanted": "3", "inbreeding": "nan"},
        {"wanted": "3", "inbreeding": "2"},
        {"basket": "999"},
        {"basket": "x"},
    ],
)
def test_dynamic__says_at_its_field_what_cannot_be_read(
    family: Family, olga: Any, signed_in: Any, asked: dict[str, str]
) -> None:
    page = signed_in(olga).get(PAGE, asked)
    assert page.status_code == 200
    assert page.context["found"] is None
    assert "The limits cannot be read" in page.text
    assert signed_in(olga).get(f"{PAGE}export.csv", asked).status_code == 400


def test_dynamic__limits_that_no_pair_keeps_leave_nobody(family: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(PAGE, OPEN | {"inbreeding": "0"})
    assert "No pair of breeding age keeps within these limits." in page.text


def test_dynamic__exports_the_list(family: Family, olga: Any, signed_in: Any) -> None:
    answer = signed_in(olga).get(f"{PAGE}export.csv", OPEN)
    rows = list(csv.DictReader(StringIO(answer.getvalue().decode())))
    assert [row["place"] for row in rows] == ["1", "2", "3", "4"]
    assert rows[0]["sire_name"].startswith("Cat ")
    assert signed_in(olga).get(f"{PAGE}export.xlsx", OPEN).status_code == 200


def test_accept__puts_the_first_pairs_into_a_new_basket(family: Family, ada: Any, signed_in: Any) -> None:
    browser = signed_in(ada)
    found = browser.get(PAGE, OPEN).context["found"]
    told = {"first": "2", "basket": "", "name": "Two", "shown": found.digest}
    address = f"{PAGE}accept/?wanted=4&per_sire=&per_dam=&inbreeding="
    put = browser.post(address, told, follow=True)
    assert "The pairs are in the basket Two" in put.text
    basket = Basket.objects.get(name="Two")
    steps = BasketStep.objects.whole().filter(basket=basket)
    assert [(str(step.sire), str(step.dam)) for step in steps] == [
        (str(row.sire.breeder.animal), str(row.dam.breeder.animal)) for row in found.rows[:2]
    ]
    expected = found.rows[1].choice.gene_diversity
    assert reckon(basket).then.gene_diversity == pytest.approx(expected, abs=1e-12)


def test_accept__adds_to_the_basket_it_starts_from(basket: Basket, ada: Any, signed_in: Any) -> None:
    add_steps(basket, [StepDraft("import", sex="F")], by=None)
    browser, asked = signed_in(ada), f"?wanted=2&basket={basket.pk}"
    told = {"first": "1", "basket": str(basket.pk), "shown": digest(browser.get(PAGE + asked))}
    answer = browser.post(f"{PAGE}accept/{asked}", told)
    assert answer.status_code == 302
    last = BasketStep.objects.whole().filter(basket=basket).last()
    assert last is not None
    assert str(last.dam_newcomer) == "I1"


def test_accept__takes_no_other_pairs_than_were_shown(
    family: Family, basket: Basket, ada: Any, signed_in: Any
) -> None:
    add_steps(basket, [StepDraft("death", animal="7")], by=None)
    browser, asked = signed_in(ada), f"?wanted=2&basket={basket.pk}"
    told = {"first": "1", "basket": str(basket.pk), "shown": digest(browser.get(PAGE + asked))}
    # The basket that the list starts from is changed, the book is not.
    add_steps(basket, [StepDraft("import", sex="F")], by=None)
    page = browser.post(f"{PAGE}accept/{asked}", told)
    assert page.status_code == 400
    assert "The list has changed since it was shown" in page.text
    assert basket.steps.count() == 2
    # What is shown now can be accepted.
    assert browser.post(f"{PAGE}accept/{asked}", told | {"shown": digest(page)}).status_code == 302
    last = BasketStep.objects.whole().filter(basket=basket).last()
    assert last is not None
    assert str(last.dam_newcomer) == "I1"


def digest(page: Any) -> str:
    told = re.search(r'name="shown" value="([0-9a-f]{64})"', page.text)
    assert told is not None
    return told[1]


def test_accept__is_refused_when_the_list_has_changed_or_nothing_is_named(
    family: Family, ada: Any, olga: Any, signed_in: Any
) -> None:
    browser, address = signed_in(ada), f"{PAGE}accept/?wanted=2"
    told = {"first": "1", "basket": "", "name": "One", "shown": digest(browser.get(f"{PAGE}?wanted=2"))}
    for wrong, sentence in (
        ({"shown": "0" * 64}, "The list has changed since it was shown"),
        ({"shown": ""}, "This field is required"),
        ({"name": ""}, "A basket needs a name"),
        ({"first": "0"}, "Give a number from 1 to 60."),
        ({"basket": BasketFactory().pk}, "Select a valid choice"),
    ):
        page = browser.post(address, told | wrong)
        assert page.status_code == 400
        assert sentence in page.text
    assert browser.post(f"{PAGE}accept/?wanted=x", told).status_code == 400
    assert browser.post(f"{PAGE}accept/?wanted=1&inbreeding=0", told).status_code == 400
    assert signed_in(olga).post(address, told).status_code == 403
    assert not Basket.objects.filter(programme=family.programme).exists()
