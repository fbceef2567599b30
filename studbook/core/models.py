"""The trail, which nothing changes or removes: who changed what, when, why. What was sent once. Jobs and their workers."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class AuditEntry(models.Model):
    """One deed: a verb done by a person in a programme, for a reason."""

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, null=True, blank=True, related_name="audit_entries"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="deeds"
    )
    actor_name = models.CharField(max_length=160)
    verb = models.CharField(max_length=60)
    reason = models.TextField(blank=True)
    acknowledged = models.CharField("warnings saved all the same", max_length=120, blank=True, default="")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.verb}"


class AuditChange(models.Model):
    """One record touched by a deed. Before is null for a new record, after for one removed."""

    entry = models.ForeignKey(AuditEntry, on_delete=models.PROTECT, related_name="changes")
    record = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    animal = models.BigIntegerField("the animal the record belongs to", null=True, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["entry", "id"]
        indexes = [
            models.Index(fields=["record", "record_id"], name="audit_change_by_record"),
            models.Index(fields=["animal"], name="audit_change_by_animal"),
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.record_id}"


class SentOnce(models.Model):
    """What a person sent with a key of its own, and the answer: sent again, it gets the answer and does nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sent")
    key = models.CharField(max_length=80)
    body = models.CharField("digest of what was sent", max_length=64)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    content = models.BinaryField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "sent once"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="sent_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.key}"


class JobQuerySet(models.QuerySet["Job"]):
    def free(self, now: datetime) -> "JobQuerySet":
        """Return the jobs that a worker may take up: those waiting, and those whose worker is not heard of any more."""
        left = Q(state__in=Job.AT_WORK, leased_until__lt=now)
        return self.filter(Q(state=Job.State.QUEUED) | left)

    def of(self, kind: str, about: int) -> "JobQuerySet":
        """Return the jobs of a kind about one record, newest first."""
        return self.filter(kind=kind, about=about).order_by("-id")


class Job(models.Model):
    """Long work, asked for by a person and done by a worker, chunk by chunk; docs/adr/0016-jobs-in-the-database.md.

    `about` is the key of the record that it is about, which its `kind` tells. `wanted` pieces are made in chunks of `chunk`;
    `done` are kept. `worker` has it until `leased_until`. `version` grows with what people do to it, not with progress.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "waiting"
        RUNNING = "running", "running"
        STOPPING = "stopping", "stopping"
        CANCELLED = "cancelled", "cancelled"
        DONE = "done", "done"
        FAILED = "failed", "failed"

    AT_WORK = (State.RUNNING, State.STOPPING)
    ENDED = (State.CANCELLED, State.DONE, State.FAILED)

    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="jobs")
    kind = models.CharField(max_length=40)
    about = models.BigIntegerField("the record it is about")
    title = models.CharField(max_length=160)
    parameters = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField("revision of the book it was asked for at")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    wanted = models.PositiveIntegerField()
    chunk = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=120, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("taken up since the last finished chunk", default=0)
    failure = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state"], name="job_by_state"),
            models.Index(fields=["kind", "about"], name="job_by_record"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running", "stopping", "cancelled", "done", "failed"]),
                name="job_state_known",
            ),
            models.CheckConstraint(
                condition=Q(wanted__gte=1, chunk__gte=1, done__lte=F("wanted")), name="job_done_of_wanted"
            ),
            models.CheckConstraint(
                condition=(Q(state__in=["running", "stopping"], leased_until__isnull=False) & ~Q(worker=""))
                | Q(
                    state__in=["queued", "cancelled", "done", "failed"], leased_until__isnull=True, worker=""
                ),
                name="job_at_work_has_worker",
            ),
            models.CheckConstraint(
                condition=(Q(state="failed") & ~Q(failure="")) | (~Q(state="failed") & Q(failure="")),
                name="job_failed_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done=F("wanted")), name="job_done_when_all_is"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state not in self.ENDED

    @property
    def can_be_cancelled(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    @property
    def can_be_resumed(self) -> bool:
        return self.state in (self.State.CANCELLED, self.State.FAILED)

    @property
    def share(self) -> float:
        """How much of it is done, from 0 to 1."""
        return self.done / self.wanted


class JobInput(models.Model):
    """What a job works on, as it was when it was asked for; apart from the job, which is read far more often."""

    job = models.OneToOneField(Job, on_delete=models.CASCADE, primary_key=True, related_name="input")
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"input of {self.job}"


class JobChunk(models.Model):
    """A finished chunk of a job: `length` pieces from `first` on. One chunk is kept once."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="chunks")
    first = models.PositiveIntegerField()
    length = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["job", "first"]
        constraints = [
            models.UniqueConstraint(fields=["job", "first"], name="job_chunk_once"),
            models.CheckConstraint(condition=Q(length__gte=1), name="job_chunk_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.job}: {self.length} from {self.first}"


class JobWorker(models.Model):
    """A worker that is at hand, and when it last said so."""

    name = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
