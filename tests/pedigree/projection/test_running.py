"""The same bits however the runs are cut, stopped and resumed."""

from dataclasses import replace

import numpy as np
import pytest

from pedigree import Pedigree, Record, ScenarioError
from pedigree.projection import Chunk, LivingPopulation, Projection, Scenario, run_projection
from tests.pedigree.projection.cases import RATES, SCENARIO, START, book, unlike


@pytest.fixture(scope="module")
def whole() -> Projection:
    return run_projection(START, RATES, SCENARIO, runs=13)


@pytest.mark.parametrize("chunk", [1, 4, 100])
def test_run_projection__has_the_same_bits_in_chunks_of_any_size(whole: Projection, chunk: int) -> None:
    assert unlike(run_projection(START, RATES, SCENARIO, runs=13, chunk=chunk), whole) == []


def test_run_projection__makes_a_run_without_those_before_it(whole: Projection) -> None:
    few = run_projection(START, RATES, SCENARIO, runs=5)
    assert np.array_equal(few.animals, whole.animals[:5])
    assert np.array_equal(few.gene_diversity, whole.gene_diversity[:5], equal_nan=True)


def test_run_projection__differs_by_run_and_by_seed(whole: Projection) -> None:
    other = run_projection(START, RATES, Scenario(years=6, seed=12), runs=2)
    assert len({tuple(row) for row in whole.gene_diversity.tolist()}) == 13
    assert not np.array_equal(other.animals, whole.animals[:2])


def test_run_projection__stops_between_chunks_and_resumes_to_the_same_bits(whole: Projection) -> None:
    kept: list[bytes] = []
    stopped = run_projection(
        START,
        RATES,
        SCENARIO,
        runs=13,
        chunk=3,
        progress=lambda chunk, _: kept.append(chunk.to_bytes()),
        stop=lambda: len(kept) == 2,
    )
    assert (len(stopped), stopped.is_complete, stopped.run.tolist()) == (6, False, [0, 1, 2, 3, 4, 5])
    told: list[int] = []
    done = [Chunk.from_bytes(data) for data in reversed(kept[1:])]
    resumed = run_projection(
        START,
        RATES,
        SCENARIO,
        runs=13,
        chunk=4,
        done=done,
        progress=lambda _, number: told.append(number),
    )
    assert resumed.is_complete
    assert unlike(resumed, whole) == []
    assert told == [6, 10, 13]


def test_run_projection__stopped_at_once_has_no_run() -> None:
    found = run_projection(START, RATES, SCENARIO, runs=2, stop=lambda: True)
    assert (len(found), found.animals.shape, found.extinct.shape) == (0, (0, 7), (0, 7))


def test_run_projection__leaves_out_finished_runs_beyond_those_wanted(whole: Projection) -> None:
    done: list[Chunk] = []
    run_projection(START, RATES, SCENARIO, runs=13, progress=lambda chunk, _: done.append(chunk))
    fewer = run_projection(START, RATES, SCENARIO, runs=4, done=done)
    assert fewer.is_complete
    assert np.array_equal(fewer.animals, whole.animals[:4])


def test_run_projection__refuses_chunks_of_another_scenario_or_twice() -> None:
    done: list[Chunk] = []
    run_projection(START, RATES, SCENARIO, runs=2, progress=lambda chunk, _: done.append(chunk))
    with pytest.raises(ScenarioError, match="of another population, other rates or another scenario"):
        run_projection(START, RATES, Scenario(years=6), runs=2, done=done)
    with pytest.raises(ScenarioError, match="one run twice"):
        run_projection(START, RATES, SCENARIO, runs=2, done=done * 2)


def test_run_projection__resumes_under_another_name() -> None:
    done: list[Chunk] = []
    run_projection(START, RATES, SCENARIO, runs=2, progress=lambda chunk, _: done.append(chunk))
    named = run_projection(START, RATES, replace(SCENARIO, name="With imports"), runs=2, done=done)
    assert (len(named), named.scenario.name) == (2, "With imports")


@pytest.mark.parametrize(("runs", "chunk"), [(0, 1), (1, 0)])
def test_run_projection__refuses_no_runs(runs: int, chunk: int) -> None:
    with pytest.raises(ScenarioError, match="Ask for 1 or more of each"):
        run_projection(START, RATES, SCENARIO, runs=runs, chunk=chunk)


def test_run_projection__does_not_depend_on_the_order_of_the_records(whole: Projection) -> None:
    pedigree = book()
    records = [
        Record(
            animal,
            pedigree.ids[sire] if sire >= 0 else int(sire),
            pedigree.ids[dam] if dam >= 0 else int(dam),
            int(sex),
        )
        for animal, sire, dam, sex in zip(
            pedigree.ids, pedigree.sire, pedigree.dam, pedigree.sex, strict=True
        )
    ]
    turned = Pedigree.from_records(reversed(records))
    living = np.array([animal in START.ids for animal in turned.ids])
    ages = np.array(
        [START.age[START.ids.index(animal)] if animal in START.ids else 0 for animal in turned.ids]
    )
    again = LivingPopulation.of(turned, living, ages, straws={"f01": 5})
    assert unlike(run_projection(again, RATES, SCENARIO, runs=13), whole) == []
