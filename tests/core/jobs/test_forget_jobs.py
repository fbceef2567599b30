"""Old results go once newer ones are there; the latest of each record stays."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from studbook.core.models import Job, JobChunk
from studbook.programmes.models import Programme
from tests.factories import JobChunkFactory, JobFactory, JobInputFactory

pytestmark = pytest.mark.django_db


def ended(programme: Programme, days: int, **columns: object) -> Job:
    job: Job = JobFactory(programme=programme, state=Job.State.DONE, done=6, **columns)
    JobInputFactory(job=job)
    JobChunkFactory(job=job)
    Job.objects.filter(pk=job.pk).update(ended_at=timezone.now() - timedelta(days=days))
    return job


def test_forget_jobs__removes_what_newer_work_has_replaced(programme: Programme) -> None:
    ended(programme, 800)
    latest = ended(programme, 700)
    other = ended(programme, 900, about=2)
    waiting = JobFactory(programme=programme, about=2)
    call_command("forget_jobs")
    assert set(Job.objects.all()) == {latest, other, waiting}
    assert JobChunk.objects.count() == 2


def test_forget_jobs__keeps_what_is_not_that_old(programme: Programme) -> None:
    ended(programme, 100), ended(programme, 50)
    call_command("forget_jobs")
    assert Job.objects.count() == 2
    call_command("forget_jobs", days=60)
    assert Job.objects.count() == 1


def test_forget_jobs__refuses_a_day(programme: Programme) -> None:
    with pytest.raises(CommandError, match="at least 7 days"):
        call_command("forget_jobs", days=1)
