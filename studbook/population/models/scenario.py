"""A scenario: what is assumed of the years to come, under a name; projections run it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from studbook.animals.models import Animal
from studbook.population.models.beside import SetBeside, SetBesideQuerySet
from studbook.population.models.rate_set import LONGEST_BASE, OLDEST, RateSet
from studbook.programmes.models import Programme

MOST_RUNS, MOST_YEARS = 5000, 300


class ScenarioQuerySet(SetBesideQuerySet["Scenario"]):
    def whole(self) -> "ScenarioQuerySet":
        """Return the scenarios with all that belongs to them; four queries."""
        donors = BankedDonor.objects.select_related("animal").order_by("animal__number_order", "id")
        return self.select_related("programme", "rate_set", "made_by").prefetch_related(
            "moves", "catastrophes", models.Prefetch("donors", donors)
        )


class Scenario(SetBeside):
    """Named assumptions. `base` narrows the set, and gives the window of recorded rates, as an address of the demography pages does.

    An empty number is one that the engine does without: no limit, no capacity. Archived, never deleted; `version` grows with each
    change of any of its parts.
    """

    class Strategy(models.TextChoices):
        RANDOM = "random", "random pairs"
        MEAN_KINSHIP = "mean-kinship", "mean kinship"
        DYNAMIC = "dynamic-mean-kinship", "dynamic mean kinship"
        PLAN = "plan", "optimal plan"

    class RateSource(models.TextChoices):
        BOOK = "book", "recorded, of the whole book"
        SET = "set", "recorded, of this set only"
        RATE_SET = "rate_set", "what-if rates"

    class Kinship(models.TextChoices):
        EXACT = "exact", "exact, from the pedigree"
        LOCI = "loci", "estimated from the loci: quicker where many live"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="scenarios")
    name = models.CharField(max_length=80)
    reason = models.TextField()
    base = models.CharField(max_length=LONGEST_BASE, blank=True)
    rate_source = models.CharField(max_length=8, choices=RateSource.choices, default=RateSource.BOOK)
    rate_set = models.ForeignKey(
        RateSet, on_delete=models.PROTECT, null=True, blank=True, related_name="scenarios"
    )
    smoothing = models.CharField(max_length=10, blank=True)
    strategy = models.CharField(max_length=20, choices=Strategy.choices, default=Strategy.MEAN_KINSHIP)
    years = models.PositiveSmallIntegerField(default=100)
    runs = models.PositiveSmallIntegerField(default=500)
    seed = models.PositiveIntegerField(default=1)
    capacity = models.PositiveIntegerField("spaces", null=True, blank=True)
    limits_litters = models.BooleanField(default=True)
    exports_surplus = models.BooleanField(default=False)
    share_male = models.FloatField(default=0.5)
    litter_sizes = models.JSONField(default=list)
    fulfilment = models.FloatField(null=True, blank=True)
    litters_per_sire = models.PositiveSmallIntegerField(null=True, blank=True)
    kinship_limit = models.FloatField(null=True, blank=True)
    lethal_equivalents = models.FloatField(default=0)
    extinction_threshold = models.PositiveSmallIntegerField(default=0)
    loci = models.PositiveSmallIntegerField(default=32)
    kinship = models.CharField(max_length=5, choices=Kinship.choices, default=Kinship.EXACT)
    uses_bank = models.BooleanField("uses the genome bank", default=False)
    bank_success = models.FloatField("success of an insemination", default=0.5)
    bank_per_year = models.PositiveSmallIntegerField("inseminations a year", null=True, blank=True)

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="scenario_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="scenario_has_name"),
            models.CheckConstraint(condition=~Q(reason=""), name="scenario_has_reason"),
            models.CheckConstraint(
                condition=Q(strategy__in=["random", "mean-kinship", "dynamic-mean-kinship", "plan"]),
                name="scenario_strategy_known",
            ),
            models.CheckConstraint(condition=Q(kinship__in=["exact", "loci"]), name="scenario_kinship_known"),
            models.CheckConstraint(
                condition=Q(rate_source__in=["book", "set"], rate_set__isnull=True)
                | Q(rate_source="rate_set", rate_set__isnull=False),
                name="scenario_rates_of_one_source",
            ),
            models.CheckConstraint(
                condition=Q(years__gte=1, years__lte=MOST_YEARS, runs__gte=1, runs__lte=MOST_RUNS),
                name="scenario_years_and_runs_in_bounds",
            ),
            models.CheckConstraint(
                condition=Q(share_male__gte=0, share_male__lte=1, bank_success__gte=0, bank_success__lte=1)
                & (Q(fulfilment__isnull=True) | Q(fulfilment__gte=0, fulfilment__lte=1))
                & (Q(kinship_limit__isnull=True) | Q(kinship_limit__gte=0, kinship_limit__lte=1)),
                name="scenario_shares_are_shares",
            ),
            models.CheckConstraint(
                condition=Q(lethal_equivalents__gte=0), name="scenario_lethals_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the scenario's page; reads self.programme, a query where it is not loaded."""
        return reverse("scenario", args=[self.programme.code, self.pk])


