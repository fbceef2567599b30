"""Litters beyond what a dam can bear or the plan wants, and those on their way: read before a plan goes out (rule D8)."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from studbook.accounts.models import User
from studbook.core.findings import UnacknowledgedError
from studbook.planning.actions import recommend_pair
from studbook.planning.models import Plan, Recommendation
from studbook.planning.plans.judging import judged
from studbook.planning.plans.life import publish
from studbook.planning.plans.saying import say_of_animal
from tests.factories import ParticipationFactory, PregnancyFactory
from tests.planning.conftest import SmallBook
from tests.planning.plans.conftest import REASON

pytestmark = pytest.mark.django_db


def warnings(plan: Plan) -> list[str]:
    return [each.sentence for each in judged(plan) if (each.code, each.level) == ("D8", "warn")]


def with_boris(book: SmallBook, ada: User, **more: Any) -> Recommendation:
    told = {"reason": REASON, "by": ada, "method": "insemination", **more}
    return recommend_pair(book.programme, sire=book.brother, dam=book.dam, **told)


def test_judged__a_dam_of_two_males_bears_one_litter_a_season(
    draft: Plan, khala_baruto: Recommendation, book: SmallBook, ada: User
) -> None:
    with_boris(book, ada)
    # Two years are two seasons.
    assert warnings(draft) == []
    Plan.objects.update(ends_on=date(2026, 12, 31))
    draft.refresh_from_db()
    [sentence] = warnings(draft)
    assert sentence.startswith("22 Khala is to breed with ")
    assert (
        "2 litters together, and the plan runs for 1 season of one litter each. Withdraw a pair" in sentence
    )
    assert "11 Boris" in sentence
    assert "21 Baruto" in sentence


def test_judged__litters_of_all_pairs_are_not_more_than_the_plan_wants(
    draft: Plan, khala_baruto: Recommendation, book: SmallBook, ada: User
) -> None:
    Recommendation.objects.update(litters=5)
    for wanted, told in ((3, 1), (5, 0), (None, 0)):
        Plan.objects.update(litters_wanted=wanted)
        draft.refresh_from_db()
        assert len(warnings(draft)) == told
    Plan.objects.update(litters_wanted=3)
    draft.refresh_from_db()
    assert warnings(draft)[0].startswith("The pairs have 5 litters together, and the plan wants 3. Withdraw")
    with pytest.raises(UnacknowledgedError):
        publish(draft, by=ada, opened_version=draft.version)
    publish(draft, by=ada, opened_version=draft.version, acknowledged=["D8"])


def test_judged__an_open_pregnancy_of_one_sent_or_not_to_breed_is_told(
    draft: Plan, book: SmallBook, ada: User
) -> None:
    elsewhere = ParticipationFactory(programme=book.programme).institution
    say_of_animal(draft, book.dam, by=ada, disposition="send", destination=elsewhere)
    say_of_animal(draft, book.stranger, by=ada, breeding="do not breed", reason="Too old.")
    say_of_animal(draft, book.sister, by=ada)
    assert warnings(draft) == []
    with CaptureQueriesContext(connection) as before:
        judged(draft)
    told = {"programme": book.programme, "sire": book.sire, "institution": book.zoo}
    made = [PregnancyFactory(dam=dam, **told) for dam in (book.dam, book.stranger, book.sister)]
    found = warnings(draft)
    assert [each.split(" is ")[0] for each in found] == ["22 Khala", "31 Zoya"]
    assert f"is to go to {elsewhere}, and a pregnancy of hers is open: young may be born" in found[0]
    assert str(made[0].window) in found[0]
    assert "is DO NOT BREED, and a pregnancy of hers is open" in found[1]
    with CaptureQueriesContext(connection) as after:
        judged(draft)
    assert len(after) == len(before)
    type(made[0]).objects.update(
        outcome="not pregnant", ended_earliest="2025-04-01", ended_latest="2025-04-01"
    )
    assert warnings(draft) == []
