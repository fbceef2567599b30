"""Corrections of contraceptions and reproductive states, also of those written before the book knew all their columns."""

from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.animals.correcting.observations import correct_observation
from studbook.animals.correcting.states import same_facts
from studbook.animals.models import Animal, Observation
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests import factories

WHY = "The vet's letter says so."
DAY = DateInterval.parse("2025-05-03")


@pytest.fixture
def cat(programme: Programme, zoo: Institution) -> Animal:
    return factories.animal_at(zoo, programme=programme, studbook_number="1")


def observed(cat: Animal, kind: str, what: str, **columns: Any) -> Observation:
    return factories.ObservationFactory(  # type: ignore[no-any-return]
        animal=cat, kind=kind, what=what, date=DAY, quantity=None, unit="", **columns
    )


def corrected(found: Observation, by: User, **facts: Any) -> Observation:
    correct_observation(found, by=by, reason=WHY, opened_version=found.version, **facts)
    return found


def test_correct_observation__tells_product_and_return(cat: Animal, rita: User) -> None:
    implant = observed(cat, "contraception", "implant")
    again = DateInterval.parse("2027")
    made = corrected(implant, rita, product="Deslorelin 4.7 mg", expected_return=again)
    assert (made.product, made.expected_return) == ("Deslorelin 4.7 mg", again)
    with pytest.raises(StudbookError, match="before it begins"):
        corrected(implant, rita, expected_return=DateInterval.parse("2024"))


def test_correct_observation__keeps_the_reason_of_one_not_for_breeding(cat: Animal, rita: User) -> None:
    state = observed(cat, "reproduction", "not for breeding", note="Lens defect.")
    assert str(corrected(state, rita, until=DateInterval.parse("2026")).until) == "2026"
    with pytest.raises(StudbookError, match="Say in the note why"):
        corrected(state, rita, note="")


@pytest.mark.parametrize(
    ("kind", "what", "asked"),
    [
        ("contraception", "implant", {"until", "expected_return", "product"}),
        ("reproduction", "not for breeding", {"until"}),
        ("reproduction", "cysts", set()),
    ],
)
def test_form__asks_what_the_kind_has(
    kind: str, what: str, asked: set[str], cat: Animal, rita: User, signed_in: Any
) -> None:
    found = observed(cat, kind, what, note="Seen.")
    page = signed_in(rita).get(f"/programmes/leopards/animals/1/observations/{found.pk}/")
    fields = set(page.context["form"].fields)
    assert fields & {"until", "expected_return", "product"} == asked


def test_same_facts__a_column_that_came_later_says_nothing_when_it_is_empty() -> None:
    older = {"what": "implant", "version": 1}
    assert same_facts(older, {"what": "implant", "product": "", "until": None, "version": 3})
    assert not same_facts(older, {"what": "implant", "product": "Deslorelin"})
    assert not same_facts({"what": "implant", "product": None}, {"what": "implant", "product": ""})
    assert not same_facts(older, None)
    assert same_facts(None, None)
