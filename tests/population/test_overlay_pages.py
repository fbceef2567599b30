"""The overlay pages: who sees and changes what, what nonsense is answered, how many queries a page asks."""

from typing import Any

import pytest
from django.urls import reverse

from studbook.population.models import Overlay
from tests.factories import AnimalFactory, AssumedParentFactory, AssumptionFactory, OverlayFactory
from tests.population.conftest import Family

LIST = "/programmes/leopards/genetics/overlays/"


@pytest.fixture
def overlay(family: Family) -> Overlay:
    """Return an overlay that assumes a sire of 9 and leaves 7 out."""
    made: Overlay = OverlayFactory(programme=family.programme, name="Letters")
    sire = AssumptionFactory(overlay=made, kind="parent", role="sire", animal=family[9])
    AssumedParentFactory(assumption=sire, animal=family[7])
    AssumptionFactory(overlay=made, animal=family[7], reason="Vasectomised.")
    return made


def at(overlay: Overlay, rest: str = "") -> str:
    return f"{LIST}{overlay.pk}/{rest}"


def test_overlays__lists_each_beside_the_book(
    family: Family, overlay: Overlay, olga: Any, signed_in: Any
) -> None:
    text = signed_in(olga).get(LIST).content.decode()
    assert "As recorded" in text
    assert at(overlay) in text
    assert f"{reverse('genetics', args=['leopards'])}?overlay={overlay.pk}" in text
    assert "New overlay" not in text
    assert "NaN" not in text
    assert "None" not in text


def test_overlays__an_empty_list_says_what_to_do(family: Family, olga: Any, ada: Any, signed_in: Any) -> None:
    assert "The coordinator can make overlays" in signed_in(olga).get(LIST).content.decode()
    assert "Make an overlay" in signed_in(ada).get(LIST).content.decode()


def test_overlays__nobody_living_is_a_reason_and_no_number(programme: Any, olga: Any, signed_in: Any) -> None:
    OverlayFactory(programme=programme)
    assert "No animal of this book is recorded as living" in signed_in(olga).get(LIST).content.decode()


def test_overlays__are_for_the_programmes_people(
    family: Family, overlay: Overlay, cy: Any, olga: Any, signed_in: Any, client: Any
) -> None:
    assert client.get(LIST).status_code == 302
    assert signed_in(cy).get(LIST).status_code == 404
    assert signed_in(cy).get(at(overlay)).status_code == 404
    assert signed_in(olga).get(f"{LIST}new/").status_code == 403
    assert signed_in(olga).post(at(overlay, "archive/")).status_code == 403
    assert Overlay.objects.standing().count() == 1


def test_overlay__of_another_programme_is_not_there(family: Family, ada: Any, signed_in: Any) -> None:
    foreign = AssumptionFactory()
    browser = signed_in(ada)
    for rest in ("", "edit/", "assume/parent/"):
        assert browser.get(at(foreign.overlay, rest)).status_code == 404
    for rest in ("archive/", "restore/", f"assumptions/{foreign.pk}/remove/"):
        assert (
            browser.post(at(foreign.overlay, rest), {"opened_version": 1, "reason": "x"}).status_code == 404
        )


