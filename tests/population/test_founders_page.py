import csv
from io import StringIO
from typing import Any

import numpy as np
import pytest
from django.urls import reverse

from pedigree.founders import founder_table
from pedigree.structure import UNKNOWN, Pedigree, Record
from studbook.animals.models import Animal
from studbook.population.basis import Basis
from studbook.population.genetics.founder_figure import difference_bars, founder_figure
from studbook.population.genetics.founder_reach import living_descendants
from studbook.population.genetics.founders import founders_on
from tests.factories import AnimalFactory, AssumptionFactory, OverlayFactory, animal_at
from tests.population.conftest import Family

URL = "/programmes/leopards/genetics/founders/"
CSV = f"{URL}export.csv"


def _half_known(family: Family) -> Animal:
    """Return a living daughter of 5 whose dam nobody recorded."""
    return animal_at(family.zoo, programme=family.programme, studbook_number="11", sire=family[5])


def test_living_descendants__of_a_missing_parent_are_those_of_its_young() -> None:
    records = [Record("1"), Record("2", "1"), Record("3", UNKNOWN, "2"), Record("4")]
    pedigree = Pedigree.from_records(records)
    living = pedigree.mask(["2", "3", "4"])
    table = founder_table(pedigree, living)
    counts = dict(
        zip(table.labels(pedigree), living_descendants(pedigree, table, living).tolist(), strict=True)
    )
    assert counts == {"1": 2, "dam of 2": 2, "sire of 3": 1, "4": 0}


def test_living_descendants__carry_what_a_twin_or_a_litter_shares() -> None:
    of_two = (("1", 0.5), (UNKNOWN, 0.5))
    records = [
        Record("1"),
        Record("2", twin_of="1"),
        Record("3", "2", "9"),
        Record("9"),
        Record("4", of_two, "9", litter="a"),
        Record("5", of_two, "9", litter="a"),
        Record("6", of_two, "9"),
    ]
    pedigree = Pedigree.from_records(records)
    living = pedigree.mask(["2", "3", "4", "5", "6"])
    table = founder_table(pedigree, living)
    counts = dict(
        zip(table.labels(pedigree), living_descendants(pedigree, table, living).tolist(), strict=True)
    )
    assert counts == {"1": 5, "9": 4, "sire of 4": 2, "sire of 6": 1}


def test_founders_on__four_founders_of_two_families(family: Family) -> None:
    told = founders_on(Basis(family.programme), known_only=False)
    assert [row.label for row in told.rows] == ["1", "2", "3", "4"]
    assert {row.origin for row in told.rows} == {"wild"}
    assert [row.contribution for row in told.rows] == [0.25] * 4
    assert [row.descendants for row in told.rows] == [4] * 4
    assert [row.representation for row in told.rows] == [1.5] * 4
    assert (told.contribution, told.representation, told.equivalents) == (1.0, 6.0, 4.0)
    assert told.target == pytest.approx(1)
    assert told.surviving == pytest.approx(sum(row.retention or 0 for row in told.rows))
    # 5 and 6 hold all that survives of 1: each gene missed both with probability 1/4.
    for row in told.rows:
        assert row.retention == pytest.approx(0.75, abs=5 * (row.retention_error or 0))
        assert row.lost == 0  # its young have one of its two genes whatever happens


def test_founders_on__unknown_parents_count_or_are_left_out(family: Family) -> None:
    _half_known(family)
    every = founders_on(Basis(family.programme), known_only=False)
    known = founders_on(Basis(family.programme), known_only=True)
    phantom = next(row for row in every.rows if row.role == "dam")
    assert (phantom.label, phantom.origin, phantom.sex) == ("dam of 11", "not recorded", "F")
    assert phantom.contribution == pytest.approx(0.5 / 7)
    assert phantom.retention == 0.5
    assert [row.label for row in known.rows] == ["1", "2", "3", "4"]
    assert sum(row.contribution for row in known.rows) == pytest.approx(1)


