"""The same bits however the runs are cut, spread, stopped and resumed."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from pedigree import ExecutorError, ScenarioError
from pedigree.projection import (
    Arrivals,
    Catastrophe,
    Chunk,
    Cluster,
    GenomeBank,
    Here,
    Processes,
    Scenario,
    executor_for,
    run_projection,
)
from pedigree.projection.executors import cores, spread
from tests.pedigree.projection.cases import LITTERS, RATES, book, population, unlike

ROOT = Path(__file__).resolve().parents[3]
SCENARIO = Scenario(
    years=6,
    seed=11,
    strategy="plan",
    capacity=30,
    litter_sizes=LITTERS,
    lethal_equivalents=6,
    imports=(Arrivals(1, 1, every=3),),
    catastrophes=(Catastrophe(0.1, 0.7, 0.7),),
    bank=GenomeBank(per_year=2),
    loci=5,
)
START = population(straws={"f01": 5})


@pytest.fixture(scope="module")
def whole():
    return run_projection(START, RATES, SCENARIO, runs=13)


@pytest.mark.parametrize("chunk", [1, 4, 100])
def test_run_projection__has_the_same_bits_in_chunks_of_any_size(whole, chunk: int) -> None:
    assert unlike(run_projection(START, RATES, SCENARIO, runs=13, chunk=chunk), whole) == []


def test_run_projection__makes_a_run_without_those_before_it(whole) -> None:
    few = run_projection(START, RATES, SCENARIO, runs=5)
    assert np.array_equal(few.animals, whole.animals[:5])
    assert np.array_equal(few.gene_diversity, whole.gene_diversity[:5], equal_nan=True)


def test_run_projection__differs_by_run_and_by_seed(whole) -> None:
    other = run_projection(START, RATES, Scenario(years=6, seed=12), runs=2)
    assert len({tuple(row) for row in whole.gene_diversity.tolist()}) == 13
    assert not np.array_equal(other.animals, whole.animals[:2])


@pytest.mark.slow
def test_processes__give_the_same_bits(whole) -> None:
    found = run_projection(START, RATES, SCENARIO, runs=13, chunk=3, executor=Processes(2))
    assert unlike(found, whole) == []


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    distributed = pytest.importorskip("distributed")
    local = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    )
    with local:
        yield local.scheduler_address


@pytest.mark.slow
def test_cluster__gives_the_same_bits(whole, scheduler: str) -> None:
    executor = executor_for(environment={"DASK_SCHEDULER_ADDRESS": scheduler})
    assert isinstance(executor, Cluster)
    told: list[int] = []
    found = run_projection(
        START,
        RATES,
        SCENARIO,
        runs=13,
        chunk=3,
        executor=executor,
        progress=lambda _, number: told.append(number),
    )
    assert unlike(found, whole) == []
    assert told[-1] == 13


@pytest.mark.slow
def test_cluster__is_stopped_between_chunks(scheduler: str) -> None:
    done: list[Chunk] = []
    found = run_projection(
        START,
        RATES,
        SCENARIO,
        runs=40,
        chunk=1,
        executor=Cluster(scheduler),
        progress=lambda chunk, _: done.append(chunk),
        stop=lambda: bool(done),
    )
    assert 1 <= len(found) < 40


def test_run_projection__stops_between_chunks_and_resumes_to_the_same_bits(whole) -> None:
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


def test_run_projection__leaves_out_finished_runs_beyond_those_wanted(whole) -> None:
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
    from dataclasses import replace

    done: list[Chunk] = []
    run_projection(START, RATES, SCENARIO, runs=2, progress=lambda chunk, _: done.append(chunk))
    named = run_projection(START, RATES, replace(SCENARIO, name="With imports"), runs=2, done=done)
    assert (len(named), named.scenario.name) == (2, "With imports")


@pytest.mark.parametrize(("runs", "chunk"), [(0, 1), (1, 0)])
def test_run_projection__refuses_no_runs(runs: int, chunk: int) -> None:
    with pytest.raises(ScenarioError, match="Ask for 1 or more of each"):
        run_projection(START, RATES, SCENARIO, runs=runs, chunk=chunk)


def test_run_projection__does_not_depend_on_the_order_of_the_records(whole) -> None:
    from pedigree import Pedigree, Record
    from pedigree.projection import LivingPopulation

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


def test_processes__take_every_core_and_at_least_one() -> None:
    assert Processes().workers == cores() >= 1
    with pytest.raises(ExecutorError, match="Ask for 1 or more"):
        Processes(0)


def test_executor_for__takes_this_process_processes_or_the_cluster() -> None:
    assert isinstance(executor_for(environment={}), Here)
    assert isinstance(executor_for(2, environment={"DASK_SCHEDULER_ADDRESS": ""}), Processes)
    assert isinstance(executor_for(2, environment={"DASK_SCHEDULER_ADDRESS": "tcp://x:1"}), Cluster)


@pytest.mark.parametrize(
    ("address", "why"), [("tcp://127.0.0.1:9", "refused"), ("scheduler", "names no host and port")]
)
def test_cluster__says_when_the_scheduler_does_not_answer(address: str, why: str) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(ExecutorError, match=f"at {address} does not answer .*{why}.*Start it, correct DASK_"):
        run_projection(START, RATES, SCENARIO, runs=1, executor=Cluster(address, timeout=2))


def test_cluster__says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ExecutorError, match="distributed is not installed"):
        run_projection(START, RATES, SCENARIO, runs=1, executor=Cluster("tcp://127.0.0.1:9"))


def test_spread__hands_on_what_a_chunk_failed_with() -> None:
    from concurrent.futures import Future

    def submit(part: tuple[int, int]) -> Future[Chunk]:
        future: Future[Chunk] = Future()
        future.set_exception(KeyError(part))
        return future

    with pytest.raises(KeyError):
        list(spread(submit, [(0, 1)], lambda: False, 2))


@pytest.mark.slow
def test_processes__end_when_the_one_that_started_them_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "begin.py"
    program.write_text(
        textwrap.dedent(
            """
            import os, time
            from pathlib import Path
            from pedigree.projection.executors import Processes

            def work(first, number):
                Path(__file__).with_name(f"{os.getpid()}.pid").touch()
                time.sleep(600)

            if __name__ == "__main__":
                list(Processes(1).chunks(work, [(0, 1)], lambda: False))
            """
        )
    )
    begun = subprocess.Popen([sys.executable, program], env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        pid = int(_awaited(lambda: next(tmp_path.glob("*.pid"), None)).stem)
    finally:
        begun.send_signal(signal.SIGKILL)
        begun.wait()
    assert _awaited(lambda: not _is_running(pid))


def _awaited(found):
    for _ in range(300):
        if answer := found():
            return answer
        time.sleep(0.1)
    raise AssertionError("It did not happen in 30 seconds.")


def _is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