def test_overlay__shows_the_difference_and_the_ways_on(
    family: Family, overlay: Overlay, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(at(overlay))
    lines = page.context["lines"]
    assert [(line.field, line.recorded[0].words, line.assumed[0].words) for line in lines] == [
        ("sire", "5 Cat 5", "7 Cat 7"),
        ("population", "counted", "left out"),
    ]
    text = page.content.decode()
    assert "Vasectomised." in text
    assert reverse("animal", args=["leopards", "9"]) in text
    assert "Assume something more" not in text
    assert "NaN" not in text


def test_overlay__shows_every_kind_of_assumption(family: Family, ada: Any, signed_in: Any) -> None:
    overlay = OverlayFactory(programme=family.programme)
    wild = AssumptionFactory(overlay=overlay, kind="hypothetical", animal=None, label="H1", sex="U")
    for role in ("sire", "dam"):
        AssumedParentFactory(assumption=wild, role=role, kind="wild", animal=None)
    dam = AssumptionFactory(overlay=overlay, kind="parent", role="dam", animal=family[9])
    AssumedParentFactory(assumption=dam, role="dam", animal=None, hypothetical=wild)
    AssumptionFactory(overlay=overlay, kind="related", animal=family[1], other_animal=family[3], kinship=0.25)
    AssumptionFactory(
        overlay=overlay, kind="related", animal=None, hypothetical=wild, other_hypothetical=wild, kinship=0.6
    )
    AssumptionFactory(overlay=overlay, kind="sex", animal=family[10], sex="U")
    text = signed_in(ada).get(at(overlay)).content.decode()
    for words in (
        "H1 (hypothetical)",
        "sire: wild",
        "0 (unrelated)",
        "kinship with itself",
        "sex",
        "not in the book",
    ):
        assert words in text


def test_overlay__as_many_queries_for_two_assumptions_as_for_ten(
    family: Family, overlay: Overlay, ada: Any, signed_in: Any, django_assert_num_queries: Any
) -> None:
    browser = signed_in(ada)
    browser.get(at(overlay))
    with django_assert_num_queries(10):
        browser.get(at(overlay))
    for number in range(20, 28):
        animal = AnimalFactory(programme=family.programme, studbook_number=str(number))
        sire = AssumptionFactory(overlay=overlay, kind="parent", role="sire", animal=animal)
        AssumedParentFactory(assumption=sire, animal=family[5])
    browser.get(at(overlay))
    with django_assert_num_queries(10):
        browser.get(at(overlay))


def test_overlays__as_many_queries_for_one_overlay_as_for_six(
    family: Family, overlay: Overlay, ada: Any, signed_in: Any, django_assert_num_queries: Any
) -> None:
    browser = signed_in(ada)
    browser.get(LIST)
    with django_assert_num_queries(6):
        browser.get(LIST)
    for _ in range(5):
        AssumptionFactory(overlay__programme=family.programme, animal=family[8])
    browser.get(LIST)
    with django_assert_num_queries(6):
        browser.get(LIST)


def test_overlay_new__makes_it_and_leads_on(family: Family, ada: Any, signed_in: Any) -> None:
    answer = signed_in(ada).post(
        f"{LIST}new/", {"name": "Genes", "reason": "Genotyped in 2024."}, follow=True
    )
    overlay = Overlay.objects.get()
    assert (overlay.name, overlay.made_by) == ("Genes", ada)
    assert answer.redirect_chain == [(at(overlay), 302)]
    assert "The overlay Genes is made" in answer.content.decode()


def test_overlay_new__brings_an_assumption_along(
    family: Family, overlay: Overlay, ada: Any, signed_in: Any
) -> None:
    query = "?animal=10&role=dam&parent=8&parent=5"
    browser = signed_in(ada)
    text = browser.get(f"{LIST}new/{query}").content.decode()
    assert at(overlay, "assume/parent/?animal=10&amp;role=dam&amp;parent=8&amp;parent=5") in text
    answer = browser.post(f"{LIST}new/{query}", {"name": "Genes", "reason": "Genotyped."}, follow=True)
    form = answer.context["form"]
    shown = [form[name].value() for name in ("animal", "role", "parent_1", "parent_2", "parent_3")]
    assert shown == ["10", "dam", "8", "5", ""]


def test_overlay_new__refuses_at_the_field(
    family: Family, overlay: Overlay, ada: Any, signed_in: Any
) -> None:
    answer = signed_in(ada).post(f"{LIST}new/", {"name": "letters", "reason": "Again."})
    assert answer.status_code == 400
    assert "exists already" in answer.content.decode()
    assert Overlay.objects.count() == 1


def test_overlay_edit__saves_or_tells_that_it_was_changed(
    family: Family, overlay: Overlay, ada: Any, signed_in: Any
) -> None:
    browser, form = signed_in(ada), {"name": "Old letters", "reason": "Found.", "opened_version": 1}
    assert browser.post(at(overlay, "edit/"), form, follow=True).redirect_chain
    stale = browser.post(at(overlay, "edit/"), form | {"name": "Mine"})
    assert stale.status_code == 409
    assert "was changed by ada on" in stale.content.decode()
    overlay.refresh_from_db()
    assert overlay.name == "Old letters"


def test_overlay_archive__puts_it_away_and_restores_it(
    family: Family, overlay: Overlay, ada: Any, signed_in: Any
) -> None:
    browser = signed_in(ada)
    refused = browser.post(at(overlay, "archive/"), {"opened_version": 1, "reason": ""})
    assert (refused.status_code, "Archiving needs a reason" in refused.content.decode()) == (400, True)
    assert (
        browser.post(at(overlay, "archive/"), {"opened_version": 1, "reason": "Settled."}).status_code == 302
    )
    text = browser.get(at(overlay)).content.decode()
    assert "This overlay is archived" in text
    assert "Assume something more" not in text
    assert browser.get(f"{LIST}?overlay={overlay.pk}").status_code == 404
    assert browser.post(at(overlay, "restore/"), {"opened_version": 1}).status_code == 409
    assert browser.post(at(overlay, "restore/"), {"opened_version": 2}).status_code == 302
    assert browser.get(f"{LIST}?overlay={overlay.pk}").status_code == 200


def test_overlay_compare__shows_up_to_three_beside_the_book(
    family: Family, overlay: Overlay, olga: Any, signed_in: Any
) -> None:
    browser, url = signed_in(olga), f"{LIST}compare/"
    assert "Letters" in browser.get(url).content.decode()
    others = [
        AssumptionFactory(overlay__programme=family.programme, animal=family[8]).overlay for _ in range(3)
    ]
    chosen = [overlay, *others[:2]]
    page = browser.get(url, {"beside": [each.pk for each in chosen]})
    assert len(page.context["comparison"].rows[0].cells) == 4
    assert len(page.context["moves"]) == 3
    assert browser.get(url, {"beside": [each.pk for each in (overlay, *others)]}).status_code == 404
    for words in ("x", "0", str(OverlayFactory().pk)):
        assert browser.get(url, {"beside": words}).status_code == 404


def test_basis__is_told_on_a_page_and_leads_back(
    family: Family, overlay: Overlay, olga: Any, signed_in: Any
) -> None:
    text = signed_in(olga).get(LIST, {"overlay": overlay.pk, "page": "1"}).content.decode()
    assert "Not as recorded" in text
    assert "2 assumptions beside the book" in text
    assert f'href="{LIST}' in text.split("2 assumptions")[1].split("Show as recorded")[0]
    assert f"{reverse('genetics', args=['leopards'])}?overlay={overlay.pk}" in text
