"""What was done in a transfer, when, by whom and for whom."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from studbook.institutions.models import Institution
from studbook.transfers.machine import CHOICES
from studbook.transfers.models.transfer import Transfer

DONE_WORDS = {
    "propose": "proposed",
    "replace": "replaced by another transfer",
    "died": "an animal died or left",
    "living": "an animal is living again; the transfer stays ended",
    "record": "recorded afterwards",
    "unwritten": "arrival taken out of the book",
    "rewritten": "arrival in the book again",
    "corrected": "arrival corrected in the book",
    "permit": "permit entered",
    "document": "document kept",
    "undocument": "document withdrawn",
    "comment": "comment",
    "agree": "agreed",
    "terms": "terms confirmed",
    "permits": "permits declared ready",
    "schedule": "day of travel set",
    "send": "animals sent",
    "arrive": "arrival confirmed",
    "close": "closed",
    "refuse": "refused",
    "withdraw": "withdrawn",
    "lapse": "lapsed",
}


class TransferStep(models.Model):
    """One step. A step that all sides must take `stands` for its institution until other terms are stated."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=12)
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="transfer_steps"
    )
    state = models.CharField("state after it", max_length=10, choices=CHOICES)
    stands = models.BooleanField(default=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="transfer_steps",
    )
    by_coordinator = models.BooleanField("the coordinator for that institution", default=False)
    at = models.DateTimeField(auto_now_add=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["transfer", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["transfer", "step", "institution"],
                condition=Q(stands=True, step__in=["agree", "terms"]),
                name="transfer_step_once_for_each",
            )
        ]

    def __str__(self) -> str:
        return f"{self.step} in transfer {self.transfer_id}"

    @property
    def label(self) -> str:
        """What was done, in words."""
        return DONE_WORDS[self.step]
