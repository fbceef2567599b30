"""What a veterinary team did to one animal, and what was found: the common part of every kind of procedure."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from studbook.animals.models import Animal, Observation
from studbook.core.dates import IntervalAccess
from studbook.core.fields import interval_in_order
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.programmes.models.record import Record, RecordQuerySet, one_of, struck_for_a_reason


class ProcedureQuerySet(RecordQuerySet["Procedure"]):
    def whole(self) -> "ProcedureQuerySet":
        """Return the procedures with all that a page of one shows; a fixed number of queries."""
        return self.select_related(
            "programme",
            "animal",
            "institution",
            "under__animal",
            "anaesthesia",
            "collection",
            "examination",
            "insemination__donor",
            "insemination__collection__animal",
            "gametes__sire",
            "gametes__dam",
            "weight",
        ).prefetch_related("anaesthesia__agents", "files")


class Procedure(Record):
    """One procedure on one animal. What is told of its kind alone stands in a row of that kind, under the same key."""

    class Kind(models.TextChoices):
        ANAESTHESIA = "anaesthesia", "anaesthesia"
        COLLECTION = "collection", "semen collection"
        EXAMINATION = "examination", "examination"
        INSEMINATION = "insemination", "insemination"
        GAMETES = "gametes", "oocyte or embryo work"
        WEIGHING = "weighing", "weighing"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="procedures")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    animal = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="procedures")
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="procedures")
    place = models.CharField("where there", max_length=120, blank=True)
    date_earliest = models.DateField(null=True, blank=True)
    date_latest = models.DateField(null=True, blank=True)
    date_text = models.CharField(max_length=80, blank=True)
    started = models.TimeField(null=True, blank=True)
    ended = models.TimeField(null=True, blank=True)
    team = models.CharField(max_length=400, blank=True)
    under = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="done_under",
        verbose_name="under the anaesthesia",
    )
    weight = models.OneToOneField(
        Observation, on_delete=models.PROTECT, null=True, blank=True, related_name="procedure"
    )

    date = IntervalAccess("date")
    objects = ProcedureQuerySet.as_manager()

    class Meta:
        ordering = ["-date_earliest", "-started", "-id"]
        indexes = [
            models.Index(fields=["programme", "kind", "date_earliest"], name="procedure_by_kind_and_day")
        ]
        constraints = [
            one_of(
                "kind",
                "anaesthesia",
                "collection",
                "examination",
                "insemination",
                "gametes",
                "weighing",
                name="procedure_kind_known",
            ),
            models.CheckConstraint(condition=Q(date_earliest__isnull=False), name="procedure_has_a_day"),
            models.CheckConstraint(
                condition=Q(under__isnull=True) | ~Q(under=F("id")), name="procedure_not_under_itself"
            ),
            models.CheckConstraint(
                condition=Q(kind="weighing") | Q(weight__isnull=True), name="procedure_weight_of_a_weighing"
            ),
            interval_in_order("date", name="procedure_date_in_order"),
            struck_for_a_reason("procedure_struck_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.animal} {self.date or ''}".strip()

    def get_absolute_url(self) -> str:
        """Return the procedure's page; reads self.programme, a query where it is not loaded."""
        return reverse("procedure", args=[self.programme.code, self.pk])


class ProcedureFile(models.Model):
    """A document or photo of a procedure, under a name of its own. Withdrawn, never deleted."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="files")
    title = models.CharField(max_length=160)
    file = models.FileField(upload_to="procedures/%Y", max_length=200)
    content_type = models.CharField(max_length=100)
    file_size = models.PositiveIntegerField("bytes")
    sha256 = models.CharField("digest of the file", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField("why it was withdrawn", max_length=400, blank=True)

    class Meta:
        ordering = ["procedure", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="procedure_file_has_title"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_why="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why=""),
                name="procedure_file_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title
