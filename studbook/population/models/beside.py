"""What everything has in common that people set beside the book under a name of a programme."""

from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from studbook.programmes.models import Programme


Kind = TypeVar("Kind", bound="SetBeside")


class SetBesideQuerySet(models.QuerySet[Kind]):
    def standing(self) -> Self:
        """Return those in use: not archived."""
        return self.filter(archived_at__isnull=True)


class SetBeside(models.Model):
    """Made by somebody, put away by archiving, never deleted; `version` grows with each change.

    Each kind has its own `programme` and `name`; `NAME_IS_FREED` tells whether an archived one's name may be used again.
    """

    NAME_IS_FREED: ClassVar[bool] = False

    if TYPE_CHECKING:
        programme: models.ForeignKey[Programme, Programme]
        programme_id: int
        name: models.CharField[str, str]

        def get_absolute_url(self) -> str: ...

    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None
