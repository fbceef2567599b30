"""What people do with long work: each deed in its state, with its trail; what is against it is refused."""

import pytest

from studbook.accounts.models import User
from studbook.core.errors import StaleRecordError
from studbook.core.jobs import queue
from studbook.core.jobs.worker import Worker
from studbook.core.models import AuditEntry, Job
from studbook.programmes import jobs
from studbook.programmes.jobs import Asked, JobStateError, ask, cancel, resume
from studbook.programmes.models import Programme
from tests.core.jobs.counting import counting_job

State = Job.State
pytestmark = pytest.mark.django_db
COUNTING = Asked(
    "counting", about=7, title="Counting to six", data=b"{}", wanted=6, chunk=2, parameters={"to": 6}
)


def test_ask__queues_the_job_with_its_input_and_a_trail(programme: Programme, ada: User) -> None:
    (job,) = ask(programme, [COUNTING], by=ada)
    assert (job.state, job.about, job.revision, job.asked_by, job.version) == ("queued", 7, 1, ada, 1)
    assert bytes(job.input.data) == b"{}"
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor) == ("ask for counting", ada)
    assert entry.changes.get().after["parameters"] == {"to": 6}


def test_ask__leaves_the_revision(programme: Programme, ada: User) -> None:
    ask(programme, [COUNTING], by=ada)
    before = programme.revision
    programme.refresh_from_db()
    assert programme.revision == before


def test_ask__refuses_what_goes_on_already(programme: Programme, ada: User) -> None:
    ask(programme, [COUNTING], by=ada)
    with pytest.raises(JobStateError, match="Counting to six is being worked on already"):
        ask(programme, [COUNTING], by=ada)
    assert Job.objects.count() == 1


def test_ask__refuses_more_than_a_programme_may_have(
    programme: Programme, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "MOST_OPEN", 1)
    counting_job(programme)
    with pytest.raises(JobStateError, match="1 jobs of this programme wait or run"):
        ask(programme, [COUNTING], by=ada)


def test_cancel__ends_what_waits(programme: Programme, ada: User) -> None:
    job = cancel(counting_job(programme), by=ada, opened_version=1)
    assert (job.state, job.version) == (State.CANCELLED, 2)
    assert job.ended_at is not None
    assert AuditEntry.objects.get().verb == "cancel counting"


def test_cancel__lets_the_worker_stop_what_runs(programme: Programme, ada: User) -> None:
    job = counting_job(programme)
    queue.take_up("a worker")
    assert cancel(job, by=ada, opened_version=1).state == State.STOPPING
    assert not queue.keep(job, "a worker", (0, 2), b"made")


@pytest.mark.parametrize("state", [State.DONE, State.CANCELLED])
def test_cancel__refuses_what_has_ended(programme: Programme, ada: User, state: str) -> None:
    job = counting_job(programme, state=state, done=6)
    with pytest.raises(JobStateError, match="nothing to cancel"):
        cancel(job, by=ada, opened_version=1)


def test_cancel__refuses_a_stale_page(programme: Programme, ada: User) -> None:
    job = counting_job(programme, version=3)
    with pytest.raises(StaleRecordError):
        cancel(job, by=ada, opened_version=1)


def test_resume__goes_on_where_it_was_cancelled(programme: Programme, ada: User) -> None:
    job = counting_job(programme)
    queue.take_up("a worker")
    queue.keep(job, "a worker", (0, 2), b"made")
    cancel(job, by=ada, opened_version=1)
    queue.put_back(job, "a worker")
    resumed = resume(job, by=ada, opened_version=2)
    assert (resumed.state, resumed.done, resumed.version) == (State.QUEUED, 2, 3)
    Worker().run(once=True)
    job.refresh_from_db()
    assert (job.state, bytes(job.chunks.get(first=0).data)) == (State.DONE, b"made")


def test_resume__forgets_why_it_failed(programme: Programme, ada: User) -> None:
    job = counting_job(programme, state=State.FAILED, failure="The cluster did not answer.", attempts=3)
    resumed = resume(job, by=ada, opened_version=1)
    assert (resumed.state, resumed.failure, resumed.attempts) == (State.QUEUED, "", 0)


@pytest.mark.parametrize("state", [State.QUEUED, State.DONE])
def test_resume__refuses_what_has_not_stopped(programme: Programme, ada: User, state: str) -> None:
    job = counting_job(programme, state=state, done=6)
    with pytest.raises(JobStateError, match="nothing to resume"):
        resume(job, by=ada, opened_version=1)
