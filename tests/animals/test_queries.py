"""What the database reckons for the list of animals is what the animal itself says."""

import pytest

from studbook.animals.queries import annotated_animals, known_age
from studbook.core.dates import DAYS_IN_YEAR, DateInterval
from studbook.programmes.models import Programme
from tests.factories import AnimalFactory


@pytest.mark.parametrize(
    "birth",
    [
        "2018-05-03",
        "2018",
        "about 2018",
        "before 1963",
        "between 2019-01-01 and 2019-01-02",
        "December 2025",
        "",
    ],
)
@pytest.mark.parametrize(
    ("status", "death"), [("living", ""), ("dead", "2025"), ("dead", "2026"), ("lost", "")]
)
def test_annotated_animals__reckons_days_as_the_animal_does(
    programme: Programme, birth: str, status: str, death: str
) -> None:
    animal = AnimalFactory(programme=programme, birth=_interval(birth), status=status, death=_interval(death))
    [read] = annotated_animals(programme)
    age = known_age(animal, programme.as_of)
    assert read.born == (animal.birth.middle if animal.birth else None)
    assert read.died == (animal.death.middle if animal.death else None)
    assert (None if read.age is None else read.age / DAYS_IN_YEAR) == pytest.approx(age)


def _interval(text: str) -> DateInterval | None:
    return DateInterval.parse(text) if text else None
