"""Who works on which job: taken up, kept alive, brought forward and ended, each in one short write.

A worker has a job as long as the job names it. Whoever was thought dead and was not finds another name there, and keeps
nothing any more: so no chunk is kept twice, whatever two workers think.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from studbook.core.jobs.kinds import Part, parts_of
from studbook.core.locks import in_turn
from studbook.core.models import Job, JobChunk, JobQuerySet

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 3
NO_PROGRESS = (
    "It was taken up {attempts} times and no chunk was finished, each time because the worker was lost. Perhaps memory ran out: "
    "ask for less, or give the worker more, then resume."
)


class LeaseLostError(Exception):
    """The job is somebody else's by now; what was made of it is thrown away."""


def take_up(worker: str) -> Job | None:
    """Give a worker the job that waits longest; None when none does."""
    now = timezone.now()
    for job in waiting(now):
        if not _taken(job, worker, now):
            continue
        job.refresh_from_db()
        if job.attempts <= MOST_ATTEMPTS:
            return job
        settle(job, worker, Job.State.FAILED, failure=NO_PROGRESS.format(attempts=MOST_ATTEMPTS))
    return None


def waiting(now: datetime) -> list[Job]:
    """Return the jobs that nobody works on, the oldest first; one query."""
    return list(Job.objects.free(now).order_by("id"))


def _taken(job: Job, worker: str, now: datetime) -> bool:
    state = Job.State.STOPPING if job.state == Job.State.STOPPING else Job.State.RUNNING
    with in_turn():
        return bool(
            as_found(job, now).update(
                state=state, worker=worker, leased_until=now + LEASE, attempts=F("attempts") + 1
            )
        )


def as_found(job: Job, now: datetime) -> JobQuerySet:
    """Return the job, if it is still free and as it was read: of two that read it, the second finds nothing."""
    return Job.objects.free(now).filter(pk=job.pk, state=job.state, worker=job.worker)


def missing_parts(job: Job) -> list[Part]:
    """Return the chunks of a job that are not finished yet; one query."""
    there = set(job.chunks.values_list("first", flat=True))
    return [part for part in parts_of(job.wanted, job.chunk) if part[0] not in there]


def keep(job: Job, worker: str, part: Part, data: bytes) -> bool:
    """Keep a finished chunk; tell whether to go on, which a person may have said no to meanwhile."""
    first, length = part
    with in_turn(), transaction.atomic():
        forward = {"done": F("done") + length, "attempts": 0, "leased_until": timezone.now() + LEASE}
        if not held(job, worker).update(**forward):
            raise LeaseLostError(f"Job {job.pk} is not {worker}'s any more.")
        JobChunk.objects.create(job=job, first=first, length=length, data=data)
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).exists()


def extend(job: Job, worker: str) -> None:
    """Tell that a worker is still at a job, also in the middle of a long chunk."""
    with in_turn():
        held(job, worker).update(leased_until=timezone.now() + LEASE)


def settle(job: Job, worker: str, state: str, *, failure: str = "") -> None:
    """End a worker's hold of a job: done, cancelled or failed."""
    ended = {"state": state, "failure": failure, "ended_at": timezone.now()}
    with in_turn():
        held(job, worker).update(worker="", leased_until=None, **ended)


def put_back(job: Job, worker: str) -> None:
    """Put an unfinished job back for the next worker, or end it where a person wanted that."""
    with in_turn():
        # One write that asks and does: a person may cancel in between.
        back = held(job, worker).filter(state=Job.State.RUNNING)
        if back.update(state=Job.State.QUEUED, worker="", leased_until=None, attempts=0):
            return
    settle(job, worker, Job.State.CANCELLED)


def held(job: Job, worker: str) -> JobQuerySet:
    """Return the job while a worker has it, nothing any more once somebody else has."""
    return Job.objects.filter(pk=job.pk, worker=worker, state__in=Job.AT_WORK)
