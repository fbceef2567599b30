"""What the list of provisional entries sends, and what narrows it."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms

from studbook.animals.entry.pending import MODELS, Key
from studbook.animals.models import Event, Observation

NONE_CHOSEN = "No entry is chosen. Choose at least one."
KINDS = sorted({*Event.Kind.choices, *Observation.Kind.choices}, key=lambda each: str(each[1]))


class EntriesField(forms.Field):
    """Entries by kind of record, number and the version the person saw: `event-12-1`; several of them."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}

    def clean(self, value: Any) -> dict[Key, int]:
        found: dict[Key, int] = {}
        for words in value or ():
            match = re.fullmatch(rf"({'|'.join(MODELS)})-(\d{{1,18}})-(\d{{1,9}})", str(words), re.ASCII)
            if not match:
                raise forms.ValidationError("This list of entries cannot be read. Open the page anew.")
            found[(MODELS[match[1]]._meta.label_lower, int(match[2]))] = int(match[3])
        if not found:
            raise forms.ValidationError(NONE_CHOSEN)
        return found


class DecideForm(forms.Form):
    """The entries to decide on. `only` is the button of one row; without it all that were shown are meant."""

    entries = EntriesField(widget=forms.MultipleHiddenInput)

    @property
    def deed_data(self) -> dict[str, Any]:
        entries: Mapping[Key, int] = self.cleaned_data["entries"]
        data = {
            name: [pk for record, pk in entries if record == model._meta.label_lower]
            for name, model in (("events", Event), ("observations", Observation))
        }
        rest = {name: value for name, value in self.cleaned_data.items() if name != "entries"}
        return {**data, **rest, "versions": entries}


class RefuseForm(DecideForm):
    """What is enough as a reason is the action's to say."""

    reason = forms.CharField(max_length=2000, required=False)


class PendingFilterForm(forms.Form):
    """Narrows the list; a value it does not know narrows nothing and is told at its field."""

    institution = forms.TypedChoiceField(label="Held by", required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "every kind"), *KINDS])

    def __init__(self, *args: Any, holders: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].choices = [("", "anybody"), *holders]  # type: ignore[attr-defined]
