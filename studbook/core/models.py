"""The trail: who changed what, when, why, with the record before and after. Nothing changes or removes it."""

from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """One deed: a verb done by a person in a programme, for a reason."""

    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, null=True, blank=True, related_name="audit_entries"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="deeds"
    )
    actor_name = models.CharField(max_length=160)
    verb = models.CharField(max_length=60)
    reason = models.TextField(blank=True)
    acknowledged = models.CharField("warnings saved all the same", max_length=120, blank=True, default="")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.verb}"


class AuditChange(models.Model):
    """One record touched by a deed. Before is null for a new record, after for one removed."""

    entry = models.ForeignKey(AuditEntry, on_delete=models.PROTECT, related_name="changes")
    record = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    animal = models.BigIntegerField("the animal the record belongs to", null=True, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["entry", "id"]
        indexes = [
            models.Index(fields=["record", "record_id"], name="audit_change_by_record"),
            models.Index(fields=["animal"], name="audit_change_by_animal"),
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.record_id}"


class SentOnce(models.Model):
    """What a person sent with a key of its own, and the answer: sent again, it gets the answer and does nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sent")
    key = models.CharField(max_length=80)
    body = models.CharField("digest of what was sent", max_length=64)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    headers = models.JSONField(default=dict, blank=True)
    content = models.BinaryField(blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "sent once"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="sent_once")]

    def __str__(self) -> str:
        return f"{self.user} {self.key}"
