"""What the page of a pair says of its young: the loops drawn, the founders gained, under overlays too."""

from typing import Any

import pytest

from pedigree.founders import founder_table
from studbook.population.analysis import analysis_of
from studbook.population.basis import Basis
from studbook.population.genetics.lineage_actions import make_lineage
from studbook.population.genetics.pair_founders import founder_gains
from studbook.population.models import Overlay
from studbook.population.overlays.actions import make_overlay
from studbook.population.overlays.assuming import assume
from studbook.population.overlays.drafts import AssumptionDraft, ParentDraft
from studbook.programmes.models import Programme
from tests.factories import animal_at
from tests.population.conftest import Family


def url(sire: object, dam: object) -> str:
    return f"/programmes/leopards/pairs/{sire}/{dam}/"


def test_pair__draws_the_loops_of_the_would_be_young(family: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(url(9, 10))
    loops = page.context["loops"]
    assert (loops.drawn, loops.path_count, loops.inbreeding) == (4, 4, 0.125)
    assert loops.part == 1
    assert sorted(box.animal.studbook_number for box in loops.boxes) == [
        *("1", "10", "2", "3", "4", "5", "6", "7", "8", "9"),
        "their young",
    ]
    assert {box.words for box in loops.boxes if box.words} == {"25.0 % of F"}
    assert not loops.crowded
    text = page.content.decode()
    assert "All of F 0.1250 is drawn" in text
    assert "Inbreeding loops of their young" in text
    assert "/animals/their" not in text


def test_pair__without_a_common_ancestor_draws_no_loop(family: Family, olga: Any, signed_in: Any) -> None:
    text = signed_in(olga).get(url(5, 8)).content.decode()
    assert "Inbreeding loops" not in text


def test_founder_gains__are_what_the_book_says_once_the_young_is_born(family: Family) -> None:
    stray = animal_at(family.zoo, programme=family.programme, studbook_number="20")
    family.programme.revision += 1
    basis = Basis(family.programme)
    gains = founder_gains(basis, family[5], stray)
    shares = {row.founder.label: row.young for row in gains.rows}
    assert shares == {"20": 0.5, "1": 0.25, "2": 0.25, "3": 0.0, "4": 0.0}
    before = contributions(family.programme)
    animal_at(family.zoo, programme=family.programme, studbook_number="21", sire=family[5], dam=stray)
    family.programme.revision += 1
    after = contributions(family.programme)
    assert {row.founder.label: row.founder.contribution for row in gains.rows} == pytest.approx(before)
    changes = {row.founder.label: row.change for row in gains.rows}
    assert changes == pytest.approx({label: after[label] - before[label] for label in before}, abs=1e-15)


def contributions(programme: Programme) -> dict[str, float]:
    analysis = analysis_of(programme)
    table = founder_table(analysis.pedigree, analysis.living)
    return dict(zip(table.labels(analysis.pedigree), table.contribution.tolist(), strict=True))


def test_founder_gains__lead_with_the_most_gained_and_tell_which_way_the_target_lies(
    family: Family, olga: Any, signed_in: Any
) -> None:
    animal_at(family.zoo, programme=family.programme, studbook_number="20")
    family.programme.revision += 1
    family.programme.save()
    page = signed_in(olga).get(url(5, 20))
    gains = page.context["founders"]
    assert [row.founder.label for row in gains.rows] == ["20", "1", "2", "3", "4"]
    assert gains.gained == 3
    # 20 gives 1/7 of the genes, and its target is 1/5 or more, since all its genes are there.
    assert gains.rows[0].words == "gained, towards target"
    assert gains.rows[-1].change < 0
    assert gains.rows[-1].words.startswith("diluted, ")
    assert 0 < gains.living_below < gains.young_below <= 1
    assert "Founder genes of a young" in page.content.decode()


def test_founder_gains__fold_the_small_changes(family: Family) -> None:
    for number in range(20, 40):
        animal_at(family.zoo, programme=family.programme, studbook_number=str(number), sex="FM"[number % 2])
    family.programme.revision += 1
    gains = founder_gains(Basis(family.programme), family[9], family[10])
    shown, folded = ([row for row, _ in part] for part in (gains.first, gains.rest))
    assert len(shown) + len(folded) == len(gains.rows) == 24
    assert {row.founder.label for row in shown} >= {"1", "2", "3", "4"}
    assert min(abs(row.change) for row in shown) >= max((abs(row.change) for row in folded), default=0.0)


def test_pair__stands_on_the_overlay_it_is_asked_for(
    family: Family, ada: Any, olga: Any, signed_in: Any
) -> None:
    overlay = assumed_sire(family, ada)
    page = signed_in(olga).get(url(9, 10), {"overlay": overlay.pk})
    text = page.content.decode()
    assert "Not as recorded." in text
    assert f"pairs/?overlay={overlay.pk}" in text
    # 9 = 5 x 8 and 10 = 7 x 6 with H1 for the sire of 5 and 7: 1 and 3 are no common ancestors any more.
    shares = {each.animal.studbook_number: each.share for each in page.context["loops"].ancestors}
    assert shares == {"H1": 1 / 32, "2": 1 / 32, "4": 1 / 32}
    assert "H1 (assumed)" in text
    assert "animals/H1/" not in text
    assert "H1" in {box.animal.studbook_number for box in page.context["loops"].boxes}
    assert {row.founder.label: row.young for row in page.context["founders"].rows}["H1"] == 0.25
    recorded = signed_in(olga).get(url(9, 10))
    assert {each.animal.studbook_number for each in recorded.context["loops"].ancestors} == set("1234")
    assert "As recorded, revision" in recorded.content.decode()


def test_pair__one_excluded_by_an_overlay_says_so(
    family: Family, ada: Any, olga: Any, signed_in: Any
) -> None:
    overlay = assumed_sire(family, ada)
    page = signed_in(olga).get(url(9, 6), {"overlay": overlay.pk})
    assert page.status_code == 200
    assert "6 Cat 6 is excluded from the population under One sire" in page.content.decode()
    assert signed_in(olga).get(url(9, 6), {"overlay": "nonsense"}).status_code == 404


def test_pairs__stand_on_the_overlay_and_carry_it_on(
    family: Family, ada: Any, olga: Any, signed_in: Any
) -> None:
    overlay = assumed_sire(family, ada)
    page = signed_in(olga).get("/programmes/leopards/pairs/", {"overlay": overlay.pk})
    text = page.content.decode()
    assert "6" not in {row.dam.number for row in page.context["page"].object_list}
    assert f"pairs/9/8/?overlay={overlay.pk}" in text
    assert f'name="overlay" value="{overlay.pk}"' in text
    assert f"export.csv?overlay={overlay.pk}" in text
    lines = signed_in(olga).get("/programmes/leopards/pairs/export.csv", {"overlay": overlay.pk})
    assert len(b"".join(lines.streaming_content).splitlines()) == 1 + page.context["total"]


def assumed_sire(family: Family, by: Any) -> Overlay:
    """Return an overlay in which H1, assumed, sired 5 and 7, and 6 is excluded."""
    made = make_overlay(family.programme, name="One sire", reason="A photograph.", by=by)
    wild = (("sire", (ParentDraft("wild"),)), ("dam", (ParentDraft("wild"),)))
    sired = (("sire", (ParentDraft("H1"),)),)
    for draft in (
        AssumptionDraft("hypothetical", "Seen on the photograph.", label="H1", sex="M", parents=wild),
        AssumptionDraft("parent", "So says the photograph.", animal="5", role="sire", parents=sired),
        AssumptionDraft("parent", "So says the photograph.", animal="7", role="sire", parents=sired),
        AssumptionDraft("excluded", "It cannot breed.", animal="6"),
    ):
        assume(made, draft, by=by, opened_version=made.version)
        made.refresh_from_db()
    return made


def test_pair__takes_founders_for_kin_where_an_overlay_says_so(
    family: Family, ada: Any, olga: Any, signed_in: Any
) -> None:
    overlay = make_overlay(family.programme, name="Kin", reason="Caught together.", by=ada)
    draft = AssumptionDraft("related", "One litter.", animal="1", other="3", kinship=0.25)
    assume(overlay, draft, by=ada, opened_version=overlay.version)
    page = signed_in(olga).get(url(5, 8), {"overlay": overlay.pk})
    text = page.content.decode()
    # 5 is of 1, 8 of 3: half a step on each side, then the kinship of the two.
    assert [(each.animal.studbook_number, each.share) for each in page.context["loops"].ancestors] == [
        ("1", 1 / 16)
    ]
    assert "and its kin" in text
    assert "There are no targets" in text
    assert {row.words for row in page.context["founders"].rows} <= {"gained", "diluted", "hardly changed"}
    assert "nan" not in text


def test_pair__a_lineage_above_its_cap_in_the_young_is_said(
    family: Family, ada: Any, olga: Any, signed_in: Any
) -> None:
    make_lineage(
        family.programme, name="Founder 2", founders=[family[2]], cap=0.2, reason="Too many.", by=ada
    )
    text = signed_in(olga).get(url(5, 8)).content.decode()
    assert "Their young would have 25.0 % of its genes from Founder 2, above the cap of 20.0 %." in text


def test_pair__is_decided_on_the_book_as_recorded(
    family: Family, ada: Any, olga: Any, signed_in: Any
) -> None:
    overlay = assumed_sire(family, ada)
    family.programme.offspring_inbreeding_limit = 0.2
    family.programme.save()
    page = signed_in(ada).get(url(9, 10), {"overlay": overlay.pk})
    assert any("through 3 common ancestors" in sentence for sentence in page.context["sentences"])
    assert "through 4 common ancestors" in "".join(page.context["panels"])
