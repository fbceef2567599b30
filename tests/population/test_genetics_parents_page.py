from typing import Any

import numpy as np
import pytest

from pedigree.kinship import kinship_matrix, population_mean_kinship
from pedigree.structure import UNKNOWN, WILD, Pedigree, Record
from studbook.animals.models import Animal, ParentCandidate, ParentKind
from studbook.population.analysis import analysis_of
from studbook.population.genetics.parent_choices import Choice
from studbook.population.genetics.parent_records import with_parent
from studbook.population.genetics.parent_what_if import Outcome, Tried, how_much
from studbook.population.pedigrees import book_of
from tests.population.conftest import Family


def url(number: object) -> str:
    return f"/programmes/leopards/animals/{number}/genetics/parents/"


def of_several(family: Family, number: int, *sires: int) -> None:
    Animal.objects.filter(pk=family[number].pk).update(sire=None, sire_kind=ParentKind.SEVERAL)
    for sire in sires:
        ParentCandidate.objects.create(
            animal=family[number], role="sire", parent=family[sire], probability=1 / len(sires)
        )


def test_with_parent__changes_that_parent_alone() -> None:
    records = [
        Record("1", WILD, WILD),
        Record("2"),
        Record("3", (("1", 0.5), (WILD, 0.5)), "2", litter="a"),
        Record("4", (("1", 0.5), (WILD, 0.5)), "2", litter="a"),
        Record("5", "1", "2", 1),
        Record("6", "1", "2", 1, twin_of="5"),
    ]
    given = Pedigree.from_records(records, founder_kinship={("1", "2"): 0.125})
    same = with_parent(given, "5", "sire", "1")
    assert np.array_equal(kinship_matrix(same), kinship_matrix(given))
    changed = with_parent(given, "5", "dam", UNKNOWN)
    assert [changed.possible(changed.row(each), "dam") for each in "56"] == [((UNKNOWN, 1.0),)] * 2
    assert changed.possible(changed.row("3"), "sire") == given.possible(given.row("3"), "sire")
    assert changed.draws[changed.row("3"), "sire"] == changed.draws[changed.row("4"), "sire"]


def test_parents__each_possible_sire_gives_what_the_science_gives(
    family: Family, olga: Any, signed_in: Any
) -> None:
    of_several(family, 9, 5, 7)
    context = signed_in(olga).get(url(9)).context
    assert [row.choice.word for row in context["others"] if row.choice.animal] == ["5", "7"]
    for row in context["others"]:
        book = book_of(family.programme)
        parent = {"WILD": WILD, "UNKNOWN": UNKNOWN}.get(row.choice.word, row.choice.word)
        pedigree = with_parent(book.pedigree, "9", "sire", parent)
        kinship, living = kinship_matrix(pedigree), pedigree.mask(["5", "6", "7", "8", "9", "10"])
        nine = pedigree.row("9")
        assert row.outcome.inbreeding == pytest.approx(2 * kinship[nine, nine] - 1, abs=1e-14)
        assert row.outcome.gene_diversity == pytest.approx(1 - population_mean_kinship(kinship, living))
        assert row.outcome.mean_kinship == pytest.approx(kinship[nine, living].mean())
    recorded = context["standing"].outcome
    analysis = analysis_of(family.programme)
    assert analysis.summary is not None
    assert recorded.gene_diversity == pytest.approx(analysis.summary.gene_diversity)
    assert recorded.rank == analysis.rank[analysis.population.row("9")]
    assert "its inbreeding lies between 0.0000 and 0.2500" in context["sentence"]


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ((0.0, 3), (0.25, 5), "lies between 0.0000 and 0.2500, and its rank lies between 3 and 5."),
        ((0.0, 3), (0.25, 3), "lies between 0.0000 and 0.2500, and its rank is 3."),
        ((0.0, 3), (0.0, 5), "its inbreeding is 0.0000, and its rank lies between 3 and 5."),
        ((0.0, None), (0.25, None), "lies between 0.0000 and 0.2500."),
    ],
)
def test_how_much__says_one_number_where_there_is_one(
    first: tuple[float, int], second: tuple[float, int], words: str
) -> None:
    outcomes = [Outcome(inbreeding=inbreeding, rank=rank) for inbreeding, rank in (first, second)]
    rows = [Tried(Choice(""), outcome, None) for outcome in outcomes]
    assert how_much("sire", rows).endswith(words)


