"""Outcomes of former plans in the printed plan: the success rates of the page, and nothing beside them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from studbook.animals.models import Animal
from studbook.planning.models import Outcome, Plan
from studbook.planning.outcomes.kinds import Kind
from studbook.planning.outcomes.rates import success_of
from studbook.planning.outcomes.reading import readings_of
from studbook.planning.paper.blocks import Figures, Table
from studbook.planning.paper.former_rates import rates_in
from studbook.planning.paper.frozen import figures_from, inputs_of
from studbook.planning.paper.part_population import outcomes_section
from tests.factories import OutcomeFactory, PlanFactory, RecommendationFactory
from tests.planning.paper.conftest import Planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def former(planned: Planned) -> Plan:
    """Return a plan in force before: one pair tried before its dam died, one not tried, one replaced, one told of nothing."""
    made: Plan = PlanFactory(
        programme=planned.book.programme,
        title="Plan of 2024",
        state=Plan.State.CLOSED,
        starts_on=date(2024, 1, 1),
        ends_on=date(2025, 12, 31),
        published_on=date(2024, 1, 1),
        closed_on=date(2025, 12, 31),
    )
    tried, unfit, replaced, _ = [
        RecommendationFactory(
            programme=planned.book.programme,
            plan=made,
            sire__studbook_number=f"S{at}",
            dam__studbook_number=f"D{at}",
        )
        for at in range(4)
    ]
    OutcomeFactory(pair=tried, row=None, state=Outcome.State.ATTEMPTED, attempt="mated")
    Animal.objects.filter(pk=tried.dam_id).update(
        status="dead", death_earliest="2024-05-01", death_latest="2024-05-01", death_text="2024-05-01"
    )
    OutcomeFactory(pair=unfit, row=None, state=Outcome.State.NOT_DONE, attempt="", reason="space")
    OutcomeFactory(pair=replaced, row=None, state=Outcome.State.REPLACED, attempt="")
    return made


@pytest.mark.parametrize("closed", [True, False])
def test_outcomes__are_counted_as_the_success_rates_are(planned: Planned, former: Plan, closed: bool) -> None:
    if not closed:
        Plan.objects.filter(pk=former.pk).update(state=Plan.State.FINAL, closed_on=None)
    page, *_ = success_of(readings_of(former.programme), Kind.BREED).plans
    inputs = inputs_of(planned.plan)
    (frozen,) = rates_in(inputs["former"][0])
    assert frozen == replace(page, label="BREED WITH", query="")
    section = outcomes_section(inputs, figures_from(inputs))
    drawing, table = section.blocks
    assert isinstance(drawing, Figures)
    assert isinstance(table, Table)
    named = "Plan of 2024" if closed else "Plan of 2024 (still running)"
    untried, is_open = (2, 0) if closed else (1, 1)
    number = 1 + untried
    assert [cell.words for cell in table.rows[0].cells] == [
        named, "BREED WITH", str(number), "0", "0.0 %", "1", str(untried), "1", str(is_open),
    ]  # fmt: skip
    assert drawing.figures[0].alt == f"{named}, BREED WITH: 0 of {number} (0 %)."


def test_outcomes__of_a_plan_whose_pairs_were_all_replaced_have_no_share(
    planned: Planned, former: Plan
) -> None:
    Outcome.objects.filter(pair__plan=former).delete()
    Animal.objects.filter(studbook_number="D0").update(
        status="living", death_earliest=None, death_latest=None, death_text=""
    )
    former.recommendations.update(withdrawn_at=datetime(2024, 5, 1, 12, tzinfo=UTC))
    inputs = inputs_of(planned.plan)
    (table,) = outcomes_section(inputs, figures_from(inputs)).blocks
    assert isinstance(table, Table)
    assert [cell.words for cell in table.rows[0].cells][2:] == ["0", "0", "–", "0", "0", "4", "0"]


def test_outcomes__of_a_version_frozen_before_are_read() -> None:
    told = {
        "kind": "BREED WITH",
        "number": 7,
        "fulfilled": 1,
        "attempted": 1,
        "not_done": 2,
        "replaced": 2,
        "open": 1,
    }
    (rate,) = rates_in({"outcomes": [told]})
    assert (rate.number, rate.share, rate.replaced, rate.open, rate.running) == (4, 0.25, 2, 1, False)
