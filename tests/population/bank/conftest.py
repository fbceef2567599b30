"""A bank for the family: semen of founder 1, dead, in the reserve, and of 5, who lives, in checking."""

import pytest

from studbook.reproduction.models import Sample
from tests.factories import SampleFactory
from tests.population.conftest import Family


@pytest.fixture
def bank(family: Family) -> Family:
    """Return the family with its bank; a sample of 3 is used up, and one of 7 is tissue."""
    place = {"programme": family.programme, "institution": family.zoo}
    SampleFactory(donor=family[1], account=Sample.Account.RESERVE, units_stored=4, **place)
    SampleFactory(donor=family[5], account=Sample.Account.CHECKING, units_stored=3, **place)
    SampleFactory(donor=family[3], units_stored=2, units=0, **place)
    SampleFactory(donor=family[7], kind=Sample.Kind.TESTIS, **place)
    return family
