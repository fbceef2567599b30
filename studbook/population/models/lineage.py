"""A lineage: a group of founders whose share in each animal's genes is watched, and may be capped."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from studbook.animals.models import Animal
from studbook.programmes.models import Programme


class Lineage(models.Model):
    """Founders under one name. With a `cap`, animals whose genes are theirs to a greater share should not breed."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="lineages")
    name = models.CharField(max_length=80)
    founders = models.ManyToManyField(Animal, through="LineageFounder", related_name="+")
    cap = models.FloatField(null=True, blank=True)
    reason = models.TextField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["programme", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="lineage_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="lineage_has_name"),
            models.CheckConstraint(condition=~Q(reason=""), name="lineage_has_reason"),
            models.CheckConstraint(
                condition=Q(cap__isnull=True) | Q(cap__gt=0, cap__lt=1), name="lineage_cap_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the lineage's page; reads self.programme, a query where it is not loaded."""
        return reverse("lineage", args=[self.programme.code, self.pk])


class LineageFounder(models.Model):
    """One of the founders of a lineage."""

    lineage = models.ForeignKey(Lineage, on_delete=models.PROTECT, related_name="memberships")
    founder = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="lineage_memberships")

    class Meta:
        ordering = ["lineage", "founder__number_order", "id"]
        constraints = [models.UniqueConstraint(fields=["lineage", "founder"], name="lineage_founder_once")]

    def __str__(self) -> str:
        return f"{self.founder} in {self.lineage}"
