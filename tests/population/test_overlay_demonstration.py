"""The demonstration brings an overlay of its own, so that the pages have something to show."""

import pytest

from studbook.exchange.demonstration import load_demonstration
from studbook.population.basis import Basis, analysis_on
from studbook.population.baskets.reckoning import reckoned
from studbook.population.demography.projections.asking import ask_for
from studbook.population.genetics.lineage_cap_history import cap_history
from studbook.population.genetics.lineages import shared
from studbook.population.models import Basket, Lineage, Overlay, Scenario

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_demonstration__assumes_the_sires_that_are_not_recorded() -> None:
    load_demonstration(reset=False, progress=lambda stage, count: None)
    overlay = Overlay.objects.select_related("programme").get()
    revision = overlay.programme.revision
    recorded = analysis_on(Basis(overlay.programme)).summary
    assumed = analysis_on(Basis(overlay.programme, (overlay,))).summary
    assert recorded is not None
    assert assumed is not None
    assert overlay.assumptions.count() == 2
    assert assumed.gene_diversity < recorded.gene_diversity
    assert assumed.known > recorded.known
    overlay.programme.refresh_from_db()
    assert overlay.programme.revision == revision


def test_demonstration__brings_two_scenarios_that_can_be_run() -> None:
    load_demonstration(reset=False, progress=lambda stage, count: None)
    as_now, with_bank = Scenario.objects.whole()
    programme = as_now.programme
    revision = programme.revision
    assert (as_now.years, as_now.capacity, as_now.uses_bank) == (
        programme.goal_years,
        programme.target_size,
        False,
    )
    assert [each.animal.house_name for each in with_bank.donors.all()] == ["Baruto"]
    made = ask_for(programme, [as_now, with_bank], by=None)
    assert [(job.parameters["animals"], job.wanted) for job in made] == [(250, 500), (250, 500)]
    programme.refresh_from_db()
    assert programme.revision == revision


def test_demonstration__brings_two_baskets_that_can_be_tried() -> None:
    load_demonstration(reset=False, progress=lambda stage, count: None)
    alone, with_founders = (
        reckoned(Basis(basket.programme), list(basket.steps.all())) for basket in Basket.objects.whole()
    )
    assert (alone.now.living, alone.then.living, with_founders.then.living) == (250, 252, 256)
    assert alone.refused == with_founders.refused == 0
    assert alone.now.gene_diversity < alone.then.gene_diversity < with_founders.then.gene_diversity


def test_demonstration__caps_founder_2() -> None:
    load_demonstration(reset=False, progress=lambda stage, count: None)
    lineage = Lineage.objects.select_related("programme").get()
    told = shared(Basis(lineage.programme), lineage)
    assert (lineage.name, lineage.cap, told.above) == ("Founder 2", 0.41, 0)
    assert [each.studbook_number for each in told.founders] == ["2"]
    assert (told.mean, told.highest) == pytest.approx((0.0887, 0.1035), abs=0.001)
    (set_once,) = cap_history(lineage)
    assert "41 % of its genes" in set_once.reason
