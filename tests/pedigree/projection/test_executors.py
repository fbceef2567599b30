"""The same bits wherever the runs are made: processes of this machine, and a real cluster on it."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

import pytest

from pedigree import ExecutorError
from pedigree.projection import Chunk, Cluster, Here, Processes, Projection, executor_for, run_projection
from pedigree.projection.executors import cores, spread
from tests.pedigree.projection.cases import RATES, SCENARIO, START, unlike

ROOT = Path(__file__).resolve().parents[3]
Found = TypeVar("Found")


@pytest.fixture(scope="module")
def whole() -> Projection:
    return run_projection(START, RATES, SCENARIO, runs=13)


@pytest.mark.slow
def test_processes__give_the_same_bits(whole: Projection) -> None:
    found = run_projection(START, RATES, SCENARIO, runs=13, chunk=3, executor=Processes(2))
    assert unlike(found, whole) == []


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    distributed = pytest.importorskip("distributed")
    local = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address="127.0.0.1:0"
    )
    with local:
        yield local.scheduler_address


@pytest.mark.slow
def test_cluster__gives_the_same_bits(whole: Projection, scheduler: str) -> None:
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


@pytest.mark.slow
def test_cluster__says_when_nobody_works_there() -> None:
    distributed = pytest.importorskip("distributed")
    alone = distributed.LocalCluster(
        n_workers=0, processes=True, host="127.0.0.1", dashboard_address="127.0.0.1:0"
    )
    with alone, pytest.raises(ExecutorError, match="has no workers"):
        run_projection(START, RATES, SCENARIO, runs=1, executor=Cluster(alone.scheduler_address, timeout=0.5))


@pytest.mark.slow
def test_cluster__says_when_workers_are_lost(scheduler: str) -> None:
    with pytest.raises(ExecutorError, match="were lost before their runs were finished"):
        list(Cluster(scheduler).chunks(_dying, [(0, 1)], lambda: False))


@pytest.mark.slow
def test_processes__say_when_one_ends() -> None:
    with pytest.raises(ExecutorError, match="A process ended before its runs were finished"):
        list(Processes(1).chunks(_dying, [(0, 1)], lambda: False))


def _dying(first: int, number: int) -> Chunk:
    os._exit(3)


def test_spread__hands_on_what_a_chunk_failed_with() -> None:
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


def _awaited(found: Callable[[], Found]) -> Found:
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
