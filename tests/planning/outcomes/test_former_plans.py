"""The demonstration's former plans as the pages read them: as successful as plans are, and never at odds with the book."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from studbook.planning.models import Outcome, Plan, Recommendation
from studbook.planning.outcomes.history import history_of
from studbook.planning.outcomes.kinds import Kind, Reading
from studbook.planning.outcomes.rates import Success, success_of
from studbook.planning.outcomes.reading import readings_of
from studbook.programmes.models import Programme
from studbook.reproduction.models import Mating

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def rates(success: Success) -> dict[str, float]:
    return {each.label: each.share or 0.0 for each in success.kinds}


def test_former_plans__are_read_as_they_were_made() -> None:
    call_command("load_demonstration", stdout=StringIO())
    leopards = Programme.objects.get()
    assert set(leopards.plans.values_list("state", flat=True)) == {Plan.State.CLOSED}
    assert not Recommendation.objects.standing().exists()
    with CaptureQueriesContext(connection) as queries:
        readings = readings_of(leopards)
    assert len(queries) == 15
    assert [each for each in readings if each.contradiction] == []
    assert [each for each in readings if not each.state] == []
    share = rates(success_of(readings, Kind.BREED))
    assert 0.15 < share["BREED WITH"] < 0.25
    assert 0.52 < share["SEND TO"] < 0.62
    assert share["HOLD"] > 0.8
    assert share["DO NOT BREED"] > 0.8
    _history_is_fit_to_learn_from(leopards)
    _story_agrees_with_the_records(readings)


def _history_is_fit_to_learn_from(leopards: Programme) -> None:
    history = history_of(leopards)
    assert len(history) > 150
    failed = [each for each in history if not each.fulfilled]
    assert 0.3 < sum(each.attempted for each in failed) / len(failed) < 0.7
    assert {each.attempt for each in failed} == {"", *Outcome.Attempt.values}
    told = Outcome.objects.filter(state="not done").values_list("reason", flat=True)
    assert len(set(told)) > 8


def _story_agrees_with_the_records(readings: tuple[Reading, ...]) -> None:
    story = ["853", "832"]
    (pair,) = (each for each in readings if [one.studbook_number for one in each.animals] == story)
    assert (pair.state, pair.reason, pair.attempt) == ("not done", "no courtship", "introduced")
    assert pair.step is not None
    assert pair.step.words == "Introduced: 2025-03-10."
    (told,) = (each for each in pair.told if each.state == "not done")
    assert "by the plan's end" in told.note
    matings = Mating.objects.standing().filter(sire=pair.pair.sire, dam=pair.pair.dam)
    assert {each.date_earliest > pair.plan.closed_on for each in matings} == {True}
