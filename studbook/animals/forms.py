"""The form above the list of animals."""

from typing import Any

from django import forms

RANGES = (
    ("age_from", "age_to"),
    ("birth_year_from", "birth_year_to"),
    ("born_after", "born_before"),
    ("died_after", "died_before"),
)
OFTEN_USED = ("q", "sex", "status", "institution", "link")


class AnimalFilterForm(forms.Form):
    """Narrows the list. Ranges that hold nothing are refused with a sentence."""

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        for first, last in RANGES:
            low, high = values.get(first), values.get(last)
            if low is not None and high is not None and low > high:
                self.add_error(last, f"The end {high} comes before the start {low}. Swap the two.")
        return values

    def often_used(self) -> list[forms.BoundField]:
        return [self[name] for name in OFTEN_USED]

    def seldom_used(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in OFTEN_USED]

    def seldom_used_open(self) -> bool:
        """Tell whether one of the folded fields narrows the list, and so must be seen."""
        return any(self.data.get(field.html_name) for field in self.seldom_used())
