"""How often recommendations come true: every count leads to as many recommendations as it says."""

import re
from typing import Any

import pytest
from django.urls import reverse

from studbook.accounts.models import User
from studbook.core.dates import DateInterval
from studbook.planning.models import Plan, Recommendation
from studbook.planning.outcomes.figure import rate_figure
from studbook.planning.outcomes.kinds import Kind
from studbook.planning.outcomes.rates import Success, success_of
from studbook.planning.outcomes.reading import readings_of
from studbook.population.shares import share_interval
from tests import factories
from tests.planning.outcomes.conftest import BEGAN, ENDED, PastPlan

pytestmark = pytest.mark.django_db


def pair(past: PastPlan, number: int, plan: Plan | None = None, **columns: Any) -> Recommendation:
    made: Recommendation = factories.RecommendationFactory(
        programme=past.plan.programme,
        plan=plan or past.plan,
        sire__studbook_number=f"S{number}",
        dam__studbook_number=f"D{number}",
        **columns,
    )
    return made


def success(past: PastPlan, kind: Kind = Kind.BREED) -> Success:
    return success_of(readings_of(past.plan.programme), kind)


@pytest.fixture
def counted(closed: PastPlan) -> PastPlan:
    """Return a closed plan of five pairs: one with young, two tried, one not tried, one replaced."""
    young, mated, unfit = pair(closed, 1), pair(closed, 2), pair(closed, 3)
    closed.born("2024-06-03", sire=young.sire, dam=young.dam)
    closed.told(young, "attempted", attempt="mated")
    closed.told(mated, "attempted", attempt="mated")
    closed.told(unfit, "attempted", attempt="introduced")
    closed.told(unfit, "not done", reason="incompatible")
    closed.told(pair(closed, 4), "replaced")
    return closed


def test_success_of__counts_each_once(counted: PastPlan) -> None:
    (rate,) = success(counted).plans
    assert (rate.fulfilled, rate.attempted, rate.untried, rate.replaced, rate.open) == (1, 2, 1, 1, 0)
    assert (rate.number, rate.share) == (4, 0.25)
    assert {each.label: (each.count, each.of) for each in success(counted).reasons} == {
        "no reason told": (2, 3),
        "the pair did not suit each other": (1, 3),
    }
    kinds = {each.label: each.number for each in success(counted).kinds}
    assert kinds == {"BREED WITH": 4, "SEND TO": 1, "HOLD": 2, "DO NOT BREED": 1}


def test_success_of__leaves_a_plan_in_force_out_of_the_rates(counted: PastPlan) -> None:
    running = factories.PlanFactory(
        programme=counted.plan.programme,
        state="final",
        published_on=ENDED,
        starts_on=ENDED,
        ends_on="2030-01-01",
    )
    made = pair(counted, 9, running)
    factories.AnimalFactory(
        programme=counted.plan.programme,
        studbook_number="Y99",
        sire=made.sire,
        dam=made.dam,
        birth=DateInterval.parse("2025-06-01"),
    )
    pair(counted, 10, running)
    first, second = success(counted).plans
    assert (first.running, first.fulfilled, first.open) == (True, 1, 1)
    assert second.number == 4
    assert next(each for each in success(counted).kinds if each.label == "BREED WITH").number == 4


def test_share_interval__is_wilson_s() -> None:
    interval = share_interval(1, 4)
    assert interval == pytest.approx((0.0456, 0.6994), abs=1e-4)
    assert share_interval(0, 0) is None
    assert share_interval(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)


def test_rate_figure__places_every_bar_inside(counted: PastPlan) -> None:
    figure = rate_figure(success(counted).kinds)
    assert figure is not None
    for bar in figure.bars:
        assert figure.left <= bar.low <= bar.fulfilled_end <= bar.high <= figure.width
        assert bar.fulfilled_end + bar.attempted_width <= figure.width
    assert rate_figure([]) is None


def test_page__each_count_leads_to_as_many(counted: PastPlan, olga: User, signed_in: Any) -> None:
    client = signed_in(olga)
    seen = 0
    for kind in Kind:
        page = client.get(reverse("success_rates", args=["leopards"]), {"kind": kind.value}).text
        for query, count in re.findall(r'<a href="/programmes/leopards/outcomes/\?([^"]+)">(\d+)</a>', page):
            listed = client.get(f"/programmes/leopards/outcomes/?{query.replace('&amp;', '&')}").text
            found = listed.count('class="card outcome"')
            assert found == int(count), query
            seen += 1
    assert seen > 30


def test_page__takes_any_kind_for_the_usual_one(counted: PastPlan, olga: User, signed_in: Any) -> None:
    page = signed_in(olga).get(reverse("success_rates", args=["leopards"]), {"kind": "x"}).text
    assert "BREED WITH by plan" in page
    assert '<a href="?kind=send%20to">SEND TO</a>' in page


def test_export__holds_every_rate(counted: PastPlan, olga: User, signed_in: Any) -> None:
    file = b"".join(signed_in(olga).get(reverse("success_rates_csv", args=["leopards"]))).decode()
    assert "plan,Plan 2024,BREED WITH,4,1,2,1,1,0,0.25," in file
    assert "reason,no reason told,BREED WITH,3,2," in file
    book = signed_in(olga).get(reverse("success_rates_xlsx", args=["leopards"]))
    assert book.content.startswith(b"PK")


def test_page__names_other_programmes_that_the_person_sees(
    counted: PastPlan, olga: User, signed_in: Any
) -> None:
    other = factories.ProgrammeFactory(code="tigers", name="Tigers")
    plan = factories.PlanFactory(
        programme=other, state="closed", published_on=BEGAN, closed_on=ENDED, title="Tigers 2024"
    )
    factories.RecommendationFactory(programme=other, plan=plan)
    url = reverse("success_rates", args=["leopards"])
    assert "Tigers" not in signed_in(olga).get(url).text
    factories.ProgrammeRoleFactory(user=olga, programme=other, role="observer")
    assert "Tigers" in signed_in(olga).get(url).text
