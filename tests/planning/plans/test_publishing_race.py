"""Between what a coordinator saw and what is published the book may move on: then the coordinator is told, and looks again."""

from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.animals.entry.life import log_death
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.errors import StaleRecordError
from studbook.planning.actions import change_pair
from studbook.planning.models import Plan, PlanVersion, Recommendation
from studbook.planning.paper.frozen import inputs_of
from studbook.planning.plans import seen as seen_module
from studbook.planning.plans.life import circulate, publish
from studbook.planning.plans.saying import say_of_animal
from studbook.planning.plans.seen import PlanMovedOnError, changes_since, look_at
from tests.factories import TransferAnimalFactory, TransferFactory
from tests.planning.conftest import SmallBook
from tests.planning.plans.conftest import NEXT_MONTH, move_on

pytestmark = pytest.mark.django_db
DIED = DateInterval.parse("2026-03-01")


@pytest.fixture
def seen(draft: Plan, khala_baruto: Recommendation) -> str:
    """Return what the page of the preview shows."""
    fresh = Plan.objects.select_related("programme").get(pk=draft.pk)
    return str(look_at(fresh).seen)


def publish_as_seen(draft: Plan, ada: User, seen: str) -> PlanVersion:
    fresh = Plan.objects.select_related("programme").get(pk=draft.pk)
    return publish(fresh, by=ada, opened_version=1, seen=seen)


@pytest.mark.rule("D9", door="form", case="inside")
def test_publish__sends_out_what_was_seen(draft: Plan, seen: str, ada: User) -> None:
    assert publish_as_seen(draft, ada, seen).number == 1


def test_publish__lets_a_new_revision_pass_that_changes_nothing_of_it(
    draft: Plan, seen: str, book: SmallBook, ada: User
) -> None:
    move_on(book.programme)
    assert publish_as_seen(draft, ada, seen).revision == 2


@pytest.mark.rule("D9", door="form", case="outside")
def test_publish__tells_who_died_since(draft: Plan, seen: str, book: SmallBook, ada: User) -> None:
    log_death(Animal.objects.get(pk=book.sire.pk), on=DIED, cause="old age", by=ada)
    with pytest.raises(PlanMovedOnError, match="this has changed: 21 Baruto: log death, by ada") as refusal:
        publish_as_seen(draft, ada, seen)
    assert refusal.value.status == 409
    assert (Plan.objects.get(pk=draft.pk).state, PlanVersion.objects.count()) == ("draft", 0)


def test_publish__tells_of_a_death_that_changes_the_numbers_alone(
    draft: Plan, seen: str, book: SmallBook, ada: User
) -> None:
    log_death(Animal.objects.get(pk=book.stranger.pk), on=DIED, cause="old age", by=ada)
    with pytest.raises(PlanMovedOnError, match="other animals of the book, on which the numbers stand"):
        publish_as_seen(draft, ada, seen)


def test_publish__tells_what_another_coordinator_wrote(
    draft: Plan, seen: str, khala_baruto: Recommendation, book: SmallBook, ada: User
) -> None:
    change_pair(
        khala_baruto,
        by=ada,
        opened_version=1,
        method="natural",
        priority=1,
        if_possible=False,
        litters=1,
        reason="Rare.",
    )
    say_of_animal(Plan.objects.get(pk=draft.pk), book.stranger, by=None)
    with pytest.raises(
        PlanMovedOnError, match=r"change recommendation, by ada at .*; add animal to plan, by the system"
    ):
        publish_as_seen(draft, ada, seen)


def test_publish__tells_of_a_warning_that_nobody_read(
    draft: Plan, seen: str, book: SmallBook, ada: User
) -> None:
    under_way = TransferFactory(programme=book.programme, sender=book.zoo, receiver=book.other_zoo)
    TransferAnimalFactory(transfer=under_way, animal=book.sire)
    fresh = Plan.objects.get(pk=draft.pk)
    with pytest.raises(PlanMovedOnError):
        publish(fresh, by=ada, opened_version=1, seen=seen, acknowledged=("D8",))


def test_look_at__reads_the_last_deed_before_the_book(
    draft: Plan, khala_baruto: Recommendation, book: SmallBook, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_late(plan: Plan) -> dict[str, Any]:
        log_death(Animal.objects.get(pk=book.sire.pk), on=DIED, cause="old age", by=ada)
        return inputs_of(plan)

    monkeypatch.setattr(seen_module, "inputs_of", read_late)
    look = look_at(Plan.objects.select_related("programme").get(pk=draft.pk))
    assert look.lines.by_number()["21"].status == "dead"
    (told,) = changes_since(draft, look.seen.entry)
    assert told.startswith("21 Baruto: log death, by ada")


@pytest.mark.parametrize("words", ["0-", "nonsense", "99999999999999999999-x", "-"])
def test_publish__takes_no_words_that_no_page_wrote(draft: Plan, seen: str, ada: User, words: str) -> None:
    with pytest.raises(PlanMovedOnError):
        publish_as_seen(draft, ada, words)


def test_publish__is_done_by_one_of_two(draft: Plan, seen: str, ada: User) -> None:
    publish_as_seen(draft, ada, seen)
    with pytest.raises(Exception, match="“Publish” is possible from “draft” or “open for comments” only"):
        publish_as_seen(draft, ada, seen)


def test_circulate__is_refused_on_a_plan_that_another_sent_out(draft: Plan, seen: str, ada: User) -> None:
    circulate(draft, by=ada, opened_version=1, reply_by=NEXT_MONTH, seen=seen)
    with pytest.raises(StaleRecordError):
        circulate(Plan.objects.get(pk=draft.pk), by=ada, opened_version=1, reply_by=NEXT_MONTH, seen=seen)
