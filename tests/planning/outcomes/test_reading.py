"""What came of a recommendation: the book first, then what people told; the two together never hide each other."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from studbook.planning.models import Outcome, PlanAnimal, Recommendation
from studbook.planning.outcomes.history import history_of
from studbook.planning.outcomes.kinds import Kind
from studbook.planning.outcomes.reading import outcome_of, readings_of, readings_of_plan
from tests import factories
from tests.planning.outcomes.conftest import PastPlan

pytestmark = pytest.mark.django_db


def test_pair__is_open_while_nothing_is_known(past: PastPlan) -> None:
    reading = past.reading(Kind.BREED)
    assert (reading.state, reading.reason, reading.shown) == ("", "", ())


def test_pair__with_young_is_fulfilled(past: PastPlan) -> None:
    young = past.born("2024-06-03")
    reading = past.reading(Kind.BREED)
    assert (reading.state, reading.by_book) == ("fulfilled", True)
    assert reading.shown == (f"Born: {young} (2024-06-03).",)
    assert reading.litters.born == reading.litters.conceived == (young,)


def test_pair__counts_young_conceived_before_the_plan_and_says_so(past: PastPlan) -> None:
    young = past.born("2024-02-01")
    reading = past.reading(Kind.BREED)
    assert reading.is_fulfilled
    assert reading.litters.conceived == ()
    assert f"Conceived before the recommendation: {young} (2024-02-01)." in reading.shown


def test_pair__leaves_young_born_after_the_close_to_the_next_plan(closed: PastPlan) -> None:
    young = closed.born("2025-02-01")
    reading = closed.reading(Kind.BREED)
    assert reading.state == "not done"
    assert reading.litters.conceived == (young,)
    assert history_of(closed.plan.programme)[0].conceived


def test_pair__added_by_a_change_ignores_young_from_before_it(
    past: PastPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        then.setattr("django.utils.timezone.now", lambda: datetime(2024, 1, 10, 15, tzinfo=UTC))
        factories.PlanVersionFactory(plan=past.plan, kind="final")
    Recommendation.objects.update(made_at=datetime(2024, 3, 1, 12, tzinfo=UTC))
    past.born("2024-02-01")
    assert past.reading(Kind.BREED).state == ""
    young = past.born("2024-06-03")
    assert past.reading(Kind.BREED).litters.born == (young,)


def test_readings__are_of_pairs_or_of_rows_where_asked(past: PastPlan) -> None:
    every = readings_of_plan(past.plan)
    pairs, rows = (readings_of_plan(past.plan, of=[each]) for each in (Recommendation, PlanAnimal))
    assert [*pairs, *rows] == list(every)
    assert {each.kind for each in pairs} == {Kind.BREED}


@pytest.mark.parametrize("day", ["2024-01-09", "2023"])
def test_pair__ignores_young_from_before(past: PastPlan, day: str) -> None:
    past.born(day)
    assert past.reading(Kind.BREED).state == ""


def test_pair__ignores_young_with_another(past: PastPlan) -> None:
    past.born("2024-06-03", sire=past.book.brother)
    assert past.reading(Kind.BREED).state == ""


def test_pair__shows_young_that_are_only_possibly_its_own(past: PastPlan) -> None:
    young = past.born("2024-06-03", sire=None, sire_kind="several")
    for sire in (past.book.sire, past.book.brother):
        factories.ParentCandidateFactory(animal=young, parent=sire)
    reading = past.reading(Kind.BREED)
    assert reading.state == ""
    assert reading.litters.possible == (young,)
    assert "Possibly of this pair" in reading.shown[0]


def test_pair__not_made_at_the_close_has_no_reason_of_itself(closed: PastPlan) -> None:
    reading = closed.reading(Kind.BREED)
    assert (reading.state, reading.by_book, reading.reason) == ("not done", False, "")


def test_pair__of_which_one_died(past: PastPlan) -> None:
    past.died(past.book.dam, "2024-05-01")
    reading = past.reading(Kind.BREED)
    assert (reading.state, reading.reason) == ("not done", "died")
    assert reading.shown == ("22 Khala died on 2024-05-01.",)


def test_pair__fulfilled_before_one_died(past: PastPlan) -> None:
    past.born("2024-04-25")
    past.died(past.book.dam, "2024-05-01")
    assert past.reading(Kind.BREED).is_fulfilled


def test_pair__by_banked_sample_outlives_its_donor(past: PastPlan) -> None:
    Recommendation.objects.update(method="banked")
    past.died(past.book.sire, "2024-05-01")
    assert past.reading(Kind.BREED).state == ""


def test_pair__tells_what_people_told(past: PastPlan) -> None:
    past.told(past.pair, "attempted", attempt="mated")
    assert (past.reading(Kind.BREED).state, past.reading(Kind.BREED).attempt) == ("attempted", "mated")
    past.told(past.pair, "not done", reason="incompatible")
    reading = past.reading(Kind.BREED)
    assert (reading.state, reading.reason, reading.attempt) == ("not done", "incompatible", "mated")
    assert reading.was_attempted
    assert len(reading.told) == 2


def test_pair__told_fulfilled_without_young_is_a_contradiction(closed: PastPlan) -> None:
    closed.told(closed.pair, "fulfilled")
    reading = closed.reading(Kind.BREED)
    assert reading.state == "not done"
    assert reading.contradiction.startswith("It was told as fulfilled, and the book has no young")


def test_pair__told_not_done_with_young_is_a_contradiction(past: PastPlan) -> None:
    past.born("2024-06-03")
    past.told(past.pair, "not done", reason="space")
    reading = past.reading(Kind.BREED)
    assert (reading.state, reading.reason) == ("fulfilled", "")
    assert reading.contradiction.startswith("It was told as not done")


def test_withdrawn_pair__was_replaced_from_that_day(past: PastPlan) -> None:
    Recommendation.objects.update(withdrawn_at=datetime(2024, 5, 1, 12, tzinfo=UTC))
    assert past.reading(Kind.BREED).state == "replaced"
    past.born("2024-06-03")
    assert past.reading(Kind.BREED).state == "replaced"
    past.born("2024-04-03")
    assert past.reading(Kind.BREED).state == "fulfilled"


def test_pair__withdrawn_from_the_draft_was_never_published(past: PastPlan) -> None:
    Recommendation.objects.update(withdrawn_at=datetime(2024, 1, 9, 12, tzinfo=UTC))
    assert [each.kind for each in readings_of_plan(past.plan)].count(Kind.BREED) == 0


def test_pair__withdrawn_on_the_day_of_publishing_is_told_apart_by_the_version(
    past: PastPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        then.setattr("django.utils.timezone.now", lambda: datetime(2024, 1, 10, 15, tzinfo=UTC))
        factories.PlanVersionFactory(plan=past.plan, kind="final")
    Recommendation.objects.update(withdrawn_at=datetime(2024, 1, 10, 14, tzinfo=UTC))
    assert [each.kind for each in readings_of_plan(past.plan)].count(Kind.BREED) == 0
    Recommendation.objects.update(withdrawn_at=datetime(2024, 1, 10, 16, tzinfo=UTC))
    assert past.reading(Kind.BREED).state == "replaced"


def test_sending__is_fulfilled_by_an_arrival(past: PastPlan) -> None:
    past.moved(past.book.sire, past.book.other_zoo, date(2024, 3, 4))
    reading = past.reading(Kind.SEND)
    assert (reading.state, reading.shown) == (
        "fulfilled",
        (f"Arrived at {past.book.other_zoo} on 2024-03-04.",),
    )


def test_sending__elsewhere_or_too_late_is_not_done(closed: PastPlan) -> None:
    closed.moved(closed.book.sire, factories.InstitutionFactory(), date(2024, 3, 4))
    assert closed.reading(Kind.SEND).state == "not done"
    closed.moved(closed.book.sire, closed.book.other_zoo, date(2025, 3, 4))
    assert closed.reading(Kind.SEND).state == "not done"


def test_sending__told_as_done_without_arrival_is_a_contradiction(past: PastPlan) -> None:
    past.told(past.sent, "fulfilled")
    reading = past.reading(Kind.SEND)
    assert reading.state == ""
    assert "the book has no arrival there" in reading.contradiction


def test_holding__is_fulfilled_at_the_close_only(past: PastPlan) -> None:
    assert past.reading(Kind.HOLD).state == ""
    past.close()
    assert past.reading(Kind.HOLD).state == "fulfilled"


def test_holding__is_not_done_once_the_animal_left(past: PastPlan) -> None:
    past.moved(past.book.dam, past.book.zoo, date(2024, 3, 4))
    past.told(past.held, "not done", reason="space")
    reading = past.reading(Kind.HOLD)
    assert (reading.state, reading.reason) == ("not done", "space")
    assert reading.shown == (f"Left {past.book.other_zoo} for {past.book.zoo} on 2024-03-04.",)


def test_holding__of_an_animal_that_died(past: PastPlan) -> None:
    past.died(past.book.dam, "2024-05-01")
    past.close()
    assert (past.reading(Kind.HOLD).state, past.reading(Kind.HOLD).reason) == ("not done", "died")


def test_no_breeding__is_fulfilled_at_the_close_without_young(past: PastPlan) -> None:
    assert past.reading(Kind.NO_BREEDING).state == ""
    past.close()
    assert past.reading(Kind.NO_BREEDING).state == "fulfilled"


def test_no_breeding__fails_by_young_conceived_under_the_plan(closed: PastPlan) -> None:
    closed.born("2024-02-01", dam=closed.book.sister)
    assert closed.reading(Kind.NO_BREEDING).state == "fulfilled"
    closed.born("2024-06-01", dam=closed.book.sister, sire=None, sire_kind="unknown")
    assert closed.reading(Kind.NO_BREEDING).state == "not done"


def test_no_breeding__is_not_touched_by_what_is_told_of_the_row(closed: PastPlan) -> None:
    closed.told(closed.rested, "not done", reason="space")
    assert closed.reading(Kind.NO_BREEDING).state == "fulfilled"


def test_places__are_where_the_animals_were_when_the_plan_began(past: PastPlan) -> None:
    past.moved(past.book.sire, past.book.other_zoo, date(2024, 3, 4))
    assert past.reading(Kind.BREED).places == (past.book.zoo, past.book.other_zoo)
    assert past.reading(Kind.SEND).places == (past.book.zoo,)


def test_readings_of__takes_as_many_queries_for_many_as_for_one(closed: PastPlan) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        readings_of(closed.plan.programme)
    for number in range(5):
        pair = factories.RecommendationFactory(
            programme=closed.plan.programme,
            plan=closed.plan,
            sire__studbook_number=f"S{number}",
            dam__studbook_number=f"D{number}",
        )
        factories.PlanAnimalFactory(plan=closed.plan, animal=pair.sire)
        closed.born("2024-06-03", sire=pair.sire, dam=pair.dam)
        closed.told(pair, Outcome.State.ATTEMPTED, attempt="mated")
    with CaptureQueriesContext(connection) as many:
        readings_of(closed.plan.programme)
    assert len(many) == len(few) == 13


def test_history_of__gives_the_pairs_of_closed_plans(closed: PastPlan) -> None:
    closed.born("2024-06-03")
    (past_pair,) = history_of(closed.plan.programme)
    assert (past_pair.pair, past_pair.day, past_pair.until) == (
        closed.pair,
        date(2024, 1, 10),
        date(2024, 12, 31),
    )
    assert (past_pair.sire, past_pair.dam) == (closed.book.sire, closed.book.dam)
    assert (past_pair.fulfilled, past_pair.conceived, past_pair.attempted) == (True, True, True)


def test_history_of__leaves_running_plans_and_replaced_pairs_out(past: PastPlan) -> None:
    assert history_of(past.plan.programme) == ()
    past.close()
    Recommendation.objects.update(withdrawn_at=datetime(2024, 5, 1, 12, tzinfo=UTC))
    assert history_of(past.plan.programme) == ()


@pytest.mark.parametrize("told", [False, True])
def test_history_of__leaves_out_a_pair_replaced_after_one_died(past: PastPlan, told: bool) -> None:
    past.died(past.book.dam, "2024-04-20")
    past.close()
    (case,) = history_of(past.plan.programme)
    assert not case.fulfilled
    if told:
        past.told(past.pair, "replaced")
    else:
        Recommendation.objects.update(withdrawn_at=datetime(2024, 5, 1, 12, tzinfo=UTC))
    assert past.reading(Kind.BREED).state == "not done"
    assert history_of(past.plan.programme) == ()
    past.born("2024-04-03")
    (case,) = history_of(past.plan.programme)
    assert case.fulfilled


def test_outcome_of__reads_one(past: PastPlan) -> None:
    past.born("2024-06-03")
    found = outcome_of(past.pair)
    assert found is not None
    assert found.is_fulfilled
    assert outcome_of(factories.RecommendationFactory()) is None
