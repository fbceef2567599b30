"""The papers of a transfer: the permits it needs, and the documents kept with it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from studbook.transfers.models.transfer import Transfer


class DocumentQuerySet(models.QuerySet["Document"]):
    def standing(self) -> "DocumentQuerySet":
        """Return the documents that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class Document(models.Model):
    """A file kept with a transfer, under a name of its own; only the parties, the owner and the coordinator read it."""

    class Kind(models.TextChoices):
        CITES = "cites", "CITES paper"
        HEALTH = "health", "health certificate"
        TRANSPORT = "transport", "transport paper"
        CONTRACT = "contract", "contract or loan agreement"
        ORIGIN = "origin", "certificate of origin"
        OTHER = "other", "other"

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.OTHER)
    file = models.FileField(upload_to="transfers/%Y", max_length=200)
    content_type = models.CharField(max_length=100)
    file_size = models.PositiveIntegerField("bytes")
    sha256 = models.CharField("digest of the file", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="documents"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents_withdrawn",
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField("why it was withdrawn", max_length=400, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["transfer", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="document_has_title"),
            models.CheckConstraint(
                condition=Q(kind__in=["cites", "health", "transport", "contract", "origin", "other"]),
                name="document_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_why="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why=""),
                name="document_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Permit(models.Model):
    """One permit of a transfer: needed, applied for, granted until a day, refused, or not needed after all."""

    class Kind(models.TextChoices):
        CITES_EXPORT = "cites export", "CITES export"
        CITES_IMPORT = "cites import", "CITES import"
        EU_CERTIFICATE = "eu annex a", "EU Annex A certificate"
        HEALTH = "health", "TRACES or health certificate"
        IMPORT = "import", "import licence"
        EXPORT = "export", "export licence"
        OTHER = "other", "other"

    class State(models.TextChoices):
        NEEDED = "needed", "needed"
        APPLIED = "applied", "applied for"
        GRANTED = "granted", "granted"
        REFUSED = "refused", "refused"
        NOT_NEEDED = "not needed", "not needed"

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="permits")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEEDED)
    number = models.CharField(max_length=60, blank=True)
    applied_on = models.DateField(null=True, blank=True)
    granted_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="permits"
    )
    note = models.CharField(max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["transfer", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "cites export",
                        "cites import",
                        "eu annex a",
                        "health",
                        "import",
                        "export",
                        "other",
                    ]
                ),
                name="permit_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["needed", "applied", "granted", "refused", "not needed"]),
                name="permit_state_known",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True)
                | Q(granted_on__isnull=True)
                | Q(expires_on__gte=F("granted_on")),
                name="permit_expires_after_grant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()

    def lack_on(self, day: date) -> str:
        """Say what keeps this permit from serving on a day, nothing where it serves."""
        if self.state == self.State.NOT_NEEDED:
            return ""
        if self.state != self.State.GRANTED:
            return f"{self} is {self.get_state_display()}"
        if self.expires_on and self.expires_on < day:
            return f"{self} expires on {self.expires_on}, before {day}"
        return ""
