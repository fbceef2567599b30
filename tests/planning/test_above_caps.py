"""Pairs above the cap of a lineage: recommended with a reason only, and told wherever the plan is read."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.core.findings import REJECT, WARN, RuleError
from studbook.planning.actions import change_pair, recommend_pair
from studbook.planning.figures import figures_of
from studbook.planning.models import Plan, Recommendation
from studbook.planning.plans.judging import judged
from studbook.planning.plans.life import publish
from studbook.planning.plans.versions import lines_in
from studbook.planning.queries import chosen_pairs
from studbook.planning.report import report_of
from studbook.population.genetics.lineage_actions import edit_lineage
from studbook.population.models import Lineage
from studbook.programmes.models import Programme
from tests.factories import LineageFactory, LineageFounderFactory
from tests.planning.conftest import SmallBook
from tests.planning.plans.conftest import draft as draft

pytestmark = pytest.mark.django_db
REASON = "Both carry rare lines of the second founder pair."
WHY = "She is the last of her line."
ABOVE = "22 Khala has 50.0 % of South, above the cap of 41.0 %. Their young would have 25.0 %, within it."
HOW = {"method": "insemination", "priority": 2, "if_possible": False, "litters": 1, "reason": REASON}


@pytest.fixture
def south(book: SmallBook) -> Lineage:
    """Return a lineage of founder 3, sire of 22 Khala, who has half her genes from it."""
    made: Lineage = LineageFactory(programme=book.programme, name="South", cap=0.41)
    LineageFounderFactory(lineage=made, founder=book.programme.animals.get(studbook_number="3"))
    return made


def recommended(book: SmallBook, ada: User, **more: object) -> Recommendation:
    given = {"reason": REASON, "method": "insemination"} | more
    return recommend_pair(book.programme, sire=book.sire, dam=book.dam, by=ada, **given)


@pytest.mark.rule("D12", door="form", case="outside")
def test_recommend_pair__above_a_cap_asks_why(book: SmallBook, south: Lineage, ada: User) -> None:
    with pytest.raises(RuleError) as refused:
        recommended(book, ada, caps_reason="  ")
    assert [each.code for each in refused.value.findings] == ["D12"]
    assert refused.value.sentence.startswith(ABOVE)
    assert refused.value.field == "caps_reason"
    assert not Recommendation.objects.exists()


@pytest.mark.rule("D12", door="form", case="inside")
def test_recommend_pair__above_a_cap_keeps_why(book: SmallBook, south: Lineage, ada: User) -> None:
    made = recommended(book, ada, caps_reason=f" {WHY} ")
    made.refresh_from_db()
    assert (made.above_caps, made.caps_reason) == (ABOVE, WHY)
    (pair,) = chosen_pairs(figures_of(book.programme))
    assert pair.above_caps == (ABOVE,)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.filter(pk=made.pk).update(caps_reason="")


def test_recommend_pair__within_the_caps_keeps_no_such_reason(
    book: SmallBook, south: Lineage, ada: User
) -> None:
    Lineage.objects.update(cap=0.5)
    made = recommended(book, ada, caps_reason=WHY)
    assert (made.above_caps, made.caps_reason) == ("", "")
    assert chosen_pairs(figures_of(book.programme))[0].above_caps == ()


def test_change_pair__asks_why_once_there_is_a_cap(book: SmallBook, south: Lineage, ada: User) -> None:
    Lineage.objects.update(cap=None)
    made = recommended(book, ada)
    Lineage.objects.update(cap=0.41)
    with pytest.raises(RuleError, match=r"Khala has 50\.0 % of South"):
        change_pair(made, by=ada, opened_version=1, **HOW)
    changed = change_pair(made, by=ada, opened_version=1, caps_reason=WHY, **HOW)
    assert (changed.above_caps, changed.caps_reason) == (ABOVE, WHY)


def test_plan__tells_pairs_above_a_cap_and_goes_out_with_a_reason_only(
    book: SmallBook, draft: Plan, south: Lineage, ada: User, signed_in: Any
) -> None:
    edit_lineage(
        south,
        name="South",
        founders=list(south.founders.all()),
        cap=None,
        reason="Watched.",
        by=ada,
        opened_version=1,
    )
    pair = recommended(book, ada)
    Lineage.objects.update(cap=0.41)

    def told() -> list[tuple[str, str]]:
        return [(each.level, each.sentence) for each in judged(draft) if each.code == "D12"]

    ((level, sentence),) = told()
    assert level == REJECT
    assert sentence == (
        f"21 Baruto × 22 Khala: {ABOVE} Nobody has said why the pair should breed all the same. "
        "Write why, or withdraw it."
    )
    with pytest.raises(StudbookError, match="Nobody has said why"):
        publish(draft, by=ada, opened_version=draft.version)
    change_pair(pair, by=ada, opened_version=1, caps_reason=WHY, **HOW)
    assert told() == [(WARN, f"21 Baruto × 22 Khala: {ABOVE} It breeds all the same: {WHY}")]
    draft.refresh_from_db()
    with pytest.raises(StudbookError, match="It breeds all the same"):
        publish(draft, by=ada, opened_version=draft.version)
    version = publish(draft, by=ada, opened_version=draft.version, acknowledged=["D12"])
    (line,) = lines_in(version).pairs
    assert (line.above_caps, line.caps_reason) == (ABOVE, WHY)
    printed = signed_in(ada).get(reverse("plan_printed", args=["leopards", draft.pk, version.number])).text
    assert WHY in printed
    assert ABOVE in printed
    assert "1 pair should breed though one of the two is above the cap of a lineage." in printed


def test_pages__show_what_is_above_a_cap_and_why(
    book: SmallBook, draft: Plan, south: Lineage, ada: User, signed_in: Any
) -> None:
    code, client = book.programme.code, signed_in(ada)
    page = reverse("pair", args=[code, "21", "22"])
    assert ABOVE in client.get(page).content.decode()
    send = reverse("recommend", args=[code, "21", "22"])
    answer = client.post(send, {"reason": REASON, "method": "insemination"})
    assert (answer.status_code, ABOVE in answer.content.decode()) == (400, True)
    assert 'name="caps_reason"' in answer.content.decode()
    client.post(send, {"reason": REASON, "method": "insemination", "caps_reason": WHY})
    pair = Recommendation.objects.get()
    for address in (
        page,
        reverse("recommendations", args=[code]),
        draft.get_absolute_url(),
        reverse("plan_pair", args=[code, draft.pk, pair.pk]),
    ):
        text = client.get(address).content.decode()
        assert WHY in text, address
        assert "above the cap of 41.0" in text, address


def test_report__marks_a_pair_above_a_cap(book: SmallBook, south: Lineage, ada: User) -> None:
    recommended(book, ada, caps_reason=WHY)
    document = report_of(Programme.objects.get(pk=book.programme.pk), institution=None, by=ada)
    assert ABOVE in str(document)
