"""Zoos and other holders: who they are and where they are."""

from django.db import models
from django.db.models import Q


class Institution(models.Model):
    """A zoo, a private holder, a wild area, or the place nobody recorded."""

    class Kind(models.TextChoices):
        ZOO = "zoo", "zoo"
        PRIVATE = "private", "private holder"
        WILD = "wild", "wild area"
        UNKNOWN = "unknown", "not known"

    class Region(models.TextChoices):
        EAZA = "EAZA", "Europe (EAZA)"
        EARAZA = "EARAZA", "Russia and Central Asia (EARAZA)"
        AZA = "AZA", "North America (AZA)"
        JAZA = "JAZA", "Japan (JAZA)"
        OTHER = "", "other"

    mnemonic = models.CharField(max_length=9, unique=True)
    name = models.CharField(max_length=160)
    city = models.CharField(max_length=120, blank=True)
    country = models.CharField("country (ISO 3166 alpha-2)", max_length=2, blank=True)
    region = models.CharField(max_length=10, choices=Region.choices, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.UNKNOWN)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(mnemonic=""), name="institution_has_mnemonic"),
            models.CheckConstraint(condition=~Q(name=""), name="institution_has_name"),
            models.CheckConstraint(
                condition=Q(kind__in=["zoo", "private", "wild", "unknown"]), name="institution_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False)
                & Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="institution_place_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_captive(self) -> bool:
        return self.kind != self.Kind.WILD

    def place_for(self, *, sees_places: bool) -> tuple[float | None, float | None]:
        """Return the latitude and longitude that a person may read: a wild area's only who may see places of the wild."""
        return (self.latitude, self.longitude) if sees_places or self.is_captive else (None, None)


class Participation(models.Model):
    """An institution takes part in a programme: it holds or held its animals.

    `spaces` and `adult_pairs` are what it offers the programme; empty where it did not say.
    """

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.CASCADE, related_name="participations"
    )
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="participations")
    spaces = models.PositiveSmallIntegerField("most animals of this programme", null=True, blank=True)
    adult_pairs = models.PositiveSmallIntegerField("most breeding pairs", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "institution"], name="participation_once"),
            models.CheckConstraint(
                condition=(Q(spaces__isnull=True) | Q(spaces__gte=0))
                & (Q(adult_pairs__isnull=True) | Q(adult_pairs__gte=0)),
                name="participation_offers_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution} in {self.programme}"
