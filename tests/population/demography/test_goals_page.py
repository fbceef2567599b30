import csv
from io import StringIO
from typing import Any

import numpy as np
import pytest
from django.http import QueryDict

from pedigree.demography.needs import births_by_year, births_needed, females_to_recommend
from pedigree.goals import projected_gene_diversity
from studbook.population.analysis import analysis_of
from studbook.population.basis import Basis
from studbook.population.demography.filters import Filters
from studbook.population.demography.goals.forms import GoalForm
from studbook.population.demography.goals.measured import ages_by_sex, measured_on
from studbook.population.demography.goals.reckoning import Reckoning, reckoned
from studbook.population.demography.tables import set_on, tables_on
from studbook.programmes.models import Programme
from tests.factories import EditedRateFactory, RateSetFactory
from tests.population.demography.conftest import Story

URL = "/programmes/leopards/demography/goals/"
FILLED = "smoothing=filled"


@pytest.fixture
def aimed(story: Story) -> Programme:
    """Return the story's programme with a target of six animals and a what-if whose tables have no gap."""
    story.programme.target_size = 6
    story.programme.save()
    RateSetFactory(programme=story.programme, name="Filled", base=FILLED)
    return story.programme


def _reckoned(programme: Programme, **asked: str) -> Reckoning:
    basis = Basis(programme)
    told = QueryDict(mutable=True)
    told.update(
        {
            "ratio": "0.5",
            "interval": "7",
            "growth": "1.1",
            "rates": str(programme.rate_sets.get(name="Filled").pk),
        }
        | asked
    )
    form = GoalForm(told, measured=measured_on(basis), rate_sets=list(programme.rate_sets.standing()))
    assert form.is_valid(), form.errors
    return reckoned(programme, basis, form)


def test_reckoned__gene_diversity_of_a_size_held_is_the_formula(aimed: Programme) -> None:
    summary = analysis_of(aimed).summary
    assert summary is not None
    held, growing = _reckoned(aimed).kept
    expected = projected_gene_diversity(summary.gene_diversity, 0.5 * 3, 100, 7)
    assert held.at_the_end == pytest.approx(expected, abs=1e-12)
    assert growing.sizes[:3] == pytest.approx([3, 3.3, 3.63])
    assert growing.sizes[-1] == 6
    assert growing.at_the_end is not None
    assert growing.at_the_end > held.at_the_end  # type: ignore[operator]


def test_reckoned__births_and_females_are_those_of_the_rates(aimed: Programme) -> None:
    held, to_target = _reckoned(aimed, years="4", litter="2", fulfilment="50", a_year="1").wanted
    tables = tables_on(Basis(aimed), Filters(), smoothing="filled")
    ages = ages_by_sex(set_on(Basis(aimed), Filters()), tables.male, tables.female)
    assert held.stable == births_needed(tables.male, tables.female, 3)
    assert held.by_year == births_by_year(tables.male, tables.female, *ages, np.full(4, 3.0)).tolist()
    assert to_target.sizes[-1] == pytest.approx(6)
    assert to_target.growth == pytest.approx(2 ** (1 / 4))
    assert to_target.females == females_to_recommend(to_target.mean, 2, 0.5)


def test_reckoned__a_target_reached_has_no_course_of_its_own(aimed: Programme) -> None:
    reckoning = _reckoned(aimed, target="3")
    assert ([each.course for each in reckoning.kept], len(reckoning.wanted)) == (["held"], 1)
    assert reckoning.lacking == 0


def test_reckoned__rates_with_gaps_say_why_there_are_no_births(aimed: Programme) -> None:
    gaps = RateSetFactory(programme=aimed, name="Gaps", base="region=EARAZA")
    reckoning = _reckoned(aimed, rates=str(gaps.pk))
    assert reckoning.wanted == []
    assert reckoning.no_births.startswith("There is no rate at age 0, 1. Edit it there")


