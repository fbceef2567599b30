"""Long work and those who do it."""

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from studbook.core.models import Job, JobChunk, JobInput, JobWorker
from tests.factories.places import ProgrammeFactory


class JobFactory(DjangoModelFactory):
    """A job that waits."""

    class Meta:
        model = Job

    programme = factory.SubFactory(ProgrammeFactory)
    kind = "counting"
    about = 1
    title = factory.Sequence(lambda n: f"Counting {n}")
    revision = 1
    wanted = 6
    chunk = 2


class JobInputFactory(DjangoModelFactory):
    class Meta:
        model = JobInput

    job = factory.SubFactory(JobFactory)
    data = b"input"


class JobChunkFactory(DjangoModelFactory):
    class Meta:
        model = JobChunk

    job = factory.SubFactory(JobFactory)
    first = 0
    length = 2
    data = b"chunk"


class JobWorkerFactory(DjangoModelFactory):
    class Meta:
        model = JobWorker

    name = factory.Sequence(lambda n: f"worker {n}")
    seen_at = datetime(2026, 1, 1, tzinfo=UTC)
