"""A move of animals from one holder to another, from its proposal to its end."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from studbook.animals.models import Animal, Event
from studbook.core.dates import IntervalAccess
from studbook.core.fields import interval_in_order
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.transfers.machine import CHOICES, COURSE, ENDS, EXITS, OPEN, State


class TransferQuerySet(models.QuerySet["Transfer"]):
    def open(self) -> "TransferQuerySet":
        """Return the transfers that have not ended."""
        return self.filter(state__in=OPEN)

    def overdue(self, on: date) -> "TransferQuerySet":
        """Return the open transfers whose next step should have been taken before a day."""
        return self.open().filter(due_on__lt=on)

    def lapsing(self, on: date) -> "TransferQuerySet":
        """Return the transfers not sent by the day they had to be done by."""
        return self.filter(state__in=COURSE[: COURSE.index(State.SENT)], lapses_on__lt=on)

    def with_parts(self) -> "TransferQuerySet":
        """Fetch what a page of transfers names; three queries."""
        return self.select_related("programme", "sender", "receiver").prefetch_related(
            "lines__animal", "steps__institution"
        )


class Transfer(models.Model):
    """One move of one or more animals between two holders. `due_on` is when its next step should be taken."""

    class Young(models.TextChoices):
        """Whose the young of the animals will be."""

        NOT_STATED = "", "not stated"
        SENDER = "sender", "all to the sender"
        RECEIVER = "receiver", "all to the receiver"
        ODD_EVEN = "alternate", "litters alternate, the first to the sender"
        SHARED = "shared", "shared equally"
        NOTE = "note", "as the note says"

    class ExitReason(models.TextChoices):
        ANIMAL = "animal", "the animal: ill, too old, not fit to travel"
        BEHAVIOUR = "behaviour", "behaviour of the pair or the group"
        SPACE = "space", "no space any more"
        PAPERS = "papers", "papers or permits failed"
        LOGISTICS = "logistics", "transport could not be arranged"
        MANAGEMENT = "management", "the zoo changed its plans"
        TERMS = "terms", "no agreement on the terms"
        INTERIM = "interim", "another recommendation came in between"
        TIME = "time", "not done in time"
        OTHER = "other", "another reason"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="transfers")
    sender = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="transfers_out")
    receiver = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="transfers_in")
    state = models.CharField(max_length=10, choices=CHOICES, default=State.PROPOSED)
    state_since = models.DateTimeField()
    terms = models.CharField(max_length=12, choices=Event.Terms.choices, blank=True)
    young = models.CharField(
        "ownership of the young", max_length=10, choices=Young.choices, blank=True, default=Young.NOT_STATED
    )
    young_note = models.CharField("note on the young", max_length=400, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    note = models.TextField(blank=True)
    due_on = models.DateField("next step due on", null=True, blank=True)
    lapses_on = models.DateField("to be done by", null=True, blank=True)
    planned_on = models.DateField("day of travel", null=True, blank=True)
    crate = models.CharField(max_length=160, blank=True)
    vehicle = models.CharField(max_length=160, blank=True)
    escort = models.CharField(max_length=160, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    arrival_earliest = models.DateField(null=True, blank=True)
    arrival_latest = models.DateField(null=True, blank=True)
    arrival_text = models.CharField(max_length=80, blank=True)
    condition = models.CharField("condition on arrival", max_length=400, blank=True)
    exit_reason = models.CharField(max_length=12, choices=ExitReason.choices, blank=True)
    exit_note = models.TextField(blank=True)
    counterpart = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="counterpart_of",
        verbose_name="in exchange for",
    )
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    version = models.PositiveIntegerField(default=1)

    arrival = IntervalAccess("arrival")
    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["programme", "state", "due_on"], name="transfer_by_state_and_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in State]), name="transfer_state_known"
            ),
            models.CheckConstraint(
                condition=Q(terms__in=["", "donation", "exchange", "purchase", "loan", "loan return"]),
                name="transfer_terms_known",
            ),
            models.CheckConstraint(
                condition=Q(young__in=["", "sender", "receiver", "alternate", "shared", "note"]),
                name="transfer_young_known",
            ),
            models.CheckConstraint(condition=~Q(sender=F("receiver")), name="transfer_between_two"),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in ENDS]) | Q(due_on__isnull=False),
                name="transfer_due_while_open",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["arrived", "closed"]) | Q(arrival_latest__isnull=False),
                name="transfer_arrived_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | Q(state="replaced"), name="transfer_replaced_by_one"
            ),
            models.CheckConstraint(
                condition=Q(
                    exit_reason__in=[
                        "",
                        *[
                            "animal",
                            "behaviour",
                            "space",
                            "papers",
                            "logistics",
                            "management",
                            "terms",
                            "interim",
                            "time",
                            "other",
                        ],
                    ]
                ),
                name="transfer_exit_reason_known",
            ),
            interval_in_order("arrival", name="transfer_arrival_in_order"),
        ]

    def __str__(self) -> str:
        return f"transfer {self.pk}"

    def get_absolute_url(self) -> str:
        """Return the transfer's page; reads self.programme, a query where it is not loaded."""
        return reverse("transfer", args=[self.programme.code, self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_exit(self) -> bool:
        return self.state in EXITS

    def is_overdue(self, on: date) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < on


class TransferAnimal(models.Model):
    """An animal of a transfer. `open` while it has still to arrive: one open transfer for each animal (C8)."""

    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, related_name="lines")
    animal = models.ForeignKey(Animal, on_delete=models.PROTECT, related_name="transfer_lines")
    open = models.BooleanField("still to arrive", default=True)
    local_id = models.CharField("local id at the receiver", max_length=30, blank=True)
    left_out = models.CharField("why it does not travel", max_length=160, blank=True)
    # Where its event is taken out of the book, `follow_arrivals` lets go of it within the deed, and the trail has it.
    event = models.OneToOneField(
        Event, on_delete=models.DO_NOTHING, null=True, blank=True, related_name="transfer_line"
    )

    class Meta:
        ordering = ["transfer", "animal__number_order", "animal__studbook_number"]
        verbose_name = "animal of a transfer"
        constraints = [
            models.UniqueConstraint(fields=["transfer", "animal"], name="transfer_animal_once"),
            models.UniqueConstraint(
                fields=["animal"], condition=Q(open=True), name="transfer_one_open_per_animal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.animal} in transfer {self.transfer_id}"
