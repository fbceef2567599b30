"""The forms of a lineage; what is enough as a name or a reason is the action's to say."""

from collections.abc import Sequence
from typing import Any

from django import forms

from studbook.animals.models import Animal
from studbook.core.forms import VersionedForm

PER_CENT = 100


class FounderGroupForm(forms.Form):
    """Some founders of the book that are animals of it, and a cap on their share."""

    founders = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "%(value)s is no founder of this book. Choose among those offered."
        },
    )
    cap = forms.FloatField(
        label="Cap (% of an animal’s genes)",
        required=False,
        min_value=0,
        max_value=100,
        help_text="Animals above it should not breed. Empty: the share is watched and nothing is capped.",
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )

    def __init__(self, *args: Any, offered: Sequence[Animal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {animal.studbook_number: animal for animal in offered}
        field = self.fields["founders"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(number, str(animal)) for number, animal in self.offered.items()]

    def clean_founders(self) -> list[Animal]:
        # An address or a page made by hand may name one twice.
        return [self.offered[number] for number in dict.fromkeys(self.cleaned_data["founders"])]

    def clean_cap(self) -> float | None:
        cap = self.cleaned_data["cap"]
        return None if cap is None else cap / PER_CENT


class TrialForm(FounderGroupForm):
    """Founders whose share is looked at without watching it; from an address, so that it can be passed on."""

    def clean_founders(self) -> list[Animal]:
        founders = super().clean_founders()
        if not founders:
            raise forms.ValidationError("Choose at least one founder.")
        return founders


class LineageForm(FounderGroupForm):
    """A lineage to be watched."""

    field_order = ("name", "founders", "cap", "reason")
    name = forms.CharField(max_length=80, required=False, help_text="As people call it: Founder 2.")
    reason = forms.CharField(
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Why this share matters. Shown with the lineage and kept in its trail.",
    )


class LineageEditForm(LineageForm, VersionedForm):
    pass