def test_reckoned__recorded_rates_serve_where_no_what_if_is_chosen(aimed: Programme) -> None:
    tables = tables_on(Basis(aimed), Filters())
    assert _reckoned(aimed, rates="").wanted[0].stable == births_needed(tables.male, tables.female, 3)


def test_reckoned__without_a_ratio_there_is_no_gene_diversity_to_project(aimed: Programme) -> None:
    aimed.animals.filter(studbook_number="3").update(status="lost")
    basis = Basis(aimed)
    form = GoalForm(QueryDict(), measured=measured_on(basis), rate_sets=[])
    assert form.is_valid()
    reckoning = reckoned(aimed, basis, form)
    assert (reckoning.kept, reckoning.chart) == ([], None)
    assert reckoning.no_diversity.startswith("It needs Ne/N and a generation time")


def test_ages_by_sex__split_an_unknown_sex_in_halves(aimed: Programme) -> None:
    tables = tables_on(Basis(aimed), Filters(), smoothing="filled")
    males, females = ages_by_sex(set_on(Basis(aimed), Filters()), tables.male, tables.female)
    assert (males.sum(), females.sum(), males[13], females[13]) == (1.5, 1.5, 0.5, 0.5)


def test_ages_by_sex__spread_those_of_unknown_age_as_in_a_stable_population(aimed: Programme) -> None:
    aimed.animals.filter(studbook_number="2").update(birth_earliest=None, birth_latest=None, birth_text="")
    tables = tables_on(Basis(aimed), Filters(), smoothing="filled")
    _, females = ages_by_sex(set_on(Basis(aimed), Filters()), tables.male, tables.female)
    spread = 0.0 if np.isnan(tables.female.cx).any() else 1.0
    assert females.sum() == pytest.approx(0.5 + spread)


def test_demography_goals__shows_what_is_reckoned(aimed: Programme, olga: Any, signed_in: Any) -> None:
    asked = {"ratio": "0.5", "interval": "7", "growth": "1.1", "rates": aimed.rate_sets.get().pk}
    browser = signed_in(olga)
    page = browser.get(URL, asked)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Females to recommend" in text
    assert "The book does not record how many places each institution offers" in text
    assert "nan" not in text.lower().replace("provenance", "")
    lines = list(
        csv.DictReader(StringIO(b"".join(browser.get(f"{URL}export.csv", asked).streaming_content).decode()))
    )
    assert {line["course"] for line in lines} == {"held", "to target"}
    assert max(int(line["year"]) for line in lines) == 100


def test_demography_goals__an_empty_book_says_why(programme: Programme, olga: Any, signed_in: Any) -> None:
    text = signed_in(olga).get(URL).content.decode()
    assert "It needs Ne/N and a generation time" in text
    assert "so no size can be held" in text


@pytest.mark.parametrize(
    "query", [{"target": "0"}, {"growth": "9"}, {"fulfilment": "0"}, {"rates": "77"}], ids=str
)
def test_demography_goals__nonsense_is_answered_and_gives_no_file(
    aimed: Programme, olga: Any, signed_in: Any, query: dict[str, str]
) -> None:
    browser = signed_in(olga)
    page = browser.get(URL, query)
    assert "A number cannot be read, so nothing is reckoned" in page.content.decode()
    assert "reckoning" not in page.context
    assert browser.get(f"{URL}export.csv", query).status_code == 400


def test_demography_goals__are_for_the_programmes_people(aimed: Programme, cy: Any, signed_in: Any) -> None:
    browser = signed_in(cy)
    assert [browser.get(url).status_code for url in (URL, f"{URL}export.csv")] == [404, 404]


def test_demography_goals__as_many_queries_for_one_what_if_as_for_four(
    aimed: Programme, olga: Any, signed_in: Any, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    browser = signed_in(olga)
    browser.get(URL)
    with django_assert_num_queries(6):
        browser.get(URL)
    for _ in range(3):
        EditedRateFactory(rate_set__programme=aimed)
    with django_assert_num_queries(6):
        browser.get(URL)
