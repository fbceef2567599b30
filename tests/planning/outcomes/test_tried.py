"""How far a pair came follows from the records of reproduction; what people told stays beside it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from studbook.accounts.models import User
from studbook.core.dates import DateInterval
from studbook.planning.models import Recommendation
from studbook.planning.outcomes.history import history_of
from studbook.planning.outcomes.kinds import Kind
from studbook.planning.outcomes.rates import success_of
from studbook.planning.outcomes.reading import readings_of
from studbook.programmes.models.record import Record
from tests import factories
from tests.planning.outcomes.conftest import PastPlan

pytestmark = pytest.mark.django_db

DAY = "2024-06-03"
STAGES = ("introduced", "mated", "inseminated", "pregnant")
WORDS = {
    "introduced": "Introduced: 2024-06-03.",
    "mated": "Mating, seen: 2024-06-03.",
    "inseminated": "Inseminated: 2024-06-03.",
    "pregnant": "Pregnant: conceived 2024-06-03, lost.",
}


def logged(past: PastPlan, stage: str, day: str = DAY, **columns: Any) -> Record:
    """Log what makes the pair of the plan reach a stage."""
    on, book = DateInterval.parse(day), past.book
    both = {"programme": book.programme, "sire": book.sire, "dam": book.dam, "institution": book.zoo}
    made: Record
    if stage == "introduced":
        made = factories.PairingFactory(**{**both, "introduced": on, **columns})
    elif stage == "mated":
        made = factories.MatingFactory(**{**both, "date": on, **columns})
    elif stage == "inseminated":
        both |= columns
        made = factories.ProcedureFactory(
            programme=book.programme, kind="insemination", animal=both["dam"], institution=book.zoo, date=on
        )
        factories.InseminationFactory(procedure=made, donor=both["sire"])
    else:
        ended = {"outcome": "lost", "ended": DateInterval.parse("2024-07-20")}
        made = factories.PregnancyFactory(**{**both, "conceived": on, **ended, **columns})
    return made


def struck(record: Record) -> None:
    record.struck_at, record.struck_why = timezone.now(), "Of another pair."
    record.save()


def seen_by(past: PastPlan, day: str, pregnancy: str = "yes") -> Record:
    examined: Record = factories.ProcedureFactory(
        programme=past.plan.programme, animal=past.book.dam, date=DateInterval.parse(day)
    )
    factories.ExaminationFactory(procedure=examined, pregnancy=pregnancy)
    return examined


@pytest.mark.parametrize("stage", STAGES)
def test_record__makes_the_pair_attempted_by_itself(past: PastPlan, stage: str) -> None:
    record = logged(past, stage)
    reading = past.reading(Kind.BREED)
    assert (reading.state, reading.by_book, reading.attempt) == ("attempted", True, stage)
    assert reading.step is not None
    assert (reading.step.record, reading.step.words) == (record, WORDS[stage])
    assert reading.contradiction == ""


@pytest.mark.parametrize("stage", STAGES)
def test_record__that_was_struck_out_counts_no_more(past: PastPlan, stage: str) -> None:
    struck(logged(past, stage))
    assert (past.reading(Kind.BREED).state, past.reading(Kind.BREED).attempt) == ("", "")


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("day", ["2024-01-09", "2025-01-01", "2023"])
def test_record__outside_the_window_is_of_another_plan(closed: PastPlan, stage: str, day: str) -> None:
    logged(closed, stage, day)
    reading = closed.reading(Kind.BREED)
    assert (reading.state, reading.attempt, reading.step) == ("not done", "", None)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("day", ["2024-01-10", "2024-12-31", "between 2024-01-01 and 2024-01-31", "2024"])
def test_record__counts_by_its_middle_day_to_the_ends_of_the_window(
    closed: PastPlan, stage: str, day: str
) -> None:
    logged(closed, stage, day, **({"ended": DateInterval.parse("2025-03-01")} if stage == "pregnant" else {}))
    assert closed.reading(Kind.BREED).attempt == stage


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("role", ["sire", "dam"])
def test_record__with_another_partner_is_of_another_pair(past: PastPlan, stage: str, role: str) -> None:
    other = past.book.brother if role == "sire" else past.book.sister
    logged(past, stage, **{role: other})
    assert past.reading(Kind.BREED).attempt == ""


def test_furthest__counts_with_its_first_day(past: PastPlan) -> None:
    logged(past, "mated", "2024-06-05")
    first = logged(past, "mated", "2024-06-04")
    logged(past, "introduced", "2024-07-01")
    reading = past.reading(Kind.BREED)
    assert reading.step is not None
    assert (reading.attempt, reading.step.record) == ("mated", first)
    logged(past, "inseminated", "2024-05-01")
    assert past.reading(Kind.BREED).attempt == "inseminated"


def test_pair__put_together_in_the_window_was_introduced_before_it(past: PastPlan) -> None:
    pairing = logged(past, "introduced", "2023-12-01")
    assert past.reading(Kind.BREED).attempt == ""
    pairing.together = DateInterval.parse("2024-02-01")  # type: ignore[attr-defined]
    pairing.save()
    reading = past.reading(Kind.BREED)
    assert reading.step is not None
    assert (reading.attempt, reading.step.words) == ("introduced", "Put together: 2024-02-01.")


def test_pregnancy__that_is_open_counts_once_it_was_seen(past: PastPlan) -> None:
    logged(past, "pregnant", outcome="", ended=None)
    for day, finding in (("2024-06-20", "no"), ("2024-06-02", "yes"), ("2024-12-01", "yes")):
        seen_by(past, day, finding)
    assert past.reading(Kind.BREED).attempt == ""
    examined = seen_by(past, "2024-07-10")
    reading = past.reading(Kind.BREED)
    assert reading.step is not None
    assert reading.step.words == "Pregnant: conceived 2024-06-03, seen in an examination."
    struck(examined)
    assert past.reading(Kind.BREED).attempt == ""


def test_pregnancy__that_may_be_of_another_sire_counts_for_neither(past: PastPlan) -> None:
    logged(past, "pregnant", outcome="", ended=None)
    other = logged(past, "pregnant", "2024-06-10", sire=past.book.brother, outcome="", ended=None)
    seen_by(past, "2024-07-10")
    assert past.reading(Kind.BREED).attempt == ""
    struck(other)
    assert past.reading(Kind.BREED).attempt == "pregnant"


def test_pregnancy__that_was_none_does_not_count(past: PastPlan) -> None:
    logged(past, "pregnant", outcome="not pregnant")
    seen_by(past, "2024-07-10")
    assert past.reading(Kind.BREED).attempt == ""
    logged(past, "inseminated")
    assert past.reading(Kind.BREED).attempt == "inseminated"


def test_pregnancy__by_transfer_is_of_the_dam_by_her_genes(past: PastPlan) -> None:
    of = {"method": "embryo", "dam": past.book.sister}
    logged(past, "pregnant", gene_dam=past.book.dam, **of)
    assert past.reading(Kind.BREED).attempt == "pregnant"


def test_pregnancy__of_a_stranger_s_embryo_is_not_hers(past: PastPlan) -> None:
    logged(past, "pregnant", gene_dam=past.book.sister, method="embryo")
    assert past.reading(Kind.BREED).attempt == ""


@pytest.mark.parametrize(
    ("told", "on_record", "counts", "by_book"),
    [
        ("introduced", "mated", "mated", True),
        ("pregnant", "mated", "pregnant", False),
        ("mated", "mated", "mated", True),
    ],
)
def test_further_of_told_and_recorded_counts(
    past: PastPlan, told: str, on_record: str, counts: str, by_book: bool
) -> None:
    past.told(past.pair, "attempted", attempt=told)
    logged(past, on_record)
    reading = past.reading(Kind.BREED)
    assert (reading.state, reading.attempt, reading.by_book) == ("attempted", counts, by_book)
    assert len(reading.told) == 1


def test_told_as_not_done__keeps_its_reason_beside_an_earlier_attempt(closed: PastPlan) -> None:
    logged(closed, "mated")
    closed.told(closed.pair, "not done", reason="incompatible", on=date(2024, 6, 3))
    reading = closed.reading(Kind.BREED)
    assert (reading.state, reading.reason, reading.attempt) == ("not done", "incompatible", "mated")
    assert reading.was_attempted
    assert reading.contradiction == ""


def test_told_as_not_done__is_overtaken_by_a_later_attempt(closed: PastPlan) -> None:
    closed.told(closed.pair, "not done", reason="space", on=date(2024, 6, 2))
    logged(closed, "mated")
    reading = closed.reading(Kind.BREED)
    assert (reading.state, reading.reason, reading.attempt) == ("attempted", "", "mated")
    assert reading.contradiction == (
        "It was told as not done, and the book shows that it was tried after that. Mating, seen: 2024-06-03."
    )


def test_told_as_replaced__stays_whatever_was_tried(closed: PastPlan) -> None:
    closed.told(closed.pair, "replaced", on=date(2024, 3, 1))
    logged(closed, "mated")
    assert closed.reading(Kind.BREED).state == "replaced"


def test_young__leave_the_attempt_to_what_was_told(past: PastPlan) -> None:
    logged(past, "mated", "2024-02-27")
    past.born(DAY)
    reading = past.reading(Kind.BREED)
    assert (reading.state, reading.attempt, reading.step) == ("fulfilled", "", None)


def test_death__after_an_attempt_stays_not_done_and_counts_as_tried(closed: PastPlan) -> None:
    logged(closed, "mated", "2024-04-01")
    closed.died(closed.book.dam, "2024-05-01")
    reading = closed.reading(Kind.BREED)
    assert (reading.state, reading.reason, reading.attempt) == ("not done", "died", "mated")
    (rate,) = success_of(readings_of(closed.plan.programme), Kind.BREED).plans
    assert (rate.attempted, rate.untried) == (1, 0)


def test_replaced_pair__was_tried_only_until_it_was_withdrawn(past: PastPlan) -> None:
    Recommendation.objects.update(withdrawn_at=datetime(2024, 5, 1, 12, tzinfo=UTC))
    logged(past, "mated")
    assert (past.reading(Kind.BREED).state, past.reading(Kind.BREED).attempt) == ("replaced", "")
    logged(past, "introduced", "2024-04-30")
    assert (past.reading(Kind.BREED).state, past.reading(Kind.BREED).attempt) == ("replaced", "introduced")


def test_rates_and_history__count_what_is_on_record(closed: PastPlan) -> None:
    logged(closed, "introduced")
    (rate,) = success_of(readings_of(closed.plan.programme), Kind.BREED).plans
    assert (rate.fulfilled, rate.attempted, rate.untried) == (0, 1, 0)
    (case,) = history_of(closed.plan.programme)
    assert (case.attempted, case.attempt, case.fulfilled) == (True, "introduced", False)


def test_readings_of__takes_as_many_queries_for_many_records(closed: PastPlan) -> None:
    logged(closed, "pregnant", outcome="", ended=None)
    with CaptureQueriesContext(connection) as few:
        readings_of(closed.plan.programme)
    for number in range(4):
        pair = factories.RecommendationFactory(
            programme=closed.plan.programme,
            plan=closed.plan,
            sire__studbook_number=f"S{number}",
            dam__studbook_number=f"D{number}",
        )
        both = {"sire": pair.sire, "dam": pair.dam}
        for stage in STAGES[:3]:
            logged(closed, stage, **both)
        logged(closed, "pregnant", outcome="", ended=None, **both)
    with CaptureQueriesContext(connection) as many:
        readings_of(closed.plan.programme)
    assert len(many) == len(few) == 15


def test_page__leads_to_the_record(past: PastPlan, olga: User, signed_in: Any) -> None:
    pairing = logged(past, "introduced")
    page = signed_in(olga).get(reverse("outcomes", args=["leopards"])).text
    assert (
        f'<a href="{reverse("pairing", args=["leopards", pairing.pk])}">Introduced: 2024-06-03.</a>' in page
    )
    file = b"".join(signed_in(olga).get(reverse("outcomes_csv", args=["leopards"]))).decode()
    assert ",attempted,yes,introduced,,0,0,0,Introduced: 2024-06-03.," in file
