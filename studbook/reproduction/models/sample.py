"""The genome bank: what is stored of an animal's genes, where, whose it is, and all that was done with it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from studbook.animals.models import Animal
from studbook.core.dates import IntervalAccess
from studbook.core.fields import interval_in_order
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.programmes.models.record import Record, RecordQuerySet, one_of, struck_for_a_reason
from studbook.reproduction.models.procedure import Procedure

MOST_UNITS = 10_000


class SampleQuerySet(RecordQuerySet["Sample"]):
    def whole(self) -> "SampleQuerySet":
        """Return the samples with all that a page of one names; one query."""
        return self.select_related(
            "programme",
            "donor",
            "embryo_sire",
            "institution",
            "owner",
            "procedure__animal",
            "split_from",
            "struck_by",
        )

    def stored(self) -> "SampleQuerySet":
        """Return the samples of which something is left."""
        return self.standing().filter(units__gt=0)

    def sires(self) -> "SampleQuerySet":
        """Return the stored samples that can make their donor a sire: semen, and sperm of the epididymis."""
        return self.stored().filter(kind__in=Sample.MAKES_SIRES)


class Sample(Record):
    """Straws or vials of one donor, of one kind and one day, at one position. `units` is what is left of them."""

    class Kind(models.TextChoices):
        SEMEN = "semen", "semen"
        EPIDIDYMAL = "epididymal", "sperm of the epididymis"
        OOCYTES = "oocytes", "oocytes"
        EMBRYOS = "embryos", "embryos"
        TESTIS = "testis", "tissue of the testis"
        OVARY = "ovary", "tissue of the ovary"
        CELLS = "cells", "cell line"
        BLOOD = "blood", "blood or DNA"
        OTHER = "other", "other"

    class Unit(models.TextChoices):
        STRAW = "straw", "straw"
        VIAL = "vial", "vial"
        PELLET = "pellet", "pellet"
        TUBE = "tube", "tube"

    class Account(models.TextChoices):
        """What it is kept for: the insurance of the species, the years to come, or the breeding of today."""

        RESERVE = "reserve", "national reserve"
        SAVINGS = "savings", "savings"
        CHECKING = "checking", "checking"

    MAKES_SIRES: ClassVar[frozenset[str]] = frozenset({Kind.SEMEN, Kind.EPIDIDYMAL})
    # Where it is within its institution.
    WITHIN: ClassVar[tuple[str, ...]] = ("tank", "canister", "position")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="samples")
    label = models.CharField(max_length=40)
    donor = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="samples")
    # The sire of an embryo; its donor is the dam by her genes.
    embryo_sire = models.ForeignKey(
        Animal, on_delete=models.PROTECT, null=True, blank=True, related_name="embryos_sired"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SEMEN)
    collected_earliest = models.DateField(null=True, blank=True)
    collected_latest = models.DateField(null=True, blank=True)
    collected_text = models.CharField(max_length=80, blank=True)
    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, null=True, blank=True, related_name="samples"
    )
    split_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="splits"
    )
    unit = models.CharField(max_length=6, choices=Unit.choices, default=Unit.STRAW)
    units_stored = models.PositiveIntegerField("how many were stored")
    units = models.PositiveIntegerField("how many are left")
    per_dose = models.PositiveSmallIntegerField("how many make one insemination", default=1)
    motile_percent = models.DecimalField(
        "motile after thawing, %", max_digits=4, decimal_places=1, null=True, blank=True
    )
    million_per_unit = models.DecimalField(
        "motile sperm in each, million", max_digits=9, decimal_places=2, null=True, blank=True
    )
    quality = models.CharField(max_length=160, blank=True)
    medium = models.CharField(max_length=120, blank=True)
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, related_name="samples_stored", verbose_name="stored at"
    )
    tank = models.CharField(max_length=40, blank=True)
    canister = models.CharField(max_length=40, blank=True)
    position = models.CharField(max_length=40, blank=True)
    owner = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="samples_owned")
    account = models.CharField(max_length=8, choices=Account.choices, default=Account.SAVINGS)

    collected = IntervalAccess("collected")
    objects = SampleQuerySet.as_manager()

    class Meta:
        ordering = ["donor__number_order", "donor__studbook_number", "label", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "label"], name="sample_label_once"),
            models.CheckConstraint(condition=~Q(label=""), name="sample_has_label"),
            models.CheckConstraint(
                condition=Q(units_stored__gte=1, units_stored__lte=MOST_UNITS), name="sample_units_stored"
            ),
            models.CheckConstraint(
                condition=Q(units__gte=0, units__lte=MOST_UNITS), name="sample_units_never_below_none"
            ),
            models.CheckConstraint(
                condition=Q(per_dose__gte=1, per_dose__lte=1000), name="sample_dose_of_some"
            ),
            models.CheckConstraint(
                condition=Q(embryo_sire__isnull=True) | Q(kind="embryos"), name="sample_sire_of_embryos_only"
            ),
            models.CheckConstraint(
                condition=Q(embryo_sire__isnull=True) | ~Q(embryo_sire=F("donor")),
                name="sample_embryo_of_two",
            ),
            models.CheckConstraint(
                condition=Q(motile_percent__isnull=True) | Q(motile_percent__gte=0, motile_percent__lte=100),
                name="sample_motile_percent",
            ),
            one_of(
                "kind",
                "semen",
                "epididymal",
                "oocytes",
                "embryos",
                "testis",
                "ovary",
                "cells",
                "blood",
                "other",
                name="sample_kind_known",
            ),
            one_of("unit", "straw", "vial", "pellet", "tube", name="sample_unit_known"),
            one_of("account", "reserve", "savings", "checking", name="sample_account_known"),
            models.CheckConstraint(
                condition=Q(collected_earliest__isnull=False), name="sample_collected_on_a_day"
            ),
            interval_in_order("collected", name="sample_collected_in_order"),
            struck_for_a_reason("sample_struck_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.get_kind_display()} of {self.donor}"

    def get_absolute_url(self) -> str:
        """Return the sample's page; reads self.programme, a query where it is not loaded."""
        return reverse("sample", args=[self.programme.code, self.pk])

    @property
    def doses(self) -> int:
        """How many inseminations what is left is enough for."""
        return self.units // self.per_dose

    @property
    def units_in_words(self) -> str:
        return self.counted(self.units)

    @property
    def place_in_words(self) -> str:
        """Where it is, from the institution down to the position; reads self.institution."""
        within = (("tank", self.tank), ("canister", self.canister), ("position", self.position))
        return ", ".join([str(self.institution), *(f"{noun} {name}" for noun, name in within if name)])

    def counted(self, units: int) -> str:
        """Say a number of this sample's units in words: 1 straw, 12 vials."""
        return f"{units} {self.get_unit_display()}{'' if units == 1 else 's'}"


