from datetime import date
from typing import Any

import numpy as np
import pytest
from django.utils import timezone

from pedigree.errors import NumericalError
from pedigree.genedrop import gene_drop
from pedigree.retention import founder_genomes_surviving, potential_gene_diversity
from studbook.animals.models import Animal, ParentKind
from studbook.core.dates import DateInterval
from studbook.population.analysis import NoFiguresError
from studbook.population.basis import Basis
from studbook.population.genetics import figures as figures_module
from studbook.population.genetics.figures import DROPS, SEED, figures_on
from studbook.population.genetics.figures_values import births_of
from tests.factories import animal_at
from tests.population.conftest import Family

URL = "/programmes/leopards/genetics/"


def line(page: Any, label: str) -> Any:
    return next(each for group in page.context["groups"] for each in group.lines if each.label == label)


def test_overview__gives_what_the_science_gives_under_both_conventions(
    family: Family, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(URL)
    assert page.status_code == 200
    figures = figures_on(Basis(family.programme))
    analysis = figures.analysis
    assert analysis.summary is not None
    drop = gene_drop(analysis.pedigree, analysis.living, drops=DROPS, seed=SEED)
    surviving, potential = (
        founder_genomes_surviving(drop.retention),
        potential_gene_diversity(drop.retention),
    )
    assert line(page, "Founder genomes surviving").value.startswith(f"{surviving:.3f} ±")
    assert line(page, "Potential gene diversity").value == f"{100 * potential:.2f} %"
    assert line(page, "Gene diversity (GD)").value == f"{100 * analysis.summary.gene_diversity:.2f} %"
    assert line(page, "Founders represented").known_only == str(analysis.summary.known_only.founders)
    assert line(page, "Ne by breeders").value == "4.0"
    assert line(page, "Ne / N").value == f"{4 / 6:.4f}"


def test_overview__every_figure_leads_to_how_it_is_made(family: Family, olga: Any, signed_in: Any) -> None:
    browser = signed_in(olga)
    page = browser.get(URL)
    text = page.content.decode()
    for group in page.context["groups"]:
        for each in group.lines:
            assert f'href="/how/{each.slug}/"' in text
            assert browser.get(f"/how/{each.slug}/").status_code == 200, each.slug


def test_overview__says_what_it_stands_on(family: Family, olga: Any, signed_in: Any) -> None:
    text = signed_in(olga).get(URL).content.decode()
    assert "6 living animals" in text
    assert f"revision {family.programme.revision}" in text
    assert f"10,000 gene drops of seed {SEED}" in text
    assert "None" not in text
    assert "nan" not in text


def test_overview__a_figure_without_an_answer_is_a_dash_with_its_reason(
    family: Family, olga: Any, signed_in: Any
) -> None:
    Animal.objects.filter(studbook_number__in=["9", "10"]).update(status=Animal.Status.LOST)
    Animal.objects.filter(studbook_number__in=["5", "6", "7", "8"]).update(
        sire=None, dam=None, sire_kind=ParentKind.WILD, dam_kind=ParentKind.WILD
    )
    page = signed_in(olga).get(URL)
    assert line(page, "Mean inbreeding (F)").value == "–"
    text = page.content.decode()
    assert "Only founders live, and a founder has no inbreeding to measure." in text
    assert "no finite size fits" in text
    assert "nan" not in text


def test_overview__an_empty_book_says_why_there_is_nothing(programme: Any, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(URL)
    assert page.status_code == 200
    assert "No animal of this book is recorded as living" in page.content.decode()
    assert page.context["groups"] == []


def test_figures__an_impossible_one_is_a_sentence_and_no_number(
    family: Family, olga: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def impossible(*_: Any, **__: Any) -> None:
        raise NumericalError("The retention came out as 2.0, outside [0, 1], so no figure is shown.")

    monkeypatch.setattr(figures_module, "gene_drop", impossible)
    with pytest.raises(NoFiguresError, match="so no figure is shown"):
        figures_on(Basis(family.programme))
    page = signed_in(olga).get(URL)
    assert page.status_code == 409
    assert "so no figure is shown" in page.content.decode()


def test_figures__are_computed_once_for_a_revision(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    first = figures_on(Basis(family.programme))
    assert figures_on(Basis(family.programme)) is first
    family.programme.revision += 1
    family.programme.save()
    assert figures_on(Basis(family.programme)) is not first


def test_figures__known_only_columns_have_no_answer_where_nothing_is_known(family: Family) -> None:
    animal_at(family.zoo, programme=family.programme, studbook_number="20", sex="M")
    Animal.objects.filter(studbook_number="20").update(
        sire_kind=ParentKind.UNKNOWN, dam_kind=ParentKind.UNKNOWN
    )
    figures = figures_on(Basis(family.programme))
    row = figures.analysis.population.row("20")
    assert np.isnan(figures.known_mean_kinships[row])
    assert np.isnan(figures.known_inbreeding[row])


def test_figures_on__are_those_of_the_day(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    programme = family.programme
    programme.male_last_breeding_years, programme.current_to = 10, None
    programme.save()
    values = []
    for year in (2020, 2030):
        monkeypatch.setattr(timezone, "localdate", lambda year=year: date(year, 1, 1))
        values.append(figures_on(Basis(programme)).kinship_values)
    assert not np.array_equal(*values)


def test_births_of__stands_for_an_interval_by_its_middle_and_unknown_is_nan(family: Family) -> None:
    Animal.objects.filter(studbook_number="9").update(birth_earliest=None, birth_latest=None, birth_text="")
    pedigree = figures_on(Basis(family.programme)).analysis.pedigree
    births = births_of(family.programme, pedigree)
    assert np.isnan(births[pedigree.row("9")])
    middle = DateInterval.parse("2014-05-01").middle.toordinal() / 365.25
    assert births[pedigree.row("5")] == pytest.approx(middle)


def test_overview__is_for_the_programmes_people(family: Family, cy: Any, signed_in: Any, client: Any) -> None:
    assert client.get(URL).status_code == 302
    assert signed_in(cy).get(URL).status_code == 404


def test_overview__an_overlay_that_is_not_there_is_not_found(
    family: Family, olga: Any, signed_in: Any
) -> None:
    for words in ("77", "nonsense"):
        assert signed_in(olga).get(URL, {"overlay": words}).status_code == 404


def test_overview__as_many_queries_for_six_animals_as_for_thirty(
    family: Family, olga: Any, signed_in: Any, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    browser = signed_in(olga)
    with django_assert_num_queries(13):
        browser.get(URL)
    with django_assert_num_queries(4):
        browser.get(URL)
    for number in range(20, 44):
        animal_at(family.zoo, programme=family.programme, studbook_number=str(number), sex="FM"[number % 2])
    family.programme.revision += 1
    family.programme.save()
    with django_assert_num_queries(13):
        browser.get(URL)
