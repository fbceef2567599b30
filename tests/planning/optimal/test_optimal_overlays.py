"""What an overlay leaves out is left out of optimal plans, its semen too."""

import pytest

from studbook.planning.optimal.building import built
from tests.factories import AssumptionFactory, OverlayFactory, SampleFactory
from tests.planning.conftest import SmallBook
from tests.planning.optimal.conftest import question

pytestmark = pytest.mark.django_db


def test_built__takes_no_semen_of_a_male_that_an_overlay_leaves_out(book: SmallBook) -> None:
    SampleFactory(programme=book.programme, donor=book.brother, institution=book.zoo, units_stored=2)
    overlay = OverlayFactory(programme=book.programme)
    AssumptionFactory(overlay=overlay, animal=book.brother, kind="excluded", reason="Hybrid.")
    found = built(book.programme, question(bank="use", overlays=(overlay.pk,)))
    assert "11" not in {each.numbers[0] for each in found.candidates}