class ScenarioMove(models.Model):
    """Animals that come or go in years `first`, `first + every` ... up to `last`, the end where it is empty.

    Those who come are unrelated founders of age `youngest`; those who go are between two ages.
    """

    class Direction(models.TextChoices):
        IN = "in", "import"
        OUT = "out", "export"

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="moves")
    direction = models.CharField(max_length=3, choices=Direction.choices)
    males = models.PositiveSmallIntegerField(default=0)
    females = models.PositiveSmallIntegerField(default=0)
    youngest = models.PositiveSmallIntegerField(default=0)
    oldest = models.PositiveSmallIntegerField(null=True, blank=True)
    first = models.PositiveSmallIntegerField(default=1)
    last = models.PositiveSmallIntegerField(null=True, blank=True)
    every = models.PositiveSmallIntegerField(default=1)
    most_related = models.BooleanField(default=False)

    class Meta:
        ordering = ["scenario", "direction", "first", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(direction="out") | Q(direction="in", oldest__isnull=True, most_related=False),
                name="scenario_move_in_or_out",
            ),
            models.CheckConstraint(
                condition=Q(males__gte=1) | Q(females__gte=1), name="scenario_move_of_somebody"
            ),
            models.CheckConstraint(
                condition=Q(first__gte=1, every__gte=1, youngest__lte=OLDEST)
                & (Q(last__isnull=True) | Q(last__gte=F("first")))
                & (Q(oldest__isnull=True) | Q(oldest__gte=F("youngest"))),
                name="scenario_move_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} of {self.males}.{self.females}"


class ScenarioCatastrophe(models.Model):
    """What strikes in a year with a chance, and multiplies survival and litters."""

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="catastrophes")
    chance = models.FloatField()
    survival = models.FloatField(default=1)
    litters = models.FloatField(default=1)

    class Meta:
        ordering = ["scenario", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(chance__gte=0, chance__lte=1, survival__gte=0, survival__lte=1)
                & Q(litters__gte=0, litters__lte=1),
                name="scenario_catastrophe_of_shares",
            )
        ]

    def __str__(self) -> str:
        return f"catastrophe in {self.chance:.1%} of years"


class BankedDonor(models.Model):
    """A male whose semen is banked, and how many straws of it; dead ones too."""

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="donors")
    animal = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="+")
    straws = models.PositiveIntegerField()

    class Meta:
        ordering = ["scenario", "id"]
        constraints = [
            models.UniqueConstraint(fields=["scenario", "animal"], name="banked_donor_once"),
            models.CheckConstraint(condition=Q(straws__gte=1), name="banked_donor_has_straws"),
        ]

    def __str__(self) -> str:
        return f"{self.straws} straws of {self.animal}"
