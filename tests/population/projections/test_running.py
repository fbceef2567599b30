"""A scenario and the book become a job, whose runs are those of the engine, whatever interrupts them."""

import numpy as np
import pytest
from django.utils import timezone

from pedigree.goals import gene_diversity_by_year
from pedigree.projection import run_projection
from pedigree.projection.keeping import job_from_bytes
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.jobs import queue
from studbook.core.jobs.worker import Worker
from studbook.core.models import Job
from studbook.population.basis import Basis
from studbook.population.demography.projections import asking
from studbook.population.demography.projections.asking import runs_a_chunk
from studbook.population.demography.projections.given import given_on
from studbook.population.demography.projections.results import deterministic, result_of
from studbook.population.demography.projections.shown import figure_chart
from studbook.population.models import Scenario
from tests.factories import AnimalFactory, BankedDonorFactory, EditedRateFactory, RateSetFactory, animal_at
from tests.population.conftest import Family
from tests.population.projections.conftest import asked, run, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "MOST_A_CHUNK", 2)


def kept(job: Job) -> list[bytes]:
    return [bytes(each.data) for each in job.chunks.order_by("first")]


def test_run__finds_what_the_engine_finds(go_on: Scenario, small_chunks: None) -> None:
    job = run(go_on)
    projected = job_from_bytes(bytes(job.input.data))
    found = run_projection(projected.population, projected.rates, projected.scenario, runs=6)
    result = result_of(job)
    assert result is not None
    assert len(kept(job)) == 3
    for name in ("animals", "births", "gene_diversity", "inbreeding", "alleles"):
        assert np.array_equal(getattr(result.projection, name), getattr(found, name), equal_nan=True)


