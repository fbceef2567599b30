"""What a zoo answers to what a plan says of its animals, and the links by which its people are asked."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from studbook.institutions.models import Institution
from studbook.planning.models.plan import Plan, PlanAnimal, PlanVersion


class Answer(models.Model):
    """One answer of an institution about one animal. The newest counts; none is changed or removed."""

    class Word(models.TextChoices):
        ACCEPT = "accept", "accepts"
        CANNOT = "cannot", "cannot"
        PROPOSE = "propose", "proposes other"

    class Reason(models.TextChoices):
        """Why a zoo cannot; the words of `Outcome.Reason` where they mean the same."""

        ANIMAL = "animal", "the animal: ill, too old, not fit"
        BEHAVIOUR = "behaviour", "behaviour of the pair or the group"
        SPACE = "space", "no space"
        MANAGEMENT = "management", "the zoo's own plans"
        LOGISTICS = "logistics", "transport or papers"
        OTHER = "other", "another reason"

    row = models.ForeignKey(PlanAnimal, on_delete=models.PROTECT, related_name="answers")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="plan_answers")
    asked = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, related_name="answers", verbose_name="version answered"
    )
    word = models.CharField(max_length=8, choices=Word.choices)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    through_link = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["row", "at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(word__in=["accept", "cannot", "propose"]), name="answer_word_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    reason__in=["", "animal", "behaviour", "space", "management", "logistics", "other"]
                ),
                name="answer_reason_known",
            ),
            models.CheckConstraint(condition=~Q(word="cannot") | ~Q(reason=""), name="answer_cannot_why"),
            models.CheckConstraint(condition=~Q(word="propose") | ~Q(note=""), name="answer_proposes_what"),
        ]

    def __str__(self) -> str:
        return f"{self.institution} {self.get_word_display()}: {self.row.animal}"


class AnswerLinkQuerySet(models.QuerySet["AnswerLink"]):
    def handed_out(self) -> "AnswerLinkQuerySet":
        """Leave out the links that reached nobody: those expire the moment they were made."""
        return self.filter(expires_at__gt=F("made_at"))


class AnswerLink(models.Model):
    """A link sent to one person to answer for one institution; only a digest of its secret is kept."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="links")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField("digest of the secret", max_length=64, unique=True)
    is_reminder = models.BooleanField(default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField("left the server", null=True, blank=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField("first opened", null=True, blank=True)

    objects = AnswerLinkQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "made_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(digest=""), name="answer_link_has_digest")]

    def __str__(self) -> str:
        return f"link of {self.person} for {self.institution}"
