"""Two people at one overlay at the same moment: one of them changes it, the other is told."""

import pytest

from studbook.animals.models import Animal
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditEntry
from studbook.population.models import Assumption, Overlay
from studbook.population.overlays.actions import make_overlay
from studbook.population.overlays.assuming import assume
from studbook.population.overlays.drafts import AssumptionDraft
from studbook.programmes.models import Programme
from tests.factories import OverlayFactory
from tests.races.threads import at_once, errors_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_assume__lets_one_of_two_at_the_same_moment_win(programme: Programme, cub: Animal) -> None:
    overlay = OverlayFactory(programme=programme)

    def leave_out() -> str:
        opened = Overlay.objects.select_related("programme").get(pk=overlay.pk)
        draft = AssumptionDraft("excluded", "It will not breed.", animal=cub.studbook_number)
        return str(assume(opened, draft, by=None, opened_version=1))

    outcomes = at_once(leave_out, leave_out)
    assert [type(error) for error in errors_in(outcomes)] == [StaleRecordError]
    overlay.refresh_from_db()
    assert (overlay.version, Assumption.objects.count(), AuditEntry.objects.count()) == (2, 1, 1)


def test_make_overlay__gives_a_name_once_at_the_same_moment(programme: Programme) -> None:
    def make() -> Overlay:
        own = Programme.objects.get(pk=programme.pk)
        return make_overlay(own, name="Letters", reason="Old letters.", by=None)

    told = errors_in(at_once(make, make, make))
    assert [type(error) for error in told] == [StudbookError] * 2
    assert {str(error)[:33] for error in told} == {"An overlay named Letters exists a"}
    assert Overlay.objects.count() == 1
