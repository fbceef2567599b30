"""What the coordinator recommends: pairs that should breed, and why."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from studbook.animals.models import Animal
from studbook.programmes.models import Programme


class Recommendation(models.Model):
    """A pair chosen to breed. It is withdrawn, never deleted; `revision` is the book's when it was chosen."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="recommendations")
    sire = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="recommendations_as_sire")
    dam = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="recommendations_as_dam")
    reason = models.TextField()
    revision = models.PositiveIntegerField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["programme", "made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "sire", "dam"],
                condition=Q(withdrawn_at__isnull=True),
                name="recommendation_pair_once",
            ),
            models.CheckConstraint(condition=~Q(sire=F("dam")), name="recommendation_of_two_animals"),
            models.CheckConstraint(condition=~Q(reason=""), name="recommendation_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.sire} × {self.dam}"