class SampleStep(models.Model):
    """One line of a sample's ledger. `change` is how many units came or went; the sum of a sample's lines is what is left."""

    class Kind(models.TextChoices):
        STORED = "stored", "stored"
        MOVED = "moved", "moved"
        THAWED = "thawed", "thawed"
        USED = "used", "used in a procedure"
        DISCARDED = "discarded", "discarded"
        SPLIT = "split", "a part moved elsewhere"
        COUNTED = "counted", "counted"
        ACCOUNT = "account", "moved to another account"
        OWNER = "owner", "given to another owner"

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    on = models.DateField()
    change = models.IntegerField(default=0)
    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, null=True, blank=True, related_name="sample_steps"
    )
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    was = models.CharField("where, whose or which before", max_length=240, blank=True)
    becomes = models.CharField("where, whose or which after", max_length=240, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["sample", "id"]
        constraints = [
            one_of(
                "kind",
                "stored",
                "moved",
                "thawed",
                "used",
                "discarded",
                "split",
                "counted",
                "account",
                "owner",
                name="sample_step_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="used", procedure__isnull=False)
                | ~Q(kind="used") & Q(procedure__isnull=True)
                | Q(kind="stored"),
                name="sample_step_used_in_a_procedure",
            ),
            models.CheckConstraint(
                condition=Q(kind="stored", change__gt=0)
                | Q(kind__in=["thawed", "used", "discarded", "split"], change__lt=0)
                | Q(kind="counted")
                | Q(kind__in=["moved", "account", "owner"], change=0),
                name="sample_step_change_fits_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.on}"

    @property
    def taken_in_words(self) -> str:
        """How many a step took, in words; reads self.sample."""
        return self.sample.counted(-self.change)
