"""Two timelines of every animal: who holds it and who owns it.

A period runs from `start` up to, not including, `end`; an open one has no end. That the periods of
one animal never overlap is held by the database: an exclusion constraint or a trigger, see `core/guards.py`.
"""

from collections.abc import Iterable
from typing import TypeVar

from django.db import models
from django.db.models import F, Q

from studbook.animals.models.animal import Animal
from studbook.institutions.models import Institution

PeriodT = TypeVar("PeriodT", "Holding", "Ownership")


class PeriodQuerySet(models.QuerySet[PeriodT]):
    def open(self) -> "PeriodQuerySet[PeriodT]":
        """Return the periods without an end: where animals are now, and whose they are."""
        return self.filter(end__isnull=True)


def last_of(periods: Iterable[PeriodT]) -> PeriodT | None:
    """Return the open one among the periods of an animal, else the last; None of none."""
    return max(
        periods,
        key=lambda each: (each.end is None, each.end or each.start, each.start, each.pk),
        default=None,
    )


def _period_constraints(noun: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(fields=["animal"], condition=Q(end__isnull=True), name=f"{noun}_one_open"),
        models.CheckConstraint(
            condition=Q(end__isnull=True) | Q(end__gte=F("start")), name=f"{noun}_ends_after_start"
        ),
    ]


class Holding(models.Model):
    """A stay: the institution that has the animal, and the local id it bears there."""

    animal = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="holdings")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="holdings")
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    local_id = models.CharField(max_length=30, blank=True)

    objects = models.Manager.from_queryset(PeriodQuerySet["Holding"])()

    class Meta:
        ordering = ["animal", "start", "id"]
        indexes = [models.Index(fields=["local_id", "institution"], name="holding_by_local_id")]
        constraints = _period_constraints("holding")

    def __str__(self) -> str:
        return f"{self.animal} at {self.institution} from {self.start}"


class Ownership(models.Model):
    """The institution an animal belongs to, whoever holds it."""

    animal = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="ownerships")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="ownerships")
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    objects = models.Manager.from_queryset(PeriodQuerySet["Ownership"])()

    class Meta:
        ordering = ["animal", "start", "id"]
        constraints = _period_constraints("ownership")

    def __str__(self) -> str:
        return f"{self.animal} owned by {self.institution} from {self.start}"
