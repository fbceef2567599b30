"""The plan's pages: what they show, to whom, and what they refuse."""

from typing import Any

import pytest
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.models import Animal, Holding
from studbook.core.dates import DateInterval, interval_columns
from studbook.planning.actions import recommend_pair
from studbook.planning.models import Recommendation
from studbook.programmes.models import Programme
from tests.factories import HoldingFactory, RecommendationFactory, animal_at
from tests.planning.conftest import SmallBook

pytestmark = pytest.mark.django_db
REASON = "Both carry rare lines."
QUERIES = 11


@pytest.fixture
def recommended(book: SmallBook, ada: User) -> Recommendation:
    return recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason=REASON, by=ada)


def page_of(client: Any, name: str = "recommendations", *args: Any) -> str:
    return str(client.get(reverse(name, args=["leopards", *args])).text)


def post(client: Any, name: str, *args: Any, **fields: Any) -> Any:
    return client.post(reverse(name, args=["leopards", *args]), fields)


def test_page__leads_to_the_pairs_when_nothing_is_recommended(
    book: SmallBook, olga: User, signed_in: Any
) -> None:
    page = page_of(signed_in(olga))
    assert "No pair is recommended yet." in page
    assert f'<a href="{reverse("pairs", args=["leopards"])}">See the ranked pairs</a>' in page


def test_page__shows_the_pair_its_reason_and_both_institutions(
    recommended: Recommendation, olga: User, signed_in: Any
) -> None:
    page = page_of(signed_in(olga))
    assert REASON in page
    assert "Chosen by ada" in page
    assert "5,046 km apart" in page
    assert "rank 3 of 6" in page
    for place in ("Zoo A", "Zoo B"):
        assert f">{place}</a></h3>" in page
    assert "! changed" not in page


def test_page__lets_only_those_who_plan_withdraw(
    recommended: Recommendation, ada: User, olga: User, signed_in: Any
) -> None:
    address = reverse("recommendation_withdraw", args=["leopards", recommended.pk])
    assert address in page_of(signed_in(ada))
    assert address not in page_of(signed_in(olga))


def test_page__marks_a_pair_of_whom_one_has_died(
    recommended: Recommendation, book: SmallBook, olga: User, signed_in: Any
) -> None:
    death = interval_columns("death", DateInterval.parse("2025-10-01"))
    Animal.objects.filter(pk=book.dam.pk).update(status="dead", **death)
    page = page_of(signed_in(olga))
    assert "22 Khala is dead (2025-10-01)." in page
    assert "For 1 pair something has changed since it was chosen." in page


def test_page__marks_a_pair_of_whom_one_has_moved(
    recommended: Recommendation, book: SmallBook, olga: User, signed_in: Any
) -> None:
    Holding.objects.filter(animal=book.dam).update(end="2025-06-01")
    HoldingFactory(animal=book.dam, institution=book.zoo, start="2025-06-01")
    page = page_of(signed_in(olga))
    assert "22 Khala has moved from Zoo B to Zoo A." in page
    assert "both at one place" in page


def test_page__tells_numbers_that_read_differently_now(
    recommended: Recommendation, book: SmallBook, olga: User, signed_in: Any
) -> None:
    for number in ("41", "42"):
        animal_at(book.zoo, programme=book.programme, studbook_number=number, sire=book.sire, dam=book.sister)
    Programme.objects.update(revision=2)
    page = page_of(signed_in(olga))
    assert "The numbers have changed: Change in GD was" in page
    assert '<span class="plan-then">was 0.1875</span>' in page


def test_page__keeps_silent_when_a_new_revision_moves_nothing(
    recommended: Recommendation, olga: User, signed_in: Any
) -> None:
    Programme.objects.update(revision=2)
    assert "! changed" not in page_of(signed_in(olga))


def test_page__reads_one_recommendation_or_many_with_as_few_queries(
    recommended: Recommendation, book: SmallBook, olga: User, signed_in: Any, django_assert_num_queries: Any
) -> None:
    client = signed_in(olga)
    page_of(client)
    # Session and person; programme and rights (3); breeders and their holders; the plan and its stays; the caps.
    with django_assert_num_queries(QUERIES):
        page_of(client)
    for dam in (book.sister, book.stranger):
        RecommendationFactory(programme=book.programme, sire=book.brother, dam=dam)
    with django_assert_num_queries(QUERIES):
        page_of(client)


def test_recommend__recommends_and_returns_to_the_pair(book: SmallBook, ada: User, signed_in: Any) -> None:
    response = post(signed_in(ada), "recommend", "21", "22", reason=REASON)
    assert response.status_code == 302
    assert response.url == reverse("pair", args=["leopards", "21", "22"])
    assert Recommendation.objects.get().made_by == ada


def test_recommend__shows_the_refusal_and_keeps_what_was_written(
    recommended: Recommendation, ada: User, signed_in: Any
) -> None:
    response = post(signed_in(ada), "recommend", "21", "22", reason="My own words.")
    assert response.status_code == 409
    assert "is recommended already" in response.text
    assert "My own words." in response.text


def test_recommend__knows_no_animal_of_that_number(book: SmallBook, ada: User, signed_in: Any) -> None:
    assert post(signed_in(ada), "recommend", "21", "nobody", reason=REASON).status_code == 404


@pytest.mark.parametrize("person", ["olga", "bo", "rita", "remy"])
def test_recommend__is_refused_to_those_who_do_not_plan(
    book: SmallBook, person: str, signed_in: Any, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(person))
    assert post(client, "recommend", "21", "22", reason=REASON).status_code == 403
    assert not Recommendation.objects.exists()


def test_withdraw__withdraws_the_version_that_was_shown(
    recommended: Recommendation, ada: User, signed_in: Any
) -> None:
    client = signed_in(ada)
    response = post(client, "recommendation_withdraw", recommended.pk, reason="Ill.", opened_version=1)
    assert response.status_code == 302
    assert not Recommendation.objects.standing().exists()


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"reason": "", "opened_version": 1}, 400, "A withdrawal needs a reason."),
        ({"reason": "Ill.", "opened_version": 7}, 409, "changed by somebody else"),
        ({"reason": "Ill.", "opened_version": "x"}, 400, "came without its version"),
    ],
)
def test_withdraw__shows_the_refusal(
    recommended: Recommendation, ada: User, signed_in: Any, fields: dict[str, Any], status: int, sentence: str
) -> None:
    response = post(signed_in(ada), "recommendation_withdraw", recommended.pk, **fields)
    assert response.status_code == status
    assert sentence in response.text
    assert Recommendation.objects.standing().exists()


def test_pages__are_not_there_for_a_stranger(recommended: Recommendation, cy: User, signed_in: Any) -> None:
    client = signed_in(cy)
    for name in ("recommendations", "recommendation_report"):
        assert client.get(reverse(name, args=["leopards"])).status_code == 404


def test_pages__ask_for_a_sign_in(recommended: Recommendation, client: Any) -> None:
    for name in ("recommendations", "recommendation_report"):
        assert client.get(reverse(name, args=["leopards"])).status_code == 302
