"""What the coordinator recommends: pairs that should breed, and why."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from studbook.animals.models import Animal
from studbook.institutions.models import Institution
from studbook.planning.models.plan import LOWEST_PRIORITY, Plan
from studbook.programmes.models import Programme


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def standing(self) -> "RecommendationQuerySet":
        """Return the recommendations that were not withdrawn, and whose plan, where they have one, is open."""
        return self.not_withdrawn().filter(Q(plan__isnull=True) | Q(plan__state__in=Plan.OPEN))

    def not_withdrawn(self) -> "RecommendationQuerySet":
        return self.filter(withdrawn_at__isnull=True)

    def of_animal(self, animal: Animal) -> "RecommendationQuerySet":
        return self.filter(Q(sire=animal) | Q(dam=animal))


class Recommendation(models.Model):
    """A pair chosen to breed. It is withdrawn, never deleted.

    `revision`, the four numbers and the two holders are those of the day it was chosen, so that a page can tell
    what has changed since. A number that was not recorded then stays empty. Without a plan it waits for one.
    `above_caps` tells which of the two lay above the cap of a lineage, and `caps_reason` why the pair breeds all the same.
    """

    class Method(models.TextChoices):
        NATURAL = "natural", "natural mating"
        INSEMINATION = "insemination", "insemination, semen of a living sire"
        BANKED = "banked", "insemination, a banked sample"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="recommendations")
    sire = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="recommendations_as_sire")
    dam = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="recommendations_as_dam")
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    method = models.CharField(max_length=12, choices=Method.choices, default=Method.NATURAL)
    priority = models.PositiveSmallIntegerField(default=2)
    if_possible = models.BooleanField(default=False)
    litters = models.PositiveSmallIntegerField(default=1)
    notes = models.TextField(blank=True)
    reason = models.TextField()
    above_caps = models.TextField(blank=True)
    caps_reason = models.TextField(blank=True)
    revision = models.PositiveIntegerField()
    delta_gd = models.FloatField("change in gene diversity", null=True, blank=True)
    f_offspring = models.FloatField("inbreeding of the young", null=True, blank=True)
    mk_sire = models.FloatField("mean kinship of the sire", null=True, blank=True)
    mk_dam = models.FloatField("mean kinship of the dam", null=True, blank=True)
    sire_holder = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dam_holder = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "sire", "dam"],
                condition=Q(withdrawn_at__isnull=True, plan__isnull=True),
                name="recommendation_pair_once",
            ),
            models.UniqueConstraint(
                fields=["plan", "sire", "dam"],
                condition=Q(withdrawn_at__isnull=True),
                name="recommendation_pair_once_in_plan",
            ),
            models.CheckConstraint(
                condition=Q(method__in=["natural", "insemination", "banked"]),
                name="recommendation_method_known",
            ),
            models.CheckConstraint(
                condition=Q(priority__gte=1, priority__lte=LOWEST_PRIORITY),
                name="recommendation_priority_known",
            ),
            models.CheckConstraint(
                condition=Q(litters__gte=1, litters__lte=20), name="recommendation_litters_countable"
            ),
            models.CheckConstraint(condition=~Q(sire=F("dam")), name="recommendation_of_two_animals"),
            models.CheckConstraint(condition=~Q(reason=""), name="recommendation_has_reason"),
            models.CheckConstraint(
                condition=Q(above_caps="") | ~Q(caps_reason=""), name="recommendation_above_cap_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(f_offspring__isnull=True) | Q(f_offspring__gte=0, f_offspring__lte=1),
                name="recommendation_inbreeding_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sire} × {self.dam}"
