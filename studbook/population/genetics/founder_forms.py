"""By which convention the founders are told, and in which order."""

from collections.abc import Callable
from typing import Any

from django import forms

from studbook.population.genetics.founders import FounderRow

CONVENTIONS = {"": "count as founders", "known": "are left out: known genes only"}
COLUMNS: dict[str, Callable[[FounderRow], Any]] = {
    "contribution": lambda row: row.contribution,
    "descendants": lambda row: row.descendants,
    "representation": lambda row: row.representation,
    "target": lambda row: row.target,
    "difference": lambda row: row.difference,
    "retention": lambda row: row.retention,
    "lost": lambda row: row.lost,
    "founder": lambda row: (row.animal.number_order if row.animal else 0, row.label),
}
DEFAULT = "-contribution"


class FounderForm(forms.Form):
    """Every field is optional; one that cannot be read is said so, and the default is shown."""

    unknown = forms.ChoiceField(label="Unknown parents", required=False, choices=list(CONVENTIONS.items()))
    order = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
        choices=[(sign + name, name) for name in COLUMNS for sign in ("", "-")],
    )

    @property
    def known_only(self) -> bool:
        return self.is_valid() and self.cleaned_data["unknown"] == "known"

    @property
    def sorting(self) -> str:
        return str(self.cleaned_data["order"] or DEFAULT) if self.is_valid() else DEFAULT

    def sorted(self, rows: list[FounderRow]) -> list[FounderRow]:
        """Return the founders in the order asked for; ties by number, no answer last."""
        column = COLUMNS[self.sorting.lstrip("-")]
        told = sorted((row for row in rows if column(row) is not None), key=COLUMNS["founder"])
        told.sort(key=column, reverse=self.sorting.startswith("-"))
        return told + [row for row in rows if column(row) is None]
