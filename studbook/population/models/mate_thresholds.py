"""The thresholds of the mate-suitability index that a programme set instead of the published ones."""

from django.db import models
from django.db.models import F, Q

from pedigree.suitability import PUBLISHED
from studbook.programmes.models import Programme

MOST = 100


class MateThresholds(models.Model):
    """Where a programme lets the rules of the index begin; fields and defaults as published. The limit of F is the programme's own.

    A programme without a row stands on the published ones; one that returned to them keeps its row, so that `version` goes on.
    """

    programme = models.OneToOneField(Programme, on_delete=models.PROTECT, related_name="mate_thresholds")
    best_share = models.FloatField("the best band", default=PUBLISHED.best_share)
    middle_share = models.FloatField("the middle band", default=PUBLISHED.middle_share)
    mk_deviations = models.FloatField("difference of mean kinships", default=PUBLISHED.mk_deviations)
    inbreeding = models.FloatField(default=PUBLISHED.inbreeding)
    high_inbreeding = models.FloatField("high inbreeding", default=PUBLISHED.high_inbreeding)
    unknown = models.FloatField("unknown ancestry", default=PUBLISHED.unknown)
    much_unknown = models.FloatField("much unknown ancestry", default=PUBLISHED.much_unknown)
    too_unknown = models.FloatField("too much unknown ancestry", default=PUBLISHED.too_unknown)
    reason = models.TextField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "mate thresholds"
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="mate_thresholds_have_reason"),
            models.CheckConstraint(
                condition=Q(best_share__gte=0, middle_share__gte=F("best_share"))
                & Q(middle_share__gt=0, middle_share__lte=1),
                name="mate_thresholds_bands_in_order",
            ),
            models.CheckConstraint(
                condition=Q(mk_deviations__gte=0, mk_deviations__lte=MOST),
                name="mate_thresholds_deviations_in_bounds",
            ),
            models.CheckConstraint(
                condition=Q(inbreeding__gte=0, high_inbreeding__gte=F("inbreeding"))
                & Q(high_inbreeding__lte=MOST),
                name="mate_thresholds_inbreeding_in_order",
            ),
            models.CheckConstraint(
                condition=Q(unknown__gte=0, much_unknown__gte=F("unknown"))
                & Q(too_unknown__gte=F("much_unknown"), too_unknown__gt=0, too_unknown__lte=1),
                name="mate_thresholds_unknown_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"the suitability thresholds of {self.programme}"
