"""What records have in common that are struck out and not deleted: who wrote them, and whether they still count."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from studbook.programmes.models import Programme

RecordT = TypeVar("RecordT", bound="Record")


class RecordQuerySet(models.QuerySet[RecordT]):
    def standing(self) -> Self:
        """Return the records that were not struck out."""
        return self.filter(struck_at=None)


class Record(models.Model):
    """One record of a programme. It is never deleted: a wrong one is struck out, for a reason, and counts no more."""

    if TYPE_CHECKING:
        programme: models.ForeignKey[Programme, Programme]
        programme_id: int

    note = models.TextField(blank=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    logged_at = models.DateTimeField(auto_now_add=True)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_why = models.TextField("why it was struck out", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    @property
    def is_struck(self) -> bool:
        return self.struck_at is not None


def struck_for_a_reason(name: str) -> models.CheckConstraint:
    """Whoever strikes a record out says when, and why."""
    return models.CheckConstraint(
        condition=Q(struck_at__isnull=True, struck_by__isnull=True, struck_why="")
        | Q(struck_at__isnull=False) & ~Q(struck_why=""),
        name=name,
    )


def one_of(column: str, *values: str, name: str) -> models.CheckConstraint:
    """The column holds one of the values of its choices, spelled out: a class body does not see the choices beside it."""
    return models.CheckConstraint(condition=Q(**{f"{column}__in": values}), name=name)
