"""The pages of genetics under an overlay: whom it excludes leaves the averages, whom it assumes has no page."""

from decimal import Decimal
from typing import Any

import pytest

from studbook.animals.models import Animal
from studbook.population.basis import Basis
from studbook.population.genetics.figures import figures_on
from studbook.population.genetics.kinship_map import kinship_map_on
from studbook.population.models import Overlay
from studbook.population.overlays.actions import make_overlay
from studbook.population.overlays.assuming import assume
from studbook.population.overlays.drafts import AssumptionDraft, ParentDraft
from tests.factories import AssumptionFactory, OverlayFactory
from tests.population.conftest import Family

PLACE = "/programmes/leopards/"
HALF = Decimal("0.5")


@pytest.fixture
def overlay(family: Family, ada: Any) -> Overlay:
    """Return an overlay in which H1, assumed, sired 5 and 8, the parents of 9, and 10 is excluded."""
    made = make_overlay(family.programme, name="One sire", reason="A photograph.", by=ada)
    wild = (("sire", (ParentDraft("wild"),)), ("dam", (ParentDraft("wild"),)))
    drafts = [
        AssumptionDraft("hypothetical", "Seen on the photograph.", label="H1", sex="M", parents=wild),
        *(
            AssumptionDraft(
                "parent",
                "So says the photograph.",
                animal=number,
                role="sire",
                parents=(("sire", (ParentDraft("H1"),)),),
            )
            for number in ("5", "8")
        ),
        AssumptionDraft("excluded", "It cannot breed.", animal="10"),
    ]
    for draft in drafts:
        assume(made, draft, by=ada, opened_version=made.version)
        made.refresh_from_db()
    return made


def test_means__an_excluded_animal_is_listed_only_when_asked_for(
    family: Family, overlay: Overlay, olga: Any, signed_in: Any
) -> None:
    url, browser = f"{PLACE}genetics/mean-kinship/", signed_in(olga)
    shown = {
        asked: [row for each in browser.get(url, query).context["lists"] for row in [*each.first, *each.rest]]
        for asked, query in (
            (False, {"overlay": overlay.pk}),
            (True, {"overlay": overlay.pk, "excluded": "on"}),
        )
    }
    assert "10" not in {row.number for row in shown[False]}
    (ten,) = (row for row in shown[True] if row.number == "10")
    assert ten.excluded
    assert ten.mean_kinship is None
    figures = figures_on(Basis(family.programme, (overlay,)))
    nine = next(row for row in shown[False] if row.number == "9")
    assert nine.mean_kinship == figures.analysis.mean_kinships[figures.analysis.population.row("9")]
    page = browser.get(url, {"overlay": overlay.pk, "excluded": "on"})
    text = page.content.decode()
    assert f'name="overlay" value="{overlay.pk}"' in text
    assert "excluded</span>" in text
    assert "None" not in text