def test_founder_figure__draws_the_greatest_and_counts_the_rest(
    family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studbook.population.genetics.founder_figure.MOST_DRAWN", 3)
    rows = founders_on(Basis(family.programme), known_only=False).rows
    figure = founder_figure(rows)
    assert figure is not None
    assert (len(figure.bars), figure.left_out) == (3, 1)
    assert founder_figure([]) is None


def test_difference_bars__grow_to_either_side_of_the_middle(family: Family) -> None:
    rows = founders_on(Basis(family.programme), known_only=False).rows
    bars = difference_bars(rows)
    for row, bar in zip(rows, bars, strict=True):
        assert bar is not None
        assert row.difference is not None
        assert bar.above == (row.difference > 0)
        assert bar.x == 36 if bar.above else bar.x + bar.width == pytest.approx(36)


def test_founders__lists_each_with_a_way_to_its_descendants(
    family: Family, olga: Any, signed_in: Any
) -> None:
    AnimalFactory(programme=family.programme, studbook_number="99", status="lost")
    page = signed_in(olga).get(URL)
    assert page.status_code == 200
    text = page.content.decode()
    assert reverse("founder", args=["leopards", "1", "self"]) in text
    assert reverse("algorithm", args=["allele-retention"]) in text
    assert "1 founder whose line died out" in text
    assert "10,000 drops, seed 1" in text
    assert "Watch a lineage" not in text
    assert ">None<" not in text
    assert "nan" not in text


@pytest.mark.parametrize(
    ("order", "first"), [("founder", "1"), ("-founder", "dam of 11"), ("contribution", "dam of 11")]
)
def test_founders__sorts(family: Family, olga: Any, signed_in: Any, order: str, first: str) -> None:
    _half_known(family)
    page = signed_in(olga).get(URL, {"order": order})
    assert page.context["rows"][0][0].label == first


@pytest.mark.parametrize("query", [{"order": "beauty"}, {"unknown": "perhaps"}])
def test_founders__nonsense_is_told_and_the_default_shown(
    family: Family, olga: Any, signed_in: Any, query: dict[str, str]
) -> None:
    browser = signed_in(olga)
    page = browser.get(URL, query)
    assert page.status_code == 200
    assert "errorlist" in page.content.decode()
    assert len(page.context["rows"]) == 4
    assert browser.get(CSV, query).status_code == 400


def test_founders__an_empty_book_says_so(programme: Any, olga: Any, signed_in: Any) -> None:
    text = signed_in(olga).get(URL).content.decode()
    assert "No animal of this book is recorded as living" in text


def test_founders_csv__holds_dead_lines_too_and_no_formula(family: Family, olga: Any, signed_in: Any) -> None:
    AnimalFactory(programme=family.programme, studbook_number="99", status="lost")
    Animal.objects.filter(studbook_number="1").update(house_name="=SUM()")
    answer = signed_in(olga).get(CSV)
    rows = {
        row["founder"]: row for row in csv.DictReader(StringIO(b"".join(answer.streaming_content).decode()))
    }
    assert list(rows) == ["1", "2", "3", "4", "99"]
    assert (rows["1"]["house_name"], float(rows["1"]["contribution"])) == ("'=SUM()", 0.25)
    assert float(rows["99"]["contribution"]) == 0
    retention = founders_on(Basis(family.programme), known_only=False).rows[0].retention
    assert float(rows["1"]["retention"]) == retention


def test_founder__lists_the_living_by_share(family: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(f"{URL}1/self/")
    carriers = page.context["page"].object_list
    assert [(each.animal.studbook_number, each.share) for each in carriers] == [
        ("5", 0.5),
        ("6", 0.5),
        ("9", 0.25),
        ("10", 0.25),
    ]


def test_founder__of_a_missing_dam(family: Family, ada: Any, signed_in: Any) -> None:
    _half_known(family)
    page = signed_in(ada).get(f"{URL}11/dam/")
    assert [each.share for each in page.context["page"].object_list] == [0.5]
    assert "Watch as a lineage" not in page.content.decode()


@pytest.mark.parametrize("path", ["5/self/", "1/sire/", "1/aunt/", "nobody/self/"])
def test_founder__who_is_none_has_no_page(family: Family, olga: Any, signed_in: Any, path: str) -> None:
    assert signed_in(olga).get(f"{URL}{path}").status_code == 404


def test_founders__is_for_the_programmes_people(family: Family, cy: Any, signed_in: Any, client: Any) -> None:
    assert client.get(URL).status_code == 302
    browser = signed_in(cy)
    assert [browser.get(url).status_code for url in (URL, CSV, f"{URL}1/self/")] == [404] * 3


def test_founders__as_many_queries_for_few_animals_as_for_many(
    family: Family, olga: Any, signed_in: Any, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    browser = signed_in(olga)
    browser.get(URL)
    with django_assert_num_queries(7):
        browser.get(URL)
    for number in range(20, 44):
        animal_at(family.zoo, programme=family.programme, studbook_number=str(number), sex="FM"[number % 2])
    family.programme.revision += 1
    family.programme.save()
    browser.get(URL)
    with django_assert_num_queries(7):
        browser.get(URL)


def test_founders_on__known_contributions_are_shares_of_what_is_known(family: Family) -> None:
    _half_known(family)
    known = founders_on(Basis(family.programme), known_only=True)
    copies = np.array([row.representation for row in known.rows])
    assert [row.contribution for row in known.rows] == pytest.approx((copies / copies.sum()).tolist())


def test_founders__kin_founders_leave_out_what_a_gene_drop_tells(
    family: Family, olga: Any, signed_in: Any
) -> None:
    overlay = OverlayFactory(programme=family.programme)
    AssumptionFactory(
        overlay=overlay, kind="related", animal=family[1], other_animal=family[3], kinship=0.125, role=""
    )
    page = signed_in(olga).get(URL, {"overlay": overlay.pk})
    assert page.status_code == 200
    assert page.context["founders"].reason
    assert page.context["rows"][0][0].retention is None
    assert page.context["rows"][0][0].contribution == 0.25
    assert f"overlay={overlay.pk}" in page.content.decode()
