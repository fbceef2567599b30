"""The forms of assumptions: what they take, what nonsense they answer, that a form sent twice is taken once."""

from typing import Any

import pytest

from studbook.population.models import Assumption, Overlay
from tests.factories import AnimalFactory, AssumedParentFactory, AssumptionFactory, OverlayFactory
from tests.population.conftest import Family


@pytest.fixture
def overlay(family: Family) -> Overlay:
    """Return an overlay that assumes a sire of 9 and leaves 7 out."""
    made: Overlay = OverlayFactory(programme=family.programme, name="Letters")
    sire = AssumptionFactory(overlay=made, kind="parent", role="sire", animal=family[9])
    AssumedParentFactory(assumption=sire, animal=family[7])
    AssumptionFactory(overlay=made, animal=family[7], reason="Vasectomised.")
    return made


def at(overlay: Overlay, rest: str) -> str:
    return f"/programmes/leopards/genetics/overlays/{overlay.pk}/{rest}"


def parent_form(**fields: str) -> dict[str, str]:
    return {
        "animal": "10",
        "role": "sire",
        "parent_1": "9",
        "reason": "A letter.",
        "opened_version": "1",
    } | fields


@pytest.mark.parametrize("kind", Assumption.Kind.values)
def test_assume__has_a_form_for_each_kind(
    family: Family, overlay: Overlay, ada: Any, signed_in: Any, kind: str
) -> None:
    page = signed_in(ada).get(at(overlay, f"assume/{kind}/"))
    assert page.status_code == 200
    assert '<option value="10">Cat 10</option>' in page.content.decode()


def test_assume__a_kind_that_is_none_is_not_there(
    family: Family, overlay: Overlay, ada: Any, signed_in: Any
) -> None:
    assert signed_in(ada).get(at(overlay, "assume/guess/")).status_code == 404


def test_assume__takes_the_form(family: Family, overlay: Overlay, ada: Any, signed_in: Any) -> None:
    fields = parent_form(share_1="75 %", parent_2="5", share_2="0,25")
    answer = signed_in(ada).post(at(overlay, "assume/parent/"), fields, follow=True)
    assert "Letters now has an assumption on the sire of 10 Cat 10" in answer.content.decode()
    made = Assumption.objects.get(animal=family[10])
    assert [(str(each.animal), float(each.probability)) for each in made.parents.all()] == [
        ("9 Cat 9", 0.75),
        ("5 Cat 5", 0.25),
    ]


def test_assume__the_same_form_sent_twice_is_taken_once(
    family: Family, overlay: Overlay, ada: Any, signed_in: Any
) -> None:
    browser = signed_in(ada)
    answers = [browser.post(at(overlay, "assume/parent/"), parent_form()).status_code for _ in range(2)]
    assert answers == [302, 409]
    assert Assumption.objects.filter(animal=family[10]).count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"animal": ""}, "Name the animal by its studbook number"),
        ({"animal": "99"}, "No animal “99”"),
        ({"animal": "<b>"}, "No animal “&lt;b&gt;”"),
        ({"role": "aunt"}, "Select a valid choice"),
        ({"parent_1": ""}, "Name the sire"),
        ({"parent_1": "8"}, "is female and cannot be a sire"),
        ({"share_1": "most"}, "Write a probability as 0.6 or 60 %."),
        ({"share_1": "0"}, "A probability lies above 0"),
        ({"share_1": "NaN"}, "A probability lies above 0"),
        ({"share_1": "0.5"}, "add to 0.5"),
        ({"share_3": "0.5"}, "Name the parent that has this probability"),
        ({"reason": " "}, "An assumption needs a reason"),
        ({"opened_version": ""}, "The form came without its version"),
        ({"opened_version": "one"}, "The form came without its version"),
    ],
)
def test_assume__nonsense_is_answered_at_its_field_and_changes_nothing(
    family: Family, overlay: Overlay, ada: Any, signed_in: Any, fields: dict[str, str], sentence: str
) -> None:
    answer = signed_in(ada).post(at(overlay, "assume/parent/"), parent_form(**fields))
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert "errorlist" in answer.content.decode()
    overlay.refresh_from_db()
    assert (overlay.version, overlay.assumptions.count()) == (1, 2)


@pytest.mark.parametrize("kinship", ["", "many", "-1", "2", "nan"])
def test_assume__a_kinship_that_is_none_is_refused(
    family: Family, overlay: Overlay, ada: Any, signed_in: Any, kinship: str
) -> None:
    fields = {"animal": "1", "other": "3", "kinship": kinship, "reason": "One den.", "opened_version": "1"}
    answer = signed_in(ada).post(at(overlay, "assume/related/"), fields)
    assert answer.status_code == 400
    assert "Write the kinship as a number from 0 to 1" in answer.content.decode()


def test_assume__proposes_a_label_that_is_free(
    family: Family, overlay: Overlay, ada: Any, signed_in: Any
) -> None:
    AnimalFactory(programme=family.programme, studbook_number="H2")
    browser = signed_in(ada)
    url = at(overlay, "assume/hypothetical/")
    form = browser.get(url).context["form"]
    assert (form["label"].value(), form["sire"].value()) == ("H1", "wild")
    fields = {
        "label": "H1",
        "sex": "M",
        "sire": "wild",
        "dam": "wild",
        "reason": "Seen.",
        "opened_version": "1",
    }
    assert browser.post(url, fields).status_code == 302
    assert browser.get(url).context["form"]["label"].value() == "H3"


def test_assumption_remove__takes_it_out_once(
    family: Family, overlay: Overlay, ada: Any, signed_in: Any
) -> None:
    browser, assumption = signed_in(ada), overlay.assumptions.get(kind="excluded")
    url = at(overlay, f"assumptions/{assumption.pk}/remove/")
    refused = browser.post(url, {"opened_version": 1, "reason": ""})
    assert (refused.status_code, "needs a reason" in refused.content.decode()) == (400, True)
    fields = {"opened_version": 1, "reason": "It bred."}
    assert "assumes nothing on the" in browser.post(url, fields, follow=True).content.decode()
    assert browser.post(url, fields).status_code == 404
    assert overlay.assumptions.count() == 1
