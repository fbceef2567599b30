"""After publishing, a row or a pair turns stale when what it stands on changes, and says why."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from studbook.accounts.models import User
from studbook.animals.models import Animal, Observation
from studbook.core.dates import DateInterval
from studbook.planning.actions import recommend_pair
from studbook.planning.figures import figures_of
from studbook.planning.models import Plan, Recommendation
from studbook.planning.plans.life import publish
from studbook.planning.plans.queries import page_of, preview_of
from studbook.planning.plans.staleness import staleness_of
from studbook.planning.queries import chosen_pairs
from studbook.population.analysis import clear_cache
from studbook.programmes.changes import changing, columns_of
from studbook.programmes.models import Programme
from tests.factories import AssumptionFactory, HoldingFactory, ObservationFactory, OverlayFactory
from tests.planning.conftest import SmallBook
from tests.planning.plans.conftest import REASON, bury, changed, move_on, row

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


def entered(ada: User, animal: Animal, what: str, kind: str = "contraception", day: str = "") -> Observation:
    """Enter a bar as the page does, today if no other day is said; the version of the plan is of before."""
    made = known(animal, what, kind, day)
    with changing(animal.programme, "log observation", by=ada) as trail:
        trail.created([made])
    return made


def known(animal: Animal, what: str, kind: str = "contraception", day: str = "") -> Observation:
    """Return a bar that was in the book before the trail began."""
    date = DateInterval.parse(day or f"{timezone.localdate()}")
    made: Observation = ObservationFactory(
        animal=animal, kind=kind, what=what, date=date, quantity=None, unit=""
    )
    return made


@pytest.mark.parametrize(
    ("kind", "what", "words"),
    [
        ("contraception", "neutered", "may no longer breed: neutered since"),
        ("contraception", "implant", "may not breed for now: under contraception: hormone implant since"),
        ("reproduction", "infertile", "may no longer breed: found infertile since"),
        ("reproduction", "not for breeding", "may no longer breed: not for breeding since"),
    ],
)
def test_staleness__tells_a_bar_that_began_since_on_the_mate_too(
    published: Plan, book: SmallBook, ada: User, kind: str, what: str, words: str
) -> None:
    entered(ada, book.dam, what, kind)
    (reason,) = stale(published, book.dam)
    assert reason.startswith(f"22 Khala {words} {timezone.localdate()}")
    assert reason.endswith(".")
    assert stale(published, book.sire) == (reason,)
    assert staleness_of(published).count == 2
    pairs = chosen_pairs(figures_of(Programme.objects.get(pk=book.programme.pk)))
    assert [each.news for each in pairs] == [(reason,)]


def test_staleness__takes_no_offence_at_a_bar_that_was_read_before(
    published: Plan, book: SmallBook, ada: User
) -> None:
    known(book.dam, "neutered", day="2025-01-01")
    known(book.sire, "implant", day="2025-01-01")
    assert staleness_of(published).count == 0
    # A contraception that is renewed was known of, and who is neutered is not neutered anew.
    entered(ada, book.sire, "implant")
    entered(ada, book.dam, "neutered")
    assert staleness_of(published).count == 0
    entered(ada, book.sire, "neutered")
    assert stale(published, book.sire) == (
        f"21 Baruto may no longer breed: neutered since {timezone.localdate()}.",
    )


def test_staleness__tells_a_bar_of_before_that_was_entered_since(
    published: Plan, book: SmallBook, ada: User
) -> None:
    bar = entered(ada, book.dam, "neutered", day="2025-01-01")
    assert stale(published, book.dam) == ("22 Khala may no longer breed: neutered since 2025-01-01.",)
    changed(published, ada, acknowledged=["D8"])
    assert stale(published, book.dam) == ()
    # That its day was corrected bars her no second time.
    with changing(book.programme, "correct observation", by=ada) as trail:
        before = columns_of(bar)
        bar.date = DateInterval.parse("2025-01-02")
        bar.save()
        trail.changed(bar, before)
    assert stale(published, book.dam) == ()


def test_staleness__tells_a_bar_that_was_to_begin_later(
    published: Plan, book: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    known(book.dam, "implant", day=f"{tomorrow}")
    assert stale(published, book.dam) == ()
    monkeypatch.setattr("studbook.planning.plans.barred.today", lambda: tomorrow)
    assert stale(published, book.dam) != ()


def test_staleness__tells_no_bar_of_who_is_in_no_pair_or_gives_banked_semen(
    published: Plan, book: SmallBook, ada: User
) -> None:
    entered(ada, book.sister, "neutered")
    assert staleness_of(published).count == 0
    entered(ada, book.sire, "neutered")
    published.recommendations.update(method="banked")
    assert staleness_of(published).count == 0


def test_staleness__asks_as_often_however_many_are_barred(
    published: Plan, book: SmallBook, ada: User, django_assert_num_queries: Any
) -> None:
    entered(ada, book.dam, "neutered")
    fresh = Plan.objects.select_related("programme").get(pk=published.pk)
    staleness_of(fresh)
    with CaptureQueriesContext(connection) as one:
        staleness_of(fresh)
    entered(ada, book.sire, "implant")
    with django_assert_num_queries(len(one)):
        assert staleness_of(fresh).count == 2


def test_staleness__ends_with_the_plan(published: Plan, book: SmallBook) -> None:
    bury(book.sire)
    published.state, published.closed_on = "closed", DateInterval.parse("2026-05-01").earliest
    published.save()
    assert staleness_of(published).count == 0
