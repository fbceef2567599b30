"""The index and the lineages in the list of pairs: worked out, filtered, sorted, exported."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook

from studbook.population.analysis import analysis_of
from studbook.population.basis import Basis
from studbook.population.explanation import explained_pair
from studbook.population.genetics.lineage_actions import make_lineage
from studbook.population.models import Lineage
from studbook.population.pair_forms import PairFilterForm
from studbook.population.pairs import PairList
from studbook.population.suitability.judging import BANK_ONLY, SIRES, WITH_BANK, judged_pairs
from tests.factories import MateThresholdsFactory, SampleFactory, animal_at
from tests.population.conftest import Family

URL = "/programmes/leopards/pairs/"
GOOD = {("5", "8"), ("7", "6")}


@pytest.fixture
def founder_2(family: Family, ada: Any) -> Lineage:
    given = {"name": "=Founder 2", "founders": [family[2]], "cap": 0.25, "reason": "It is odd."}
    return make_lineage(family.programme, **given, by=ada)


def judged(family: Family) -> PairList:
    return judged_pairs(Basis(family.programme))


def couples(pairs: PairList) -> set[tuple[str, str]]:
    return {(row.sire.number, row.dam.number) for row in pairs}


def narrowed(family: Family, **wanted: object) -> set[tuple[str, str]]:
    every = judged(family)
    words = {key: str(value) for key, value in wanted.items()}
    form = PairFilterForm(words, breeders=every.breeders, lineages=every.lineages)
    assert form.is_valid(), form.errors
    return couples(form.narrowed(every))


def test_judged_pairs__only_two_are_no_kin(family: Family) -> None:
    # All others have an F of .125 or more; no birth among so few raises gene diversity.
    told = {(row.sire.number, row.dam.number): row.suitability for row in judged(family)}
    assert {
        couple: each.index for couple, each in told.items() if each and not each.is_dash
    } == dict.fromkeys(GOOD, 4)
    sibs = told["5", "6"]
    assert sibs
    assert "too-close" in sibs.rules


def test_judged_pairs__the_limit_is_the_programmes_own(family: Family) -> None:
    family.programme.offspring_inbreeding_limit = 0.2
    cousins = next(row for row in judged(family) if (row.sire.number, row.dam.number) == ("9", "10"))
    assert cousins.suitability
    assert cousins.suitability.index == 6


def test_judged_pairs__thresholds_are_the_programmes_own(family: Family) -> None:
    MateThresholdsFactory(programme=family.programme, inbreeding=0, high_inbreeding=0, unknown=0)
    family.programme.offspring_inbreeding_limit = 0.2
    cousins = next(row for row in judged(family) if (row.sire.number, row.dam.number) == ("9", "6"))
    assert cousins.suitability
    assert cousins.suitability.inbreeding_step == 2


def test_judged_pairs__share_of_young_is_the_mean_of_the_parents(family: Family, founder_2: Lineage) -> None:
    shares = {(row.sire.number, row.dam.number): row.shares for row in judged(family)}
    assert shares["5", "6"] == (0.5,)
    assert shares["5", "10"] == (0.375,)
    assert shares["7", "8"] == (0.0,)


def test_judged_pairs__as_many_queries_whatever_the_size(
    family: Family, founder_2: Lineage, django_assert_num_queries: Any
) -> None:
    analysis_of(family.programme)
    with django_assert_num_queries(7):
        judged(family)[:9]
    for number in range(20, 40):
        animal_at(family.zoo, programme=family.programme, studbook_number=str(number), sex="FM"[number % 2])
    type(family.programme).objects.update(revision=7)
    family = replace(family, programme=type(family.programme).objects.get())
    analysis_of(family.programme)
    with django_assert_num_queries(7):
        assert len(judged(family)[:50]) == 50


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"suitability": 4}, GOOD),
        ({"suitability": 3}, set()),
        ({"carry": "no"}, {("7", "8")}),
        ({"carry": "cap"}, {("5", "8"), ("7", "6"), ("7", "8"), ("7", "10"), ("9", "8"), ("9", "10")}),
        ({"share": 12.5}, {("7", "8"), ("7", "10"), ("9", "8")}),
        ({"share": 25, "carry": "yes", "suitability": 6}, GOOD),
    ],
)
def test_narrowed__by_index_and_lineage(
    family: Family, founder_2: Lineage, wanted: dict[str, object], expected: set[object]
) -> None:
    if wanted.keys() & {"carry", "share"}:
        wanted = wanted | {"lineage": founder_2.pk}
    assert narrowed(family, **wanted) == expected


def test_narrowed__sorts_by_index_with_dashes_last(family: Family) -> None:
    every = judged(family)
    form = PairFilterForm({"order": "suitability"}, breeders=every.breeders)
    order = [row.suitability.index for row in form.narrowed(every) if row.suitability]
    assert order == [4, 4, 0, 0, 0, 0, 0, 0, 0]


def test_filter_form__a_share_needs_its_lineage_and_a_cap_one_that_has_it(
    family: Family, founder_2: Lineage
) -> None:
    Lineage.objects.update(cap=None)
    every = judged(family)
    for words, field in (({"share": "3"}, "lineage"), ({"carry": "yes"}, "lineage"), ({"carry": "cap", "lineage": str(founder_2.pk)}, "carry")):  # fmt: skip
        form = PairFilterForm(words, breeders=every.breeders, lineages=every.lineages)
        assert not form.is_valid()
        assert list(form.errors) == [field]
        assert len(form.narrowed(every)) == 0


def test_pairs__shows_the_index_and_the_lineage_asked_about(
    family: Family, founder_2: Lineage, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(URL, {"lineage": founder_2.pk, "carry": "no", "order": "suitability"})
    text = page.content.decode()
    assert page.status_code == 200
    assert page.context["lineage"] == founder_2
    assert 'class="suit suit-0"' in text
    assert 'data-label="=Founder 2">0.0 %' in text
    assert "/programmes/leopards/pairs/matrix/?lineage=" in text
    assert "by the <a" in text
    assert signed_in(olga).get(URL, {"lineage": "999"}).context["page"].object_list == []


def test_pairs__says_when_the_programme_differs_from_the_published(
    family: Family, olga: Any, signed_in: Any
) -> None:
    MateThresholdsFactory(programme=family.programme, mk_deviations=0.5)
    text = signed_in(olga).get(URL).content.decode()
    assert "Not the published thresholds." in text
    assert "difference of mean kinships (0.50 SD, published 1.00 SD)" in text
    assert "limit of offspring inbreeding" not in text


def test_pairs_export__carries_index_rules_and_shares(
    family: Family, founder_2: Lineage, olga: Any, signed_in: Any
) -> None:
    body = b"".join(signed_in(olga).get(f"{URL}export.csv")).decode()
    rows = {(row["sire"], row["dam"]): row for row in csv.DictReader(StringIO(body))}
    good, sibs = rows["5", "8"], rows["5", "6"]
    assert (good["suitability"], good["suitability_by_gd"], good["suitability_rules"]) == ("4", "4", "")
    assert sibs["suitability"] == "dash"
    assert "too-close" in sibs["suitability_rules"].split()
    # A spreadsheet must not take the name for a formula.
    assert (good["young_share =Founder 2"], sibs["young_share =Founder 2"]) == ("0.25", "0.5")
    book = load_workbook(BytesIO(signed_in(olga).get(f"{URL}export.xlsx", {"suitability": "4"}).content))
    sheet = [[cell.value for cell in line] for line in book.active]
    assert len(sheet) == 3
    assert sheet[1][sheet[0].index("suitability")] == 4


def test_explained_pair__has_the_index_that_the_list_has(family: Family) -> None:
    basis = Basis(family.programme)
    for row in judged_pairs(basis):
        assert explained_pair(basis, row.sire.animal, row.dam.animal).suitability == row.suitability


@pytest.mark.parametrize("sires", SIRES)
def test_judged_pairs__of_any_sires_have_the_index_of_the_pairs_own_page(family: Family, sires: str) -> None:
    # So that no pair is a dash, and the bands of the few sires in store are not those of all.
    family.programme.offspring_inbreeding_limit = 1
    place = {"programme": family.programme, "institution": family.zoo}
    stranger = animal_at(family.zoo, sex="M", programme=family.programme, studbook_number="77")
    for donor in (family[1], family[5], stranger):
        SampleFactory(donor=donor, units_stored=3, **place)
    basis = Basis(family.programme)
    listed = {(row.sire.number, row.dam.number): row for row in judged_pairs(basis, sires)}
    if sires in (WITH_BANK, BANK_ONLY):
        assert {sire for sire, _ in listed} >= {"1", "5", "77"}
    for row in listed.values():
        assert explained_pair(basis, row.sire.animal, row.dam.animal).suitability == row.suitability


def test_pair__shows_the_four_ingredients_and_the_rule(family: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(f"{URL}5/6/")
    told = page.context["suitability"]
    assert [part.gives for part in told.ingredients] == [str(told.told.band), "nothing", "a dash", "nothing"]
    text = page.content.decode()
    assert "A dash, not without advice" in text
    assert "reaches the limit of 0.1250" in text
    assert "suitability" not in signed_in(olga).get(f"{URL}5/9/").context
