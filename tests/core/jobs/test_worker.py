"""A worker does the jobs that wait, in the order of asking, and says how each ended."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from studbook.core.jobs import attendance, queue
from studbook.core.jobs.worker import Worker
from studbook.core.models import AuditEntry, Job, JobWorker
from studbook.programmes.models import Programme
from tests.core.jobs.counting import counting_job, kept, whole
from tests.factories import JobChunkFactory, JobWorkerFactory

State = Job.State
pytestmark = pytest.mark.django_db
AGO = timedelta(minutes=5)


def left_behind(job: Job, state: str = State.RUNNING) -> None:
    """Let the job be as a worker leaves it that is killed."""
    Job.objects.filter(pk=job.pk).update(state=state, worker="lost", leased_until=timezone.now() - AGO)


def test_run__does_every_job_that_waits(programme: Programme) -> None:
    jobs = [counting_job(programme), counting_job(programme, wanted=5)]
    assert Worker().run(once=True) == 2
    for job in jobs:
        job.refresh_from_db()
        assert (job.state, job.done, job.worker, job.leased_until) == (State.DONE, job.wanted, "", None)
        assert kept(job) == whole(job)


def test_run__leaves_no_trail(programme: Programme) -> None:
    counting_job(programme)
    Worker().run(once=True)
    assert not AuditEntry.objects.exists()


def test_run__takes_the_oldest_first(programme: Programme) -> None:
    first, second = counting_job(programme), counting_job(programme)
    taken = queue.take_up("a worker")
    assert taken == first
    assert queue.take_up("another") == second
    assert queue.take_up("a third") is None


def test_run__goes_on_from_the_last_finished_chunk(programme: Programme) -> None:
    job = counting_job(programme, done=2)
    JobChunkFactory(job=job, first=2, length=2, data=b"kept")
    left_behind(job)
    Worker().run(once=True)
    job.refresh_from_db()
    assert (job.state, job.done) == (State.DONE, 6)
    assert kept(job)[1] == (2, 2, b"kept")


def test_run__leaves_a_job_to_whoever_has_it(programme: Programme) -> None:
    counting_job(programme)
    assert queue.take_up("another") is not None
    assert Worker().run(once=True) == 0


def test_run__keeps_the_sentence_of_a_refusal(programme: Programme) -> None:
    job = counting_job(programme, told={"refuses_at": 2})
    Worker().run(once=True)
    job.refresh_from_db()
    assert (job.state, job.done) == (State.FAILED, 2)
    assert job.failure == "The rates at age 3 are missing. Choose a longer window."


def test_run__says_what_nobody_foresaw(programme: Programme, caplog: pytest.LogCaptureFixture) -> None:
    job, next_one = counting_job(programme, told={"breaks_at": 0}), counting_job(programme)
    Worker().run(once=True)
    job.refresh_from_db()
    next_one.refresh_from_db()
    assert job.state == State.FAILED
    assert "ZeroDivisionError: division by zero" in job.failure
    assert next_one.state == State.DONE
    assert "broke off" in caplog.text


def test_run__fails_a_job_of_a_kind_that_is_not_there(programme: Programme) -> None:
    job = counting_job(programme, kind="weaving")
    Worker().run(once=True)
    job.refresh_from_db()
    assert job.failure.startswith("This installation does no jobs of the kind 'weaving'.")


def test_run__gives_up_a_job_that_loses_every_worker(programme: Programme) -> None:
    job = counting_job(programme, attempts=queue.MOST_ATTEMPTS)
    left_behind(job)
    Worker().run(once=True)
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "taken up 3 times and no chunk was finished" in job.failure


def test_run__stops_where_a_person_cancelled(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    job = counting_job(programme)
    keep = queue.keep

    def keep_and_cancel(*args: object) -> bool:
        Job.objects.filter(pk=job.pk).update(state=State.STOPPING)
        return keep(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(queue, "keep", keep_and_cancel)
    Worker().run(once=True)
    job.refresh_from_db()
    assert (job.state, job.done, job.worker) == (State.CANCELLED, 2, "")


def test_run__ends_what_was_being_cancelled_when_its_worker_was_lost(programme: Programme) -> None:
    job = counting_job(programme)
    left_behind(job, State.STOPPING)
    Worker().run(once=True)
    job.refresh_from_db()
    assert (job.state, job.done) == (State.CANCELLED, 0)


def test_end__puts_the_job_back_after_the_chunk(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, worker = counting_job(programme), Worker()
    keep = queue.keep

    def keep_and_end(*args: object) -> bool:
        worker.end()
        return keep(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(queue, "keep", keep_and_end)
    worker.run()
    job.refresh_from_db()
    assert (job.state, job.done, job.attempts) == (State.QUEUED, 2, 0)


def test_keep__refuses_whoever_lost_the_job(programme: Programme) -> None:
    job = counting_job(programme)
    queue.take_up("slow")
    left_behind(job)
    taken = queue.take_up("quick")
    assert taken is not None
    queue.keep(taken, "quick", (0, 2), b"quick")
    with pytest.raises(queue.LeaseLostError):
        queue.keep(job, "slow", (2, 2), b"slow")
    job.refresh_from_db()
    assert (kept(job), job.done) == ([(0, 2, b"quick")], 2)


def test_settle__does_nothing_to_another_s_job(programme: Programme) -> None:
    job = counting_job(programme)
    queue.take_up("quick")
    queue.settle(job, "slow", State.FAILED, failure="Too slow.")
    queue.put_back(job, "slow")
    job.refresh_from_db()
    assert (job.state, job.worker) == (State.RUNNING, "quick")


def test_attend__is_remembered_for_a_while() -> None:
    assert not attendance.is_worker_at_hand()
    attendance.attend("a worker")
    assert attendance.is_worker_at_hand()
    JobWorker.objects.update(seen_at=timezone.now() - attendance.SILENCE)
    assert not attendance.is_worker_at_hand()


def test_attend__forgets_those_long_silent() -> None:
    JobWorkerFactory(name="of last year")
    attendance.attend("a worker")
    assert [each.name for each in JobWorker.objects.all()] == ["a worker"]


def test_work__does_what_waits_and_tells_how_many(
    programme: Programme, capsys: pytest.CaptureFixture[str]
) -> None:
    counting_job(programme)
    call_command("work", once=True)
    assert "1 job taken up." in capsys.readouterr().out
    assert not JobWorker.objects.exists()


def test_health__names_jobs_that_wait_without_a_worker(programme: Programme, client) -> None:  # type: ignore[no-untyped-def]
    job = counting_job(programme)
    told = client.get("/health/")
    assert told.status_code == 200
    assert told.json()["jobs"].startswith("wait, and no worker is at hand")
    attendance.attend("a worker")
    assert client.get("/health/").json() == {"database": "can be read"}
    attendance.leave("a worker")
    Job.objects.filter(pk=job.pk).update(state=State.CANCELLED)
    assert client.get("/health/").json() == {"database": "can be read"}
