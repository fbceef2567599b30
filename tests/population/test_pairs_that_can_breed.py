"""Pairs of animals that cannot breed today, or are treated: marked, left out where that is asked, told on the pair's page."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from studbook.accounts.models import User
from studbook.core.dates import DateInterval
from studbook.population.breeders import breeders_of
from tests.factories import ObservationFactory
from tests.population.conftest import Family

PLAIN: dict[str, Any] = {"quantity": None, "unit": "", "date": DateInterval.parse("2020-05-03")}


@pytest.fixture
def treated(family: Family) -> Family:
    """Return the family with a dam under contraception and one that is not for breeding."""
    ObservationFactory(animal=family[10], kind="contraception", what="implant", **PLAIN)
    ObservationFactory(
        animal=family[6], kind="reproduction", what="not for breeding", note="Lens defect.", **PLAIN
    )
    return family


def dams(client: Client, query: str) -> set[str]:
    page = client.get(f"{reverse('pairs', args=['leopards'])}?{query}")
    return {row.dam.number for row in page.context["page"].object_list}


def test_breeders_of__tell_what_stands(treated: Family) -> None:
    breeders = breeders_of(treated.programme)
    assert breeders["10"].standing.contraception is not None
    assert breeders["10"].bar is None
    bar = breeders["6"].bar
    assert bar is not None
    assert bar.sentence == "not for breeding since 2020-05-03: Lens defect."


def test_pairs_page__marks_them_and_leaves_them_out_when_asked(
    treated: Family, olga: User, signed_in: Any
) -> None:
    client = signed_in(olga)
    every = dams(client, "")
    assert {"6", "10"} <= every
    assert dams(client, "able=yes") == every - {"6"}
    assert dams(client, "able=free") == every - {"6", "10"}
    page = client.get(reverse("pairs", args=["leopards"])).text
    assert "not for breeding since 2020-05-03: Lens defect." in page
    assert "under contraception" in page


def test_pairs_files__tell_what_bars_either(treated: Family, olga: User, signed_in: Any) -> None:
    answer = signed_in(olga).get(reverse("pairs_csv", args=["leopards"]))
    rows = list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))
    told = {row["dam"]: row["dam_barred_by"] for row in rows}
    assert told == {"6": "not for breeding since 2020-05-03: Lens defect.", "8": "", "10": ""}
    assert {row["sire_barred_by"] for row in rows} == {""}


def test_pair_page__says_why(treated: Family, olga: User, signed_in: Any) -> None:
    page = signed_in(olga).get(reverse("pair", args=["leopards", "9", "6"])).text
    assert "not for breeding since 2020-05-03: Lens defect." in page
