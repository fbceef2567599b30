"""A count of the animals in a part of the wild, with the source it was read in."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from studbook.programmes.models import Programme
from studbook.programmes.models.record import RecordQuerySet
from studbook.wild.models.wild_record import WildRecord, record_constraints

FIRST_YEAR, LAST_YEAR = 1800, 2999


class SurveyCount(WildRecord):
    """How many animals were counted or estimated in an area, in a year or over several.

    `low` is the least there were, `high` the most, `best` the number the source itself gives. One that is not given is
    empty: "at least 40" has a `low` alone.
    """

    class Method(models.TextChoices):
        CENSUS = "census", "census"
        TRACKS = "tracks", "tracks in snow"
        CAMERAS = "cameras", "camera traps"
        ESTIMATE = "estimate", "estimate"
        JOINT = "joint", "joint study"
        OTHER = "other", "another way"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="survey_counts")
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=10, choices=Method.choices, default=Method.OTHER)
    low = models.PositiveIntegerField("lowest", null=True, blank=True)
    best = models.PositiveIntegerField("best number", null=True, blank=True)
    high = models.PositiveIntegerField("highest", null=True, blank=True)

    objects = RecordQuerySet["SurveyCount"].as_manager()

    class Meta:
        ordering = ["first_year", "last_year", "id"]
        constraints = [
            *record_constraints("survey_count"),
            models.CheckConstraint(
                condition=Q(method__in=["census", "tracks", "cameras", "estimate", "joint", "other"]),
                name="survey_count_method_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    first_year__gte=FIRST_YEAR, last_year__lte=LAST_YEAR, first_year__lte=F("last_year")
                ),
                name="survey_count_years_in_order",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=False) | Q(best__isnull=False) | Q(high__isnull=False),
                name="survey_count_has_a_number",
            ),
            models.CheckConstraint(
                condition=(Q(low__isnull=True) | Q(best__isnull=True) | Q(low__lte=F("best")))
                & (Q(best__isnull=True) | Q(high__isnull=True) | Q(best__lte=F("high")))
                & (Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high"))),
                name="survey_count_numbers_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.years}: {self.number}"

    def get_absolute_url(self) -> str:
        """Return the count's page; reads self.programme, a query where it is not loaded."""
        return reverse("survey_count", args=[self.programme.code, self.pk])

    @property
    def years(self) -> str:
        """The year, or the first and the last: 2014-15."""
        if self.first_year == self.last_year:
            return str(self.first_year)
        same_century = self.first_year // 100 == self.last_year // 100
        return (
            f"{self.first_year}–{self.last_year % 100:02d}"
            if same_century
            else f"{self.first_year}–{self.last_year}"
        )

    @property
    def number(self) -> str:
        """The number as people say it: 57, 19–26, at least 40."""
        ends = f"{self.low}–{self.high}" if self.low is not None and self.high is not None else ""
        if self.best is not None:
            return f"{self.best} ({ends})" if ends and self.low != self.high else str(self.best)
        if ends:
            return ends
        return f"at least {self.low}" if self.low is not None else f"at most {self.high}"
