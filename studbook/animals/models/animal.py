"""An animal of the book: who it is, who its parents are, whether it lives."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from studbook.core.dates import IntervalAccess, age_years
from studbook.core.fields import interval_in_order
from studbook.programmes.models import Programme


class ParentKind(models.TextChoices):
    """What is known of a parent. WILD is a founder's parent, unrelated to all; UNKNOWN existed and was not recorded."""

    KNOWN = "known", "known"
    WILD = "wild", "wild"
    UNKNOWN = "unknown", "unknown"
    SEVERAL = "several", "several possible"


class AnimalQuerySet(models.QuerySet["Animal"]):
    def living(self) -> "AnimalQuerySet":
        """Return the animals in the population: not dead, not released, not lost to follow-up."""
        return self.filter(status=Animal.Status.LIVING)

    def founders(self) -> "AnimalQuerySet":
        """Return the animals both of whose parents are wild."""
        return self.filter(sire_kind=ParentKind.WILD, dam_kind=ParentKind.WILD)

    def matching(self, words: str) -> "AnimalQuerySet":
        """Return the animals with these words in number, house name, local id or another identifier."""
        return self.filter(
            Q(studbook_number__iexact=words)
            | Q(house_name__icontains=words)
            | Q(identifiers__value__iexact=words)
            | Q(holdings__local_id__iexact=words)
        ).distinct()


class StandingManager(models.Manager["Animal"]):
    """The animals that stand in the book; a void record keeps its number and is left out everywhere else."""

    def get_queryset(self) -> models.QuerySet["Animal"]:
        return super().get_queryset().exclude(status=Animal.Status.VOID)


