"""After publishing, a row or a pair turns stale when what it stands on changes, and says why."""

import pytest

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.planning.actions import recommend_pair
from studbook.planning.figures import figures_of
from studbook.planning.models import Plan, Recommendation
from studbook.planning.plans.life import publish
from studbook.planning.plans.queries import page_of, preview_of
from studbook.planning.plans.staleness import staleness_of
from studbook.planning.queries import chosen_pairs
from studbook.population.analysis import clear_cache
from studbook.programmes.models import Programme
from tests.factories import AssumptionFactory, HoldingFactory, OverlayFactory
from tests.planning.conftest import SmallBook
from tests.planning.plans.conftest import REASON, bury, move_on, row

pytestmark = pytest.mark.django_db


def stale(plan: Plan, animal: Animal) -> tuple[str, ...]:
    fresh = Plan.objects.select_related("programme").get(pk=plan.pk)
    return staleness_of(fresh).rows.get(row(plan, animal).pk, ())


def move(animal: Animal, to: object) -> None:
    animal.holdings.filter(end=None).update(end="2026-03-01")
    HoldingFactory(animal=animal, institution=to, start="2026-03-01")
    move_on(animal.programme)


@pytest.mark.rule("D2", door="engine", case="inside")
def test_staleness__is_none_as_long_as_nothing_changed(published: Plan, book: SmallBook) -> None:
    assert staleness_of(published).count == 0
    move_on(book.programme)
    assert stale(published, book.dam) == ()


@pytest.mark.rule("D2", door="engine", case="outside")
def test_staleness__tells_a_death_on_the_mate_too(published: Plan, book: SmallBook) -> None:
    bury(book.sire)
    assert stale(published, book.sire) == stale(published, book.dam) == ("21 Baruto is dead (2026-03-01).",)


def test_staleness__tells_a_move_elsewhere(published: Plan, book: SmallBook) -> None:
    move(book.dam, book.zoo)
    assert stale(published, book.dam) == ("22 Khala has moved from Zoo B to Zoo A.",)


def test_staleness__takes_no_offence_at_the_move_it_wants(draft: Plan, book: SmallBook, ada: User) -> None:
    recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason=REASON, by=ada, moves="dam")
    publish(draft, by=ada, opened_version=1)
    move(book.dam, book.zoo)
    assert stale(draft, book.dam) == ()
    pairs = chosen_pairs(figures_of(Programme.objects.get(pk=book.programme.pk)))
    assert [each.news for each in pairs] == [()]
    draft.refresh_from_db()
    assert [each.news for each in page_of(draft).pairs] == [()]
    assert [each.news for each in preview_of(draft).pairs] == [()]


def test_staleness__tells_another_sex(published: Plan, book: SmallBook) -> None:
    Animal.objects.filter(pk=book.dam.pk).update(sex="U")
    assert stale(published, book.dam) == ("22 Khala is recorded as of unknown sex now, and was female.",)


def test_staleness__tells_an_exclusion(
    draft: Plan, khala_baruto: Recommendation, book: SmallBook, ada: User
) -> None:
    overlay = OverlayFactory(programme=book.programme)
    draft.overlays.add(overlay)
    publish(draft, by=ada, opened_version=1)
    AssumptionFactory(overlay=overlay, animal=book.dam, kind="excluded", reason="Cysts.")
    assert stale(draft, book.dam)[0] == "22 Khala is excluded from the analysis since: Cysts."


def test_staleness__tells_a_merge(published: Plan, book: SmallBook) -> None:
    row(published, book.dam)
    published.animals.filter(animal=book.dam).update(animal=book.stranger)
    published.recommendations.update(dam=book.stranger)
    assert "22 Khala was merged into 31 Zoya." in stale(published, book.stranger)


def test_staleness__tells_corrected_parents(published: Plan, book: SmallBook) -> None:
    Animal.objects.filter(pk=book.dam.pk).update(dam=None, dam_kind="unknown")
    move_on(book.programme)
    clear_cache()
    (reason,) = stale(published, book.dam)
    assert reason == (
        "The young of 21 Baruto × 22 Khala would have inbreeding 0.0000 now, and 0.0625 when the plan was sent out: an "
        "ancestor's parents were corrected."
    )


def test_staleness__ends_with_the_plan(published: Plan, book: SmallBook) -> None:
    bury(book.sire)
    published.state, published.closed_on = "closed", DateInterval.parse("2026-05-01").earliest
    published.save()
    assert staleness_of(published).count == 0
