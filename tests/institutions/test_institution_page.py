"""An institution's page: animals here, its own elsewhere, those of before, the queries."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from studbook.institutions.models import Institution
from studbook.institutions.queries import animals_of
from studbook.programmes.models import Programme
from tests import factories
from tests.factories import (
    AnimalFactory,
    HoldingFactory,
    InstitutionFactory,
    OwnershipFactory,
    ProgrammeFactory,
    animal_at,
)


def get(client: Any, institution: Institution) -> Any:
    return client.get(reverse("institution", args=["leopards", institution.pk]))


def file_of(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


def test_institution__says_what_it_is_and_where(zoo: Institution, olga: Any, signed_in: Any) -> None:
    page = get(signed_in(olga), zoo).content.decode()
    for words in ("Zoo A", "ZOOA", "Mulhouse", "FR", "Europe (EAZA)", "47.733, 7.350"):
        assert words in page


def test_institution__of_the_wild_tells_its_place_to_those_with_the_right_only(
    programme: Programme, ada: Any, olga: Any, signed_in: Any
) -> None:
    wild = InstitutionFactory(name="Valley", kind="wild", latitude=43.0612, longitude=131.5023)
    factories.ParticipationFactory(programme=programme, institution=wild)
    assert "43.061, 131.502" in get(signed_in(ada), wild).text
    page = get(signed_in(olga), wild).text
    assert "told to those who may see places in the wild" in page
    assert "43.0" not in page
    url = reverse("institutions_csv", args=["leopards"])
    for person, told in ((ada, True), (olga, False)):
        assert ("43.0612" in file_of(signed_in(person).get(url, {"columns": "latitude"}))) is told


def test_institution__shows_animals_here_with_owner_where_it_is_another(
    programme: Programme, zoo: Institution, olga: Any, signed_in: Any
) -> None:
    own = animal_at(zoo, programme=programme, studbook_number="1")
    guest = AnimalFactory(programme=programme, studbook_number="2")
    HoldingFactory(animal=guest, institution=zoo, local_id="M0499", start=date(2020, 2, 1))
    owner = OwnershipFactory(
        animal=guest, institution=InstitutionFactory(name="Zoo of the Owner")
    ).institution
    response = get(signed_in(olga), zoo)
    here = response.context["animals"].here
    assert [(stay.animal, stay.owner) for stay in here] == [(own, None), (guest, owner)]
    assert [round(stay.age) for stay in here] == [7, 7]
    for words in ("M0499", "2020-02-01", "Zoo of the Owner"):
        assert words in response.content.decode()


def test_institution__shows_its_own_elsewhere_and_past_stays(
    programme: Programme, zoo: Institution, olga: Any, signed_in: Any
) -> None:
    animal = AnimalFactory(programme=programme, studbook_number="1")
    HoldingFactory(
        animal=animal, institution=zoo, start=date(2018, 5, 3), end=date(2020, 1, 1), local_id="A1"
    )
    holder = HoldingFactory(animal=animal, start=date(2020, 1, 1)).institution
    OwnershipFactory(animal=animal, institution=zoo)
    response = get(signed_in(olga), zoo)
    animals = response.context["animals"]
    assert animals.here == []
    assert [(stay.animal, stay.holder) for stay in animals.elsewhere] == [(animal, holder)]
    assert [(stay.animal, stay.end, stay.local_id) for stay in animals.past] == [
        (animal, date(2020, 1, 1), "A1")
    ]
    assert "2020-01-01" in response.content.decode()


def test_institution__shows_nothing_of_another_programme(
    programme: Programme, zoo: Institution, olga: Any, signed_in: Any
) -> None:
    animal_at(zoo, programme=ProgrammeFactory(), house_name="Stranger")
    page = get(signed_in(olga), zoo).content.decode()
    assert "Stranger" not in page
    assert "No animal of this programme is here." in page


def test_institution__does_not_exist_where_it_has_nothing_to_do_with_the_programme(
    programme: Programme, olga: Any, signed_in: Any
) -> None:
    assert get(signed_in(olga), InstitutionFactory()).status_code == 404


@pytest.mark.parametrize("size", [1, 12])
def test_animals_of__asks_as_many_queries_for_many_as_for_few(
    programme: Programme, zoo: Institution, django_assert_num_queries: Any, size: int
) -> None:
    for _ in range(size):
        animal_at(zoo, programme=programme)
        lent = AnimalFactory(programme=programme)
        HoldingFactory(animal=lent, institution=zoo, end=date(2020, 1, 1))
        HoldingFactory(animal=lent, start=date(2020, 1, 1))
        OwnershipFactory(animal=lent, institution=zoo)
    with django_assert_num_queries(7):
        animals = animals_of(zoo, programme)
    assert (len(animals.here), len(animals.elsewhere), len(animals.past)) == (size, size, size)
