"""What every record of something seen in the wild has in common."""

from typing import Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from studbook.reproduction.models.record import struck_for_a_reason

Kind = TypeVar("Kind", bound="WildRecord")


class WildRecordQuerySet(models.QuerySet[Kind]):
    def standing(self) -> Self:
        """Return the records that count: not struck out."""
        return self.filter(struck_at__isnull=True)


class WildRecord(models.Model):
    """Written by somebody from a source. One that is wrong is struck out with a reason: it stays, and counts no more."""

    area = models.CharField(max_length=120)
    country = models.CharField(max_length=80)
    adults = models.PositiveSmallIntegerField(null=True, blank=True)
    young = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=400)
    note = models.TextField(blank=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    logged_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    struck_why = models.TextField("why it is struck out", blank=True)

    class Meta:
        abstract = True

    @property
    def is_struck(self) -> bool:
        return self.struck_at is not None

    @property
    def where(self) -> str:
        """The area and its country in a few words, as everybody may read them."""
        return self.area if self.country in self.area else f"{self.area}, {self.country}"


def record_constraints(noun: str) -> list[models.BaseConstraint]:
    """Return what holds for every such record, under its own names."""
    return [
        models.CheckConstraint(condition=~Q(area="") & ~Q(country=""), name=f"{noun}_has_an_area"),
        models.CheckConstraint(condition=~Q(source=""), name=f"{noun}_has_a_source"),
        struck_for_a_reason(f"{noun}_struck_with_reason"),
    ]
