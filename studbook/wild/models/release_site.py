"""A site where animals of the programme may be released, and what it needs."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.wild.models.coarse import CoarsePlace, place_on_the_globe


class ReleaseSite(CoarsePlace):
    """Where animals may be released. Only an active site takes any; one on hold or closed says why.

    `wild_area` is the area of the book that released animals are in afterwards. The needs are what candidates are judged
    by: `lineage_cap` is the most that a lineage with a cap may have of an animal's genes, where its own cap is not lower.
    """

    class State(models.TextChoices):
        PLANNED = "planned", "planned"
        ACTIVE = "active", "active"
        ON_HOLD = "on hold", "on hold"
        CLOSED = "closed", "closed"

    HALTED = (State.ON_HOLD, State.CLOSED)

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="release_sites")
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=80)
    wild_area = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="release_sites"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    state_reason = models.TextField("why it is on hold or closed", blank=True)
    males_wanted = models.PositiveSmallIntegerField(default=0)
    females_wanted = models.PositiveSmallIntegerField(default=0)
    youngest_months = models.PositiveSmallIntegerField("youngest at release (months)", null=True, blank=True)
    oldest_months = models.PositiveSmallIntegerField("oldest at release (months)", null=True, blank=True)
    kinship_limit = models.FloatField("largest kinship within the group", null=True, blank=True)
    inbreeding_limit = models.FloatField("largest F", null=True, blank=True)
    lineage_cap = models.FloatField("largest share of a capped lineage", null=True, blank=True)
    note = models.TextField(blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="release_site_name_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(country=""), name="release_site_has_name"),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "active"])
                | Q(state__in=["on hold", "closed"]) & ~Q(state_reason=""),
                name="release_site_halted_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(youngest_months__isnull=True)
                | Q(oldest_months__isnull=True)
                | Q(youngest_months__lte=F("oldest_months")),
                name="release_site_ages_in_order",
            ),
            models.CheckConstraint(
                condition=(Q(kinship_limit__isnull=True) | Q(kinship_limit__gte=0, kinship_limit__lte=1))
                & (Q(inbreeding_limit__isnull=True) | Q(inbreeding_limit__gte=0, inbreeding_limit__lte=1))
                & (Q(lineage_cap__isnull=True) | Q(lineage_cap__gt=0, lineage_cap__lt=1)),
                name="release_site_limits_are_shares",
            ),
            place_on_the_globe("release_site"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the site's page; reads self.programme, a query where it is not loaded."""
        return reverse("release_site", args=[self.programme.code, self.pk])

    @property
    def takes_animals(self) -> bool:
        return self.state == self.State.ACTIVE

    @property
    def is_halted(self) -> bool:
        return self.state in self.HALTED

    @property
    def ages(self) -> str:
        """The ages at release in words; "" where any will do."""
        young, old = self.youngest_months, self.oldest_months
        if young is None and old is None:
            return ""
        if young is None or old is None:
            return f"from {young} months" if old is None else f"up to {old} months"
        return f"{young} to {old} months"
