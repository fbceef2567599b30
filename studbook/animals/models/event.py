"""What happened to an animal, when and where."""

from django.db import models
from django.db.models import Q

from studbook.animals.models.animal import Animal
from studbook.core.dates import IntervalAccess
from studbook.core.fields import interval_in_order
from studbook.institutions.models import Institution


class Event(models.Model):
    """One dated fact of a life. `sequence` orders the events of an animal as they happened."""

    class Kind(models.TextChoices):
        BIRTH = "birth", "birth"
        CAPTURE = "capture", "capture"
        TRANSFER = "transfer", "transfer"
        RELEASE = "release", "release"
        DEATH = "death", "death"
        LOST = "lost", "lost to follow-up"
        FOUND = "found", "found again"
        OTHER = "other", "other"

    class Terms(models.TextChoices):
        DONATION = "donation", "donation"
        EXCHANGE = "exchange", "exchange"
        PURCHASE = "purchase", "purchase"
        LOAN = "loan", "loan"
        LOAN_RETURN = "loan return", "loan return"
        NOT_STATED = "", "not stated"

    class Direction(models.TextChoices):
        """What an event of kind "other" does: brings the animal in, takes it out, or neither."""

        IN = "in", "in"
        OUT = "out", "out"
        NONE = "none", "neither"

    animal = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    date_earliest = models.DateField(null=True, blank=True)
    date_latest = models.DateField(null=True, blank=True)
    date_text = models.CharField(max_length=80, blank=True)
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    from_institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="departures"
    )
    local_id = models.CharField(max_length=30, blank=True)
    terms = models.CharField(max_length=12, choices=Terms.choices, blank=True)
    cause = models.CharField(max_length=160, blank=True)
    necropsy = models.TextField(blank=True)
    note = models.TextField(blank=True)
    raw_code = models.CharField("code in the file it came from", max_length=20, blank=True)
    physical = models.BooleanField("moves the animal (where the file said so)", null=True, blank=True)
    ownership = models.BooleanField("moves the ownership (where the file said so)", null=True, blank=True)
    direction = models.CharField(max_length=4, choices=Direction.choices, default=Direction.NONE)
    provisional = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    date = IntervalAccess("date")

    class Meta:
        ordering = ["animal", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["animal", "sequence"], name="event_sequence_once"),
            models.UniqueConstraint(
                fields=["animal"], condition=Q(kind="birth"), name="event_one_birth_per_animal"
            ),
            models.UniqueConstraint(
                fields=["animal"], condition=Q(kind="death"), name="event_one_death_per_animal"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["birth", "capture", "transfer", "release", "death", "lost", "found", "other"]
                ),
                name="event_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(terms__in=["", "donation", "exchange", "purchase", "loan", "loan return"]),
                name="event_terms_known",
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["in", "out", "none"]), name="event_direction_known"
            ),
            interval_in_order("date", name="event_date_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.date or ''}".strip()