def test_run__ended_and_resumed_is_the_same_to_the_last_byte(
    go_on: Scenario, small_chunks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    undisturbed = kept(run(go_on))
    job, worker, keep = asked(go_on), Worker(), queue.keep

    def keep_and_end(*args: object) -> bool:
        worker.end()
        return keep(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(queue, "keep", keep_and_end)
    worker.run()
    job.refresh_from_db()
    assert (job.state, job.done) == (Job.State.QUEUED, 2)
    monkeypatch.setattr(queue, "keep", keep)
    Worker().run(once=True)
    assert kept(job) == undisturbed


def test_run__is_of_the_book_as_it_was_when_asked(go_on: Scenario, family: Family) -> None:
    job = asked(go_on)
    AnimalFactory(programme=family.programme, sex="M")
    family.programme.revision += 1
    family.programme.save(update_fields=["revision"])
    Worker().run(once=True)
    job.refresh_from_db()
    result = result_of(job)
    assert result is not None
    assert (job.revision, set(result.projection.animals[:, 0].tolist())) == (1, {6})


def test_run__fails_with_the_sentence_of_the_engine(go_on: Scenario) -> None:
    job = asked(go_on)
    job.input.data = bytes(job.input.data).replace(b"male_q", b"male_x")
    job.input.save()
    Worker().run(once=True)
    job.refresh_from_db()
    assert job.state == Job.State.FAILED


def test_ask_for__pins_scenario_and_revision(go_on: Scenario) -> None:
    job = asked(go_on)
    told = job.parameters
    assert (job.kind, job.about, job.wanted, job.revision) == ("projection", go_on.pk, 6, 1)
    assert (told["scenario_version"], told["animals"], told["pairs"]) == (1, 6, "mean kinship")
    assert told["assumed"]["years"] == 5


def test_ask_for__refuses_an_empty_set(go_on: Scenario) -> None:
    go_on.base = "region=JAZA"
    go_on.save()
    with pytest.raises(StudbookError, match="Nobody of this set lives on"):
        asked(go_on)
    assert not Job.objects.exists()


@pytest.mark.parametrize(("animals", "years", "runs"), [(250, 100, 15), (5, 10, 50), (5_000, 300, 1)])
def test_runs_a_chunk__is_a_second_or_two_of_work(animals: int, years: int, runs: int) -> None:
    assert runs_a_chunk(animals, years) == runs


def test_given_on__takes_the_set_that_the_scenario_narrows(go_on: Scenario, family: Family) -> None:
    go_on.base = f"institution={family.kazan.pk}"
    given = given_on(go_on, Basis(family.programme))
    assert given.population.ids == ("6", "8", "10")


def test_given_on__takes_the_rates_of_the_whole_book_unless_told(go_on: Scenario, family: Family) -> None:
    go_on.base = f"institution={family.kazan.pk}"
    basis = Basis(family.programme)
    whole_book = given_on(go_on, basis).rates
    go_on.base, go_on.rate_source = "", "set"
    assert np.array_equal(given_on(go_on, basis).rates.female.m, whole_book.female.m)


def test_given_on__takes_what_if_rates(go_on: Scenario, family: Family) -> None:
    rates = RateSetFactory(programme=family.programme, base="smoothing=filled")
    EditedRateFactory(rate_set=rates, sex="F", age=0, qx=0.75)
    go_on.rate_source, go_on.rate_set = "rate_set", rates
    given = given_on(go_on, Basis(family.programme))
    assert (given.rates.female.q[0], given.rates.male.q[0]) == (0.75, 0.0)


def test_given_on__takes_no_archived_rates(go_on: Scenario, family: Family) -> None:
    go_on.rate_set = RateSetFactory(programme=family.programme, name="Dens", archived_at=timezone.now())
    with pytest.raises(StudbookError, match="The rates Dens are archived"):
        given_on(go_on, Basis(family.programme))


def test_given_on__counts_those_without_a_birth_from_their_first_day(go_on: Scenario, family: Family) -> None:
    animal_at(family.zoo, programme=family.programme, studbook_number="11", sex="M", birth=None)
    given = given_on(go_on, Basis(family.programme))
    assert "11" in given.population.ids
    assert any(
        note == "1 animal without a date of birth counts as old as it has been on record."
        for note in given.notes
    )


def test_given_on__banks_straws_only_where_they_are_used(go_on: Scenario, family: Family) -> None:
    BankedDonorFactory(scenario=go_on, animal=family[1], straws=7)
    basis = Basis(family.programme)
    assert given_on(whole(go_on), basis).population.donors == ()
    go_on.uses_bank = True
    go_on.save()
    population = given_on(whole(go_on), basis).population
    assert (population.donors, population.straws.tolist()) == (("1",), [7])


def test_given_on__starts_from_the_gene_diversity_of_the_set(go_on: Scenario, family: Family) -> None:
    given = given_on(go_on, Basis(family.programme))
    kinship = given.population.kinship
    assert kinship.shape == (6, 6)
    result = result_of(run(go_on))
    assert result is not None
    assert result.projection.gene_diversity[:, 0] == pytest.approx(1 - kinship.mean(), abs=1e-12)


def test_ask_for__measures_inbreeding_depression_from_that_of_the_rates(
    go_on: Scenario, family: Family
) -> None:
    child = animal_at(
        family.zoo,
        programme=family.programme,
        studbook_number="11",
        sex="M",
        birth=DateInterval.parse("2022-05-01"),
        sire=family[5],
        dam=family[6],
    )
    assert child.sire is not None
    assert asked(go_on).parameters["assumed"]["rates_inbreeding"] == 0
    Job.objects.update(state=Job.State.CANCELLED)
    go_on.lethal_equivalents = 6
    go_on.save()
    # One of seven young born in human care has F 1/4.
    assert asked(go_on).parameters["assumed"]["rates_inbreeding"] == pytest.approx(1 / 28)


def test_run__says_that_the_cluster_does_not_answer(go_on: Scenario, settings) -> None:  # type: ignore[no-untyped-def]
    settings.DASK_SCHEDULER_ADDRESS = "tcp://127.0.0.1:1"
    job = asked(go_on)
    Worker().run(once=True)
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert "Dask" in job.failure


def test_deterministic__is_the_leslie_projection_of_the_same_rates(go_on: Scenario) -> None:
    job = job_from_bytes(bytes(asked(go_on).input.data))
    found = deterministic(job)
    rates, ages = job.rates, job.population.age
    numbers = {
        sex: np.bincount(ages[job.population.sex == code], minlength=40).astype(float)
        for sex, code in (("male", 1), ("female", 2))
    }
    for year in range(6):
        assert found[year] == pytest.approx(sum(each.sum() for each in numbers.values()))
        for sex, each in numbers.items():
            survival = np.ones(40)
            survival[: len(getattr(rates, sex))] = 1 - getattr(rates, sex).q
            survival[len(getattr(rates, sex)) :] = 0
            numbers[sex] = np.append(0.0, (each * survival)[:-1])
        born = float(numbers["female"][: len(rates.female)] @ rates.female.m)
        numbers["male"][0] = numbers["female"][0] = born


def test_result__sets_the_formula_of_drift_beside_the_runs(go_on: Scenario) -> None:
    job = run(go_on)
    job.parameters["drift"] = {
        "gene_diversity": 0.8,
        "effective_ratio": 0.5,
        "size": 20,
        "generation_interval": 5.0,
        "growth": 1.1,
    }
    job.save()
    result = result_of(job)
    assert result is not None
    wanted = gene_diversity_by_year(0.8, 0.5, 20, 5.0, 5, growth=1.1).gene_diversity
    assert np.array_equal(result.figures["gene_diversity"].beside, wanted)  # type: ignore[arg-type]


def test_result__counts_the_runs_between_the_bands(go_on: Scenario) -> None:
    result = result_of(run(replace_runs(go_on, 40)))
    assert result is not None
    animals, figure = result.projection.animals[:, -1], result.figures["animals"]
    assert ((animals >= figure.wide.low[-1]) & (animals <= figure.wide.high[-1])).mean() >= 0.9
    assert figure.wide.low[-1] <= figure.narrow.low[-1] <= figure.wide.middle[-1] <= figure.narrow.high[-1]
    assert np.median(animals) == figure.wide.middle[-1]


def test_result__of_a_job_cut_short_is_of_its_finished_runs(go_on: Scenario, small_chunks: None) -> None:
    job = run(go_on)
    job.chunks.filter(first__gte=2).delete()
    Job.objects.filter(pk=job.pk).update(state=Job.State.CANCELLED, done=2)
    job.refresh_from_db()
    result = result_of(job)
    assert result is not None
    assert result.projection.run.tolist() == [0, 1]
    assert not result.projection.is_complete


def replace_runs(scenario: Scenario, runs: int) -> Scenario:
    scenario.runs = runs
    scenario.save()
    return scenario


def test_figure_chart__keeps_its_bands_within_the_drawing(go_on: Scenario) -> None:
    result = result_of(run(replace_runs(go_on, 40)))
    assert result is not None
    for name in ("gene_diversity", "animals"):
        chart = figure_chart(result, name, None)
        assert chart is not None
        assert chart.lines[0].band
        assert chart.lines[0].core
        for line in chart.lines:
            corners = [corner.split(",") for corner in f"{line.band} {line.core}".split()]
            assert all(chart.top <= float(y) <= chart.bottom for _, y in corners)
