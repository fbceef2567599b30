"""The demonstration as its coordinator sees it: Khala and Baruto found and explained, every planted fault listed."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from studbook.accounts.models import ProgrammeRole
from studbook.population.analysis import analysis_of
from studbook.population.basis import Basis
from studbook.population.explanation import explained_pair
from studbook.population.pairs import pairs_of
from studbook.population.quality import problems_of
from studbook.programmes.models import Programme
from tests.factories import ProgrammeRoleFactory

FOLDER = Path(settings.FIXTURE_DIR) / "amur_leopard"
pytestmark = pytest.mark.slow


@pytest.fixture
def leopards(db: None) -> Programme:
    if not (FOLDER / "animals.csv").exists():
        pytest.skip("the demonstration's files are not built")
    call_command("load_demonstration", stdout=StringIO())
    return Programme.objects.get()


def planted() -> list[dict[str, str]]:
    with (FOLDER / "faults.csv").open(newline="", encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def test_problems_of__finds_every_planted_fault(leopards: Programme) -> None:
    found = {(each.code, number) for each in problems_of(leopards) for number in each.animals}
    assert [fault for fault in planted() if (fault["code"], fault["studbook_number"]) not in found] == []
    assert len(problems_of(leopards)) < 120


def test_khala_and_baruto__rank_high_and_are_explained(leopards: Programme, cy: Any, signed_in: Any) -> None:
    khala, baruto = (leopards.animals.get(house_name=name, status="living") for name in ("Khala", "Baruto"))
    pair = explained_pair(Basis(leopards), baruto, khala)
    assert pair.row is not None
    assert pair.rank is not None
    assert pair.rank <= pair.total / 10
    assert pair.row.same_place
    assert pair.suitability is not None
    assert (pair.suitability.index, pair.suitability.rules) == (1, ())
    assert sum(each.share for each in pair.ancestors) == pytest.approx(
        pair.row.numbers.f_offspring, abs=1e-12
    )
    assert len(pairs_of(leopards, analysis_of(leopards))) == pair.total
    ProgrammeRoleFactory(user=cy, programme=leopards, role=ProgrammeRole.Role.OBSERVER)
    found = signed_in(cy).get(reverse("pairs", args=[leopards.code]), {"animal": khala.studbook_number})
    page = reverse("pair", args=[leopards.code, baruto.studbook_number, khala.studbook_number])
    assert page in found.content.decode()
    assert f"Rank {pair.rank:,} of {pair.total:,}" in signed_in(cy).get(page).content.decode()


def test_pages__take_as_many_queries_as_for_a_small_book(
    leopards: Programme, cy: Any, signed_in: Any, django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def]
    ProgrammeRoleFactory(user=cy, programme=leopards, role=ProgrammeRole.Role.OBSERVER)
    browser = signed_in(cy)
    for name, most in (("dashboard", 16), ("pairs", 13), ("quality", 8)):
        browser.get(reverse(name, args=[leopards.code]))
        with django_assert_max_num_queries(most):
            browser.get(reverse(name, args=[leopards.code]))
