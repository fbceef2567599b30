"""The demonstration brings an overlay of its own, so that the pages have something to show."""

import pytest

from studbook.exchange.demonstration import load_demonstration
from studbook.population.basis import Basis, analysis_on
from studbook.population.models import Overlay

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_demonstration__assumes_the_sires_that_are_not_recorded() -> None:
    load_demonstration(reset=False, progress=lambda stage, count: None)
    overlay = Overlay.objects.select_related("programme").get()
    recorded = analysis_on(Basis(overlay.programme)).summary
    assumed = analysis_on(Basis(overlay.programme, (overlay,))).summary
    assert recorded is not None
    assert assumed is not None
    assert overlay.assumptions.count() == 2
    assert assumed.gene_diversity < recorded.gene_diversity
    assert assumed.known > recorded.known
    assert overlay.programme.revision == 2
