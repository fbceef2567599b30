"""A pregnancy, from the mating or insemination it comes of to its outcome."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval, IntervalAccess
from studbook.core.fields import interval_in_order
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.programmes.models.record import Record, RecordQuerySet, one_of, struck_for_a_reason
from studbook.reproduction.models.pairing import Mating
from studbook.reproduction.models.procedure import Procedure

LARGEST_LITTER = 30


class PregnancyQuerySet(RecordQuerySet["Pregnancy"]):
    def open(self) -> "PregnancyQuerySet":
        """Return the pregnancies whose outcome nobody has told yet."""
        return self.standing().filter(outcome="")

    def overdue(self, programme: Programme, on: date) -> "PregnancyQuerySet":
        """Return those open of which no young can be born any more: the dam died, or the last day of the window has gone by."""
        return self.open().filter(_over(programme, on), programme=programme)

    def expected(self, programme: Programme, *, on: date, until: date) -> "PregnancyQuerySet":
        """Return those open, and not overdue on a day, whose young may be born by another; none without a gestation."""
        shortest = programme.gestation_days_min
        if shortest is None or programme.gestation_days_max is None:
            return self.none()
        found = self.open().filter(
            programme=programme, conceived_earliest__lte=until - timedelta(days=shortest)
        )
        return found.exclude(_over(programme, on))


def _over(programme: Programme, on: date) -> Q:
    # A dam lost to follow-up, or released, may bear her young unseen: only a death is known to end it.
    over = Q(dam__status=Animal.Status.DEAD)
    longest = programme.gestation_days_max
    if programme.gestation_days_min is None or longest is None:
        return over
    return over | Q(conceived_latest__lt=on - timedelta(days=longest))


class Pregnancy(Record):
    """A pregnancy that is hoped for, seen, or over. `conceived` spans the days of mating, or is that of the insemination."""

    class Method(models.TextChoices):
        NATURAL = "natural", "natural mating"
        FRESH = "fresh", "insemination, fresh semen"
        BANKED = "banked", "insemination, a banked sample"
        EMBRYO = "embryo", "embryo transfer"

    class Outcome(models.TextChoices):
        OPEN = "", "not known yet"
        NOT_PREGNANT = "not pregnant", "not pregnant"
        LOST = "lost", "lost"
        LITTER = "litter", "a litter"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="pregnancies")
    dam = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="pregnancies")
    sire = models.ForeignKey(
        Animal, on_delete=models.PROTECT, null=True, blank=True, related_name="pregnancies_sired"
    )
    # Whose young it bears, where an embryo was transferred; otherwise the dam herself.
    gene_dam = models.ForeignKey(
        Animal,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pregnancies_by_transfer",
        verbose_name="dam by her genes",
    )
    method = models.CharField(max_length=8, choices=Method.choices, default=Method.NATURAL)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="pregnancies")
    conceived_earliest = models.DateField(null=True, blank=True)
    conceived_latest = models.DateField(null=True, blank=True)
    conceived_text = models.CharField(max_length=80, blank=True)
    mating = models.ForeignKey(
        Mating, on_delete=models.PROTECT, null=True, blank=True, related_name="pregnancies"
    )
    insemination = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, null=True, blank=True, related_name="pregnancies"
    )
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    ended_earliest = models.DateField(null=True, blank=True)
    ended_latest = models.DateField(null=True, blank=True)
    ended_text = models.CharField(max_length=80, blank=True)
    litter_size = models.PositiveSmallIntegerField("young born", null=True, blank=True)
    told_by = models.CharField("how the outcome was found", max_length=160, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    conceived = IntervalAccess("conceived")
    ended = IntervalAccess("ended")
    objects = PregnancyQuerySet.as_manager()

    class Meta:
        ordering = ["-conceived_earliest", "-id"]
        verbose_name_plural = "pregnancies"
        constraints = [
            models.CheckConstraint(
                condition=Q(sire__isnull=True) | ~Q(sire=F("dam")), name="pregnancy_of_two"
            ),
            models.CheckConstraint(
                condition=Q(conceived_earliest__isnull=False), name="pregnancy_has_a_beginning"
            ),
            models.CheckConstraint(
                condition=Q(mating__isnull=True) | Q(insemination__isnull=True),
                name="pregnancy_of_mating_or_insemination",
            ),
            models.CheckConstraint(
                condition=Q(method="natural", insemination__isnull=True)
                | Q(method__in=["fresh", "banked", "embryo"], mating__isnull=True),
                name="pregnancy_method_fits_its_beginning",
            ),
            models.CheckConstraint(
                condition=Q(gene_dam__isnull=True) | Q(method="embryo"),
                name="pregnancy_gene_dam_by_transfer_only",
            ),
            one_of("method", "natural", "fresh", "banked", "embryo", name="pregnancy_method_known"),
            one_of("outcome", "", "not pregnant", "lost", "litter", name="pregnancy_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome="") & Q(ended_earliest__isnull=True)
                | ~Q(outcome="") & Q(ended_earliest__isnull=False),
                name="pregnancy_ends_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(outcome="litter", litter_size__gte=1, litter_size__lte=LARGEST_LITTER)
                | ~Q(outcome="litter") & Q(litter_size__isnull=True),
                name="pregnancy_counts_its_litter",
            ),
            models.UniqueConstraint(
                fields=["dam", "conceived_earliest", "conceived_latest"],
                condition=Q(struck_at__isnull=True),
                name="pregnancy_once",
            ),
            interval_in_order("conceived", name="pregnancy_conceived_in_order"),
            interval_in_order("ended", name="pregnancy_ended_in_order"),
            struck_for_a_reason("pregnancy_struck_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"pregnancy of {self.dam}, conceived {self.conceived}"

    def get_absolute_url(self) -> str:
        """Return the pregnancy's page; reads self.programme, a query where it is not loaded."""
        return reverse("pregnancy", args=[self.programme.code, self.pk])

    @property
    def window(self) -> DateInterval | None:
        """The days on which young may be born, by the species' gestation; None where that is not on record."""
        shortest, longest = self.programme.gestation_days_min, self.programme.gestation_days_max
        conceived = self.conceived
        if shortest is None or longest is None or conceived is None:
            return None
        return DateInterval(
            conceived.earliest + timedelta(days=shortest), conceived.latest + timedelta(days=longest)
        )


class PregnancyYoung(models.Model):
    """One of the litter of a pregnancy. An animal is of one pregnancy."""

    pregnancy = models.ForeignKey(Pregnancy, on_delete=models.PROTECT, related_name="young")
    animal = models.OneToOneField(Animal, on_delete=models.PROTECT, related_name="pregnancy_born_of")

    class Meta:
        ordering = ["pregnancy", "animal__number_order", "id"]
        verbose_name = "young of a pregnancy"
        verbose_name_plural = "young of pregnancies"

    def __str__(self) -> str:
        return f"{self.animal} of {self.pregnancy}"
