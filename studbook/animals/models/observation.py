"""What was seen or done to an animal that moves neither it nor its owner: a weight, a note, a photo, a treatment."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from studbook.animals.models.animal import Animal
from studbook.core.dates import IntervalAccess
from studbook.core.fields import interval_in_order
from studbook.institutions.models import Institution


class Observation(models.Model):
    """One dated fact of the daily work. `what` says which measure, method, state or mark it is, by its kind."""

    class Kind(models.TextChoices):
        IDENTIFICATION = "identification", "identification"
        SEX = "sex", "sex determined"
        WEIGHT = "weight", "weight"
        MEASUREMENT = "measurement", "measurement"
        REARING = "rearing", "rearing"
        CONTRACEPTION = "contraception", "contraception"
        REPRODUCTION = "reproduction", "reproductive status"
        NOTE = "note", "note"
        PHOTO = "photo", "photo"

    class Contraception(models.TextChoices):
        IMPLANT = "implant", "hormone implant"
        INJECTION = "injection", "hormone injection"
        ORAL = "oral", "by mouth"
        SEPARATION = "separation", "kept apart"
        NEUTERED = "neutered", "neutered"
        OTHER = "other", "another method"

    class ReproductiveStatus(models.TextChoices):
        CYCLING = "cycling", "cycling or fertile"
        PREGNANT = "pregnant", "pregnant"
        NOT_PREGNANT = "not pregnant", "found not pregnant"
        LACTATING = "lactating", "lactating"
        INFERTILE = "infertile", "found infertile"
        POST = "post-reproductive", "past breeding"
        CYSTS = "cysts", "cysts found"
        FINDING = "other finding", "another finding"
        NOT_BREEDING = "not for breeding", "not for breeding"

    # What is only seen: it says nothing of parents, young, places or marks, so that it is judged by itself.
    ONLY_SEEN: ClassVar[frozenset[str]] = frozenset({Kind.WEIGHT, Kind.MEASUREMENT, Kind.NOTE, Kind.PHOTO})

    animal = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="observations")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    date_earliest = models.DateField(null=True, blank=True)
    date_latest = models.DateField(null=True, blank=True)
    date_text = models.CharField(max_length=80, blank=True)
    until_earliest = models.DateField(null=True, blank=True)
    until_latest = models.DateField(null=True, blank=True)
    until_text = models.CharField(max_length=80, blank=True)
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="observations"
    )
    what = models.CharField(max_length=60, blank=True)
    product = models.CharField(max_length=80, blank=True)
    expected_return_earliest = models.DateField("fertile again, earliest", null=True, blank=True)
    expected_return_latest = models.DateField("fertile again, latest", null=True, blank=True)
    expected_return_text = models.CharField("fertile again", max_length=80, blank=True)
    quantity = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=12, blank=True)
    note = models.TextField(blank=True)
    file = models.FileField(upload_to="observations/%Y", blank=True, max_length=200)
    provisional = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    date = IntervalAccess("date")
    until = IntervalAccess("until")
    expected_return = IntervalAccess("expected_return")

    class Meta:
        ordering = ["animal", "date_earliest", "id"]
        indexes = [models.Index(fields=["kind", "date_earliest"], name="observation_by_kind_and_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "identification",
                        "sex",
                        "weight",
                        "measurement",
                        "rearing",
                        "contraception",
                        "reproduction",
                        "note",
                        "photo",
                    ]
                ),
                name="observation_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gte=0),
                name="observation_quantity_not_negative",
            ),
            interval_in_order("date", name="observation_date_in_order"),
            interval_in_order("until", name="observation_until_in_order"),
            interval_in_order("expected_return", name="observation_return_in_order"),
            models.CheckConstraint(
                condition=Q(kind="contraception")
                | Q(product="", expected_return_earliest__isnull=True, expected_return_text=""),
                name="observation_product_of_contraception",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.date or ''}".strip()
