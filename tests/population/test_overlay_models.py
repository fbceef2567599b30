"""What the database itself refuses of an overlay, whatever the way in."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from studbook.population.models import AssumedParent, Assumption
from tests.factories import AnimalFactory, AssumedParentFactory, AssumptionFactory, OverlayFactory

pytestmark = pytest.mark.django_db


def hypothetical(**columns: Any) -> Assumption:
    made: Assumption = AssumptionFactory(
        **{"kind": "hypothetical", "animal": None, "label": "H1", "sex": "M"} | columns
    )
    return made


def refused(constraint: str, make: Any, **columns: Any) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(**columns)


@pytest.mark.parametrize(
    ("column", "constraint"), [("name", "overlay_has_name"), ("reason", "overlay_has_reason")]
)
def test_overlay__has_a_name_and_a_reason(column: str, constraint: str) -> None:
    refused(constraint, OverlayFactory, **{column: ""})


def test_overlay__bears_a_name_once_in_its_programme() -> None:
    overlay = OverlayFactory(name="Letters")
    OverlayFactory(name="Letters")
    with pytest.raises(IntegrityError), transaction.atomic():
        OverlayFactory(name="Letters", programme=overlay.programme)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"reason": ""}, "assumption_has_reason"),
        ({"animal": None}, "assumption_about_one"),
        ({"kind": "parent"}, "assumption_role_of_parent"),
        ({"kind": "parent", "role": "aunt"}, "assumption_role_of_parent"),
        ({"role": "sire"}, "assumption_role_of_parent"),
        ({"kind": "sex"}, "assumption_sex_where_assumed"),
        ({"sex": "M"}, "assumption_sex_where_assumed"),
        ({"kinship": 0.25}, "assumption_kinship_of_related"),
        ({"label": "H1"}, "assumption_label_of_hypothetical"),
        ({"kind": "twins"}, "assumption_other_of_two"),
        ({"kind": "related", "kinship": 0.25}, "assumption_other_of_two"),
        ({"kind": "guess"}, "assumption_"),
    ],
)
def test_assumption__has_the_columns_of_its_kind_and_no_others(
    columns: dict[str, Any], constraint: str
) -> None:
    refused(constraint, AssumptionFactory, **columns)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"label": ""}, "assumption_label_of_hypothetical"),
        ({"label": ".."}, "assumption_label_of_hypothetical"),
        ({"sex": ""}, "assumption_sex_where_assumed"),
    ],
)
def test_hypothetical_animal__has_a_label_and_a_sex(columns: dict[str, Any], constraint: str) -> None:
    refused(constraint, hypothetical, **columns)


@pytest.mark.parametrize("kinship", [None, -0.1, 1.1])
def test_related_founders__have_a_kinship_from_0_to_1(kinship: float | None) -> None:
    other = AnimalFactory()
    refused(
        "assumption_kinship_of_related",
        AssumptionFactory,
        kind="related",
        kinship=kinship,
        other_animal=other,
    )


def test_assumption__of_one_animal_is_made_once() -> None:
    first = AssumptionFactory(kind="sex", sex="M")
    with pytest.raises(IntegrityError), transaction.atomic():
        AssumptionFactory(overlay=first.overlay, animal=first.animal, kind="sex", sex="F")
    AssumptionFactory(overlay=first.overlay, animal=first.animal)
    AssumptionFactory(overlay=OverlayFactory(programme=first.overlay.programme), animal=first.animal)


def test_hypothetical_animal__bears_a_label_once_in_its_overlay() -> None:
    first = hypothetical()
    with pytest.raises(IntegrityError), transaction.atomic():
        hypothetical(overlay=first.overlay)


def test_twins__are_two() -> None:
    animal = AnimalFactory()
    refused("assumption_twins_are_two", AssumptionFactory, kind="twins", animal=animal, other_animal=animal)


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"role": "aunt"}, "assumed_parent_role_known"),
        ({"probability": Decimal(0)}, "assumed_parent_probability_is_a_share"),
        ({"probability": Decimal("1.1")}, "assumed_parent_probability_is_a_share"),
        ({"kind": "wild"}, "assumed_parent_named_when_known"),
        ({"animal": None}, "assumed_parent_named_when_known"),
        ({"kind": "several", "animal": None}, "assumed_parent_named_when_known"),
    ],
)
def test_assumed_parent__is_named_exactly_when_known(columns: dict[str, Any], constraint: str) -> None:
    refused(constraint, AssumedParentFactory, **columns)


def test_assumed_parent__is_named_once() -> None:
    first = AssumedParentFactory(probability=Decimal("0.5"))
    for columns in ({"animal": first.animal}, {"animal": None, "kind": "wild"}):
        AssumedParent.objects.exclude(pk=first.pk).delete()
        if columns.get("kind"):
            AssumedParentFactory(assumption=first.assumption, **columns)
        with pytest.raises(IntegrityError), transaction.atomic():
            AssumedParentFactory(assumption=first.assumption, **columns)
