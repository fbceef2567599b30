"""Two records that look like one animal and are not; said once, so that nobody is asked again."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from studbook.animals.models.animal import Animal
from studbook.programmes.models import Programme


class NotSame(models.Model):
    """A pair of records that somebody found to be two animals; `one` is the one recorded first."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="pairs_not_same")
    one = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["programme", "one", "other"]
        verbose_name = "pair that is not the same"
        verbose_name_plural = "pairs that are not the same"
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="not_same_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="not_same_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one} and {self.other}"
