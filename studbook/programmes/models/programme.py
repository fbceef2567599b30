"""A taxon's breeding programme: its scope, the biology its rules use, its goals."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

if TYPE_CHECKING:
    from studbook.accounts.models import User


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: "User") -> "ProgrammeQuerySet":
        """Return the programmes a person has any role in, their own or through an institution that takes part."""
        if not user.is_active:
            return self.none()
        if user.is_superuser:
            return self
        return self.filter(Q(roles__user=user) | Q(participations__institution__roles__user=user)).distinct()


class Programme(models.Model):
    """The studbook of one taxon. `revision` grows with each change that can alter a number."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    taxon = models.CharField("scientific name", max_length=120)
    common_name = models.CharField(max_length=120)
    scope = models.TextField(blank=True)
    synthetic = models.BooleanField(default=False)
    current_to = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    gestation_days_min = models.PositiveSmallIntegerField(null=True, blank=True)
    gestation_days_mean = models.PositiveSmallIntegerField(null=True, blank=True)
    gestation_days_max = models.PositiveSmallIntegerField(null=True, blank=True)
    female_first_breeding_days = models.PositiveSmallIntegerField(null=True, blank=True)
    male_first_breeding_days = models.PositiveSmallIntegerField(null=True, blank=True)
    female_last_breeding_years = models.PositiveSmallIntegerField(null=True, blank=True)
    male_last_breeding_years = models.PositiveSmallIntegerField(null=True, blank=True)
    litter_size_max = models.PositiveSmallIntegerField(null=True, blank=True)
    litter_interval_days_min = models.PositiveSmallIntegerField(null=True, blank=True)
    longevity_years = models.PositiveSmallIntegerField(null=True, blank=True)

    target_size = models.PositiveIntegerField(null=True, blank=True)
    gene_diversity_goal = models.FloatField(default=0.90)
    goal_years = models.PositiveSmallIntegerField(default=100)
    offspring_inbreeding_limit = models.FloatField(default=0.125)
    version = models.PositiveIntegerField(default=1)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(code=""), name="programme_has_code"),
            models.CheckConstraint(condition=~Q(name=""), name="programme_has_name"),
            models.CheckConstraint(condition=~Q(taxon=""), name="programme_has_taxon"),
            models.CheckConstraint(
                condition=Q(gestation_days_min__isnull=True)
                | Q(gestation_days_max__isnull=True)
                | Q(gestation_days_min__lte=F("gestation_days_max")),
                name="programme_gestation_in_order",
            ),
            models.CheckConstraint(
                condition=Q(gene_diversity_goal__gt=0, gene_diversity_goal__lt=1),
                name="programme_goal_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(offspring_inbreeding_limit__gt=0, offspring_inbreeding_limit__lte=1),
                name="programme_inbreeding_limit_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("dashboard", args=[self.code])

    @property
    def as_of(self) -> date:
        """The day ages and censuses are counted on: the day the book is current to, else today."""
        return self.current_to or timezone.localdate()
