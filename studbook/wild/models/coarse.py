"""A place that is kept no finer than a tenth of a degree, about eleven kilometres: nobody can be led to an animal by it."""

from django.db import models
from django.db.models import Q

TENTHS = 10


class CoarsePlace(models.Model):
    """Degrees as whole tenths, so that a finer place cannot be stored. Shown only to those with the right to see places."""

    PLACE_COLUMNS = ("latitude_tenths", "longitude_tenths")

    latitude_tenths = models.SmallIntegerField("latitude (tenths of a degree)", null=True, blank=True)
    longitude_tenths = models.SmallIntegerField("longitude (tenths of a degree)", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def latitude(self) -> float | None:
        return degrees(self.latitude_tenths)

    @property
    def longitude(self) -> float | None:
        return degrees(self.longitude_tenths)

    @property
    def place(self) -> str:
        """The place in degrees; "" where it is not on record. Not for everybody's eyes."""
        if self.latitude is None or self.longitude is None:
            return ""
        north, east = ("N" if self.latitude >= 0 else "S"), ("E" if self.longitude >= 0 else "W")
        return f"{abs(self.latitude):.1f}° {north}, {abs(self.longitude):.1f}° {east}"


def degrees(tenths: int | None) -> float | None:
    return None if tenths is None else tenths / TENTHS


def place_on_the_globe(noun: str) -> models.CheckConstraint:
    """Both degrees or neither, and on the globe."""
    return models.CheckConstraint(
        condition=Q(latitude_tenths__isnull=True, longitude_tenths__isnull=True)
        | Q(latitude_tenths__isnull=False, longitude_tenths__isnull=False)
        & Q(latitude_tenths__gte=-900, latitude_tenths__lte=900)
        & Q(longitude_tenths__gte=-1800, longitude_tenths__lte=1800),
        name=f"{noun}_place_on_the_globe",
    )
