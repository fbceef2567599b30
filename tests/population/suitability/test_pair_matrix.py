"""Males against females: who stands where, what the cells say, one animal's mates, the files."""

import csv
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import urljoin

import pytest
from openpyxl import load_workbook

from studbook.population.basis import Basis
from studbook.population.suitability import matrix_views
from studbook.population.suitability.judging import judged_pairs
from studbook.population.suitability.matrix import PairMatrix, matrix_of
from tests.factories import OverlayFactory, animal_at
from tests.population.conftest import Family

URL = "/programmes/leopards/pairs/matrix/"


def matrix(family: Family, order: str = "number") -> PairMatrix:
    return matrix_of(judged_pairs(Basis(family.programme)), order)


def heads(found: PairMatrix) -> tuple[list[str], list[str]]:
    return [line.breeder.number for line in found.males], [line.breeder.number for line in found.females]


def test_matrix_of__is_the_list_in_a_grid(family: Family) -> None:
    found = matrix(family)
    assert heads(found) == (["5", "7", "9"], ["6", "8", "10"])
    assert found.index.tolist() == [[0, 4, 0], [4, 0, 0], [0, 0, 0]]
    assert (found.cells, found.shown) == (9, 9)
    first, _, last = found.males
    assert (first.mates, first.helpful, first.best) == (3, 0, 4)
    assert (last.mates, last.helpful, last.best) == (3, 0, None)
    assert first.mean_kinship == pytest.approx(1.125 / 6)


def test_matrix_of__each_cell_is_the_pair_of_its_heads(family: Family) -> None:
    for number in range(20, 32):
        animal_at(family.zoo, programme=family.programme, studbook_number=str(number), sex="FM"[number % 2])
    family.programme.revision += 1
    pairs = judged_pairs(Basis(family.programme))
    assert pairs.total == 9 * 9
    told = {(row.sire.number, row.dam.number): row.suitability for row in pairs}
    for order in ("number", "institution", "mean_kinship"):
        found = matrix_of(pairs, order)
        for line, cells in found.rows():
            for female, cell in zip(found.females, cells, strict=True):
                each = told[line.breeder.number, female.breeder.number]
                assert each
                assert (cell.index, cell.way) == (
                    str(each.index),
                    f"../{line.breeder.number}/{female.breeder.number}/",
                )
                assert cell.digit == (str(each.index) if each.index else "–")


@pytest.mark.parametrize(
    ("order", "females"),
    [("number", ["6", "8", "10"]), ("mean_kinship", ["6", "8", "10"]), ("institution", ["6", "10", "8"])],
)
def test_matrix_of__stands_in_the_order_asked_for(family: Family, order: str, females: list[str]) -> None:
    family[8].holdings.update(institution=family.zoo)
    assert heads(matrix(family, order))[1] == females


def test_page__has_a_way_from_each_cell_to_its_pair(family: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(URL)
    text = page.content.decode()
    assert page.status_code == 200
    assert '<td class="s4"><a href="../5/8/">4</a></td>' in text
    assert '<td class="s0"><a href="../5/6/">–</a></td>' in text
    assert '<a href="?animal=5"' in text
    assert "js/pair-matrix.js" in text
    assert signed_in(olga).get(urljoin(URL, "../5/8/")).status_code == 200


def test_page__filters_leave_cells_empty_and_stay_in_the_links(
    family: Family, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(URL, {"suitability": "4", "heads": "number"})
    found = page.context["matrix"]
    assert heads(found) == (["5", "7"], ["6", "8"])
    assert found.index.tolist() == [[-1, 4], [4, -1]]
    assert (found.shown, page.context["total"]) == (2, 9)
    text = page.content.decode()
    assert "<td></td>" in text
    assert "?suitability=4&amp;heads=number&amp;animal=5" in text
    assert "export.csv?suitability=4&amp;heads=number" in text


def test_page__keeps_its_basis(family: Family, olga: Any, signed_in: Any) -> None:
    overlay = OverlayFactory(programme=family.programme)
    text = signed_in(olga).get(URL, {"overlay": overlay.pk}).content.decode()
    assert f'<a href="../5/8/?overlay={overlay.pk}">4</a>' in text


def test_page__one_animals_mates_by_index(family: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(URL, {"animal": "5"})
    mates = [(row.dam.number, row.suitability.index) for row in page.context["mates"]]
    assert mates[0] == ("8", 4)
    assert [index for _, index in mates] == [4, 0, 0]
    text = page.content.decode()
    assert "5 × 8, index 4: why" in text
    assert "5 × 6, index a dash: why" in text
    assert "js/pair-matrix.js" not in text


@pytest.mark.parametrize(
    "query", [{"heads": "beauty"}, {"suitability": "7"}, {"animal": "nobody"}, {"lineage": "x"}]
)
def test_page__nonsense_is_answered_at_its_field(
    family: Family, olga: Any, signed_in: Any, query: dict[str, str]
) -> None:
    page = signed_in(olga).get(URL, query)
    assert page.status_code == 200
    assert "The filter cannot be read" in page.content.decode()
    assert "errorlist" in page.content.decode()
    for ending in ("csv", "xlsx"):
        assert signed_in(olga).get(f"{URL}export.{ending}", query).status_code == 400


def test_page__says_when_nothing_is_left(family: Family, olga: Any, signed_in: Any) -> None:
    assert "No pair passes these filters." in signed_in(olga).get(URL, {"suitability": "1"}).content.decode()


def test_page__of_an_empty_book(programme: Any, olga: Any, signed_in: Any) -> None:
    assert signed_in(olga).get(URL).status_code == 200
    assert b"".join(signed_in(olga).get(f"{URL}export.csv")).decode().strip() == "sire"


def test_page__too_many_pairs_are_a_list_of_animals(
    family: Family, olga: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matrix_views, "MOST_DRAWN", 8)
    text = signed_in(olga).get(URL).content.decode()
    assert "too many for one page" in text
    assert "matrix-table" not in text
    assert "Mates of" in text


def test_page__as_many_queries_whatever_the_size(
    family: Family, olga: Any, signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    window = signed_in(olga)
    window.get(URL)
    with django_assert_max_num_queries(14) as few:
        window.get(URL)
    for number in range(20, 40):
        animal_at(family.zoo, programme=family.programme, studbook_number=str(number), sex="FM"[number % 2])
    type(family.programme).objects.update(revision=7)
    window.get(URL)
    with django_assert_max_num_queries(14) as many:
        window.get(URL)
    assert len(few.captured_queries) == len(many.captured_queries)


def test_files__hold_the_grid(family: Family, olga: Any, signed_in: Any) -> None:
    body = b"".join(signed_in(olga).get(f"{URL}export.csv", {"heads": "number"})).decode()
    assert list(csv.reader(StringIO(body))) == [
        ["sire", "6", "8", "10"],
        ["5", "dash", "4", "dash"],
        ["7", "4", "dash", "dash"],
        ["9", "dash", "dash", "dash"],
    ]
    answer = signed_in(olga).get(f"{URL}export.xlsx", {"heads": "number", "suitability": "4"})
    sheet = [[cell.value for cell in line] for line in load_workbook(BytesIO(answer.content)).active]
    assert sheet == [["sire", "6", "8"], ["5", None, 4], ["7", 4, None]]
