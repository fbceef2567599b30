"""Workers that meet, and workers that are killed: each chunk is kept once, and the job ends as if nothing had happened."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from studbook.core.jobs import queue
from studbook.core.jobs.worker import Worker
from studbook.core.models import Job, JobWorker
from studbook.programmes.models import Programme
from tests.core.jobs.counting import counting_job, kept, whole
from tests.factories import ScenarioFactory, projected
from tests.races.server import environment
from tests.races.threads import BEFORE_A_LOCK, Meeting, at_once, errors_in

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 3  # no more than a job may lose before it is given up
PATIENCE = 30.0
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def taken_at_once(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Let workers take up a job that all of them have read as free."""
    meeting = Meeting(WORKERS, patience=BEFORE_A_LOCK)
    monkeypatch.setattr(queue, "waiting", meeting.after(queue.waiting))
    taken = at_once(*(lambda name=f"worker {number}": queue.take_up(name) for number in range(WORKERS)))
    assert errors_in(taken) == []
    assert meeting.happened
    return [each for each in taken if each is not None]


def test_take_up__gives_a_job_to_one_of_those_who_meet(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting_job(programme)
    assert len(taken_at_once(monkeypatch)) == 1


def test_take_up__would_give_it_to_all_if_it_did_not_ask_again(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    counting_job(programme)
    monkeypatch.setattr(queue, "as_found", lambda job, now: Job.objects.filter(pk=job.pk))
    assert len(taken_at_once(monkeypatch)) > 1


def test_workers__share_the_jobs_and_keep_every_chunk_once(programme: Programme) -> None:
    jobs = [counting_job(programme, wanted=20) for _ in range(6)]
    taken = at_once(*(lambda: Worker().run(once=True) for _ in range(WORKERS)))
    assert errors_in(taken) == []
    assert sum(taken) == len(jobs)
    for job in jobs:
        job.refresh_from_db()
        assert (job.state, job.done, kept(job)) == (Job.State.DONE, 20, whole(job))


def test_keep__keeps_a_chunk_once_of_two_who_made_it(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_twice = two_keep_one_chunk(programme)
    assert [type(each) for each in kept_twice].count(queue.LeaseLostError) == 1
    job = Job.objects.get()
    assert (job.done, len(kept(job))) == (2, 1)


def test_keep__would_count_it_twice_if_it_did_not_ask_whose_it_is(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "held", lambda job, worker: Job.objects.filter(pk=job.pk))
    outcomes = two_keep_one_chunk(programme)
    # The constraint is what is left then: the second fails with a fault of the database.
    assert [type(each).__name__ for each in outcomes].count("IntegrityError") == 1


def two_keep_one_chunk(programme: Programme) -> list[Any]:
    """Let a worker that was thought dead and the one in its place keep the same chunk."""
    job = counting_job(programme)
    queue.take_up("slow")
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert queue.take_up("quick") == job
    return at_once(*(lambda name=name: queue.keep(job, name, (0, 2), b"made") for name in ("slow", "quick")))


def test_worker__killed_in_a_chunk_leaves_what_the_next_goes_on_from(programme: Programme) -> None:
    job = counting_job(programme, wanted=12, told={"seconds": 0.3})
    process = started("--nice", "1")
    try:
        done = until(lambda: Job.objects.get().done)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    finally:
        process.kill()
    job.refresh_from_db()
    assert (job.state, job.worker != "") == (Job.State.RUNNING, True)
    assert 0 < done <= job.done < 12
    assert Worker().run(once=True) == 0, "the lease of the killed one holds for a while"
    Job.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert Worker().run(once=True) == 1
    job.refresh_from_db()
    assert (job.state, job.done, kept(job)) == (Job.State.DONE, 12, whole(job))


def test_worker__told_to_end_finishes_its_chunk_and_leaves_at_once(programme: Programme) -> None:
    job = counting_job(programme, wanted=40, told={"seconds": 0.3})
    process = started()
    try:
        until(lambda: Job.objects.get().done)
        process.terminate()
        assert process.wait(PATIENCE) == 0
    finally:
        process.kill()
    job.refresh_from_db()
    assert (job.state, job.worker) == (Job.State.QUEUED, "")
    assert kept(job) == whole(job)[: job.done // 2]
    assert not JobWorker.objects.exists()


def test_worker__tied_to_a_process_ends_when_that_is_killed(programme: Programme) -> None:
    counting_job(programme, wanted=400, told={"seconds": 0.1})
    script = f"import subprocess, time; subprocess.Popen({command('--tied')!r}, start_new_session=True); time.sleep(60)"
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env=environment())
    try:
        until(lambda: Job.objects.get().done)
    finally:
        parent.kill()
        parent.wait()
    until(lambda: not JobWorker.objects.exists())
    assert Job.objects.get().state == Job.State.QUEUED


def until(found: Any) -> Any:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if value := found():
            return value
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


def started(*options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command(*options), cwd=ROOT, env=environment())


def command(*options: str) -> list[str]:
    """Return the command that starts a worker with the tests' kind of job."""
    script = (
        "import django; django.setup(); import tests.core.jobs.counting; "
        "from django.core.management import call_command; import sys; call_command('work', *sys.argv[1:])"
    )
    return [sys.executable, "-c", script, *options]


def test_projection__killed_in_a_chunk_and_taken_up_is_the_same_to_the_last_byte(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = ScenarioFactory(programme=programme)
    undisturbed, killed = (long_projection(scenario) for _ in range(2))
    Job.objects.filter(pk=undisturbed.pk).update(state=Job.State.QUEUED)
    assert Worker().run(once=True) == 1
    Job.objects.filter(pk=killed.pk).update(state=Job.State.QUEUED)
    process = started()
    try:
        until(lambda: Job.objects.get(pk=killed.pk).done)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    finally:
        process.kill()
    killed.refresh_from_db()
    assert 0 < killed.done < killed.wanted, "it was killed before its end"
    Job.objects.filter(pk=killed.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    assert Worker().run(once=True) == 1
    killed.refresh_from_db()
    assert killed.state == Job.State.DONE
    assert kept(killed) == kept(undisturbed)


def long_projection(scenario: Any) -> Job:
    """Return a projection of many chunks that waits for nobody yet."""
    job = projected(scenario)
    job.chunks.all().delete()
    Job.objects.filter(pk=job.pk).update(state=Job.State.CANCELLED, done=0, wanted=3000, chunk=20)
    job.refresh_from_db()
    return job
