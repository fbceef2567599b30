from typing import Any

import pytest

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.population.analysis import analysis_of
from studbook.population.basis import Basis
from studbook.population.explanation import explained_pair
from studbook.population.sentences import pair_sentences
from studbook.population.strip_figure import strip_figure
from tests.factories import FounderFactory, animal_at
from tests.population.conftest import DEAD, Family


def url(sire: object, dam: object) -> str:
    return f"/programmes/leopards/pairs/{sire}/{dam}/"


def test_pair__explains_the_inbreeding_by_its_ancestors(family: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(url(9, 10))
    assert page.status_code == 200
    pair = page.context["pair"]
    # 9 = 5 x 8 and 10 = 7 x 6: sibs on both sides, so each of the four founders adds (1/2)^5.
    assert [(each.animal.studbook_number, each.share) for each in pair.ancestors] == [
        (n, 1 / 32) for n in "1234"
    ]
    assert pair.row.numbers.f_offspring == sum(each.share for each in pair.ancestors) == 0.125
    assert "Their young would have inbreeding 0.1250, through 4 common ancestors" in page.content.decode()
    chain = pair.ancestors[0].chains[0]
    assert [each.studbook_number for each in (*chain.sire_side, *chain.dam_side)] == [
        "9",
        "5",
        "1",
        "10",
        "6",
        "1",
    ]


def test_pair__unrelated_animals_have_no_common_ancestor(family: Family, olga: Any, signed_in: Any) -> None:
    page = signed_in(olga).get(url(5, 8))
    text = page.content.decode()
    assert "no common ancestor in this book" in text
    assert "Rank 1 of 9 breedable pairs" in text
    assert "km apart" in text


def test_explained_pair__tells_earlier_young_and_how_long_together(family: Family) -> None:
    pair = explained_pair(Basis(family.programme), family[5], family[8])
    assert [each.studbook_number for each in pair.offspring] == ["9"]
    assert pair.together_since is None
    mate = animal_at(
        family.zoo, programme=family.programme, studbook_number="20", birth=DateInterval.parse("2021-01-01")
    )
    family.programme.revision += 1
    together = explained_pair(Basis(family.programme), family[9], mate)
    assert str(together.together_since) == "2021-01-01"


def test_explained_pair__after_is_what_the_book_says_once_the_young_is_born(family: Family) -> None:
    before = explained_pair(Basis(family.programme), family[5], family[8])
    assert before.what_if is not None
    assert before.row is not None
    animal_at(family.zoo, programme=family.programme, studbook_number="11", sire=family[5], dam=family[8])
    family.programme.revision += 1
    after = analysis_of(family.programme).summary
    assert after is not None
    assert after.mean_kinship == pytest.approx(before.what_if.mean_kinship_after, abs=1e-15)
    assert before.row.numbers.delta_gd == pytest.approx(before.what_if.delta_gd, abs=1e-15)


def test_pair__with_a_dead_animal_leads_to_the_pairs_of_the_living_one(
    family: Family, olga: Any, signed_in: Any
) -> None:
    text = signed_in(olga).get("/programmes/leopards/pairs/1/6/").content.decode()
    assert 'pairs/?animal=6"' in text
    assert 'pairs/?animal=1"' not in text


@pytest.mark.parametrize(
    ("sire", "dam", "words"),
    [
        (6, 5, "is recorded female, so it cannot be the sire"),
        (5, 7, "is recorded male, so it cannot be the dam"),
        (1, 6, "is dead, and no dose of his semen is in store for use, so the pair cannot breed"),
    ],
)
def test_pair__one_that_cannot_be_says_why_and_has_no_numbers(
    family: Family, olga: Any, signed_in: Any, sire: int, dam: int, words: str
) -> None:
    page = signed_in(olga).get(url(sire, dam))
    assert page.status_code == 200
    assert words in page.content.decode()
    assert page.context["pair"].row is None
    assert "Change in gene diversity" not in page.content.decode()


def test_pair__outside_the_breeding_ages_has_numbers_and_no_rank(
    family: Family, olga: Any, signed_in: Any
) -> None:
    animal_at(
        family.zoo, programme=family.programme, studbook_number="20", birth=DateInterval.parse("2025-05-01")
    )
    text = signed_in(olga).get(url(5, 20)).content.decode()
    assert "Outside the breeding ages, so not ranked" in text
    assert "too young to be ranked" in text


def test_pair__unknown_animals_and_strangers_find_nothing(
    family: Family, olga: Any, cy: Any, signed_in: Any, client: Any
) -> None:
    assert client.get(url(5, 6)).status_code == 302
    assert signed_in(olga).get(url(5, "nobody")).status_code == 404
    assert signed_in(cy).get(url(5, 6)).status_code == 404


def test_pair__as_many_queries_for_few_animals_as_for_many(
    family: Family, olga: Any, signed_in: Any, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    browser = signed_in(olga)
    browser.get(url(9, 10))
    with django_assert_num_queries(27):
        browser.get(url(9, 10))
    for number in range(20, 50):
        animal_at(family.zoo, programme=family.programme, studbook_number=str(number), sex="FM"[number % 2])
    family.programme.revision += 1
    family.programme.save()
    browser.get(url(9, 10))
    with django_assert_num_queries(27):
        browser.get(url(9, 10))


def test_pair_sentences__say_that_unknown_ancestry_may_hide_inbreeding(family: Family) -> None:
    stray = animal_at(family.zoo, programme=family.programme, studbook_number="20")
    text = " ".join(
        pair_sentences(family.programme, explained_pair(Basis(family.programme), family[5], stray))
    )
    assert "Of the ancestry of the two 50.0 % is not known" in text
    assert "no common ancestor in this book" in text


def test_strip_figure__draws_each_living_animal_once_and_marks_the_two(family: Family) -> None:
    FounderFactory(programme=family.programme, studbook_number="21", **DEAD)
    assert Animal.objects.count() == 11
    figure = strip_figure(analysis_of(family.programme), "5", "10")
    assert [len(strip.dots) for strip in figure.strips] == [3, 3]
    assert all(
        0 <= x <= figure.width and 0 <= y <= figure.height for strip in figure.strips for x, y in strip.dots
    )
    assert figure.strips[0].marked < figure.mean < figure.strips[1].marked
