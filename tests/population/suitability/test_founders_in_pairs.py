"""Any founder asked about in the list of pairs, without a lineage of it."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook

from studbook.animals.models import Animal
from studbook.population.basis import Basis
from studbook.population.genetics import lineages as founders_offered
from studbook.population.genetics.lineage_actions import make_lineage
from studbook.population.models import Lineage
from tests.factories import AssumptionFactory, FounderFactory, OverlayFactory
from tests.population.conftest import DEAD, Family

URL = "/programmes/leopards/pairs/"
# 5 and 6 hold half of 2, 9 and 10 a quarter, 7 and 8 nothing.
OF_2 = {"5": 0.5, "6": 0.5, "7": 0.0, "8": 0.0, "9": 0.25, "10": 0.25}


def young_of_2(sire: str, dam: str) -> float:
    return (OF_2[sire] + OF_2[dam]) / 2


@pytest.fixture
def dead_line(family: Family) -> Animal:
    """Return a founder without living descendants."""
    made: Animal = FounderFactory(programme=family.programme, studbook_number="77", **DEAD)
    family.programme.revision += 1
    family.programme.save()
    return made


@pytest.fixture
def founder_2(family: Family, ada: Any) -> Lineage:
    given = {"name": "Founder 2", "founders": [family[2]], "cap": 0.25, "reason": "It is odd."}
    return make_lineage(family.programme, **given, by=ada)


def shares(page: Any) -> dict[tuple[str, str], float]:
    return {(row.sire.number, row.dam.number): row.asked_share for row in page.context["page"].object_list}


def offered(page: Any) -> list[Any]:
    return list(page.context["form"].fields["lineage"].choices)


def test_filter__offers_lineages_first_then_founders_with_genes_in_the_living(
    family: Family, dead_line: Animal, founder_2: Lineage, olga: Any, signed_in: Any
) -> None:
    Animal.objects.filter(studbook_number="3").update(house_name="Old Tom")
    page = signed_in(olga).get(URL)
    founders = [("founder-1", "1"), ("founder-2", "2"), ("founder-3", "3 Old Tom"), ("founder-4", "4")]
    assert offered(page) == [("", "any"), (founder_2.pk, "Founder 2"), ("Founders", founders)]
    assert '<optgroup label="Founders">' in page.text
    assert '<option value="founder-3">3 Old Tom</option>' in page.text
    assert "lineages and founders</summary>" in page.text


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({}, lambda share: True),
        ({"carry": "yes"}, lambda share: share > 0),
        ({"carry": "no"}, lambda share: share == 0),
        ({"share": "12.5"}, lambda share: share <= 0.125),
        ({"share_from": "37.5"}, lambda share: share >= 0.375),
        ({"share_from": "20", "share": "30"}, lambda share: 0.2 <= share <= 0.3),
    ],
)
def test_pairs__by_the_share_of_any_founder_in_their_young(
    family: Family, olga: Any, signed_in: Any, asked: dict[str, str], kept: Any
) -> None:
    every = [(sire, dam) for sire in ("5", "7", "9") for dam in ("6", "8", "10")]
    expected = {pair: young_of_2(*pair) for pair in every if kept(young_of_2(*pair))}
    page = signed_in(olga).get(URL, {"lineage": "founder-2", **asked})
    assert shares(page) == expected
    assert '<th scope="col" class="number">Founder 2</th>' in page.text
    assert '<option value="founder-2" selected>2</option>' in page.text
    assert Lineage.objects.count() == 0


def test_pairs__a_founder_has_the_share_of_its_lineage_and_the_saved_address_its_meaning(
    family: Family, founder_2: Lineage, olga: Any, signed_in: Any
) -> None:
    browser = signed_in(olga)
    of_founder = browser.get(URL, {"lineage": "founder-2", "share": "25"})
    of_lineage = browser.get(URL, {"lineage": founder_2.pk, "share": "25"})
    assert shares(of_founder) == shares(of_lineage) != {}
    assert of_lineage.context["lineage"] == founder_2


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"lineage": "founder-77"}, "no founder whose genes are in the living"),
        ({"lineage": "founder-5"}, "no founder whose genes are in the living"),
        ({"lineage": "founder-"}, "no founder whose genes are in the living"),
        ({"lineage": "founder-2", "carry": "cap"}, "2 is a founder, and only lineages have caps."),
        ({"share_from": "3"}, "Choose the lineage or the founder that is meant"),
    ],
)
def test_pairs__refuse_in_words_who_is_not_offered(
    family: Family, dead_line: Animal, olga: Any, signed_in: Any, asked: dict[str, str], words: str
) -> None:
    page = signed_in(olga).get(URL, asked)
    assert words in page.text
    assert len(page.context["page"].object_list) == 0
    assert signed_in(olga).get(f"{URL}export.csv", asked).status_code == 400


def test_files__hold_the_founder_asked_about_beside_the_lineages(
    family: Family, founder_2: Lineage, olga: Any, signed_in: Any
) -> None:
    Animal.objects.filter(studbook_number="2").update(house_name="=Ada()")
    browser, asked = signed_in(olga), {"lineage": "founder-2", "carry": "yes"}
    body = b"".join(browser.get(f"{URL}export.csv", asked).streaming_content).decode()
    rows = list(csv.DictReader(StringIO(body)))
    found = {(row["sire"], row["dam"]): float(row["young_share_of Founder 2 =Ada()"]) for row in rows}
    assert found == {pair: young_of_2(*pair) for pair in found}
    assert len(found) == 8
    assert [row["young_share Founder 2"] for row in rows] == [
        row["young_share_of Founder 2 =Ada()"] for row in rows
    ]
    book = load_workbook(BytesIO(browser.get(f"{URL}export.xlsx", asked).content))
    assert book.active[1][-1].value == "young_share_of Founder 2 =Ada()"
    plain = b"".join(browser.get(f"{URL}export.csv").streaming_content).decode()
    assert "young_share_of" not in plain


def test_matrix__is_narrowed_by_a_founder_too(family: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(f"{URL}matrix/", {"lineage": "founder-2", "carry": "no"})
    assert page.context["matrix"].shown == 1


def test_founders__that_are_many_stand_by_what_they_gave(
    family: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    basis = Basis(family.programme)
    by_number = [each.studbook_number for each in founders_offered.founders_among_living(basis)]
    assert by_number == ["1", "2", "3", "4"]
    FounderFactory(programme=family.programme, studbook_number="90", sex="F")
    family.programme.revision += 1
    monkeypatch.setattr(founders_offered, "MOST_BY_NUMBER", 4)
    # 5 to 10 hold 1.5 of each of the four; 90 is one animal of its own.
    by_share = [each.studbook_number for each in founders_offered.founders_among_living(basis)]
    assert by_share == ["1", "2", "3", "4", "90"]
    Animal.objects.filter(studbook_number="90").update(number_order=0)
    assert [each.studbook_number for each in founders_offered.founders_among_living(basis)] == by_share


def test_founders__are_those_of_the_basis(family: Family, olga: Any, signed_in: Any) -> None:
    overlay = OverlayFactory(programme=family.programme, name="Looked at")
    for number in (7, 8, 9, 10):
        AssumptionFactory(overlay=overlay, animal=family[number])
    page = signed_in(olga).get(URL, {"overlay": overlay.pk})
    assert [key for key, _ in offered(page)[-1][1]] == ["founder-1", "founder-2"]
