"""An analytical overlay: what an analysis assumes beside the book, which stays as recorded."""

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from studbook.population.models.beside import SetBeside, SetBesideQuerySet
from studbook.programmes.models import Programme


class OverlayQuerySet(SetBesideQuerySet["Overlay"]):
    def counted(self) -> "OverlayQuerySet":
        """Return the overlays with `assumption_count` each."""
        return self.annotate(assumption_count=Count("assumptions"))


class Overlay(SetBeside):
    """A named set of assumptions. It is archived, never deleted; `version` grows with each change of any part of it."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="overlays")
    name = models.CharField(max_length=80)
    reason = models.TextField()

    objects = OverlayQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="overlay_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="overlay_has_name"),
            models.CheckConstraint(condition=~Q(reason=""), name="overlay_has_reason"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the overlay's page; reads self.programme, a query where it is not loaded."""
        return reverse("overlay", args=[self.programme.code, self.pk])
