"""A breeding plan: a document with a life, its frozen versions, and what it says of each animal."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.population.models import Overlay
from studbook.programmes.models import Programme
from studbook.transfers.models import Transfer

LOWEST_PRIORITY = 3


class PlanQuerySet(models.QuerySet["Plan"]):
    def in_work(self) -> "PlanQuerySet":
        """Return the plans that are being written or commented on; a programme has one at most."""
        return self.filter(state__in=Plan.IN_WORK)

    def in_force(self) -> "PlanQuerySet":
        """Return the plans that were published and not closed; a programme has one at most."""
        return self.filter(state=Plan.State.FINAL)

    def published(self) -> "PlanQuerySet":
        """Return the plans that were in force once or are."""
        return self.filter(state__in=Plan.PUBLISHED)


class Plan(models.Model):
    """A plan from its first draft to its close. Its pairs and animals are what is worked on; each version is frozen.

    `published_on` is the day it came into force, `closed_on` the day it ended: an outcome belongs to a plan by these.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        COMMENTS = "comments", "open for comments"
        FINAL = "final", "final"
        CLOSED = "closed", "closed"
        DISCARDED = "discarded", "discarded"

    IN_WORK = (State.DRAFT, State.COMMENTS)
    OPEN = (State.DRAFT, State.COMMENTS, State.FINAL)
    PUBLISHED = (State.FINAL, State.CLOSED)

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="plans")
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    starts_on = models.DateField("from")
    ends_on = models.DateField("to")
    reply_by = models.DateField(null=True, blank=True)
    litters_wanted = models.PositiveSmallIntegerField(null=True, blank=True)
    summary = models.TextField(blank=True)
    decided_by = models.TextField("who decides", blank=True)
    assumptions = models.TextField(blank=True)
    overlays = models.ManyToManyField(Overlay, blank=True, related_name="plans")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    published_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "title"], name="plan_title_once"),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(state__in=["draft", "comments"]),
                name="plan_in_work_once",
            ),
            models.UniqueConstraint(
                fields=["programme"], condition=Q(state="final"), name="plan_in_force_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "comments", "final", "closed", "discarded"]),
                name="plan_state_known",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="plan_has_title"),
            models.CheckConstraint(condition=Q(starts_on__lt=F("ends_on")), name="plan_days_in_order"),
            models.CheckConstraint(
                condition=~Q(state="comments") | Q(reply_by__isnull=False), name="plan_comments_by_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["final", "closed"], published_on__isnull=False)
                | Q(state__in=["draft", "comments", "discarded"], published_on__isnull=True),
                name="plan_published_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False)
                | (~Q(state="closed") & Q(closed_on__isnull=True)),
                name="plan_closed_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plan", args=[self.programme.code, self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_in_work(self) -> bool:
        return self.state in self.IN_WORK


class PlanVersion(models.Model):
    """A plan as it was sent out: everything its numbers were made from, the numbers, and a digest of both.

    `inputs` are packed bytes, so that the figures can be made again from them alone; nothing changes a version.
    """

    class Kind(models.TextChoices):
        DRAFT = "draft", "draft for comments"
        FINAL = "final", "final"
        INTERIM = "interim", "interim change"
        CLOSING = "closing", "at the close"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    note = models.TextField("what changed and why", blank=True)
    revision = models.PositiveIntegerField("revision of the studbook")
    software = models.CharField("version of the software", max_length=40)
    inputs = models.BinaryField()
    figures = models.BinaryField()
    digest = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    frozen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["draft", "final", "interim", "closing"]), name="plan_version_kind_known"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="plan_version_numbered_from_one"),
            models.CheckConstraint(condition=~Q(digest=""), name="plan_version_has_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, version {self.number}"


class PlanAnimal(models.Model):
    """What a plan says of one animal: where it shall be, and what of breeding its pairs do not say already.

    Every animal of a recommended pair has one. That it shall be received is told of the destination, never written.
    """

    class Disposition(models.TextChoices):
        HOLD = "hold", "HOLD"
        SEND = "send", "SEND TO"

    class Breeding(models.TextChoices):
        AS_PAIRED = "", "as its pairs say"
        DO_NOT_BREED = "do not breed", "DO NOT BREED"
        SEE_NOTES = "see notes", "SEE NOTES"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="animals")
    animal = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="plan_rows")
    disposition = models.CharField(max_length=4, choices=Disposition.choices, default=Disposition.HOLD)
    destination = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    breeding = models.CharField(max_length=12, choices=Breeding.choices, blank=True)
    priority = models.PositiveSmallIntegerField(default=2)
    reason = models.TextField(blank=True)
    notes = models.TextField(blank=True)
    transfer = models.ForeignKey(
        Transfer, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_rows"
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["plan", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "animal"], condition=Q(removed_at__isnull=True), name="plan_animal_once"
            ),
            models.CheckConstraint(
                condition=Q(disposition="send", destination__isnull=False)
                | Q(disposition="hold", destination__isnull=True),
                name="plan_animal_sent_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(breeding__in=["", "do not breed", "see notes"]), name="plan_animal_breeding_known"
            ),
            models.CheckConstraint(
                condition=Q(priority__gte=1, priority__lte=LOWEST_PRIORITY), name="plan_animal_priority_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.animal} in {self.plan}"
