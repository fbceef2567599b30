"""How the list of transfers is narrowed, for the page and its files."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from studbook.institutions.models import Institution
from studbook.institutions.queries import institutions_of
from studbook.programmes.models import Programme
from studbook.transfers.machine import CHOICES, ENDS, OPEN
from studbook.transfers.models import Transfer

OPEN_ONES, ENDED = "open", "ended"


class TransferFilterForm(forms.Form):
    animal = forms.CharField(label="Animal’s number", max_length=20, required=False)
    state = forms.ChoiceField(
        choices=[("", "any state"), (OPEN_ONES, "all open"), (ENDED, "all ended"), *CHOICES], required=False
    )
    institution = forms.ModelChoiceField(
        queryset=Institution.objects.none(), required=False, empty_label="any institution"
    )
    overdue = forms.ChoiceField(
        label="Next step", choices=[("", "due or overdue"), ("yes", "overdue only")], required=False
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions_of(programme).order_by("name")  # type: ignore[attr-defined]

    def narrowed(self, transfers: QuerySet[Transfer]) -> QuerySet[Transfer]:
        """Return the transfers that fit; none where the filter cannot be read."""
        if not self.is_valid():
            return transfers.none()
        wanted = self.cleaned_data
        if number := wanted["animal"]:
            transfers = transfers.filter(lines__animal__studbook_number__iexact=number)
        if state := wanted["state"]:
            transfers = transfers.filter(state__in={OPEN_ONES: OPEN, ENDED: ENDS}.get(state, [state]))
        if place := wanted["institution"]:
            transfers = transfers.filter(Q(sender=place) | Q(receiver=place))
        if wanted["overdue"]:
            transfers = transfers.filter(due_on__lt=timezone.localdate(), state__in=OPEN)
        return transfers
