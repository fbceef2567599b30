"""How the journal is narrowed: one form for the page and its files."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from studbook.accounts.models import User
from studbook.animals.journal.queries import RECORDS, written_by
from studbook.animals.models import Event, Observation
from studbook.core.forms import DayField
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme

KINDS = [
    ("", "everything"),
    ("Events", Event.Kind.choices),
    ("Observations", Observation.Kind.choices),
]
PROVISIONAL = [("", "all entries"), ("yes", "waiting to be confirmed"), ("no", "confirmed")]


class JournalForm(forms.Form):
    """Narrows the events and observations of a programme."""

    animal = forms.CharField(label="Animal’s number", max_length=20, required=False)
    kind = forms.ChoiceField(label="What", choices=KINDS, required=False)
    institution = forms.ModelChoiceField(
        label="Place", queryset=Institution.objects.none(), required=False, empty_label="any place"
    )
    after = DayField("From")
    before = DayField("To")
    provisional = forms.ChoiceField(label="Entries", choices=PROVISIONAL, required=False)
    logged_by = forms.ModelChoiceField(
        label="Logged by", queryset=User.objects.none(), required=False, empty_label="anybody"
    )

    def __init__(self, data: Any, programme: Programme) -> None:
        super().__init__(data, auto_id="journal_%s")
        places = Institution.objects.filter(participations__programme=programme)
        people = User.objects.filter(deeds__programme=programme).order_by("username").distinct()
        self.fields["institution"].queryset = places  # type: ignore[attr-defined]
        self.fields["logged_by"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        first, last = values.get("after"), values.get("before")
        if first and last and first > last:
            self.add_error("before", f"The end {last} comes before the start {first}. Swap the two.")
        return values

    def narrowed(self, found: dict[str, QuerySet[Any]]) -> dict[str, QuerySet[Any]]:
        """Return of each table the entries asked for."""
        return {model: self._narrowed(model, entries) for model, entries in found.items()}

    def _narrowed(self, model: str, entries: QuerySet[Any]) -> QuerySet[Any]:
        asked = self.cleaned_data
        wanted = {
            "animal__studbook_number__iexact": asked["animal"],
            "kind": asked["kind"],
            "institution": asked["institution"],
            "date_latest__gte": asked["after"],
            "date_earliest__lte": asked["before"],
            "provisional": {"yes": True, "no": False}.get(asked["provisional"]),
        }
        entries = entries.filter(**{name: value for name, value in wanted.items() if value not in (None, "")})
        return self._logged(model, entries)

    def _logged(self, model: str, entries: QuerySet[Any]) -> QuerySet[Any]:
        person = self.cleaned_data["logged_by"]
        record = next(name for name, of in RECORDS.items() if of == model)
        return entries.filter(pk__in=written_by(record, person.pk)) if person else entries
