"""Which years the history shows, and which day it is asked about."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pedigree.history import HistoryRow
from studbook.core.dates import FIRST_DAY
from studbook.core.forms import DayField
from studbook.population.genetics.history import History

SPANS = (10, 25, 50)
FIRST_YEAR, LAST_YEAR = FIRST_DAY.year, 2200


class HistoryForm(forms.Form):
    """Every field is optional; one that cannot be read is said so, and no row is shown."""

    first = forms.IntegerField(label="From year", required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    last = forms.IntegerField(label="To year", required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR)
    on = DayField("On any day")

    def __init__(self, *args: Any, past: History, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.past = past

    def clean_on(self) -> Any:
        on, rows = self.cleaned_data["on"], self.past.rows
        if on and rows and not (self.past.first_day and self.past.first_day <= on <= rows[-1].on):
            raise ValidationError(
                f"The book tells of the days from {self.past.first_day} to {rows[-1].on}. Choose one of them."
            )
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and first > last:
            self.add_error("last", "The last year lies before the first. Swap the two.")
        return cleaned

    def spans(self) -> list[tuple[int, int]]:
        """Return spans shorter than the history, each with the year it begins with."""
        years = [row.on.year for row in self.past.rows]
        return [(span, years[-1] - span + 1) for span in SPANS if years and years[-1] - span >= years[0]]

    def narrowed(self) -> list[HistoryRow]:
        """Return the rows of the years asked for; none where the form cannot be read."""
        if not self.is_valid():
            return []
        first, last = self.cleaned_data["first"] or FIRST_YEAR, self.cleaned_data["last"] or LAST_YEAR
        return [row for row in self.past.rows if first <= row.on.year <= last]
