"""What people do with long work: ask for it, cancel it, resume it. A worker does it: studbook/core/jobs/."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import Job, JobInput
from studbook.programmes.changes import changing, columns_of
from studbook.programmes.models import Programme

MOST_OPEN = 20
POSSIBLE = {"cancel": "can_be_cancelled", "resume": "can_be_resumed"}


class JobStateError(StudbookError):
    """The job is not in a state for this."""

    status = 409


@dataclass(frozen=True, slots=True)
class Asked:
    """A job to ask for: `data` is all that it works on, `parameters` what is told of it."""

    kind: str
    about: int
    title: str
    data: bytes
    wanted: int
    chunk: int
    parameters: dict[str, Any]


def ask(programme: Programme, asked: Sequence[Asked], *, by: User | None) -> list[Job]:
    """Ask for long work; what it works on is of the revision that `programme` has, whatever the book's is by now."""
    kinds = " and ".join(sorted({each.kind for each in asked}))
    with changing(programme, f"ask for {kinds}", by=by, right=Right.PLAN, alters_numbers=False) as trail:
        _refuse_too_many(programme, asked)
        made = [_queued(programme, each, by) for each in asked]
        trail.created(made)
    return made


def cancel(job: Job, *, by: User | None, opened_version: int) -> Job:
    """Stop a job; what is finished of it is kept."""
    return _brought(job, "cancel", _stop, by=by, opened_version=opened_version)


def resume(job: Job, *, by: User | None, opened_version: int) -> Job:
    """Go on with a job that was cancelled or failed, from its last finished chunk."""
    return _brought(job, "resume", _queue_again, by=by, opened_version=opened_version)


def _brought(
    job: Job, verb: str, step: Callable[[Job], None], *, by: User | None, opened_version: int
) -> Job:
    with changing(
        job.programme, f"{verb} {job.kind}", by=by, right=Right.PLAN, alters_numbers=False
    ) as trail:
        job.refresh_from_db()
        if not getattr(job, POSSIBLE[verb]):
            raise JobStateError(f"{job} is {job.get_state_display()}, so there is nothing to {verb}.")
        _refuse_stale(job, opened_version)
        before = columns_of(job)
        step(job)
        job.refresh_from_db()
        trail.changed(job, before)
    return job


def _queue_again(job: Job) -> None:
    job.state, job.failure, job.ended_at, job.attempts = Job.State.QUEUED, "", None, 0
    job.version += 1
    job.save(update_fields=["state", "failure", "ended_at", "attempts", "version"])


def _refuse_stale(job: Job, opened_version: int) -> None:
    # Its columns change with the progress too, so that what differs would say nothing.
    if job.version != opened_version:
        raise StaleRecordError(
            f"{job} was cancelled or resumed by somebody else since you opened it, and is {job.get_state_display()} now. "
            "Look at it again, then decide.",
            version=job.version,
        )


def _stop(job: Job) -> None:
    # A worker writes without the programme's lock, so each step asks for the state it needs.
    same = Job.objects.filter(pk=job.pk)
    version = job.version + 1
    if same.filter(state=Job.State.QUEUED).update(
        state=Job.State.CANCELLED, ended_at=timezone.now(), version=version
    ):
        return
    if not same.filter(state=Job.State.RUNNING).update(state=Job.State.STOPPING, version=version):
        job.refresh_from_db()
        raise JobStateError(f"{job} is {job.get_state_display()} by now, so there is nothing to cancel.")


def _refuse_too_many(programme: Programme, asked: Sequence[Asked]) -> None:
    open_jobs = programme.jobs.exclude(state__in=Job.ENDED)
    going_on = set(open_jobs.values_list("kind", "about"))
    for each in asked:
        if (each.kind, each.about) in going_on:
            raise JobStateError(f"{each.title} is being worked on already. Wait for it, or cancel it first.")
    if len(going_on) + len(asked) > MOST_OPEN:
        raise JobStateError(
            f"{len(going_on)} jobs of this programme wait or run, and {MOST_OPEN} may at once. Wait until some are done."
        )


def _queued(programme: Programme, asked: Asked, by: User | None) -> Job:
    job = Job.objects.create(
        programme=programme,
        kind=asked.kind,
        about=asked.about,
        title=asked.title,
        parameters=asked.parameters,
        revision=programme.revision,
        asked_by=by,
        wanted=asked.wanted,
        chunk=asked.chunk,
    )
    JobInput.objects.create(job=job, data=asked.data)
    return job
