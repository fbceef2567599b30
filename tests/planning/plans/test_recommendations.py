"""The page of recommendations and the report say what the plan says: who moves, under which overlays, each pair once."""

import pytest
from django.test import Client

from studbook.accounts.models import User
from studbook.core.templatetags.studbook import coefficient
from studbook.planning.actions import recommend_pair
from studbook.planning.figures import figures_of
from studbook.planning.models import Plan, Recommendation
from studbook.planning.plans.making import make_plan
from studbook.planning.queries import chosen_pairs
from studbook.planning.report import report_of
from studbook.programmes.models import Programme
from tests.factories import AssumptionFactory, OverlayFactory
from tests.planning.conftest import SmallBook
from tests.planning.plans.conftest import REASON, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def moving(draft: Plan, book: SmallBook, ada: User) -> Recommendation:
    """Return the pair whose dam the plan sends to the sire."""
    return recommend_pair(
        book.programme, sire=book.sire, dam=book.dam, reason=REASON, by=ada, moves="dam", if_possible=True
    )


def test_page__tells_who_moves_by_the_plan(moving: Recommendation, window: Client) -> None:
    shown = text(window.get(url("recommendations")))
    assert "sire here; 22 Khala goes to Zoo A" in shown
    assert "to be agreed" not in shown


def test_report__tells_who_moves_by_the_plan(moving: Recommendation, book: SmallBook) -> None:
    report = report_of(book.programme, by=None)
    (pair,) = report.pairs
    assert pair.move == "22 Khala goes to Zoo A"
    assert "By the plan 22 Khala goes to Zoo A." in pair.sentences
    rows = {row[0]: row for each in report.institutions for row in each.rows}
    assert rows["22"][4:7] == ("SEND TO", "ZOOA", "IF POSSIBLE")
    assert rows["21"][4:7] == ("HOLD", "ZOOA", "IF POSSIBLE")
    assert rows["22"][8] == "Pair 1. By the plan 22 Khala goes to Zoo A."


def test_report__stands_on_the_overlays_of_the_plan(
    draft: Plan, moving: Recommendation, book: SmallBook
) -> None:
    overlay = OverlayFactory(programme=book.programme)
    AssumptionFactory(overlay=overlay, animal=book.stranger, kind="excluded", reason="Hybrid.")
    draft.overlays.add(overlay)
    (pair,) = report_of(book.programme, by=None).pairs
    expected = figures_of(book.programme, [overlay]).pair(book.sire, book.dam)
    recorded = figures_of(book.programme).pair(book.sire, book.dam)
    assert expected
    assert recorded
    assert coefficient(expected.mk_sire) != coefficient(recorded.mk_sire)
    assert (pair.mk_sire, pair.mk_dam) == (coefficient(expected.mk_sire), coefficient(expected.mk_dam))


def test_chosen_pairs__gives_a_pair_of_two_plans_once(
    published: Plan, khala_baruto: Recommendation, book: SmallBook, ada: User
) -> None:
    make_plan(
        book.programme,
        by=ada,
        title="Next",
        starts_on=published.ends_on,
        ends_on=published.ends_on.replace(year=2030),
    )
    recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason=REASON, by=ada)
    (pair,) = chosen_pairs(figures_of(Programme.objects.get(pk=book.programme.pk)))
    assert pair.recommendation == khala_baruto
