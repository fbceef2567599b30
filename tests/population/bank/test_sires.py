"""Banked sires, dead or alive, in the list of pairs, on the page of a pair, and in baskets."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.urls import reverse

from pedigree.mating import what_if_offspring
from studbook.animals.models import Animal
from studbook.population.bank.sires import NOTHING_STORED, stock_words, stored_of, stored_sires
from studbook.population.basis import Basis
from studbook.population.baskets.drafts import StepDraft
from studbook.population.baskets.engine import steps_of
from studbook.population.baskets.reckoning import reckoned
from studbook.population.baskets.stepping import add_steps
from studbook.population.suitability.judging import BANK_ONLY, WITH_BANK, judged_pairs
from studbook.population.wider import analysis_with
from studbook.reproduction.bank.queries import EVERY_ACCOUNT, banked_sires
from studbook.reproduction.models import Sample
from tests.factories import AssumptionFactory, BasketFactory, FounderFactory, OverlayFactory, SampleFactory
from tests.population.conftest import DEAD, Family

PAIRS = "/programmes/leopards/pairs/"


@pytest.fixture
def donor(family: Family) -> Animal:
    """Return a founder that died without young, of whom two doses of three straws are in the savings."""
    male: Animal = FounderFactory(
        programme=family.programme, studbook_number="77", house_name="Amur", sex="M", **DEAD
    )
    SampleFactory(
        programme=family.programme, donor=male, institution=family.kazan, units_stored=7, per_dose=3
    )
    return male


def test_stored_sires__are_males_with_a_whole_dose(family: Family, donor: Animal) -> None:
    SampleFactory(
        programme=family.programme, donor=family[9], institution=family.zoo, units_stored=2, per_dose=3
    )
    SampleFactory(
        programme=family.programme, donor=family[5], institution=family.zoo, account=Sample.Account.RESERVE
    )
    assert {number: each.doses for number, each in stored_sires(family.programme).items()} == {"77": 2}
    assert stored_of(family[5]) is None
    reserve = stored_of(family[5], accounts=EVERY_ACCOUNT)
    assert reserve is not None
    assert stock_words(reserve) == "In store: 6 straws at Zoo A (national reserve); 6 doses in all."


def test_judged_pairs__take_the_dead_from_the_bank(family: Family, donor: Animal) -> None:
    basis = Basis(family.programme)
    only, both, living = (judged_pairs(basis, sires) for sires in (BANK_ONLY, WITH_BANK, ""))
    assert {row.sire.number for row in only} == {"77"}
    assert len(both) == len(living) + len(only)
    analysis = analysis_with(basis, ["77"])
    for row in only:
        rows = analysis.population.row("77"), analysis.population.row(row.dam.number)
        expected = what_if_offspring(analysis.kinship, analysis.measured, *rows)
        assert row.numbers.delta_gd == pytest.approx(expected.delta_gd, abs=1e-15)
        assert (row.sire.doses, row.sire.alive, row.sire.holder) == (2, False, family.kazan)
    # The numbers of living pairs do not move.
    numbers = {(row.sire.number, row.dam.number): row.numbers for row in living}
    assert {(row.sire.number, row.dam.number): row.numbers for row in both if row.sire.alive} == numbers


def test_judged_pairs__take_a_living_male_of_any_age_from_the_bank(family: Family) -> None:
    family.programme.male_last_breeding_years = 3
    family.programme.save()
    SampleFactory(programme=family.programme, donor=family[5], institution=family.zoo)
    basis = Basis(family.programme)
    assert "5" not in {row.sire.number for row in judged_pairs(basis)}
    assert {row.sire.number for row in judged_pairs(basis, BANK_ONLY)} == {"5"}


def test_pairs__of_a_male_that_an_overlay_leaves_out_are_none(
    family: Family, donor: Animal, olga: Any, signed_in: Any
) -> None:
    SampleFactory(programme=family.programme, donor=family[5], institution=family.zoo)
    overlay = OverlayFactory(programme=family.programme)
    AssumptionFactory(overlay=overlay, animal=family[5], kind="excluded", reason="Hybrid.")
    basis = Basis(family.programme, (overlay,))
    assert {row.sire.number for row in judged_pairs(basis, BANK_ONLY)} == {"77"}
    client = signed_in(olga)
    for page in (PAIRS, f"{PAIRS}matrix/"):
        assert client.get(page, {"animal": "5", "overlay": overlay.pk}).status_code == 200


def test_pairs_page__marks_banked_sires_with_their_doses(
    family: Family, donor: Animal, olga: Any, signed_in: Any
) -> None:
    client = signed_in(olga)
    page = client.get(PAIRS, {"sires": "only"}).content.decode()
    assert "banked: 2 doses" in page
    assert "dead" in page
    assert "banked: 2 doses" not in client.get(PAIRS).content.decode()
    text = b"".join(client.get(f"{PAIRS}export.csv", {"sires": "only"}).streaming_content).decode()
    rows = list(csv.DictReader(StringIO(text)))
    assert {row["sire_age_note"] for row in rows} == {"banked: 2 doses, dead"}
    assert client.get(PAIRS, {"sires": "x\x00"}).status_code == 200


def test_pair_page__of_a_dead_donor_and_a_living_dam(
    family: Family, donor: Animal, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(f"{PAIRS}77/8/")
    text = page.content.decode()
    assert page.context["pair"].refusal == ""
    assert "By a banked sample; not ranked" in text
    assert "In store: 7 straws at Kazan (savings); 2 doses in all." in text
    assert "77 Amur is dead and counts no more among the living" in text
    assert "Semen of 77 Amur is at Kazan and 8 Cat 8 lives at Kazan" in text
    assert [each.name for each in page.context["told"].methods] == ["Insemination, a banked sample"]


@pytest.mark.parametrize(
    ("status", "age", "told"),
    [
        ("dead", "dead; 2 doses of his semen are in store", "77 Amur is dead and counts no more"),
        ("released", "released; 2 doses", "77 Amur was released and counts no more"),
        ("lost", "lost to follow-up; 2 doses", "77 Amur is lost to follow-up and counts no more"),
    ],
)
def test_pair_page__calls_a_donor_that_is_gone_by_what_became_of_him(
    family: Family, donor: Animal, olga: Any, signed_in: Any, status: str, age: str, told: str
) -> None:
    death = {} if status == "dead" else {"death_earliest": None, "death_latest": None, "death_text": ""}
    Animal.objects.filter(pk=donor.pk).update(status=status, **death)
    page = signed_in(olga).get(f"{PAIRS}77/8/")
    assert age in page.context["sire_age"]
    assert told in page.text


def test_pair_page__of_a_dead_male_without_semen_says_so(family: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(f"{PAIRS}1/8/")
    assert (
        "no dose of his semen is in store for use, so the pair cannot breed" in page.context["pair"].refusal
    )


def test_pair_page__of_a_living_sire_tells_his_straws(family: Family, olga: Any, signed_in: Any) -> None:
    client = signed_in(olga)
    recorded = client.get(f"{PAIRS}5/8/").context["told"].methods[2].recorded
    assert recorded == NOTHING_STORED
    SampleFactory(programme=family.programme, donor=family[5], institution=family.zoo)
    recorded = client.get(f"{PAIRS}5/8/").context["told"].methods[2].recorded
    assert recorded == "In store: 6 straws at Zoo A (savings); 6 doses in all."


@pytest.mark.parametrize(
    ("samples", "told"),
    [
        ([(1, "straw")], "1 straw of his is in store, not enough for a dose."),
        ([(1, "straw"), (1, "straw")], "2 straws of his are in store, not enough for a dose."),
        ([(1, "straw"), (1, "vial")], "1 straw and 1 vial of his are in store, not enough for a dose."),
    ],
)
def test_pair_page__of_a_sire_with_less_than_a_dose_says_so(
    samples: list[tuple[int, str]], told: str, family: Family, olga: Any, signed_in: Any
) -> None:
    for units, unit in samples:
        SampleFactory(
            programme=family.programme,
            donor=family[5],
            institution=family.zoo,
            units_stored=units,
            unit=unit,
            per_dose=2,
        )
    banked = signed_in(olga).get(f"{PAIRS}5/8/").context["told"].methods[2]
    assert banked.recorded == told
    assert banked.asks.startswith("Semen of 5 Cat 5 frozen while he can give it.")


def test_pair_page__of_a_dam_that_is_dead_is_refused(
    family: Family, donor: Animal, olga: Any, signed_in: Any
) -> None:
    assert "cannot breed" in signed_in(olga).get(f"{PAIRS}77/2/").context["pair"].refusal


def test_basket__takes_a_litter_of_a_dead_donor_who_does_not_count(
    family: Family, donor: Animal, ada: Any, signed_in: Any
) -> None:
    basket = BasketFactory(programme=family.programme)
    address = reverse("basket_step_new", args=["leopards", basket.pk, "litter"])
    answer = signed_in(ada).post(address, {"sire": "77", "dam": "8", "litter": "2", "opened_version": 1})
    assert answer.status_code == 302
    found = reckoned(Basis(family.programme), list(steps_of(basket)))
    assert found.then.living == found.now.living + 2
    assert found.steps[0].cautions == (
        "77 Amur is dead: the young need stored semen. In store: 7 straws at Kazan (savings); 2 doses in all.",
    )
    donor.samples.update(units=1)
    found = reckoned(Basis(family.programme), list(steps_of(basket)))
    assert found.steps[0].cautions[0].endswith("1 straw of his is in store, not enough for a dose.")
    donor.samples.update(units=0)
    found = reckoned(Basis(family.programme), list(steps_of(basket)))
    assert found.steps[0].cautions[0].endswith("No semen of his is in store.")


def test_basket__reads_the_stock_of_all_its_sires_once(
    family: Family, donor: Animal, django_assert_num_queries: Any
) -> None:
    other = FounderFactory(programme=family.programme, studbook_number="78", sex="M", **DEAD)
    SampleFactory(programme=family.programme, donor=other, institution=family.zoo)
    basket = BasketFactory(programme=family.programme)
    drafts = [StepDraft("litter", sire=sire, dam="8") for sire in ("77", "78", "77", "5")]
    add_steps(basket, drafts, by=None)
    steps, basis = list(steps_of(basket)), Basis(family.programme)
    reckoned(basis, steps)
    with django_assert_num_queries(1 + 1):  # the caps, the stock
        found = reckoned(basis, steps)
    assert ["In store: " in "".join(each.cautions) for each in found.steps] == [True, True, True, False]
    assert "at Zoo A" in found.steps[1].cautions[0]


def test_stored_of__is_of_one_male(family: Family, donor: Animal) -> None:
    SampleFactory(programme=family.programme, donor=family[5], institution=family.zoo)
    (own,) = banked_sires(family.programme, donors=[donor])
    assert own.animal == donor
    assert stored_of(donor) == own
    assert banked_sires(family.programme, donors=[]) == []
