"""A kind of job for tests: its chunk says which pieces it holds; its input says how slow it is, and where it fails."""

import json
import time
from collections.abc import Iterator, Sequence
from typing import Any

from studbook.core.jobs.kinds import JobError, Kind, Part, Stop, add_kind
from studbook.core.models import Job
from tests.factories import JobFactory, JobInputFactory


def count(data: bytes, parts: Sequence[Part], stop: Stop) -> Iterator[tuple[Part, bytes]]:
    told = json.loads(data)
    for first, length in parts:
        if stop():
            return
        time.sleep(told.get("seconds", 0))
        if told.get("refuses_at") == first:
            raise JobError("The rates at age 3 are missing. Choose a longer window.")
        if told.get("breaks_at") == first:
            raise ZeroDivisionError("division by zero")
        yield (first, length), made(first, length)


def made(first: int, length: int) -> bytes:
    return json.dumps(list(range(first, first + length))).encode()


def counting_job(programme: Any, *, told: dict[str, Any] | None = None, **columns: Any) -> Job:
    job: Job = JobFactory(programme=programme, **columns)
    JobInputFactory(job=job, data=json.dumps(told or {}).encode())
    return job


def kept(job: Job) -> list[tuple[int, int, bytes]]:
    """Return the chunks of a job as they are stored."""
    return [(each.first, each.length, bytes(each.data)) for each in job.chunks.order_by("first")]


def whole(job: Job) -> list[tuple[int, int, bytes]]:
    """Return the chunks that a job ends with."""
    parts = [(first, min(job.chunk, job.wanted - first)) for first in range(0, job.wanted, job.chunk)]
    return [(first, length, made(first, length)) for first, length in parts]


add_kind(Kind("counting", count))