def test_parents__without_possible_sires_those_beside_the_dam_are_tried(
    family: Family, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(url(10))
    assert page.status_code == 200
    text = page.content.decode()
    assert "The book has no other males old enough and held at Kazan when it was conceived" in text
    assert [row.choice.word for row in page.context["others"]] == ["WILD", "UNKNOWN"]


def test_parents__a_dam_is_looked_for_where_the_animal_was_born(
    family: Family, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(url(10), {"role": "dam"})
    assert page.context["standing"].choice.animal == family[6]
    assert {row.choice.word for row in page.context["others"]} == {"8", "WILD", "UNKNOWN"}


def test_parents__numbers_typed_are_tried_and_a_descendant_cannot_be(
    family: Family, olga: Any, signed_in: Any
) -> None:
    page = signed_in(olga).get(url(5), {"role": "sire", "parent": "7, 9"})
    words = {row.choice.word: row.outcome for row in page.context["others"]}
    assert words["7"].inbreeding == 0
    assert "Ancestry loop" in words["9"].refusal
    assert "Cannot be: Ancestry loop" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"role": "beauty"}, "A parent is a sire or a dam. Choose one of the two."),
        ({"parent": "nobody"}, "No animal of this book has the number nobody."),
        ({"parent": "9"}, "9 Cat 9 cannot be its own sire."),
        ({"parent": "8"}, "recorded female, so it cannot be a sire."),
        ({"parent": "1 2 3 4 5"}, "At most 4 numbers can be tried at once."),
    ],
)
def test_parents__nonsense_is_answered_at_its_field(
    family: Family, olga: Any, signed_in: Any, query: dict[str, str], sentence: str
) -> None:
    page = signed_in(olga).get(url(9), query)
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert signed_in(olga).get(url(9), {"order": "beauty"}).status_code == 200


def test_parents__can_be_tried_for_the_dead_and_the_undated(
    family: Family, olga: Any, signed_in: Any
) -> None:
    Animal.objects.filter(pk=family[1].pk).update(birth_earliest=None, birth_latest=None, birth_text="")
    page = signed_in(olga).get(url(1))
    text = page.content.decode()
    assert "Its birth date is not known, so nobody can be found who was there. Type a number." in text
    assert "is not among the living measured, so it has no rank" in text
    assert "None" not in text
    assert "nan" not in text


def test_parents__only_planners_are_led_to_an_overlay(
    family: Family, olga: Any, ada: Any, signed_in: Any
) -> None:
    of_several(family, 9, 5, 7)
    assert "?animal=9&amp;role=sire&amp;parent=5" in signed_in(ada).get(url(9)).content.decode()
    assert "Make it an overlay" not in signed_in(olga).get(url(9)).content.decode()


def test_parents__is_for_the_programmes_people(family: Family, cy: Any, signed_in: Any, client: Any) -> None:
    assert client.get(url(9)).status_code == 302
    assert signed_in(cy).get(url(9)).status_code == 404


def test_parents__an_animal_not_in_the_book_is_not_found(family: Family, olga: Any, signed_in: Any) -> None:
    assert signed_in(olga).get(url(77)).status_code == 404


def test_parents__as_many_queries_when_everything_is_tried_again(
    family: Family, olga: Any, signed_in: Any, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    of_several(family, 9, 5, 7)
    browser = signed_in(olga)
    browser.get(url(9))
    with django_assert_num_queries(6):
        browser.get(url(9))
    with django_assert_num_queries(7):
        browser.get(url(9), {"parent": "5 7 10"})
