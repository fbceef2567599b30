"""A what-if basket: steps that nobody has taken yet, one after the other, under a name."""

from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse

from studbook.animals.models import Animal
from studbook.population.models.beside import SetBeside, SetBesideQuerySet
from studbook.programmes.models import Programme

LONGEST_LABEL = 20
EACH_PARTY = ("animal", "sire", "dam")
ABOUT_ONE = ["death", "exclusion", "inclusion"]
BRINGS_NO_YOUNG = ["import", *ABOUT_ONE]


class BasketQuerySet(SetBesideQuerySet["Basket"]):
    def counted(self) -> "BasketQuerySet":
        """Return the baskets with `step_count` each."""
        return self.annotate(step_count=models.Count("steps"))

    def whole(self) -> "BasketQuerySet":
        """Return the baskets with all that belongs to them; four queries."""
        return self.select_related("programme", "made_by").prefetch_related(
            Prefetch("steps", BasketStep.objects.whole())
        )


class Basket(SetBeside):
    """Named what-ifs. It is archived, never deleted; `version` grows with each change of any part of it."""

    # Baskets are tried and put away by the dozen, so that their names become free again.
    NAME_IS_FREED = True

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="baskets")
    name = models.CharField(max_length=80)
    note = models.TextField(blank=True)

    objects = BasketQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name"], condition=Q(archived_at__isnull=True), name="basket_name_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="basket_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the basket's page; reads self.programme, a query where it is not loaded."""
        return reverse("basket", args=[self.programme.code, self.pk])


class BasketStepQuerySet(models.QuerySet["BasketStep"]):
    def whole(self) -> "BasketStepQuerySet":
        """Return the steps with every animal and newcomer they name; three queries."""
        related = BasketKinship.objects.select_related("animal", "newcomer").order_by("id")
        parties = [*EACH_PARTY, *(f"{each}_newcomer" for each in EACH_PARTY)]
        return (
            self.select_related(*parties)
            .prefetch_related("newcomers", Prefetch("kinships", related))
            .order_by("place")
        )


class BasketStep(models.Model):
    """One what-if. Whom it names is an animal of the book, or a newcomer that an earlier step brought.

    A litter names sire and dam, and an import nobody; both bring newcomers. The other kinds name the one they are about.
    """

    class Kind(models.TextChoices):
        LITTER = "litter", "litter"
        IMPORT = "import", "import"
        DEATH = "death", "death"
        EXCLUSION = "exclusion", "exclusion"
        INCLUSION = "inclusion", "inclusion"

    basket = models.ForeignKey(Basket, on_delete=models.PROTECT, related_name="steps")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=9, choices=Kind.choices)
    animal = models.ForeignKey(Animal, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    animal_newcomer = models.ForeignKey(
        "BasketNewcomer", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sire = models.ForeignKey(Animal, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sire_newcomer = models.ForeignKey(
        "BasketNewcomer", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dam = models.ForeignKey(Animal, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    dam_newcomer = models.ForeignKey(
        "BasketNewcomer", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = BasketStepQuerySet.as_manager()

    class Meta:
        ordering = ["basket", "place"]
        constraints = [
            models.UniqueConstraint(fields=["basket", "place"], name="basket_step_place_once"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=ABOUT_ONE,
                    animal__isnull=False,
                    animal_newcomer__isnull=True,
                )
                | Q(
                    kind__in=ABOUT_ONE,
                    animal__isnull=True,
                    animal_newcomer__isnull=False,
                )
                | Q(kind__in=["litter", "import"], animal__isnull=True, animal_newcomer__isnull=True),
                name="basket_step_about_one",
            ),
            models.CheckConstraint(
                condition=Q(kind="litter", sire__isnull=False, sire_newcomer__isnull=True)
                | Q(kind="litter", sire__isnull=True, sire_newcomer__isnull=False)
                | Q(kind__in=BRINGS_NO_YOUNG, sire__isnull=True, sire_newcomer__isnull=True),
                name="basket_step_sire_of_litter",
            ),
            models.CheckConstraint(
                condition=Q(kind="litter", dam__isnull=False, dam_newcomer__isnull=True)
                | Q(kind="litter", dam__isnull=True, dam_newcomer__isnull=False)
                | Q(kind__in=BRINGS_NO_YOUNG, dam__isnull=True, dam_newcomer__isnull=True),
                name="basket_step_dam_of_litter",
            ),
            models.CheckConstraint(
                condition=Q(sire__isnull=True) | Q(dam__isnull=True) | ~Q(sire=models.F("dam")),
                name="basket_step_parents_are_two",
            ),
        ]

    def __str__(self) -> str:
        if self.kind == self.Kind.LITTER:
            return f"litter of {self.party('sire')} × {self.party('dam')}"
        if self.kind == self.Kind.IMPORT:
            return f"import of {', '.join(each.label for each in self.newcomers.all())}"
        return f"{self.get_kind_display()} of {self.party('animal')}"

    def party(self, role: str) -> "Animal | BasketNewcomer | None":
        """Return whom the step names as sire, dam or animal."""
        found: Animal | BasketNewcomer | None = getattr(self, role) or getattr(self, f"{role}_newcomer")
        return found


class BasketNewcomer(models.Model):
    """An animal that a step brings: a young of a litter, or an import. `label` stands in the place of a studbook number."""

    step = models.ForeignKey(BasketStep, on_delete=models.CASCADE, related_name="newcomers")
    label = models.CharField(max_length=LONGEST_LABEL)
    sex = models.CharField(max_length=1, choices=Animal.Sex.choices, default=Animal.Sex.UNKNOWN)

    class Meta:
        ordering = ["step", "id"]
        constraints = [
            models.UniqueConstraint(fields=["step", "label"], name="basket_newcomer_label_once"),
            models.CheckConstraint(condition=~Q(label=""), name="basket_newcomer_has_label"),
            models.CheckConstraint(condition=Q(sex__in=["M", "F", "U"]), name="basket_newcomer_sex_known"),
        ]

    def __str__(self) -> str:
        return self.label


class BasketKinship(models.Model):
    """A kinship of an import to an animal of the book, or to a newcomer that came before it."""

    step = models.ForeignKey(BasketStep, on_delete=models.CASCADE, related_name="kinships")
    animal = models.ForeignKey(Animal, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    newcomer = models.ForeignKey(
        BasketNewcomer, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kinship = models.FloatField()

    class Meta:
        ordering = ["step", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(animal__isnull=False, newcomer__isnull=True)
                | Q(animal__isnull=True, newcomer__isnull=False),
                name="basket_kinship_to_one",
            ),
            models.CheckConstraint(
                condition=Q(kinship__gte=0, kinship__lte=1), name="basket_kinship_is_a_share"
            ),
            models.UniqueConstraint(
                fields=["step", "animal"], condition=Q(animal__isnull=False), name="basket_kinship_once"
            ),
            models.UniqueConstraint(
                fields=["step", "newcomer"],
                condition=Q(newcomer__isnull=False),
                name="basket_kinship_to_newcomer_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kinship:g} with {self.party}"

    @property
    def party(self) -> "Animal | BasketNewcomer | None":
        return self.animal or self.newcomer
