"""What came of what a plan recommended, as people tell it; what the book shows by itself is read, not written."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from studbook.planning.models.plan import PlanAnimal
from studbook.planning.models.recommendation import Recommendation


class Outcome(models.Model):
    """What somebody told of a pair, or of an animal's row. The newest counts; none is changed or removed."""

    class State(models.TextChoices):
        FULFILLED = "fulfilled", "fulfilled"
        ATTEMPTED = "attempted", "attempted"
        NOT_DONE = "not done", "not done"
        REPLACED = "replaced", "replaced"

    class Attempt(models.TextChoices):
        INTRODUCED = "introduced", "introduced"
        MATED = "mated", "mating seen"
        INSEMINATED = "inseminated", "inseminated"
        PREGNANT = "pregnant", "pregnant"

    class Reason(models.TextChoices):
        DIED = "died", "the animal died"
        TOO_OLD = "too old", "the animal grew too old"
        UNFIT = "unfit", "the animal was ill or not fit"
        NO_COURTSHIP = "no courtship", "no courtship seen"
        INCOMPATIBLE = "incompatible", "the pair did not suit each other"
        TOO_SHORT = "too short", "too little time together"
        MANAGEMENT = "management", "the zoo changed its plans"
        SPACE = "space", "no space"
        LOGISTICS = "logistics", "transport could not be arranged"
        PAPERS = "papers", "papers or permits failed"
        INTERIM = "interim", "another recommendation came in between"
        OTHER = "other", "another reason"

    pair = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, null=True, blank=True, related_name="outcomes"
    )
    row = models.ForeignKey(
        PlanAnimal, on_delete=models.PROTECT, null=True, blank=True, related_name="outcomes"
    )
    state = models.CharField(max_length=10, choices=State.choices)
    attempt = models.CharField(max_length=12, choices=Attempt.choices, blank=True)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    note = models.TextField(blank=True)
    on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pair__isnull=True, row__isnull=False) | Q(pair__isnull=False, row__isnull=True),
                name="outcome_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["fulfilled", "attempted", "not done", "replaced"]),
                name="outcome_state_known",
            ),
            models.CheckConstraint(
                condition=Q(attempt__in=["", "introduced", "mated", "inseminated", "pregnant"]),
                name="outcome_attempt_known",
            ),
            models.CheckConstraint(
                condition=Q(state="attempted") & ~Q(attempt="") & Q(pair__isnull=False)
                | ~Q(state="attempted") & Q(attempt=""),
                name="outcome_attempted_how",
            ),
            models.CheckConstraint(
                condition=~Q(state="not done") | ~Q(reason=""), name="outcome_not_done_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.pair or self.row}"
