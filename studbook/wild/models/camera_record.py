"""Animals that camera traps met in a month or a season, told so coarsely that nobody can be led to them."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from studbook.core.dates import IntervalAccess
from studbook.core.fields import interval_in_order
from studbook.programmes.models import Programme
from studbook.programmes.models.record import RecordQuerySet
from studbook.wild.models.coarse import CoarsePlace, place_on_the_globe
from studbook.wild.models.wild_record import WildRecord, record_constraints


class CameraRecord(CoarsePlace, WildRecord):
    """Who was met: `individuals` in words, `adults`, and `young` that were seen with a female."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="camera_records")
    seen_earliest = models.DateField()
    seen_latest = models.DateField()
    seen_text = models.CharField(max_length=80, blank=True)
    individuals = models.CharField("who was met", max_length=200, blank=True)

    seen = IntervalAccess("seen")
    objects = RecordQuerySet["CameraRecord"].as_manager()

    class Meta:
        ordering = ["-seen_latest", "-id"]
        constraints = [
            *record_constraints("camera_record"),
            place_on_the_globe("camera_record"),
            interval_in_order("seen", name="camera_record_seen_in_order"),
            models.CheckConstraint(
                condition=~Q(individuals="") | Q(adults__isnull=False) | Q(young__isnull=False),
                name="camera_record_met_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.seen}"

    def get_absolute_url(self) -> str:
        """Return the record's page; reads self.programme, a query where it is not loaded."""
        return reverse("camera_record", args=[self.programme.code, self.pk])
