"""What pages of other rooms show of the bank."""

from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.accounts.rights import standing_of
from studbook.core.panels import rendered_panels
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.bank import stepping
from studbook.reproduction.models import Procedure, Sample
from tests import factories
from tests.reproduction.bank.conftest import procedure_of

pytestmark = pytest.mark.django_db
BANK = "/programmes/leopards/bank/"
NEW = f"{BANK}samples/new/"


def test_panels__stand_on_the_pages_of_donor_and_institution(
    sample: Sample, zoo: Institution, away: Institution, olga: User, bo: User, signed_in: Any
) -> None:
    donor_page = sample.donor.get_absolute_url()
    zoo_page = f"/programmes/leopards/institutions/{zoo.pk}/"
    for page in (donor_page, zoo_page):
        assert "12-A" in signed_in(olga).get(page).text
    assert f"{NEW}?donor=12" in signed_in(bo).get(donor_page).text
    Sample.objects.update(institution=away)
    assert "Owned, stored elsewhere" in signed_in(olga).get(zoo_page).text
    Sample.objects.update(units=0)
    page = signed_in(olga).get(donor_page).text
    assert "Nothing is left." in page
    assert "Genome bank" not in signed_in(olga).get(zoo_page).text.split("<main", 1)[1]


@pytest.fixture
def asked(programme: Programme, rf: Any) -> Any:
    """Return a function that makes a request of a person who was let into the programme."""

    def ask(person: User) -> Any:
        request = rf.get("/")
        request.user, request.programme = person, programme
        request.standing = standing_of(person, programme.pk)
        return request

    return ask


def test_panel_of_a_procedure__tells_what_it_gave_and_took(
    sample: Sample, zoo: Institution, insemination: Procedure, bo: User, olga: User, asked: Any
) -> None:
    taken = procedure_of(sample.donor, zoo, Procedure.Kind.COLLECTION, "2025-06-01")
    assert "straw" not in "".join(rendered_panels("procedure", asked(olga), taken))
    panel = "".join(rendered_panels("procedure", asked(bo), taken))
    assert f"{NEW}?procedure={taken.pk}" in panel
    Sample.objects.update(procedure=taken)
    panel = "".join(rendered_panels("procedure", asked(olga), taken))
    assert "6 straws left of 6, semen, at Zoo A" in panel
    stepping.use_sample(sample, procedure=insemination, units=2, by=bo)
    panel = "".join(rendered_panels("procedure", asked(bo), insemination))
    assert "2 straws of 12 Baruto" in panel
    assert "Store a sample" not in panel


def test_panel_of_the_room__tells_the_sums(
    programme: Programme, olga: User, zoo: Institution, asked: Any
) -> None:
    panel = "".join(rendered_panels("reproduction", asked(olga), programme))
    assert "Nothing is stored yet." in panel
    factories.SampleFactory(programme=programme, institution=zoo, donor__studbook_number="90")
    panel = "".join(rendered_panels("reproduction", asked(olga), programme))
    assert "1 sample of 1 donor" in panel
