"""A plan from its first draft to its close: each step leaves its version, its trail, and what follows from it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditEntry
from studbook.planning.actions import recommend_pair
from studbook.planning.models import Plan, PlanVersion, Recommendation
from studbook.planning.paper.frozen import figures_from
from studbook.planning.plans import freezing, life
from studbook.planning.plans.freezing import recompute
from studbook.planning.plans.life import (
    PlanStateError,
    circulate,
    close_plan,
    discard_plan,
    publish,
    publish_change,
    take_back,
)
from studbook.planning.plans.making import PlanInWorkError, edit_plan, make_plan
from studbook.planning.plans.saying import say_of_animal
from studbook.planning.plans.targets import PlanEndedError
from studbook.planning.plans.versions import figures_in, inputs_in
from studbook.programmes.changes import RightEndedError
from tests.factories import OverlayFactory
from tests.planning.conftest import SmallBook
from tests.planning.plans.conftest import NEXT_MONTH, REASON, bury, circulated, move_on, row

pytestmark = pytest.mark.django_db
DAYS = {"starts_on": date(2026, 1, 1), "ends_on": date(2027, 12, 31)}


def test_make_plan__takes_in_the_pairs_that_waited(book: SmallBook, ada: User) -> None:
    pair = recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason=REASON, by=ada)
    assert pair.plan is None
    plan = make_plan(book.programme, by=ada, title="Plan", **DAYS)
    pair.refresh_from_db()
    assert pair.plan == plan
    assert [row(plan, each).disposition for each in (book.sire, book.dam)] == ["hold", "hold"]
    assert AuditEntry.objects.first().verb == "make plan"


def test_make_plan__refuses_a_second_one_in_work(book: SmallBook, draft: Plan, ada: User) -> None:
    with pytest.raises(PlanInWorkError, match="Plan 2026-2027 is in work already"):
        make_plan(book.programme, by=ada, title="Another", **DAYS)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": "  "}, "needs a title"),
        ({"ends_on": date(2026, 1, 1)}, "would end on 2026-01-01, not after its first day"),
    ],
)
def test_make_plan__refuses_what_is_no_plan(
    book: SmallBook, ada: User, changed: dict[str, object], said: str
) -> None:
    with pytest.raises(StudbookError, match=said):
        make_plan(book.programme, by=ada, **{"title": "Plan", **DAYS, **changed})
    assert not Plan.objects.exists()


def test_make_plan__is_the_coordinators(book: SmallBook, olga: User) -> None:
    with pytest.raises(RightEndedError):
        make_plan(book.programme, by=olga, title="Plan", **DAYS)


def test_edit_plan__keeps_its_overlays_in_the_trail(draft: Plan, ada: User) -> None:
    overlay = OverlayFactory(programme=draft.programme)
    edit_plan(draft, by=ada, opened_version=1, title="Plan B", overlays=[overlay], **DAYS)
    draft.refresh_from_db()
    assert (draft.title, list(draft.overlays.all())) == ("Plan B", [overlay])
    entry = AuditEntry.objects.first()
    assert {each.record for each in entry.changes.all()} == {"planning.plan", "planning.plan_overlays"}
    with pytest.raises(StaleRecordError):
        edit_plan(draft, by=ada, opened_version=1, title="Plan C", **DAYS)


def test_circulate__freezes_a_draft_and_can_be_done_again(
    draft: Plan, khala_baruto: Recommendation, ada: User
) -> None:
    first = circulated(draft, ada)
    assert (draft.state, draft.reply_by, first.kind, first.number) == ("comments", NEXT_MONTH, "draft", 1)
    take_back(draft, by=ada, opened_version=draft.version)
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert circulated(draft, ada).number == 2


def test_circulate__refuses_a_day_that_is_over(draft: Plan, ada: User) -> None:
    with pytest.raises(StudbookError, match="lies in the past"):
        circulate(draft, by=ada, opened_version=1, reply_by=timezone.localdate() - timedelta(days=1))


def test_publish__puts_in_force_and_freezes(draft: Plan, khala_baruto: Recommendation, ada: User) -> None:
    version = publish(draft, by=ada, opened_version=1)
    draft.refresh_from_db()
    assert (draft.state, draft.published_on) == ("final", timezone.localdate())
    assert (version.kind, version.number, version.frozen_by) == ("final", 1, ada)
    assert version.revision == draft.programme.revision
    assert inputs_in(version)["lines"]["pairs"][0]["method"] == "insemination"
    entry = AuditEntry.objects.first()
    change = entry.changes.get(record="planning.planversion")
    assert (entry.verb, change.after["inputs"][:7]) == ("publish plan", "sha256:")


def test_publish__ends_the_plan_in_force(published: Plan, book: SmallBook, ada: User) -> None:
    second = make_plan(book.programme, by=ada, title="Plan 2028", **DAYS)
    publish(second, by=ada, opened_version=1)
    published.refresh_from_db()
    assert (published.state, published.closed_on) == ("closed", timezone.localdate())
    assert [each.kind for each in published.versions.all()] == ["final", "closing"]
    assert published.versions.last().note == "Plan 2028 takes its place."
    assert not Recommendation.objects.standing().exists()


def test_publish_change__needs_a_note(published: Plan, ada: User) -> None:
    with pytest.raises(StudbookError, match="needs a note"):
        publish_change(published, by=ada, opened_version=published.version, note=" ")
    version = publish_change(published, by=ada, opened_version=published.version, note="Zoo B asked.")
    assert (version.kind, version.number, version.note) == ("interim", 2, "Zoo B asked.")


def test_close_plan__freezes_it_and_its_pairs_stand_no_longer(
    published: Plan, book: SmallBook, ada: User
) -> None:
    version = close_plan(published, by=ada, opened_version=published.version)
    published.refresh_from_db()
    assert (published.state, published.closed_on, version.kind) == ("closed", timezone.localdate(), "closing")
    assert not Recommendation.objects.standing().exists()
    with pytest.raises(PlanEndedError):
        edit_plan(published, by=ada, opened_version=published.version, title="Again", **DAYS)


def test_discard_plan__needs_a_reason_and_lets_another_begin(draft: Plan, book: SmallBook, ada: User) -> None:
    with pytest.raises(StudbookError, match="discarded with a reason"):
        discard_plan(draft, by=ada, opened_version=1, reason="")
    discard_plan(draft, by=ada, opened_version=1, reason="Begun too early.")
    draft.refresh_from_db()
    assert draft.state == "discarded"
    assert make_plan(book.programme, by=ada, title="Another", **DAYS).state == "draft"


def test_step__is_refused_from_where_the_table_does_not_have_it(draft: Plan, ada: User) -> None:
    with pytest.raises(PlanStateError, match="“Close” is possible from “final” only"):
        close_plan(draft, by=ada, opened_version=1)
    with pytest.raises(PlanStateError):
        take_back(draft, by=ada, opened_version=1)


def test_step__is_refused_on_a_version_that_is_over(draft: Plan, ada: User) -> None:
    circulated(draft, ada)
    with pytest.raises(StaleRecordError, match="was changed by"):
        publish(draft, by=ada, opened_version=1)
    assert PlanVersion.objects.count() == 1


def test_step__needs_the_right_to_plan(draft: Plan, olga: User) -> None:
    with pytest.raises(RightEndedError):
        publish(draft, by=olga, opened_version=1)
    assert Right.PLAN


@pytest.mark.rule("D3", door="engine", case="inside")
def test_version__recomputes_to_the_same_bytes_after_the_book_moved_on(
    published: Plan, book: SmallBook, ada: User
) -> None:
    version = published.versions.get()
    assert figures_in(version)
    book.programme.animals.filter(studbook_number="31").update(status="released")
    move_on(book.programme)
    again = recompute(PlanVersion.objects.get(pk=version.pk))
    assert again.is_identical
    assert again.is_unchanged


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Return the inputs of which figures are computed, as they come."""
    told: list[dict[str, Any]] = []

    def compute(inputs: dict[str, Any]) -> dict[str, Any]:
        told.append(inputs)
        return figures_from(inputs)

    monkeypatch.setattr(freezing, "figures_from", compute)
    return told


