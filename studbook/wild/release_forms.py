"""The form of a release."""

import re

from django import forms

from studbook.core.forms import DateIntervalField, EntryForm


class ReleaseForm(EntryForm):
    """Who is let go, and when; what the rules say against it is read before it is saved."""

    FIRST = ("animals", "on", "note")

    animals = forms.CharField(
        label="Animals",
        max_length=2000,
        required=False,
        help_text="Studbook numbers, with blanks or commas between them.",
        widget=forms.TextInput(attrs={"autocapitalize": "characters"}),
    )
    on = DateIntervalField(
        label="When", help_text="2026-05-03, May 2026.", error_messages={"required": "Say when."}
    )
    note = forms.CharField(
        label="Note", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_animals(self) -> list[str]:
        return [number for number in re.split(r"[\s,;]+", self.cleaned_data["animals"]) if number]
