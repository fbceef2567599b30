"""An optimal plan: a question to the solver under a name, with the limits that its answer must keep."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from studbook.population.models import SetBeside, SetBesideQuerySet
from studbook.programmes.models import Programme


class OptimalPlanQuerySet(SetBesideQuerySet["OptimalPlan"]):
    pass


class OptimalPlan(SetBeside):
    """What is wanted and within which limits: `question` holds the fields of `optimal.question.Question`, checked by its form.

    `revision` is that of the book when it was asked last; its answers are jobs. Archived, never deleted.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="optimal_plans")
    name = models.CharField(max_length=80)
    question = models.JSONField()
    revision = models.PositiveIntegerField("revision of the studbook")

    objects = OptimalPlanQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="optimal_plan_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="optimal_plan_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the page of the optimal plan; reads self.programme, a query where it is not loaded."""
        return reverse("optimal_plan", args=[self.programme.code, self.pk])
