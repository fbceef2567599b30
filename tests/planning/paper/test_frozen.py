"""A plan frozen: the same numbers again from its bytes alone, and the numbers of the population's pages."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.planning.models import Outcome, Plan, PlanVersion
from studbook.planning.paper.book_read import basis_of_plan
from studbook.planning.paper.figures_goals import HORIZONS
from studbook.planning.paper.frozen import digest, figures_from, inputs_of, pack, unpack
from studbook.planning.paper.part_tables import demography_table, genetics_table
from studbook.planning.paper.plain import plain
from studbook.population.analysis import NoFiguresError, analysis_of, clear_cache
from studbook.population.basis import Basis, analysis_on
from studbook.population.demography.filters import Filters
from studbook.population.demography.goals.forms import GoalForm
from studbook.population.demography.goals.measured import measured_on
from studbook.population.demography.goals.reckoning import reckoned
from studbook.population.demography.life_tables import rows_of
from studbook.population.demography.tables import tables_on
from studbook.population.demography.vital import vital_on
from studbook.population.genetics.figures import figures_on
from studbook.population.genetics.founders import founders_on
from studbook.population.genetics.history import history_on, moment_on
from studbook.population.genetics.means import mean_rows
from studbook.population.pairs import pairs_of
from tests.factories import (
    OutcomeFactory,
    PlanFactory,
    PlanVersionFactory,
    RecommendationFactory,
    animal_at,
    frozen_version,
)
from tests.planning.paper.conftest import Planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def inputs(planned: Planned) -> dict[str, Any]:
    return inputs_of(planned.plan)


def test_figures__are_the_same_bytes_when_made_again_after_the_book_changed(planned: Planned) -> None:
    stored = pack(inputs_of(planned.plan))
    first = pack(figures_from(unpack(stored)))
    book = planned.book
    Animal.objects.filter(pk=book.sire.pk).update(
        status="dead", death_earliest="2025-10-01", death_latest="2025-10-01"
    )
    Animal.objects.filter(pk=book.dam.pk).update(sex="M", house_name="Another")
    animal_at(
        book.zoo, programme=book.programme, studbook_number="77", sex="F", sire=book.brother, dam=book.sister
    )
    planned.plan.recommendations.all().update(litters=9)
    planned.overlay.assumptions.all().update(reason="Something else.")
    book.programme.gene_diversity_goal, book.programme.revision = 0.5, 99
    book.programme.save()
    clear_cache()
    assert pack(figures_from(unpack(stored))) == first
    changed = inputs_of(Plan.objects.get(pk=planned.plan.pk))
    assert pack(changed) != stored
    assert pack(figures_from(changed)) != first


def test_figures__ask_no_database(inputs: dict[str, Any], django_assert_num_queries: Any) -> None:
    clear_cache()
    with django_assert_num_queries(0):
        figures_from(inputs)


def test_inputs__are_read_in_as_many_queries_however_many_animals(planned: Planned) -> None:
    clear_cache()
    with CaptureQueriesContext(connection) as before:
        inputs_of(Plan.objects.get(pk=planned.plan.pk))
    for number in range(60, 66):
        animal_at(planned.book.zoo, programme=planned.book.programme, studbook_number=str(number), sex="F")
    clear_cache()
    with CaptureQueriesContext(connection) as after:
        inputs_of(Plan.objects.get(pk=planned.plan.pk))
    assert len(after) == len(before)


def test_inputs__come_back_from_their_bytes_as_they_were(inputs: dict[str, Any]) -> None:
    assert unpack(pack(inputs)) == inputs
    assert pack(unpack(pack(inputs))) == pack(inputs)


def test_pack__refuses_a_number_that_is_not_finite() -> None:
    with pytest.raises(ValueError, match="JSON"):
        pack({"figure": float("nan")})


def test_digest__changes_with_either_side() -> None:
    one, other = pack({"a": 1}), pack({"a": 2})
    assert len({digest(one, one), digest(one, other), digest(other, one)}) == 3


def test_figures__refuse_inputs_of_a_later_program(inputs: dict[str, Any]) -> None:
    with pytest.raises(StudbookError, match="a later program"):
        figures_from(inputs | {"format": 2})


def test_genetics__are_those_of_the_population_s_pages(planned: Planned, inputs: dict[str, Any]) -> None:
    found, basis = figures_from(inputs)["genetics"], basis_of_plan(planned.plan)
    summary, totals = analysis_on(basis).summary, figures_on(basis).totals
    assert summary
    assert totals
    for name in ("living", "founders", "gene_diversity", "mean_kinship", "known", "certain"):
        assert found["current"][name] == getattr(summary, name)
    recorded = analysis_of(planned.book.programme).summary
    assert recorded
    assert found["known_before"] == recorded.known != found["current"]["known"]
    assert found["potential"]["gene_diversity"] == totals.retained.potential_gene_diversity
    assert found["census"]["recorded"]["total"] == found["census"]["measured"]["total"] + 1


def test_founders__are_those_of_their_page(planned: Planned, inputs: dict[str, Any]) -> None:
    found = figures_from(inputs)["genetics"]["founders"]
    page = founders_on(basis_of_plan(planned.plan), known_only=False)
    assert [each["label"] for each in found["rows"]] == [row.label for row in page.rows]
    for name in ("contribution", "representation", "target", "retention", "descendants"):
        assert [each[name] for each in found["rows"]] == [getattr(row, name) for row in page.rows]


def test_means__are_those_of_their_page_in_order(planned: Planned, inputs: dict[str, Any]) -> None:
    found = figures_from(inputs)["genetics"]["means"]
    page = {row.number: row for row in mean_rows(basis_of_plan(planned.plan)) if not row.excluded}
    listed = [each for rows in found.values() for each in rows]
    assert {each["number"] for each in listed} == page.keys()
    for each in listed:
        row = page[each["number"]]
        assert each["mean_kinship"] == row.mean_kinship
        assert (each["rank"], each["inbreeding"], each["known"]) == (row.rank, row.inbreeding, row.known)
        assert (each["age"], each["offspring"], each["uniqueness"]) == (
            row.age,
            row.offspring,
            row.uniqueness,
        )
    for rows in found.values():
        means = [each["mean_kinship"] for each in rows]
        assert means == sorted(means)


def test_demography__is_that_of_its_pages(planned: Planned, inputs: dict[str, Any]) -> None:
    found, basis = figures_from(inputs)["demography"], basis_of_plan(planned.plan)
    vital, tables = vital_on(basis, Filters()), tables_on(basis, Filters())
    assert found["census"]["total"] == vital.years[-1].census.total
    assert found["median_life"]["all"] is None or np.isfinite(found["median_life"]["all"])
    for sex in ("M", "F"):
        rows = rows_of(tables.of(sex))
        assert [each["Qx"] for each in found["life_tables"][sex]["rows"]] == [row.Qx for row in rows]
        assert [each["Mx"] for each in found["life_tables"][sex]["rows"]] == [row.Mx for row in rows]


def test_series__are_those_of_the_history(planned: Planned, inputs: dict[str, Any]) -> None:
    rows = figures_from(inputs)["series"]["genes"]
    page = history_on(basis_of_plan(planned.plan)).rows
    assert [(each["on"], each["living"]) for each in rows] == [
        (row.on.isoformat(), row.living) for row in page
    ]
    assert rows[-1]["gene_diversity"] == page[-1].gene_diversity


def test_goals__are_those_of_their_page(planned: Planned) -> None:
    planned.book.programme.target_size = 12
    planned.book.programme.save()
    found, basis = figures_from(inputs_of(planned.plan))["goals"], basis_of_plan(planned.plan)
    measured = measured_on(basis)
    form = GoalForm({"years": str(HORIZONS[0])}, measured=measured, rate_sets=[])
    assert form.is_valid()
    page = reckoned(planned.book.programme, basis, form)
    assert found["no_births"] == page.no_births
    assert [each["gene_diversity"] for each in found["courses"]] == [
        each.gene_diversity for each in page.kept
    ]


def test_pairs__have_the_numbers_of_the_ranked_list(planned: Planned, inputs: dict[str, Any]) -> None:
    found, basis = figures_from(inputs)["pairs"], basis_of_plan(planned.plan)
    ranked = pairs_of(planned.book.programme, analysis_on(basis))
    assert found["total"] == ranked.total
    for each in found["rows"]:
        row = next(
            row for row in ranked if (row.numbers.sire, row.numbers.dam) == (each["sire"], each["dam"])
        )
        assert each["rank"] == row.rank
        for name in ("delta_gd", "f_offspring", "mk_sire", "mk_dam"):
            assert each[name] == getattr(row.numbers, name)
        assert sum(share["share"] for share in each["ancestors"]) == pytest.approx(each["f_offspring"])
    assert found["after"]["living"] == found["before"]["living"] + 3


def test_pairs__measure_a_banked_donor_who_lives_no_more(planned: Planned) -> None:
    book = planned.book
    donor = animal_at(book.zoo, programme=book.programme, studbook_number="90", sex="M")
    Animal.objects.filter(pk=donor.pk).update(
        status="dead", **{f"death_{end}": date(2020, 1, 1) for end in ("earliest", "latest")}
    )
    RecommendationFactory(
        programme=book.programme, plan=planned.plan, sire=donor, dam=book.dam, method="banked"
    )
    pair = figures_from(inputs_of(planned.plan))["pairs"]["rows"][-1]
    assert pair["why_not"] == ""
    assert (pair["f_offspring"], pair["mk_sire"], pair["rank"]) == (0.0, 0.0, None)
    assert pair["delta_gd"] > 0


def test_figures__of_a_book_where_nobody_lives(planned: Planned) -> None:
    Animal.objects.filter(programme=planned.book.programme, status="living").update(status="lost")
    figures = figures_from(inputs_of(planned.plan))
    assert figures["genetics"]["current"] is None
    assert figures["pairs"]["after"] is None
    assert "No animal of this book is recorded as living" in figures["pairs"]["rows"][0]["why_not"]


def test_inputs__refuse_a_book_that_is_no_pedigree(planned: Planned) -> None:
    Animal.objects.filter(pk=planned.book.brother.pk).update(sire=planned.book.sire)
    planned.plan.overlays.clear()
    with pytest.raises(NoFiguresError, match="do not form a pedigree"):
        inputs_of(planned.plan)


def test_former__holds_the_frozen_headline_and_what_came_of_a_plan(planned: Planned) -> None:
    book = planned.book
    former = PlanFactory(
        programme=book.programme,
        title="Plan of 2024",
        state=Plan.State.CLOSED,
        starts_on=date(2024, 1, 1),
        ends_on=date(2025, 12, 31),
        published_on=date(2024, 1, 1),
        closed_on=date(2025, 12, 31),
    )
    pair = RecommendationFactory(programme=book.programme, plan=former, sire=book.sire, dam=book.dam)
    OutcomeFactory(pair=pair, row=None, state=Outcome.State.NOT_DONE, attempt="", reason=Outcome.Reason.SPACE)
    frozen_version(former, kind=PlanVersion.Kind.FINAL)
    animal_at(
        book.zoo, programme=book.programme, studbook_number="95", birth=DateInterval.parse("2024-06-01")
    )
    inputs = inputs_of(planned.plan)
    [told] = inputs["former"]
    assert told["title"] == "Plan of 2024"
    assert told["headline"]["genetics"]["current"]["living"] == 7
    assert told["outcomes"][0] | {"kind": ""} == {
        "kind": "", "running": False, "fulfilled": 0, "attempted": 0, "untried": 1, "replaced": 0, "open": 0,
    }  # fmt: skip
    assert figures_from(inputs)["demography"]["births_since"]["total"] == 1


@pytest.mark.parametrize("figures", [b"", b"{}", pack({}), pack({"demography": 1})])
def test_former__passes_over_a_version_that_it_cannot_read(planned: Planned, figures: bytes) -> None:
    former = PlanFactory(
        programme=planned.book.programme,
        state=Plan.State.FINAL,
        starts_on=date(2024, 1, 1),
        ends_on=date(2025, 12, 31),
        published_on=date(2024, 1, 1),
    )
    PlanVersionFactory(plan=former, kind=PlanVersion.Kind.FINAL, figures=figures)
    [told] = inputs_of(planned.plan)["former"]
    assert (told["headline"], told["by_book"]) == (None, False)


def test_former__from_before_the_book_is_told_by_the_records_of_its_first_day(planned: Planned) -> None:
    programme = planned.book.programme
    for title, began in (("Plan of 2024", date(2024, 1, 1)), ("Plan of 1950", date(1950, 1, 1))):
        PlanFactory(
            programme=programme,
            title=title,
            state=Plan.State.CLOSED,
            starts_on=began,
            ends_on=began.replace(year=began.year + 1),
            published_on=began,
            closed_on=began.replace(year=began.year + 1),
        )
    animal_at(
        planned.book.zoo, programme=programme, studbook_number="95", birth=DateInterval.parse("2024-06-01")
    )
    inputs = inputs_of(planned.plan)
    told = {each["title"]: each for each in inputs["former"]}
    assert told["Plan of 1950"]["headline"] is None
    basis = Basis(programme)
    row = moment_on(basis, history_on(basis), date(2024, 1, 1))
    genetics = told["Plan of 2024"]["headline"]["genetics"]
    assert genetics["census"]["recorded"]["total"] == row.living > 0
    for name in ("gene_diversity", "mean_kinship", "mean_inbreeding", "founders", "effective_ratio"):
        assert genetics["current"][name] == plain(getattr(row, name))
    figures = figures_from(inputs)
    for table in (demography_table(inputs, figures), genetics_table(inputs, figures)):
        assert "Plan of 2024 *" in [each.label for each in table.columns]
        assert "by the records of today" in table.note
