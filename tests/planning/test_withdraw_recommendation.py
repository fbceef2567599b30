"""A recommendation is taken back: it stays in the book, with a reason."""

import pytest

from studbook.accounts.models import User
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditEntry
from studbook.planning.actions import recommend_pair, withdraw_recommendation
from studbook.planning.models import Recommendation
from tests.planning.conftest import SmallBook

pytestmark = pytest.mark.django_db


@pytest.fixture
def recommended(book: SmallBook, ada: User) -> Recommendation:
    return recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason="Rare lines.", by=ada)


def test_withdraw_recommendation__keeps_it_as_withdrawn(recommended: Recommendation, ada: User) -> None:
    withdraw_recommendation(recommended, by=ada, reason="She is ill.", opened_version=1)
    recommended.refresh_from_db()
    assert recommended.withdrawn_at is not None
    assert recommended.version == 2
    assert not Recommendation.objects.standing().exists()


def test_withdraw_recommendation__leaves_a_trail(recommended: Recommendation, ada: User) -> None:
    withdraw_recommendation(recommended, by=ada, reason="She is ill.", opened_version=1)
    entry = AuditEntry.objects.first()
    assert entry is not None
    assert (entry.verb, entry.reason) == ("withdraw recommendation", "She is ill.")
    change = entry.changes.get()
    assert change.before["withdrawn_at"] is None
    assert change.after["withdrawn_at"] is not None


def test_withdraw_recommendation__lets_the_pair_be_recommended_anew(
    recommended: Recommendation, book: SmallBook, ada: User
) -> None:
    withdraw_recommendation(recommended, by=ada, reason="She is ill.", opened_version=1)
    again = recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason="She is well.", by=ada)
    assert again.pk != recommended.pk


def test_withdraw_recommendation__asks_for_a_reason(recommended: Recommendation) -> None:
    with pytest.raises(StudbookError, match="A withdrawal needs a reason"):
        withdraw_recommendation(recommended, by=None, reason=" ", opened_version=1)


def test_withdraw_recommendation__refuses_a_second_time(recommended: Recommendation) -> None:
    withdraw_recommendation(recommended, by=None, reason="She is ill.", opened_version=1)
    with pytest.raises(StudbookError, match="was withdrawn on"):
        withdraw_recommendation(recommended, by=None, reason="She is ill.", opened_version=2)


def test_withdraw_recommendation__refuses_what_changed_since_it_was_opened(
    recommended: Recommendation,
) -> None:
    Recommendation.objects.update(version=2)
    with pytest.raises(StaleRecordError):
        withdraw_recommendation(recommended, by=None, reason="She is ill.", opened_version=1)
    assert Recommendation.objects.standing().exists()
