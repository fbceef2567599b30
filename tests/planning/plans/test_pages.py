"""The pages of plans: what they show, what their forms do, what they answer to nonsense."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from studbook.accounts.models import User
from studbook.core.panels import Panel, add_panel
from studbook.planning.actions import recommend_pair
from studbook.planning.models import Plan, PlanVersion, Recommendation
from studbook.planning.plans import marks
from studbook.planning.plans.life import discard_plan
from studbook.planning.plans.making import make_plan
from studbook.planning.plans.marks import Mark, add_mark
from studbook.planning.plans.queries import page_of
from studbook.planning.plans.saying import fill_in, say_of_animal
from tests.factories import OverlayFactory, PlanVersionFactory
from tests.planning.conftest import SmallBook
from tests.planning.plans.conftest import REASON, bury, changed, circulated, row, text, url

pytestmark = pytest.mark.django_db
DOCUMENT = {"title": "Plan 2026", "starts_on": "2026-01-01", "ends_on": "2026-12-31"}


def test_plans__leads_to_the_first_draft(window: Client, book: SmallBook, ada: User) -> None:
    recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason=REASON, by=ada)
    shown = text(window.get(url("plans")))
    assert "1 recommended pair waits for a plan. The next draft takes it in." in shown
    assert "Begin a plan" in shown


def test_plan_new__begins_a_draft(window: Client, book: SmallBook) -> None:
    overlay = OverlayFactory(programme=book.programme)
    assert "Breeding plan" in text(window.get(url("plan_new")))
    answer = window.post(url("plan_new"), {**DOCUMENT, "litters_wanted": 16, "overlays": [overlay.pk]})
    plan = Plan.objects.get()
    assert answer.url == plan.get_absolute_url()
    assert (plan.litters_wanted, list(plan.overlays.all())) == (16, [overlay])


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"ends_on": "2025-01-01"}, "not after its first day"),
        ({"title": ""}, "A plan needs a title"),
        ({"starts_on": "nonsense"}, "Write the day as 2003-05-01."),
        ({"ends_on": "9999-12-31"}, "is none of this book"),
        ({"overlays": ["x"]}, "not a valid value"),
        ({"litters_wanted": "-1"}, "greater than or equal to 0"),
    ],
)
def test_plan_new__says_what_is_wrong(
    window: Client, book: SmallBook, sent: dict[str, object], said: str
) -> None:
    answer = window.post(url("plan_new"), {**DOCUMENT, **sent})
    assert answer.status_code == 400
    assert said in text(answer)


def test_plan__shows_document_pairs_and_rows(
    window: Client, draft: Plan, khala_baruto: Recommendation, book: SmallBook
) -> None:
    shown = text(window.get(draft.get_absolute_url()))
    assert "Insemination of 22 Khala with semen of 21 Baruto, priority 2" in shown
    assert "Nobody has to move." in shown
    assert "Pair 1: semen is taken for the insemination of 22 Khala at ZOOB." in shown
    assert "3 living animals are not named in the plan." in shown
    assert "Circulate for comments" in shown


def test_plan__offers_nothing_to_those_who_only_read(
    draft: Plan, khala_baruto: Recommendation, olga: User
) -> None:
    client = Client()
    client.force_login(olga)
    shown = text(client.get(draft.get_absolute_url()))
    assert "Khala" in shown
    assert "Circulate for comments" not in shown
    assert "Edit the document" not in shown
    assert client.get(url("plan_step", draft.pk, "publish")).status_code == 403


def test_plan__reads_in_as_many_queries_for_many_animals(
    window: Client, draft: Plan, khala_baruto: Recommendation, ada: User
) -> None:
    window.get(draft.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        window.get(draft.get_absolute_url())
    fill_in(draft, by=ada)
    with CaptureQueriesContext(connection) as many:
        window.get(draft.get_absolute_url())
    assert len(few) == len(many)


def test_plan__has_room_for_panels_and_marks_of_others(
    window: Client,
    draft: Plan,
    khala_baruto: Recommendation,
    monkeypatch: pytest.MonkeyPatch,
    book: SmallBook,
) -> None:
    monkeypatch.setattr("studbook.core.panels._panels", {})
    monkeypatch.setattr(marks, "_marks", {"row": [], "pair": []})
    add_panel("plan", Panel(1, "components/empty.html", lambda _, plan: {"sentence": f"All of {plan}"}))
    add_mark(
        "row",
        Mark(1, "components/empty.html", lambda _, plan: {row(plan, book.dam).pk: {"sentence": "Accepted."}}),
    )
    add_mark("pair", Mark(1, "components/empty.html", lambda *_: {khala_baruto.pk: {"sentence": "Mated."}}))
    shown = text(window.get(draft.get_absolute_url()))
    assert [shown.count(words) for words in ("All of Plan 2026-2027", "Accepted.", "Mated.")] == [1, 1, 1]


def test_step__goes_from_draft_to_close(window: Client, draft: Plan, khala_baruto: Recommendation) -> None:
    day = (timezone.localdate() + timedelta(days=20)).isoformat()
    for phase, state, more in (
        ("circulate", "comments", {"reply_by": day}),
        ("take-back", "draft", {}),
        ("publish", "final", {}),
        ("change", "final", {"note": "The zoo asked."}),
        ("close", "closed", {}),
    ):
        page = window.get(url("plan_step", draft.pk, phase))
        assert page.status_code == 200
        preview = page.context["preview"]
        sent = {
            "opened_version": page.context["plan"].version,
            "seen": str(preview.seen) if preview else "",
            **more,
        }
        answer = window.post(url("plan_step", draft.pk, phase), sent)
        assert (answer.status_code, Plan.objects.get().state) == (302, state), text(answer)
    assert [each.kind for each in PlanVersion.objects.all()] == ["draft", "final", "interim", "closing"]


def test_step__tells_what_moved_on_and_shows_the_plan_as_it_is_now(
    window: Client, draft: Plan, khala_baruto: Recommendation, book: SmallBook
) -> None:
    page = window.get(url("plan_step", draft.pk, "publish"))
    sent = {"opened_version": 1, "seen": str(page.context["preview"].seen)}
    say_of_animal(draft, book.stranger, by=None)
    answer = window.post(url("plan_step", draft.pk, "publish"), sent)
    assert answer.status_code == 409
    assert "add animal to plan, by the system" in text(answer)
    again = {"opened_version": 1, "seen": str(answer.context["preview"].seen)}
    assert window.post(url("plan_step", draft.pk, "publish"), again).status_code == 302


def test_step__asks_to_read_the_warnings(window: Client, draft: Plan, book: SmallBook, ada: User) -> None:
    recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason=REASON, by=ada)
    page = window.get(url("plan_step", draft.pk, "publish"))
    assert "I have read the warnings" in text(page)
    sent = {"opened_version": 1, "seen": str(page.context["preview"].seen)}
    assert window.post(url("plan_step", draft.pk, "publish"), sent).status_code == 400
    assert (
        window.post(url("plan_step", draft.pk, "publish"), {**sent, "acknowledged": "on"}).status_code == 302
    )


def test_step__offers_no_button_where_something_cannot_be(
    window: Client, draft: Plan, khala_baruto: Recommendation, book: SmallBook
) -> None:
    bury(book.sire)
    shown = text(window.get(url("plan_step", draft.pk, "publish")))
    assert "It cannot be sent out as it is" in shown
    assert "21 Baruto is dead" in shown
    assert 'name="seen"' not in shown


@pytest.mark.parametrize("phase", ["circulate", "take-back", "publish", "change", "close", "discard"])
@pytest.mark.parametrize(
    "sent", [{}, {"opened_version": "x", "seen": "x", "reply_by": "x"}, {"opened_version": 7}]
)
def test_step__refuses_nonsense(window: Client, draft: Plan, phase: str, sent: dict[str, object]) -> None:
    answer = window.post(url("plan_step", draft.pk, phase), sent)
    assert answer.status_code in (400, 409)


def test_step__that_is_none_is_not_there(window: Client, draft: Plan) -> None:
    assert window.get(url("plan_step", draft.pk, "bless")).status_code == 404


def test_step__that_cannot_be_taken_says_so(window: Client, draft: Plan) -> None:
    assert "this step cannot be taken" in text(window.get(url("plan_step", draft.pk, "close")))


def test_version__is_recomputed_on_its_page(window: Client, published: Plan, book: SmallBook) -> None:
    bury(book.stranger)
    shown = text(window.get(url("plan_version", published.pk, 1)))
    assert "recomputed: identical" in shown
    assert published.versions.get().digest in shown
    assert "insemination, semen of a living sire" in shown


def test_version__that_cannot_be_read_says_so(window: Client, draft: Plan) -> None:
    PlanVersionFactory(plan=draft, number=1)
    assert "not what was frozen" in text(window.get(url("plan_version", draft.pk, 1)))


def test_versions__tell_what_changed_between_two(
    window: Client, published: Plan, book: SmallBook, ada: User
) -> None:
    say_of_animal(published, book.stranger, by=ada, notes="Keep her apart")
    shown = text(window.get(published.get_absolute_url()))
    assert "1 thing changed since version 1" in shown
    changed(published, ada)
    shown = text(window.get(url("plan_versions", published.pk) + "?from=1&to=2"))
    assert "31 Zoya" in shown
    assert "HOLD; ZOOA; –; Keep her apart" in shown
    for words in ("?from=x&to=2", "?from=9&to=2", "?from=1", "?from=1&to=1"):
        assert window.get(url("plan_versions", published.pk) + words).status_code == 200


def test_files__hold_the_rows(window: Client, published: Plan, book: SmallBook) -> None:
    bury(book.sire)
    lines = b"".join(window.get(url("plan_rows_csv", published.pk))).decode().splitlines()
    assert lines[0].startswith(
        "Institution,Name,SB ID,Local ID,Sex,Age,Disposition,Location,Breeding,With,Notes"
    )
    assert "21 Baruto is dead (2026-03-01)." in lines[-1]
    assert window.get(url("plan_rows_xlsx", published.pk)).status_code == 200
    assert b"Plan 2026-2027,final" in b"".join(window.get(url("plans_csv")))
    assert window.get(url("plans_xlsx")).status_code == 200


def test_panels__tell_of_the_plan_and_what_became_stale(
    window: Client, published: Plan, book: SmallBook
) -> None:
    bury(book.sire)
    animal = text(window.get(url("animal", "22")))
    assert "Plan 2026-2027" in animal
    assert "21 Baruto is dead (2026-03-01)." in animal
    assert "2 animals changed since it was sent out" in text(window.get(url("dashboard")))
    assert "21 Baruto is dead (2026-03-01)." in text(window.get(url("recommendations")))
    assert "Plan 2026-2027" in text(window.get(url("institution", book.other_zoo.pk)))


def test_plan__of_another_state_is_shown(window: Client, draft: Plan, book: SmallBook, ada: User) -> None:
    discard_plan(draft, by=ada, opened_version=1, reason="Begun too early.")
    assert "discarded" in text(window.get(draft.get_absolute_url()))
    assert window.get(url("plan_row_new", draft.pk)).status_code == 200
    assert window.post(url("plan_fill_in", draft.pk), {"opened_version": 2}).status_code == 409
    assert window.post(url("plan_fill_in", draft.pk)).status_code == 400
    second = make_plan(
        book.programme, by=ada, title="B", starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1)
    )
    circulated(second, ada)
    assert "open for comments" in text(window.get(url("plans")))


def test_publish__tells_how_many_transfers_it_proposed(
    window: Client, draft: Plan, book: SmallBook, ada: User
) -> None:
    recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason=REASON, by=ada, moves="dam")

    def told_after(phase: str, **more: str) -> str:
        page = window.get(url("plan_step", draft.pk, phase)).context
        sent = {"opened_version": page["plan"].version, "seen": str(page["preview"].seen), **more}
        answer = window.post(url("plan_step", draft.pk, phase), sent)
        return text(window.get(answer["Location"]))

    told = told_after("publish")
    link = f'<a href="{url("transfers")}?state=proposed">1 transfer</a>'
    assert f"The plan is published and in force. {link} was proposed by it: the zoos answer there." in told
    told = told_after("change", note="Nothing new.")
    assert "The change is published." in told
    assert "proposed by it" not in told


def test_plan__tells_a_priority_that_is_not_the_usual_one(
    window: Client, published: Plan, book: SmallBook
) -> None:
    assert "High priority." not in text(window.get(url("plan", published.pk)))
    published.animals.filter(animal=book.dam).update(priority=1)
    shown = text(window.get(url("plan", published.pk)))
    assert "<b>High priority.</b> Pair 1" in shown
    (change,) = page_of(published).unpublished
    assert (change.about, change.now.split("; ")[0]) == ("22 Khala", "high priority")
    assert "priority" not in change.before
