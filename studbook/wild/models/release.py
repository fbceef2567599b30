"""A release: animals let go at a site."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from studbook.core.dates import IntervalAccess
from studbook.core.fields import interval_in_order
from studbook.wild.models.release_site import ReleaseSite


class Release(models.Model):
    """Animals let go at a site on a day, by one deed. What became of each stands in its own life."""

    site = models.ForeignKey(ReleaseSite, on_delete=models.PROTECT, related_name="releases")
    date_earliest = models.DateField()
    date_latest = models.DateField()
    date_text = models.CharField(max_length=80, blank=True)
    note = models.TextField(blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    date = IntervalAccess("date")

    class Meta:
        ordering = ["-date_latest", "-id"]
        constraints = [interval_in_order("date", name="release_date_in_order")]

    def __str__(self) -> str:
        return f"release at {self.site}, {self.date}"

    def get_absolute_url(self) -> str:
        """Return the release's page; reads self.site.programme, queries where they are not loaded."""
        return reverse("release", args=[self.site.programme.code, self.pk])
