"""A pair of which one cannot breed today has no expected gain, and the page says why."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from studbook.accounts.models import User
from studbook.core.dates import DateInterval
from studbook.planning.chances.exports import GAIN_COLUMNS
from studbook.planning.chances.fitted import fitted_on
from studbook.planning.chances.queries import bars_of, chance_of
from studbook.planning.reasons import suggested_reason
from studbook.population.basis import Basis
from studbook.population.explanation import explained_pair
from tests.factories import ObservationFactory
from tests.planning.chances.conftest import ClosedPlan
from tests.planning.conftest import SmallBook

pytestmark = pytest.mark.django_db
PLAIN: dict[str, Any] = {"quantity": None, "unit": "", "date": DateInterval.parse("2020-05-03")}
NEUTERED, INFERTILE = "neutered since 2020-05-03", "found infertile since 2020-05-03"


def neuter(animal: Any) -> None:
    ObservationFactory(animal=animal, kind="contraception", what="neutered", **PLAIN)


def get(client: Any, name: str, *args: str) -> Any:
    return client.get(reverse(name, args=["leopards", *args]))


@pytest.fixture
def barred(book: SmallBook, closed: ClosedPlan) -> SmallBook:
    """Return the book with a stranger that is infertile; without her, hers are the pairs of most gain."""
    ObservationFactory(animal=book.stranger, kind="reproduction", what="infertile", **PLAIN)
    return book


def test_pairs_page__of_who_cannot_breed_come_last_without_a_gain(
    barred: SmallBook, olga: User, signed_in: Any
) -> None:
    answer = get(signed_in(olga), "chance_pairs")
    rows = answer.context["rows"]
    told = [row.gain is None for row in rows]
    assert told == sorted(told)
    assert {row.pair.dam.number for row in rows if row.gain is None} == {"31"}
    for row in rows:
        assert (row.chance is None, bool(row.bars)) == (row.gain is None,) * 2
    assert f"31 Zoya, {INFERTILE}" in answer.text
    assert "nan" not in answer.text


def test_gain_files__leave_the_cells_empty_and_tell_why(
    barred: SmallBook, olga: User, signed_in: Any
) -> None:
    client = signed_in(olga)
    text = b"".join(get(client, "chance_pairs_csv").streaming_content).decode()
    for row in csv.DictReader(StringIO(text)):
        assert None not in row
        is_barred = row["dam"] == "31"
        assert (row["expected_gain"] == "", row["chance_of_young"] == "") == (is_barred,) * 2
        assert row["dam_barred_by"] == (INFERTILE if is_barred else "")
    sheet = load_workbook(BytesIO(get(client, "chance_pairs_xlsx").content)).active
    assert sheet.max_column == len(GAIN_COLUMNS)


def test_chance_of__a_barred_dam_has_none_and_a_barred_sire_his_banked_samples_alone(
    barred: SmallBook, closed: ClosedPlan
) -> None:
    neuter(barred.sire)
    basis, fitted = Basis(barred.programme), fitted_on(barred.programme)
    pair = explained_pair(basis, barred.sire, barred.dam)
    found = chance_of(fitted, pair)
    assert found is not None
    assert [way.words for way in found.ways] == ["Insemination, a banked sample"]
    assert pair.row is not None
    assert bars_of(pair.row) == (f"21 Baruto, {NEUTERED}",)
    both = explained_pair(basis, barred.sire, barred.stranger)
    assert chance_of(fitted, both) is None
    assert both.row is not None
    assert bars_of(both.row) == (f"21 Baruto, {NEUTERED}", f"31 Zoya, {INFERTILE}")


def test_pair_page__says_why_no_chance_is_told(barred: SmallBook, ada: User, signed_in: Any) -> None:
    client = signed_in(ada)
    page = get(client, "pair", "11", "31").text
    assert f"31 Zoya, {INFERTILE}" in page
    assert "No chance of young and no expected gain are told" in page
    assert "Natural mating, as they live" not in page
    neuter(barred.sire)
    page = get(client, "pair", "21", "22").text
    assert "Only a banked sample is left" in page
    assert "Recommended by a banked sample" in page
    assert "as the two live today, the pair has young" not in page


def test_bars_of__end_without_a_full_stop_of_their_own(barred: SmallBook) -> None:
    note = {"note": "Lens defect."} | PLAIN
    ObservationFactory(animal=barred.dam, kind="reproduction", what="not for breeding", **note)
    pair = explained_pair(Basis(barred.programme), barred.sire, barred.dam)
    assert pair.row is not None
    assert bars_of(pair.row) == ("22 Khala, not for breeding since 2020-05-03: Lens defect",)


def test_reason__tells_no_chance_that_there_is_not(barred: SmallBook) -> None:
    basis, fitted = Basis(barred.programme), fitted_on(barred.programme)
    pair = explained_pair(basis, barred.brother, barred.stranger)
    assert f"No chance of young is told: 31 Zoya, {INFERTILE}." in suggested_reason(
        barred.programme, pair, fitted
    )
    neuter(barred.sire)
    pair = explained_pair(basis, barred.sire, barred.dam)
    reason = suggested_reason(barred.programme, pair, fitted)
    assert f"21 Baruto, {NEUTERED}. By a banked sample the chance of young within a plan is" in reason
