from typing import Any

import pytest

from pedigree.founders import founder_contributions
from pedigree.kinship import kinship_matrix, population_mean_kinship
from studbook.animals.models import Animal, ParentCandidate, ParentKind
from studbook.core.dates import DateInterval
from studbook.population.basis import Basis
from studbook.population.genetics.figures import figures_on
from tests.factories import animal_at
from tests.population.conftest import Family


def url(number: object) -> str:
    return f"/programmes/leopards/animals/{number}/genetics/"


def line(page: Any, label: str) -> Any:
    return next(each for each in page.context["page"].groups[0].lines if each.label == label)


@pytest.fixture
def inbred(family: Family) -> Family:
    """Add 11, young of the full sibs 5 and 6, with F = 1/4."""
    family.animals["11"] = animal_at(
        family.zoo,
        programme=family.programme,
        studbook_number="11",
        house_name="Cat 11",
        sex="F",
        birth=DateInterval.parse("2021-05-01"),
        sire=family[5],
        dam=family[6],
    )
    return family


def test_animal__gives_what_the_science_gives(inbred: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(url(11))
    assert page.status_code == 200
    figures = figures_on(Basis(inbred.programme))
    analysis = figures.analysis
    among = analysis.population.row("11")
    assert line(page, "Inbreeding (F)").value == "0.2500"
    assert line(page, "Mean kinship (MK)").value == f"{analysis.mean_kinships[among]:.4f}"
    assert f"Rank {analysis.rank[among]} of 4 living females" in line(page, "Mean kinship (MK)").meaning
    assert line(page, "Equivalent complete generations").value == "2.00"
    assert line(page, "Ancestry certain").value == "100.0 %"
    assert [each.share for each in page.context["page"].completeness[:3]] == [1, 1, 0]


def test_animal__loops_add_up_to_its_inbreeding_and_are_drawn(
    inbred: Family, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(url(11))
    loops = page.context["page"].loops
    assert [(each.animal.studbook_number, each.share) for each in loops.ancestors] == [
        ("1", 0.125),
        ("2", 0.125),
    ]
    assert (loops.drawn, loops.part, loops.path_count) == (2, 1, 2)
    assert {box.animal.studbook_number for box in loops.boxes} == {"11", "5", "6", "1", "2"}
    assert {box.words for box in loops.boxes if box.words} == {"50.0 % of F"}
    text = page.content.decode()
    assert "Inbreeding loops of 11 Cat 11" in text
    assert text.count('href="/programmes/leopards/animals/1/genetics/"') == 1


def test_animal__its_founders_are_those_of_the_science_and_partial_f_adds_up(
    inbred: Family, olga: Any, signed_in: Any
) -> None:
    shares = signed_in(olga).get(url(11)).context["page"].founders
    pedigree = figures_on(Basis(inbred.programme)).analysis.pedigree
    contribution = founder_contributions(pedigree, pedigree.mask(["11"]))
    assert sorted(each.share for each in shares) == sorted(contribution[contribution > 0].tolist())
    assert sum(each.partial_inbreeding for each in shares) == pytest.approx(0.25, abs=1e-14)
    assert {each.animal for each in shares} == {inbred[1], inbred[2]}
    assert [each.bar for each in shares] == [100, 100]


def test_animal__its_death_and_its_young_change_what_the_science_says(
    inbred: Family, olga: Any, signed_in: Any
) -> None:
    now, died, young, *_ = signed_in(olga).get(url(9)).context["page"].steps
    analysis = figures_on(Basis(inbred.programme)).analysis
    assert analysis.summary is not None
    assert now.gene_diversity == pytest.approx(analysis.summary.gene_diversity)
    assert now.rank == analysis.rank[analysis.population.row("9")]
    kinship, living = kinship_matrix(analysis.pedigree), analysis.living.copy()
    living[analysis.pedigree.row("9")] = False
    assert died.gene_diversity == pytest.approx(1 - population_mean_kinship(kinship, living))
    assert (died.mean_kinship, died.rank) == (None, None)
    assert young.mate is not None
    assert young.change == pytest.approx(young.gene_diversity - now.gene_diversity)


def test_animal__the_dead_have_the_figures_that_are_defined(
    family: Family, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(url(1))
    assert page.status_code == 200
    assert line(page, "Mean kinship (MK)").value == "–"
    assert line(page, "Genome uniqueness (GU)").value == "–"
    assert line(page, "Inbreeding (F)").value == "0.0000"
    text = page.content.decode()
    assert "is not among the living measured, so it has none." in text
    assert "What would change if" not in text
    assert "Its parents have no common ancestor in this book" in text
    assert "None" not in text
    assert "nan" not in text


def test_animal__unknown_sex_has_a_rank_of_its_own_and_no_mates(
    family: Family, olga: Any, signed_in: Any
) -> None:
    animal_at(family.zoo, programme=family.programme, studbook_number="20", sex="U")
    page = signed_in(olga).get(url(20))
    assert "Rank 1 of 1 living of unknown sex" in line(page, "Mean kinship (MK)").meaning
    assert [step.words for step in page.context["page"].steps] == ["now", "if it died"]


def test_animal__the_last_one_living_leaves_no_figures_when_it_dies(
    family: Family, olga: Any, signed_in: Any
) -> None:
    Animal.objects.filter(studbook_number__in=["5", "6", "7", "8", "10"]).update(status=Animal.Status.LOST)
    page = signed_in(olga).get(url(9))
    assert page.context["page"].steps[1].gene_diversity is None
    assert "nan" not in page.content.decode()


def test_animal__an_uncertain_sire_is_in_the_loops_by_its_chance(
    inbred: Family, olga: Any, signed_in: Any
) -> None:
    Animal.objects.filter(studbook_number="11").update(sire=None, sire_kind=ParentKind.SEVERAL)
    for sire in (5, 7):
        ParentCandidate.objects.create(animal=inbred[11], role="sire", parent=inbred[sire], probability=0.5)
    page = signed_in(olga).get(url(11))
    assert line(page, "Inbreeding (F)").value == "0.1250"
    assert line(page, "Ancestry certain").value == "50.0 %"


def test_animal__is_linked_from_its_page(family: Family, olga: Any, signed_in: Any) -> None:
    text = signed_in(olga).get("/programmes/leopards/animals/9/").content.decode()
    assert f'href="{url(9)}"' in text


def test_animal__every_figure_leads_to_how_it_is_made(inbred: Family, olga: Any, signed_in: Any) -> None:
    browser = signed_in(olga)
    slugs = {each.slug for each in browser.get(url(11)).context["page"].groups[0].lines}
    for slug in slugs | {"what-if", "partial-inbreeding", "pedigree-completeness", "common-ancestors"}:
        assert browser.get(f"/how/{slug}/").status_code == 200, slug


def test_animal__is_for_the_programmes_people(family: Family, cy: Any, signed_in: Any, client: Any) -> None:
    assert client.get(url(9)).status_code == 302
    assert signed_in(cy).get(url(9)).status_code == 404


def test_animal__one_not_in_the_book_is_not_found(family: Family, olga: Any, signed_in: Any) -> None:
    for number in ("77", "None", "..%2f"):
        assert signed_in(olga).get(url(number)).status_code == 404


def test_animal__as_many_queries_for_a_small_book_as_for_a_larger_one(
    inbred: Family, olga: Any, signed_in: Any, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    browser = signed_in(olga)
    browser.get(url(11))
    with django_assert_num_queries(11):
        browser.get(url(11))
    for number in range(20, 44):
        animal_at(inbred.zoo, programme=inbred.programme, studbook_number=str(number), sex="FM"[number % 2])
    inbred.programme.revision += 1
    inbred.programme.save()
    browser.get(url(11))
    with django_assert_num_queries(11):
        browser.get(url(11))
