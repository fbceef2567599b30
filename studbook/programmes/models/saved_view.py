"""How a person likes to see a list: its filters, order and columns, under a name."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from studbook.programmes.models.programme import Programme

if TYPE_CHECKING:
    from studbook.accounts.models import User

LONGEST_QUERY = 2000


class ListPage(models.TextChoices):
    """The lists that keep views; each value is the name of the list's route."""

    ANIMALS = "animals", "animals"
    INSTITUTIONS = "institutions", "institutions"
    JOURNAL = "journal", "journal"
    TRANSFERS = "transfers", "transfers"
    PAIRS = "pairs", "pairs"
    MEAN_KINSHIPS = "mean_kinships", "mean kinships"
    FOUNDERS = "founders", "founders"
    PAIRINGS = "pairings", "breeding pairs"
    PROCEDURES = "procedures", "procedures"
    PREGNANCIES = "pregnancies", "pregnancies"
    REPRODUCTIVE_STATUS = "reproductive_status", "reproductive status"
    SAMPLES = "samples", "samples"
    SURVEY_COUNTS = "survey_counts", "counts in the wild"
    CAMERA_RECORDS = "camera_records", "camera-trap records"
    RELEASE_SITES = "release_sites", "release sites"
    RELEASES = "releases", "releases"


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def open_to(self, person: "User") -> "SavedViewQuerySet":
        """Return the views a person may open: their own, and those shared with everybody of the programme."""
        return self.filter(Q(user=person) | Q(shared=True))


class SavedView(models.Model):
    """One view of one list. `query` is the part of the address after the question mark."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="saved_views")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=20, choices=ListPage.choices)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=LONGEST_QUERY, blank=True)
    shared = models.BooleanField(default=False)
    opens_first = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_has_name"),
            models.CheckConstraint(condition=Q(page__in=ListPage.values), name="saved_view_page_known"),
            models.UniqueConstraint(
                fields=["programme", "user", "page", "name"], name="saved_view_name_once"
            ),
            models.UniqueConstraint(
                fields=["programme", "user", "page"],
                condition=Q(opens_first=True),
                name="saved_view_one_opens_first",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the list as this view shows it; reads self.programme, a query where it is not loaded."""
        list_url = reverse(self.page, args=[self.programme.code])
        return f"{list_url}?{self.query}{'&' if self.query else ''}view={self.pk}"