class Animal(models.Model):
    """One individual. Its studbook number is text, permanent and never used again."""

    class Sex(models.TextChoices):
        MALE = "M", "male"
        FEMALE = "F", "female"
        UNKNOWN = "U", "unknown"

    class BirthType(models.TextChoices):
        CAPTIVE = "captive", "captive-born"
        WILD = "wild", "wild-born"
        UNKNOWN = "unknown", "not known"

    class Rearing(models.TextChoices):
        PARENT = "parent", "by the parents"
        HAND = "hand", "by hand"
        FOSTER = "foster", "by a foster mother"
        UNKNOWN = "unknown", "not known"

    class Status(models.TextChoices):
        LIVING = "living", "living"
        DEAD = "dead", "dead"
        RELEASED = "released", "released"
        LOST = "lost", "lost to follow-up"
        VOID = "void", "void"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="animals")
    studbook_number = models.CharField(max_length=20)
    number_order = models.PositiveIntegerField(default=0, editable=False)
    house_name = models.CharField(max_length=80, blank=True)
    sex = models.CharField(max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_earliest = models.DateField(null=True, blank=True)
    birth_latest = models.DateField(null=True, blank=True)
    birth_text = models.CharField(max_length=80, blank=True)
    death_earliest = models.DateField(null=True, blank=True)
    death_latest = models.DateField(null=True, blank=True)
    death_text = models.CharField(max_length=80, blank=True)
    birth_type = models.CharField(max_length=10, choices=BirthType.choices, default=BirthType.UNKNOWN)
    rearing = models.CharField(max_length=10, choices=Rearing.choices, default=Rearing.UNKNOWN)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.LIVING)
    sire_kind = models.CharField(max_length=10, choices=ParentKind.choices, default=ParentKind.UNKNOWN)
    sire = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="offspring_as_sire"
    )
    dam_kind = models.CharField(max_length=10, choices=ParentKind.choices, default=ParentKind.UNKNOWN)
    dam = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="offspring_as_dam"
    )
    note = models.TextField(blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_records"
    )
    version = models.PositiveIntegerField(default=1)

    birth = IntervalAccess("birth")
    death = IntervalAccess("death")
    objects = StandingManager.from_queryset(AnimalQuerySet)()
    every = AnimalQuerySet.as_manager()

    class Meta:
        ordering = ["number_order", "studbook_number"]
        indexes = [models.Index(fields=["programme", "status", "sex"], name="animal_by_status_and_sex")]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "studbook_number"], name="animal_studbook_number_once"
            ),
            models.CheckConstraint(
                condition=~Q(studbook_number__in=["", ".", ".."])
                & ~Q(studbook_number__contains=" ")
                & ~Q(studbook_number__contains="/"),
                name="animal_studbook_number_readable",
            ),
            models.CheckConstraint(condition=Q(sex__in=["M", "F", "U"]), name="animal_sex_known_code"),
            models.CheckConstraint(
                condition=Q(birth_type__in=["captive", "wild", "unknown"]), name="animal_birth_type_known"
            ),
            models.CheckConstraint(
                condition=Q(rearing__in=["parent", "hand", "foster", "unknown"]), name="animal_rearing_known"
            ),
            interval_in_order("birth", name="animal_birth_in_order"),
            interval_in_order("death", name="animal_death_in_order"),
            models.CheckConstraint(
                condition=Q(death_latest__isnull=True)
                | Q(birth_earliest__isnull=True)
                | Q(death_latest__gte=F("birth_earliest")),
                name="animal_dies_after_birth",
            ),
            models.CheckConstraint(
                condition=Q(status="dead", death_latest__isnull=False)
                | Q(status__in=["living", "released", "lost"], death_latest__isnull=True)
                | Q(status="void"),
                name="animal_dead_when_died",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(status="void"), name="animal_void_when_merged"
            ),
            models.CheckConstraint(
                condition=Q(sire_kind="known", sire__isnull=False)
                | Q(sire_kind__in=["wild", "unknown", "several"], sire__isnull=True),
                name="animal_sire_when_known",
            ),
            models.CheckConstraint(
                condition=Q(dam_kind="known", dam__isnull=False)
                | Q(dam_kind__in=["wild", "unknown", "several"], dam__isnull=True),
                name="animal_dam_when_known",
            ),
            models.CheckConstraint(condition=~Q(sire=F("id")), name="animal_not_own_sire"),
            models.CheckConstraint(condition=~Q(dam=F("id")), name="animal_not_own_dam"),
        ]

    def __str__(self) -> str:
        return f"{self.studbook_number} {self.house_name}".strip()

    def get_absolute_url(self) -> str:
        """Return the animal's page; reads self.programme, a query where it is not loaded."""
        return reverse("animal", args=[self.programme.code, self.studbook_number])

    @property
    def is_founder(self) -> bool:
        return self.sire_kind == ParentKind.WILD and self.dam_kind == ParentKind.WILD

    @property
    def is_living(self) -> bool:
        return self.status == self.Status.LIVING

    def age_on(self, day: date) -> float | None:
        """Return the age in years on a day, or at death if that came first; None without a birth date."""
        if self.birth is None:
            return None
        last = self.death.middle if self.death and self.death.middle < day else day
        return max(age_years(self.birth, last), 0.0)


class ParentCandidate(models.Model):
    """One of several possible sires or dams, with its probability. Together those of one parent add to one."""

    class Role(models.TextChoices):
        SIRE = "sire", "sire"
        DAM = "dam", "dam"

    animal = models.ForeignKey(Animal, on_delete=models.CASCADE, related_name="parent_candidates")
    role = models.CharField(max_length=4, choices=Role.choices)
    parent = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="possible_offspring")
    probability = models.DecimalField(max_digits=10, decimal_places=9)

    class Meta:
        ordering = ["animal", "role", "-probability", "parent"]
        constraints = [
            models.UniqueConstraint(fields=["animal", "role", "parent"], name="candidate_once"),
            models.CheckConstraint(
                condition=Q(probability__gt=0, probability__lte=1), name="candidate_probability_is_a_share"
            ),
            models.CheckConstraint(condition=Q(role__in=["sire", "dam"]), name="candidate_role_known"),
            models.CheckConstraint(condition=~Q(parent=F("animal")), name="candidate_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.parent} {self.role} of {self.animal} ({self.probability})"
