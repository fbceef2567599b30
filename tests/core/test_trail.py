import pytest

from studbook.core.models import AuditEntry
from studbook.core.trail import MOST_DEEDS, deeds_on
from studbook.programmes.changes import changing, columns_of
from studbook.programmes.models import Programme
from tests.factories import OverlayFactory


def test_deeds_on__are_the_latest_of_that_record_once_each(
    programme: Programme, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    overlay, other = OverlayFactory(programme=programme), OverlayFactory(programme=programme)
    for at in range(MOST_DEEDS + 2):
        with changing(programme, f"deed {at}", by=None, alters_numbers=False) as trail:
            trail.changed(overlay, columns_of(overlay))
            trail.changed(overlay, columns_of(overlay))
            trail.created([other] if at == 0 else [])
    with django_assert_num_queries(1):  # type: ignore[operator]
        verbs = [entry.verb for entry in deeds_on(overlay)]
    assert verbs == [f"deed {at}" for at in range(MOST_DEEDS + 1, 1, -1)]
    assert [entry.verb for entry in deeds_on(other)] == ["deed 0"]
    assert not deeds_on(AuditEntry.objects.all()[0])
