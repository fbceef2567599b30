"""Which workers are at hand: each says so every few seconds."""

from datetime import timedelta

from django.utils import timezone

from studbook.core.locks import in_turn
from studbook.core.models import Job, JobWorker

SECONDS_BETWEEN = 10.0
SILENCE = timedelta(seconds=35)
COMMAND = "python manage.py work"


def attend(worker: str) -> None:
    """Say that a worker is at hand; those not heard of for long are forgotten."""
    now = timezone.now()
    with in_turn():
        JobWorker.objects.update_or_create(name=worker, defaults={"seen_at": now})
        JobWorker.objects.filter(seen_at__lt=now - 10 * SILENCE).delete()


def leave(worker: str) -> None:
    """Say that a worker ends."""
    with in_turn():
        JobWorker.objects.filter(name=worker).delete()


def is_worker_at_hand() -> bool:
    """Tell whether a worker said so lately; one query."""
    return JobWorker.objects.filter(seen_at__gte=timezone.now() - SILENCE).exists()


def wait_in_vain() -> bool:
    """Tell whether jobs wait and no worker is at hand; one query, or two."""
    return Job.objects.free(timezone.now()).exists() and not is_worker_at_hand()