def test_animal__an_assumed_ancestor_is_in_the_loops_without_a_link(
    overlay: Overlay, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(f"{PLACE}animals/9/genetics/", {"overlay": overlay.pk})
    loops = page.context["page"].loops
    assert [(each.animal.studbook_number, each.share) for each in loops.ancestors] == [("H1", 0.125)]
    text = page.content.decode()
    assert "H1 (assumed)" in text
    assert "animals/H1/" not in text
    assert f"overlay={overlay.pk}" in text
    assert {each.label: each.animal for each in page.context["page"].founders}["H1"] is None


def test_overview__under_an_overlay_the_figures_are_those_under_it(
    family: Family, overlay: Overlay, olga: Any, signed_in: Any
) -> None:
    browser = signed_in(olga)
    page = browser.get(f"{PLACE}genetics/", {"overlay": overlay.pk})
    summary = page.context["summary"]
    assert summary == figures_on(Basis(family.programme, (overlay,))).analysis.summary
    assert summary.living == 5
    assert browser.get(f"{PLACE}genetics/").context["summary"].living == 6
    assert "Not as recorded." in page.content.decode()


def test_parents__are_tried_under_the_overlay_too(overlay: Overlay, olga: Any, signed_in: Any) -> None:
    browser = signed_in(olga)
    place = f"{PLACE}animals/9/genetics/parents/"
    recorded = browser.get(place, {"overlay": overlay.pk}).context["standing"].outcome
    assert recorded.inbreeding == 0.125
    assert browser.get(place).context["standing"].outcome.inbreeding == 0
    assumed = browser.get(f"{PLACE}animals/5/genetics/parents/", {"overlay": overlay.pk})
    assert assumed.context["standing"].choice.label == "H1"
    assert "assumed by an overlay" in assumed.content.decode()
    on_record = next(row for row in assumed.context["others"] if row.choice.word == "1")
    assert on_record.outcome.inbreeding == 0


@pytest.fixture
def kin(family: Family) -> Overlay:
    """Return an overlay in which the founders 1 and 3 are taken as related."""
    made: Overlay = OverlayFactory(programme=family.programme)
    AssumptionFactory(
        overlay=made, kind="related", animal=family[1], other_animal=family[3], kinship=0.125, role=""
    )
    return made


def test_overview__kin_founders_leave_out_what_a_gene_drop_tells_and_say_why(
    kin: Overlay, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(f"{PLACE}genetics/", {"overlay": kin.pk})
    assert page.status_code == 200
    lines = {line.label: line for group in page.context["groups"] for line in group.lines}
    without = {
        "Potential gene diversity",
        "Founder genomes surviving",
        "FGE of 1989, by gene drop",
    }
    for label in without:
        assert (lines[label].value, lines[label].known_only) == ("–", "–")
        assert "Founders 1 and 3 are taken as related" in lines[label].reason
    assert lines["Mean kinship (MK)"].answered
    text = page.content.decode()
    assert text.count("Founders 1 and 3 are taken as related") == len(without)
    assert "nan" not in text


def test_means__kin_founders_leave_uniqueness_without_an_answer(
    kin: Overlay, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(f"{PLACE}genetics/mean-kinship/", {"overlay": kin.pk})
    rows = [row for each in page.context["lists"] for row in [*each.first, *each.rest]]
    assert {row.uniqueness for row in rows} == {None}
    assert all(row.mean_kinship is not None for row in rows)
    assert "Founders 1 and 3 are taken as related" in page.content.decode()


def test_animal__kin_founders_leave_uniqueness_without_an_answer_and_end_the_loops(
    kin: Overlay, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(f"{PLACE}animals/9/genetics/", {"overlay": kin.pk})
    assert page.status_code == 200
    lines = {line.label: line for group in page.context["page"].groups for line in group.lines}
    assert lines["Genome uniqueness (GU)"].value == "–"
    text = page.content.decode()
    assert "Founders 1 and 3 are taken as related" in text
    loops = page.context["page"].loops
    # 9 = 5 x 8; a gene of 5 is from 1 and one of 8 from 3 with probability 1/4, and those two have kinship 1/8.
    assert [
        (each.animal.studbook_number, each.kin.studbook_number, each.share) for each in loops.ancestors
    ] == [("1", "3", 1 / 32)]
    assert "and its kin" in text
    assert {box.words for box in loops.boxes} == {"", "100.0 % of F", "kin of 1"}


def test_animal__the_unrecorded_parent_of_a_litter_is_named_in_words(
    family: Family, ada: Any, olga: Any, signed_in: Any
) -> None:
    Animal.objects.filter(studbook_number="10").update(sire=family[5], sire_kind="known")
    family.programme.revision += 1
    family.programme.save()
    litter = make_overlay(family.programme, name="One of two", reason="Two males were there.", by=ada)
    parents = (("sire", (ParentDraft("1", HALF), ParentDraft("unknown", HALF))),)
    for number in ("5", "6"):
        draft = AssumptionDraft("parent", "Two males.", animal=number, role="sire", parents=parents)
        assume(litter, draft, by=ada, opened_version=litter.version)
        litter.refresh_from_db()
    page = signed_in(olga).get(f"{PLACE}animals/10/genetics/", {"overlay": litter.pk})
    assert page.status_code == 200
    text = page.content.decode()
    assert "sire of 5 (not recorded)" in text
    assert "animals/sire" not in text
    pair = signed_in(olga).get(f"{PLACE}pairs/5/6/", {"overlay": litter.pk})
    assert pair.status_code == 200
    assert "sire of 5 (not recorded)" in pair.content.decode()


@pytest.fixture
def other_sex(family: Family) -> Overlay:
    """Return an overlay in which 10 is of the other sex than recorded."""
    made: Overlay = OverlayFactory(programme=family.programme)
    sex = {"M": "F", "F": "M", "U": "M"}[family[10].sex]
    AssumptionFactory(overlay=made, kind="sex", animal=family[10], sex=sex, role="")
    return made


def test_means__an_animal_is_listed_under_the_sex_that_is_assumed(
    family: Family, other_sex: Overlay, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(f"{PLACE}genetics/mean-kinship/", {"overlay": other_sex.pk})
    sexes = {row.number: each.sex for each in page.context["lists"] for row in [*each.first, *each.rest]}
    assert sexes["10"] != family[10].sex
    assert "sex assumed" in page.content.decode()
    figures = figures_on(Basis(family.programme, (other_sex,)))
    assert figures.analysis.sex_of("10") == sexes["10"]


def test_founders__an_assumed_founder_has_the_sex_that_is_assumed(
    overlay: Overlay, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(f"{PLACE}genetics/founders/", {"overlay": overlay.pk})
    assert {row.number: row.sex for row, _ in page.context["rows"]}["H1"] == "M"


def test_kinship_map__an_animal_is_shown_with_the_sex_that_is_assumed(
    family: Family, other_sex: Overlay
) -> None:
    sexes = {
        each.studbook_number: each.sex
        for each in kinship_map_on(Basis(family.programme, (other_sex,))).animals
    }
    assert sexes["10"] != family[10].sex


def test_pairs__an_animal_breeds_as_the_sex_that_is_assumed(
    family: Family, other_sex: Overlay, olga: Any, signed_in: Any
) -> None:
    assert family[10].sex == "F"
    browser, query = signed_in(olga), {"overlay": other_sex.pk}
    pairs = browser.get(f"{PLACE}pairs/", query | {"animal": "10"}).context["page"].object_list
    assert {(row.sire.number, row.dam.number) for row in pairs} == {("10", "6"), ("10", "8")}
    assumed = browser.get(f"{PLACE}pairs/10/6/", query).context["pair"]
    assert (assumed.refusal, assumed.rank) == (
        "",
        next(row.rank for row in pairs if row.dam.number == "6"),
    )
    turned = browser.get(f"{PLACE}pairs/5/10/", query).content.decode()
    assert f"{family[10]} is taken as male, so it cannot be the dam" in turned
    steps = browser.get(f"{PLACE}animals/10/genetics/", query).context["page"].steps
    assert {step.mate.studbook_number for step in steps if step.mate} == {"6", "8"}


def test_pairs__an_animal_of_unknown_sex_breeds_once_a_sex_is_assumed(
    family: Family, olga: Any, signed_in: Any
) -> None:
    Animal.objects.filter(pk=family[9].pk).update(sex="U")
    made = OverlayFactory(programme=family.programme)
    AssumptionFactory(overlay=made, kind="sex", animal=family[9], sex="M", role="")
    browser, query = signed_in(olga), {"animal": "9"}
    assert not browser.get(f"{PLACE}pairs/", query).context["page"].object_list
    assert browser.get(f"{PLACE}pairs/", query | {"overlay": made.pk}).context["page"].object_list
