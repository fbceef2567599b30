"""How the list of pregnancies is narrowed, for the page and its files."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q

from studbook.institutions.models import Institution
from studbook.institutions.queries import institutions_of
from studbook.programmes.models import Programme
from studbook.reproduction.models import Pregnancy
from studbook.reproduction.models.pregnancy import PregnancyQuerySet
from studbook.reproduction.pregnancies.queries import SOON_DAYS

OPEN, SOON, OVERDUE, STRUCK = "open", "soon", "overdue", "struck"
STATES = [
    ("", "any that stands"),
    (OPEN, "outcome not known"),
    (SOON, f"expected within {SOON_DAYS} days"),
    (OVERDUE, "outcome overdue"),
    *((value, label) for value, label in Pregnancy.Outcome.choices if value),
    (STRUCK, "struck out"),
]


class PregnancyFilterForm(forms.Form):
    animal = forms.CharField(label="Animal’s number", max_length=20, required=False)
    state = forms.ChoiceField(label="State", choices=STATES, required=False)
    method = forms.ChoiceField(choices=[("", "any method"), *Pregnancy.Method.choices], required=False)
    institution = forms.ModelChoiceField(
        queryset=Institution.objects.none(), required=False, empty_label="any institution"
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme = programme
        self.fields["institution"].queryset = institutions_of(programme).order_by("name")  # type: ignore[attr-defined]

    def narrowed(self, pregnancies: PregnancyQuerySet, on: date) -> PregnancyQuerySet:
        """Return the pregnancies that fit on a day; none where the filter cannot be read."""
        if not self.is_valid():
            return pregnancies.none()
        wanted = self.cleaned_data
        if number := wanted["animal"]:
            about = Q()
            for role in ("dam", "sire", "gene_dam"):
                about |= Q(**{f"{role}__studbook_number__iexact": number})
            pregnancies = pregnancies.filter(about)
        if method := wanted["method"]:
            pregnancies = pregnancies.filter(method=method)
        if place := wanted["institution"]:
            pregnancies = pregnancies.filter(institution=place)
        return self._in_state(pregnancies, wanted["state"], on)

    def _in_state(self, pregnancies: PregnancyQuerySet, state: str, on: date) -> PregnancyQuerySet:
        if state == STRUCK:
            return pregnancies.exclude(struck_at=None)
        standing = pregnancies.standing()
        if state == OVERDUE:
            return standing.overdue(self.programme, on)
        if state == SOON:
            return standing.expected(self.programme, on=on, until=on + timedelta(days=SOON_DAYS))
        if state:
            return standing.filter(outcome="" if state == OPEN else state)
        return standing
