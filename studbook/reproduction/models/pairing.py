"""A male and a female brought together to breed, and the matings that were seen."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from studbook.animals.models import Animal
from studbook.core.dates import IntervalAccess
from studbook.core.fields import interval_in_order
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.programmes.models.record import Record, RecordQuerySet, one_of, struck_for_a_reason


class PairingQuerySet(RecordQuerySet["Pairing"]):
    def open(self) -> "PairingQuerySet":
        """Return the pairs that were not separated."""
        return self.standing().filter(separated_earliest=None)


class Pairing(Record):
    """A pair at one place: introduced to each other, together, separated. One pair of the same two is open at a time."""

    class End(models.TextChoices):
        """Why the two were separated."""

        NOT_STATED = "", "not stated"
        BIRTH = "birth", "for the birth"
        SEASON = "season", "the season was over"
        FIGHTING = "fighting", "they fought"
        NO_INTEREST = "no interest", "no interest in each other"
        MOVED = "moved", "one of the two moved"
        DEATH = "death", "one of the two died"
        OTHER = "other", "another reason"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="pairings")
    sire = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="pairings_as_sire")
    dam = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="pairings_as_dam")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="pairings")
    introduced_earliest = models.DateField(null=True, blank=True)
    introduced_latest = models.DateField(null=True, blank=True)
    introduced_text = models.CharField(max_length=80, blank=True)
    together_earliest = models.DateField(null=True, blank=True)
    together_latest = models.DateField(null=True, blank=True)
    together_text = models.CharField(max_length=80, blank=True)
    separated_earliest = models.DateField(null=True, blank=True)
    separated_latest = models.DateField(null=True, blank=True)
    separated_text = models.CharField(max_length=80, blank=True)
    end = models.CharField("why separated", max_length=12, choices=End.choices, blank=True)

    introduced = IntervalAccess("introduced")
    together = IntervalAccess("together")
    separated = IntervalAccess("separated")
    objects = PairingQuerySet.as_manager()

    class Meta:
        ordering = ["-introduced_earliest", "-id"]
        verbose_name = "pair"
        constraints = [
            models.CheckConstraint(condition=~Q(sire=F("dam")), name="pairing_of_two"),
            models.UniqueConstraint(
                fields=["sire", "dam"],
                condition=Q(separated_earliest__isnull=True, struck_at__isnull=True),
                name="pairing_open_once",
            ),
            one_of(
                "end",
                "",
                "birth",
                "season",
                "fighting",
                "no interest",
                "moved",
                "death",
                "other",
                name="pairing_end_known",
            ),
            models.CheckConstraint(
                condition=Q(end="") | Q(separated_earliest__isnull=False), name="pairing_ends_when_separated"
            ),
            interval_in_order("introduced", name="pairing_introduced_in_order"),
            interval_in_order("together", name="pairing_together_in_order"),
            interval_in_order("separated", name="pairing_separated_in_order"),
            struck_for_a_reason("pairing_struck_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.sire} and {self.dam}"

    def get_absolute_url(self) -> str:
        """Return the pair's page; reads self.programme, a query where it is not loaded."""
        return reverse("pairing", args=[self.programme.code, self.pk])

    @property
    def is_open(self) -> bool:
        return self.separated_earliest is None and not self.is_struck


class Mating(Record):
    """A mating that was seen, or of which traces were; `times` is how often on that day, where it was counted."""

    class Seen(models.TextChoices):
        SEEN = "seen", "seen"
        FILMED = "filmed", "filmed"
        TRACES = "traces", "traces of it"
        HEARD = "heard", "heard"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="matings")
    sire = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="matings_as_sire")
    dam = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="matings_as_dam")
    pairing = models.ForeignKey(
        Pairing, on_delete=models.PROTECT, null=True, blank=True, related_name="matings"
    )
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="matings")
    date_earliest = models.DateField(null=True, blank=True)
    date_latest = models.DateField(null=True, blank=True)
    date_text = models.CharField(max_length=80, blank=True)
    seen = models.CharField(max_length=8, choices=Seen.choices, default=Seen.SEEN)
    times = models.PositiveSmallIntegerField(null=True, blank=True)

    date = IntervalAccess("date")
    objects = RecordQuerySet["Mating"].as_manager()

    class Meta:
        ordering = ["-date_earliest", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(sire=F("dam")), name="mating_of_two"),
            models.CheckConstraint(condition=Q(date_earliest__isnull=False), name="mating_has_a_day"),
            one_of("seen", "seen", "filmed", "traces", "heard", name="mating_seen_known"),
            models.CheckConstraint(
                condition=Q(times__isnull=True) | Q(times__gte=1, times__lte=200), name="mating_times_counted"
            ),
            interval_in_order("date", name="mating_date_in_order"),
            struck_for_a_reason("mating_struck_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"mating of {self.sire} and {self.dam} {self.date or ''}".strip()

    def get_absolute_url(self) -> str:
        """Return the mating's page; reads self.programme, a query where it is not loaded."""
        return reverse("mating", args=[self.programme.code, self.pk])
