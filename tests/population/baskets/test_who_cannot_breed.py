"""Who cannot breed today is no choice of the dynamic list nor of the best next pairs: told, taken only when asked for."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.urls import reverse

from studbook.core.dates import DateInterval
from studbook.population.baskets.drafts import StepDraft
from studbook.population.baskets.stepping import add_steps
from studbook.population.models import Basket
from tests.factories import ObservationFactory
from tests.population.conftest import Family

PAGE = "/programmes/leopards/genetics/dynamic/"
OPEN = {"wanted": "9", "per_sire": "", "per_dam": "", "inbreeding": ""}
PLAIN: dict[str, Any] = {"quantity": None, "unit": "", "date": DateInterval.parse("2020-05-03")}
STATES = {
    6: ("reproduction", "not for breeding", "not for breeding since 2020-05-03: Lens defect."),
    7: ("contraception", "neutered", "neutered since 2020-05-03"),
    8: ("reproduction", "infertile", "found infertile since 2020-05-03"),
}


@pytest.fixture
def barred(family: Family) -> Family:
    """Return the family with three of breeding age that cannot breed, and 10 under contraception."""
    for number, (kind, what, _) in STATES.items():
        note = "Lens defect." if number == 6 else ""
        ObservationFactory(animal=family[number], kind=kind, what=what, note=note, **PLAIN)
    ObservationFactory(animal=family[10], kind="contraception", what="implant", **PLAIN)
    return family


def named(rows: Any) -> set[str]:
    return {side.label for row in rows for side in (row.sire, row.dam)}


def test_dynamic__leaves_out_who_cannot_breed_and_says_why(barred: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(PAGE, OPEN)
    # A contraception only marks.
    assert named(page.context["found"].rows) == {"5", "9", "10"}
    assert "3 animals of breeding age are left out" in page.text
    for _, _, sentence in STATES.values():
        assert sentence in page.text


def test_dynamic__takes_them_when_asked_and_tells_it_in_the_files(
    barred: Family, olga: Any, signed_in: Any
) -> None:
    client, asked = signed_in(olga), OPEN | {"barred": "on"}
    page = client.get(PAGE, asked)
    assert named(page.context["found"].rows) & {"6", "7", "8"}
    assert "left out" not in page.text
    text = client.get(f"{PAGE}export.csv", asked).getvalue().decode()
    for row in csv.DictReader(StringIO(text)):
        for role in ("sire", "dam"):
            told = STATES.get(int(row[role]))
            assert row[f"{role}_barred_by"] == (told[2] if told else "")
    assert client.get(f"{PAGE}export.xlsx", asked).status_code == 200


def test_dynamic__says_why_where_nobody_is_left(barred: Family, olga: Any, signed_in: Any) -> None:
    for number in (5, 9):
        ObservationFactory(animal=barred[number], kind="contraception", what="neutered", **PLAIN)
    page = signed_in(olga).get(PAGE)
    assert "No pair of breeding age keeps within these limits." in page.text
    assert "5 animals of breeding age are left out" in page.text


def test_best_next__leaves_out_who_cannot_breed_and_says_why(
    barred: Family, basket: Basket, olga: Any, signed_in: Any
) -> None:
    barred.programme.offspring_inbreeding_limit = 1
    barred.programme.save()
    add_steps(basket, [StepDraft("import", sex="F"), StepDraft("death", animal="8")], by=None)
    page = signed_in(olga).get(reverse("basket", args=["leopards", basket.pk]))
    assert named(page.context["page"].proposals) == {"5", "9", "10", "I1"}
    # Who is not counted after the steps is not left out of anything.
    assert "2 animals of breeding age are left out" in page.text
    assert STATES[6][2] in page.text
