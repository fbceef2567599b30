"""How the list of pairs is narrowed, for the page and its files."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from studbook.institutions.models import Institution
from studbook.institutions.queries import institutions_of
from studbook.programmes.models import Programme
from studbook.reproduction.models import Pairing

OPEN, OVER, STRUCK = "open", "over", "struck"
STATES = [("", "open or over"), (OPEN, "open"), (OVER, "over"), (STRUCK, "struck out")]


class PairingFilterForm(forms.Form):
    animal = forms.CharField(label="Animal’s number", max_length=20, required=False)
    state = forms.ChoiceField(label="Pair", choices=STATES, required=False)
    institution = forms.ModelChoiceField(
        queryset=Institution.objects.none(), required=False, empty_label="any institution"
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions_of(programme).order_by("name")  # type: ignore[attr-defined]

    def narrowed(self, pairings: QuerySet[Pairing]) -> QuerySet[Pairing]:
        """Return the pairs that fit; none where the filter cannot be read."""
        if not self.is_valid():
            return pairings.none()
        wanted = self.cleaned_data
        if number := wanted["animal"]:
            pairings = pairings.filter(
                Q(sire__studbook_number__iexact=number) | Q(dam__studbook_number__iexact=number)
            )
        if place := wanted["institution"]:
            pairings = pairings.filter(institution=place)
        pairings = pairings.filter(struck_at__isnull=wanted["state"] != STRUCK)
        if wanted["state"] in (OPEN, OVER):
            pairings = pairings.filter(separated_earliest__isnull=wanted["state"] == OPEN)
        return pairings