def test_publish__computes_each_plan_once_and_before_the_lock(
    published: Plan,
    book: SmallBook,
    ada: User,
    computed: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    second = make_plan(book.programme, by=ada, title="Plan 2028", **DAYS)
    say_of_animal(second, book.dam, by=ada, disposition="send", destination=book.zoo)
    locked: list[int] = []
    stepping = life._stepping
    monkeypatch.setattr(
        life, "_stepping", lambda *of, **more: locked.append(len(computed)) or stepping(*of, **more)
    )
    publish(second, by=ada, opened_version=1)
    assert locked == [2]
    assert [each["plan"]["title"] for each in computed] == ["Plan 2028", published.title]
    for version in PlanVersion.objects.all():
        assert recompute(version).is_identical


def test_publish__is_refused_before_anything_is_computed(
    draft: Plan, khala_baruto: Recommendation, book: SmallBook, ada: User, computed: list[dict[str, Any]]
) -> None:
    bury(book.sire)
    for version in (1, 7):
        with pytest.raises(StudbookError):
            publish(draft, by=ada, opened_version=version)
    assert computed == []


def test_recompute__computes_once_for_what_is_stored(published: Plan, computed: list[dict[str, Any]]) -> None:
    for _ in range(2):
        assert recompute(published.versions.get()).is_identical
    assert len(computed) == 1


def test_version__says_when_it_is_not_what_was_frozen(published: Plan) -> None:
    version = published.versions.get()
    version.digest = "0" * 64
    assert not recompute(version).is_identical


def test_publish__takes_the_numbers_of_the_pairs_anew(
    draft: Plan, khala_baruto: Recommendation, book: SmallBook, ada: User
) -> None:
    book.programme.animals.filter(studbook_number="31").update(status="released")
    move_on(book.programme)
    before = khala_baruto.delta_gd
    draft = Plan.objects.get(pk=draft.pk)
    publish(draft, by=ada, opened_version=1)
    khala_baruto.refresh_from_db()
    assert (khala_baruto.revision, khala_baruto.f_offspring) == (2, 1 / 16)
    assert khala_baruto.delta_gd != before


def test_version__is_kept_past_the_action(published: Plan) -> None:
    version = published.versions.get()
    writes: list[Callable[[], object]] = [
        lambda: PlanVersion.objects.filter(pk=version.pk).update(note="Other."),
        lambda: PlanVersion.objects.filter(pk=version.pk).delete(),
        version.save,
    ]
    for write in writes:
        with (
            pytest.raises(DatabaseError, match="A frozen version of a plan cannot be altered"),
            transaction.atomic(),
        ):
            write()
    assert PlanVersion.objects.get().note == ""
