"""People tell what was tried and why something was not done; the book tells the rest."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from studbook.accounts.models import User
from studbook.core.models import AuditEntry
from studbook.planning.models import Outcome, Plan
from studbook.planning.outcomes.kinds import Kind
from studbook.planning.outcomes.telling import NotTheirsToTellError, tell_outcome
from tests import factories
from tests.planning.outcomes.conftest import PastPlan

pytestmark = pytest.mark.django_db


def tell(past: PastPlan, by: User, key: str = "", **told: Any) -> Outcome:
    told = {"state": "attempted", "attempt": "mated", **told}
    return tell_outcome(past.plan.programme, key=key or f"pair-{past.pair.pk}", by=by, **told)


def test_tell__is_kept_with_a_trail_and_once(past: PastPlan, remy: User) -> None:
    assert tell(past, remy) == tell(past, remy)
    assert Outcome.objects.get().by == remy
    assert AuditEntry.objects.filter(verb="tell outcome").count() == 1
    assert past.reading(Kind.BREED).attempt == "mated"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"attempt": ""}, "Say how far it came"),
        ({"state": "not done"}, "Say why it was not done"),
        ({"state": "not done", "reason": "other"}, "Write which other reason"),
        ({"on": date(2024, 1, 9)}, "lies before 2024-01-10"),
        ({"on": timezone.localdate() + timedelta(days=3)}, "lies in the future"),
    ],
)
def test_tell__says_enough(past: PastPlan, remy: User, told: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Exception, match=sentence):
        tell(past, remy, **told)
    assert not Outcome.objects.exists()


def test_tell__of_a_row_is_not_of_trying(past: PastPlan, remy: User) -> None:
    with pytest.raises(Exception, match="Only a pair is tried"):
        tell(past, remy, f"row-{past.sent.pk}")
    assert tell(past, remy, f"row-{past.sent.pk}", state="not done", reason="papers").attempt == ""


def test_tell__of_other_zoos_is_like_of_nothing(past: PastPlan, remy: User, bo: User, olga: User) -> None:
    with pytest.raises(NotTheirsToTellError):
        tell(past, remy, f"row-{past.held.pk}", state="not done", reason="space")
    for person in (bo, olga):
        with pytest.raises(NotTheirsToTellError):
            tell(past, person)
    for key in ("pair-0", "pair-", "row-x", "plan-1", "pair-٣", f"pair-{10**19}", ""):
        with pytest.raises(NotTheirsToTellError):
            tell_outcome(past.plan.programme, key=key, state="replaced", by=remy)


def test_tell__of_a_plan_never_published_is_like_of_nothing(past: PastPlan, ada: User) -> None:
    Plan.objects.update(state="draft", published_on=None)
    with pytest.raises(NotTheirsToTellError):
        tell(past, ada)


def test_tell__by_a_zoo_that_shall_receive(past: PastPlan) -> None:
    there = factories.InstitutionRoleFactory(institution=past.book.other_zoo, role="representative").user
    assert tell(past, there, f"row-{past.sent.pk}", state="not done", reason="space")


def test_page__tells_with_one_tap_and_comes_back(past: PastPlan, remy: User, signed_in: Any) -> None:
    client, url = signed_in(remy), reverse("outcomes", args=["leopards"])
    page = client.get(url, {"kind": "breed with"}).text
    assert "BREED WITH" in page
    assert "Mating seen" in page
    tell_url = reverse("outcome_tell", args=["leopards", f"pair-{past.pair.pk}"])
    form = {"state": "attempted", "attempt": "introduced", "query": "kind=breed+with"}
    given = client.post(tell_url, form)
    assert given.headers["Location"] == f"{url}?kind=breed+with#pair-{past.pair.pk}"
    assert "… attempted" in client.get(url).text


def test_page__tells_a_refusal(past: PastPlan, remy: User, signed_in: Any) -> None:
    tell_url = reverse("outcome_tell", args=["leopards", f"pair-{past.pair.pk}"])
    given = signed_in(remy).post(tell_url, {"state": "not done", "query": "page=9&kind=\nx"})
    assert given.status_code == 400
    assert "Say why it was not done" in given.text
    written = {"state": "not done", "reason": "other", "on": "2024-05-03"}
    given = signed_in(remy).post(tell_url, written)
    assert given.status_code == 400
    assert re.search(r'value="other" checked', given.text)
    assert 'name="on" value="2024-05-03"' in given.text
    assert signed_in(remy).post(tell_url, {"state": "nonsense"}).status_code == 400


def test_page__names_each_place_once(past: PastPlan, remy: User, signed_in: Any) -> None:
    page = signed_in(remy).get(reverse("outcomes", args=["leopards"])).text
    ids = re.findall(r' id="((?:row|pair)-[0-9]+)"', page)
    assert len(ids) == len(set(ids)) == 4


def test_page__is_narrowed_and_exported(past: PastPlan, olga: User, signed_in: Any) -> None:
    client, url = signed_in(olga), reverse("outcomes", args=["leopards"])
    for asked, found in (
        ({"kind": "send to"}, 1),
        ({"plan": "closed"}, 0),
        ({"plan": past.plan.pk, "state": "open"}, 5),
        ({"institution": past.book.other_zoo.pk}, 2),
        ({"state": "fulfilled"}, 0),
        ({"reason": "died"}, 0),
        ({"tried": "yes"}, 0),
    ):
        assert client.get(url, asked).text.count('class="card outcome"') == found, asked
    assert "cannot be read" in client.get(url, {"institution": "999999"}).text
    file = b"".join(client.get(reverse("outcomes_csv", args=["leopards"]), {"kind": "send to"})).decode()
    assert file.count("\n") == 2
    assert client.get(reverse("outcomes_csv", args=["leopards"]), {"kind": "x"}).status_code == 400
    assert client.get(reverse("outcomes_xlsx", args=["leopards"])).content.startswith(b"PK")


def test_page__without_plans_says_so(programme: Any, olga: User, signed_in: Any) -> None:
    assert "No plan was published yet" in signed_in(olga).get(reverse("outcomes", args=["leopards"])).text
    assert "No plan was closed yet" in signed_in(olga).get(reverse("success_rates", args=["leopards"])).text
