"""Choosing many animals: ticked, pasted, or all of a zoo; what can be done with them; the queries."""

from typing import Any

import pytest
from django.urls import reverse

from studbook.animals.many.choosing import MOST_ANIMALS
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests.factories import InstitutionFactory, ObservationFactory, ParticipationFactory, animal_at


@pytest.fixture
def book(programme: Programme, zoo: Institution) -> Institution:
    """Return a second zoo with 77, beside the first with 11 and 12 and the dead 13."""
    for number, status in (("11", "living"), ("12", "living")):
        animal_at(zoo, programme=programme, studbook_number=number, status=status)
    other: Institution = InstitutionFactory(mnemonic="OTHER")
    ParticipationFactory(programme=programme, institution=other)
    animal_at(other, programme=programme, studbook_number="77")
    return other


def page(client: Any, kind: str = "", **asked: Any) -> Any:
    url = reverse("many_kind", args=["leopards", kind]) if kind else reverse("many", args=["leopards"])
    return client.get(url, asked)


def numbers(answer: Any) -> list[str]:
    return [row.animal.studbook_number for row in answer.context["round"].rows]


def test_many__takes_numbers_ticked_and_pasted_once_each(
    book: Institution, rita: Any, signed_in: Any
) -> None:
    answer = page(signed_in(rita), animal=["12", "77"], numbers="11, 12;\n 77")
    assert [each.studbook_number for each in answer.context["animals"]] == ["12", "77", "11"]
    assert answer.context["query"] == "animal=12&animal=77&animal=11"


@pytest.mark.parametrize(
    ("person", "slugs"),
    [
        ("ada", ["weight", "note", "death", "edit"]),
        ("rita", ["weight", "note", "death", "edit"]),
        ("bo", ["weight", "note", "death"]),
        ("olga", []),
    ],
)
def test_many__offers_what_the_person_may_do(
    book: Institution, signed_in: Any, request: pytest.FixtureRequest, person: str, slugs: list[str]
) -> None:
    answer = page(signed_in(request.getfixturevalue(person)), animal="11")
    offered = {kind.slug for kind in answer.context["kinds"]}
    assert offered & {"weight", "note", "death", "edit"} == set(slugs)


@pytest.mark.parametrize(("asked", "status"), [("99", 404), ("\x00", 404), ("x" * 300, 404), ("", 200)])
def test_many__answers_kindly_for_animals_that_are_not_there(
    book: Institution, ada: Any, signed_in: Any, asked: str, status: int
) -> None:
    assert page(signed_in(ada), animal=asked).status_code == status
    assert page(signed_in(ada), "weight", animal=asked).status_code == {200: 302}.get(status, status)


def test_many__stops_at_more_than_one_can_do(book: Institution, ada: Any, signed_in: Any) -> None:
    answer = page(signed_in(ada), numbers=" ".join(map(str, range(MOST_ANIMALS + 1))))
    assert (answer.status_code, "201 animals are more" in answer.content.decode()) == (400, True)


def test_round__is_not_there_for_an_unknown_kind_or_another_zoo_s_animal(
    book: Institution, bo: Any, signed_in: Any
) -> None:
    client = signed_in(bo)
    assert page(client, "dance", animal="11").status_code == 404
    assert page(client, "weight", animal=["11", "77"]).status_code == 404
    assert page(client, "edit", animal="11").status_code == 404


def test_weight_round__of_a_keeper_begins_with_the_animals_of_the_zoo(
    book: Institution, zoo: Institution, bo: Any, signed_in: Any
) -> None:
    client = signed_in(bo)
    answer = page(client, "weight")
    assert numbers(answer) == ["11", "12"]
    assert "never weighed" in answer.content.decode()
    assert numbers(page(client, "weight", institution=zoo.pk)) == ["11", "12"]
    assert page(client, "weight", institution=book.pk).status_code == 302


def test_weight_round__of_the_coordinator_is_of_any_zoo(book: Institution, ada: Any, signed_in: Any) -> None:
    client = signed_in(ada)
    assert page(client, "weight").status_code == 302
    assert numbers(page(client, "weight", institution=book.pk)) == ["77"]


def test_weight_round__shows_the_last_weight_and_fields_in_the_order_of_the_tab_key(
    book: Institution, programme: Programme, bo: Any, signed_in: Any
) -> None:
    ObservationFactory(animal=programme.animals.get(studbook_number="12"), quantity="38.50")
    words = page(signed_in(bo), "weight").content.decode()
    assert "last 38.5 kg" in words
    assert "tabindex" not in words.replace('tabindex="0"', "")
    assert words.index('name="row0-weight"') < words.index('name="row1-weight"')


def test_animals__offers_ticks_to_those_who_may_do_something(
    book: Institution, bo: Any, olga: Any, signed_in: Any
) -> None:
    url, tick = reverse("animals", args=["leopards"]), 'name="animal" value="11" form="with-chosen"'
    assert tick in signed_in(bo).get(url).content.decode()
    assert tick not in signed_in(olga).get(url).content.decode()


def test_round__asks_as_many_queries_for_many_as_for_few(
    book: Institution, zoo: Institution, programme: Programme, bo: Any, signed_in: Any,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    client = signed_in(bo)
    page(client, "weight")
    with django_assert_num_queries(12):
        page(client, "weight")
    for _ in range(20):
        ObservationFactory(animal=animal_at(zoo, programme=programme))
    with django_assert_num_queries(12):
        assert len(numbers(page(client, "weight"))) == 22
