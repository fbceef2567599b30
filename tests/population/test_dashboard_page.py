from typing import Any

import pytest
from django.urls import reverse

from studbook.animals.models import Animal, ParentKind
from studbook.core.dates import DateInterval
from studbook.population.dashboard import dashboard_of
from studbook.programmes.models import Programme
from tests.factories import AnimalFactory, animal_at
from tests.population.conftest import Family


def test_dashboard__shows_the_population_with_ways_to_its_animals(
    family: Family, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(reverse("dashboard", args=["leopards"]))
    text = page.content.decode()
    assert page.status_code == 200
    assert f"{reverse('animals', args=['leopards'])}?status=living" in text
    assert f"{100 * (1 - 7.25 / 36):.2f} %" in text
    assert f"{7.25 / 36:.4f}" in text
    assert f"{36 / 14.5:.2f}" in text
    for slug in (
        "gene-diversity",
        "mean-kinship",
        "founder-genome-equivalents",
        "inbreeding",
        "known-fraction",
    ):
        assert reverse("algorithm", args=[slug]) in text


def test_dashboard_of__counts_births_and_deaths_of_twelve_months(family: Family) -> None:
    born = animal_at(
        family.zoo, programme=family.programme, studbook_number="11", birth=DateInterval.parse("2025-05-01")
    )
    animal_at(
        family.zoo, programme=family.programme, studbook_number="12", birth=DateInterval.parse("2024-10-31")
    )
    died = AnimalFactory(
        programme=family.programme,
        studbook_number="13",
        status=Animal.Status.DEAD,
        death=DateInterval.parse("2024-11-01"),
    )
    dashboard = dashboard_of(family.programme)
    assert dashboard.births.animals == [born]
    assert dashboard.deaths.animals == [died]
    assert (str(dashboard.census), dashboard.holders, dashboard.unheld) == ("3.5.0", 2, 0)


def test_dashboard__an_empty_book_says_why_there_are_no_figures(
    programme: Programme, olga: Any, signed_in: Any
) -> None:
    text = signed_in(olga).get(reverse("dashboard", args=["leopards"])).content.decode()
    assert "No animal of this book is recorded as living" in text
    assert "Gene diversity" not in text


def test_dashboard__a_loop_shows_its_sentence_and_no_figure(
    programme: Programme, olga: Any, signed_in: Any
) -> None:
    first = AnimalFactory(programme=programme, studbook_number="12", sex="M")
    second = AnimalFactory(programme=programme, studbook_number="40", sex="M", sire=first)
    Animal.objects.filter(pk=first.pk).update(sire=second, sire_kind=ParentKind.KNOWN)
    text = signed_in(olga).get(reverse("dashboard", args=["leopards"])).content.decode()
    assert "12 -&gt; 40 -&gt; 12" in text
    assert "Gene diversity" not in text


def test_dashboard__is_for_the_programmes_people(
    family: Family, cy: Any, signed_in: Any, client: Any
) -> None:
    url = reverse("dashboard", args=["leopards"])
    assert client.get(url).status_code == 302
    assert signed_in(cy).get(url).status_code == 404


@pytest.mark.parametrize("more", [0, 30])
def test_dashboard_of__seven_queries_warm_whatever_the_size(
    family: Family, more: int, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    for number in range(more):
        animal_at(
            family.zoo,
            programme=family.programme,
            studbook_number=f"{100 + number}",
            birth=DateInterval.parse("2025-05-01"),
        )
    animal_at(
        family.zoo, programme=family.programme, studbook_number="99", birth=DateInterval.parse("2025-05-01")
    )
    dashboard_of(family.programme)
    with django_assert_num_queries(5):
        dashboard_of(family.programme)
