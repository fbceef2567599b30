"""What every record of something seen in the wild has in common."""

from django.db import models
from django.db.models import Q

from studbook.programmes.models.record import Record, struck_for_a_reason


class WildRecord(Record):
    """Something seen in the wild, written down from a source."""

    area = models.CharField(max_length=120)
    country = models.CharField(max_length=80)
    adults = models.PositiveSmallIntegerField(null=True, blank=True)
    young = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.CharField(max_length=400)

    class Meta:
        abstract = True

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
