"""One thing that an overlay assumes, and the parents it gives."""

from django.db import models
from django.db.models import F, Q

from studbook.animals.models import Animal, ParentCandidate, ParentKind
from studbook.population.models.overlay import Overlay


class AssumptionQuerySet(models.QuerySet["Assumption"]):
    def whole(self) -> "AssumptionQuerySet":
        """Return the assumptions with every animal they name; two queries."""
        parents = AssumedParent.objects.select_related("animal", "hypothetical").order_by("role", "id")
        return self.select_related(
            "animal", "hypothetical", "other_animal", "other_hypothetical"
        ).prefetch_related(models.Prefetch("parents", parents))


class Assumption(models.Model):
    """One assumption, and why it is made.

    It is about `animal`, or about a hypothetical animal: one that another assumption of the overlay brings in, with
    `label` in the place of a studbook number. Related founders and identical twins name a second one.
    """

    class Kind(models.TextChoices):
        PARENT = "parent", "parent"
        HYPOTHETICAL = "hypothetical", "hypothetical animal"
        RELATED = "related", "related founders"
        TWINS = "twins", "identical twins"
        SEX = "sex", "sex"
        EXCLUDED = "excluded", "excluded animal"

    overlay = models.ForeignKey(Overlay, on_delete=models.PROTECT, related_name="assumptions")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    animal = models.ForeignKey(Animal, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    hypothetical = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="kin_as_first"
    )
    other_animal = models.ForeignKey(
        Animal, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    other_hypothetical = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="kin_as_second"
    )
    label = models.CharField(max_length=20, blank=True)
    role = models.CharField(max_length=4, choices=ParentCandidate.Role.choices, blank=True)
    sex = models.CharField(max_length=1, choices=Animal.Sex.choices, blank=True)
    kinship = models.FloatField(null=True, blank=True)
    reason = models.TextField()

    objects = AssumptionQuerySet.as_manager()

    class Meta:
        ordering = ["overlay", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["overlay", "kind", "animal", "role"],
                condition=Q(kind__in=["parent", "sex", "excluded"]),
                name="assumption_once",
            ),
            models.UniqueConstraint(
                fields=["overlay", "label"],
                condition=Q(kind="hypothetical"),
                name="assumption_label_once",
            ),
            models.UniqueConstraint(
                fields=["overlay", "kind", "animal", "other_animal"],
                condition=Q(kind__in=["related", "twins"]),
                name="assumption_of_two_once",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="assumption_has_reason"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["parent", "twins", "sex", "excluded"],
                    animal__isnull=False,
                    hypothetical__isnull=True,
                )
                | Q(kind="related", animal__isnull=False, hypothetical__isnull=True)
                | Q(kind="related", animal__isnull=True, hypothetical__isnull=False)
                | Q(kind="hypothetical", animal__isnull=True, hypothetical__isnull=True),
                name="assumption_about_one",
            ),
            models.CheckConstraint(
                condition=Q(kind="twins", other_animal__isnull=False, other_hypothetical__isnull=True)
                | Q(kind="related", other_animal__isnull=False, other_hypothetical__isnull=True)
                | Q(kind="related", other_animal__isnull=True, other_hypothetical__isnull=False)
                | Q(
                    kind__in=["parent", "hypothetical", "sex", "excluded"],
                    other_animal__isnull=True,
                    other_hypothetical__isnull=True,
                ),
                name="assumption_other_of_two",
            ),
            models.CheckConstraint(
                condition=~Q(kind="twins", animal=F("other_animal")), name="assumption_twins_are_two"
            ),
            models.CheckConstraint(
                condition=(Q(kind="hypothetical") & ~Q(label__in=["", ".", ".."]))
                | Q(kind__in=["parent", "related", "twins", "sex", "excluded"], label=""),
                name="assumption_label_of_hypothetical",
            ),
            models.CheckConstraint(
                condition=Q(kind="parent", role__in=["sire", "dam"])
                | Q(kind__in=["hypothetical", "related", "twins", "sex", "excluded"], role=""),
                name="assumption_role_of_parent",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["sex", "hypothetical"], sex__in=["M", "F", "U"])
                | Q(kind__in=["parent", "related", "twins", "excluded"], sex=""),
                name="assumption_sex_where_assumed",
            ),
            models.CheckConstraint(
                condition=Q(kind="related", kinship__isnull=False, kinship__gte=0, kinship__lte=1)
                | Q(kind__in=["parent", "hypothetical", "twins", "sex", "excluded"], kinship__isnull=True),
                name="assumption_kinship_of_related",
            ),
        ]

    def __str__(self) -> str:
        return {
            self.Kind.PARENT: f"{self.role} of {self.first}",
            self.Kind.HYPOTHETICAL: f"hypothetical animal {self.label}",
            self.Kind.RELATED: f"kinship of {self.first} and {self.second}",
            self.Kind.TWINS: f"identical twins {self.first} and {self.second}",
            self.Kind.SEX: f"sex of {self.first}",
            self.Kind.EXCLUDED: f"{self.first} excluded",
        }[self.Kind(self.kind)]

    @property
    def first(self) -> str:
        """The animal it is about, as people call it."""
        return called(self.animal, self.hypothetical) or self.label

    @property
    def second(self) -> str:
        return called(self.other_animal, self.other_hypothetical)


class AssumedParent(models.Model):
    """A parent that an assumption gives, or one of several; the probabilities of one role add to one."""

    assumption = models.ForeignKey(Assumption, on_delete=models.CASCADE, related_name="parents")
    role = models.CharField(max_length=4, choices=ParentCandidate.Role.choices)
    kind = models.CharField(max_length=10, choices=ParentKind.choices)
    animal = models.ForeignKey(Animal, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    hypothetical = models.ForeignKey(
        Assumption, on_delete=models.PROTECT, null=True, blank=True, related_name="assumed_offspring"
    )
    probability = models.DecimalField(max_digits=10, decimal_places=9, default=1)

    class Meta:
        ordering = ["assumption", "role", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=["sire", "dam"]), name="assumed_parent_role_known"),
            models.CheckConstraint(
                condition=Q(probability__gt=0, probability__lte=1),
                name="assumed_parent_probability_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(kind="known", animal__isnull=False, hypothetical__isnull=True)
                | Q(kind="known", animal__isnull=True, hypothetical__isnull=False)
                | Q(kind__in=["wild", "unknown"], animal__isnull=True, hypothetical__isnull=True),
                name="assumed_parent_named_when_known",
            ),
            models.UniqueConstraint(
                fields=["assumption", "role", "animal"],
                condition=Q(animal__isnull=False),
                name="assumed_parent_once",
            ),
            models.UniqueConstraint(
                fields=["assumption", "role", "hypothetical"],
                condition=Q(hypothetical__isnull=False),
                name="assumed_hypothetical_parent_once",
            ),
            models.UniqueConstraint(
                fields=["assumption", "role", "kind"],
                condition=Q(kind__in=["wild", "unknown"]),
                name="assumed_parent_kind_once",
            ),
        ]

    def __str__(self) -> str:
        return called(self.animal, self.hypothetical) or self.get_kind_display()


def called(animal: Animal | None, hypothetical: Assumption | None) -> str:
    """Return what people call an animal of the book or a hypothetical one; empty for neither."""
    if hypothetical is not None:
        return f"{hypothetical.label} (hypothetical)"
    return str(animal) if animal is not None else ""
