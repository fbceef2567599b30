"""The share of any founders, without a lineage of theirs."""

import csv
from io import StringIO
from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.population.models import Lineage
from tests.population.conftest import Family

PAGE = "/programmes/leopards/genetics/lineages/trial/"


def test_trial__offers_founders_and_keeps_nothing(family: Family, olga: User, signed_in: Any) -> None:
    client = signed_in(olga)
    first = client.get(PAGE)
    assert "told" not in first.context
    assert not first.context["form"].errors
    told = client.get(PAGE, {"founders": ["2", "1", "2"], "cap": "60"}).context["told"]
    assert [animal.studbook_number for animal in told.founders] == ["2", "1"]
    # 5 and 6 are of founders 1 and 2, 9 and 10 half of it.
    assert (told.mean, told.highest, told.above) == (0.5, 1.0, 2)
    assert not Lineage.objects.exists()


def test_trial__without_a_cap_marks_nobody(family: Family, olga: User, signed_in: Any) -> None:
    page = signed_in(olga).get(PAGE, {"founders": "2"})
    assert page.context["told"].above == 0
    assert "above the cap" not in page.text


@pytest.mark.parametrize("asked", [{"cap": "41"}, {"founders": "99"}, {"founders": "2", "cap": "x"}])
def test_trial__says_at_its_field_what_cannot_be_read(
    family: Family, olga: User, signed_in: Any, asked: dict[str, str]
) -> None:
    client = signed_in(olga)
    page = client.get(PAGE, asked)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert client.get(f"{PAGE}export.csv", asked).status_code == 400


def test_trial__exports_the_shares(family: Family, olga: User, signed_in: Any) -> None:
    answer = signed_in(olga).get(f"{PAGE}export.csv", {"founders": "2", "cap": "41"})
    rows = list(csv.DictReader(StringIO(answer.getvalue().decode())))
    assert {row["studbook_number"]: (row["share"], row["above_cap"]) for row in rows} == {
        "5": ("0.5", "yes"),
        "6": ("0.5", "yes"),
        "9": ("0.25", "no"),
        "10": ("0.25", "no"),
    }
