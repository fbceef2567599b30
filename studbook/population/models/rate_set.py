"""A what-if of rates: the life table of the book with some of its rates set otherwise."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from studbook.animals.models import Animal
from studbook.population.models.beside import SetBeside, SetBesideQuerySet
from studbook.programmes.models import Programme

LONGEST_BASE = 2000
OLDEST = 150


class RateSetQuerySet(SetBesideQuerySet["RateSet"]):
    pass


class RateSet(SetBeside):
    """Named rates. `base` is the window and the filters of the life table they start from, as the address of that page has them.

    It is archived, never deleted; `version` grows with each change of any of its rates.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rate_sets")
    name = models.CharField(max_length=80)
    reason = models.TextField()
    base = models.CharField(max_length=LONGEST_BASE, blank=True)

    objects = RateSetQuerySet.as_manager()

    class Meta:
        verbose_name = "rate set"
        ordering = ["programme", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="rate_set_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="rate_set_has_name"),
            models.CheckConstraint(condition=~Q(reason=""), name="rate_set_has_reason"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the rate set's page; reads self.programme, a query where it is not loaded."""
        return reverse("rate_set", args=[self.programme.code, self.pk])


class EditedRate(models.Model):
    """The rates of one sex at one age that differ from the recorded ones; an empty one stays as recorded."""

    rate_set = models.ForeignKey(RateSet, on_delete=models.PROTECT, related_name="rates")
    sex = models.CharField(max_length=1, choices=Animal.Sex.choices)
    age = models.PositiveSmallIntegerField()
    qx = models.FloatField("mortality Qx", null=True, blank=True)
    mx = models.FloatField("fecundity Mx", null=True, blank=True)

    class Meta:
        ordering = ["rate_set", "sex", "age"]
        constraints = [
            models.UniqueConstraint(fields=["rate_set", "sex", "age"], name="edited_rate_once"),
            models.CheckConstraint(condition=Q(sex__in=["M", "F"]), name="edited_rate_of_a_sex"),
            models.CheckConstraint(condition=Q(age__lte=OLDEST), name="edited_rate_age_in_a_life"),
            models.CheckConstraint(
                condition=Q(qx__isnull=True) | Q(qx__gte=0, qx__lte=1), name="edited_rate_qx_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(mx__isnull=True) | Q(mx__gte=0, mx__lte=100), name="edited_rate_mx_is_a_number"
            ),
            models.CheckConstraint(
                condition=Q(qx__isnull=False) | Q(mx__isnull=False), name="edited_rate_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_sex_display()}s of age {self.age}"
