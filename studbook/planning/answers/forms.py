"""What a zoo's person sends: one answer, or the acceptance of all that is open; and what the coordinator sends out."""

from typing import Any

from django import forms

from studbook.core.forms import VersionedForm
from studbook.core.keys import key_of
from studbook.institutions.models import Institution
from studbook.planning.answers.asked import DIGITS, Asked
from studbook.planning.models import Answer
from studbook.programmes.access import LARGEST_KEY

LOST = "The answer came incomplete. Open the page anew and tap once more."
_LOST = dict.fromkeys(("required", "invalid", "min_value", "max_value", "max_length", "min_length"), LOST)
MOST_LINES = 1000


class AnswerForm(forms.Form):
    """One answer; what it needs beside the word is the action's to say."""

    row = forms.IntegerField(min_value=1, max_value=LARGEST_KEY, error_messages=_LOST)
    said = forms.CharField(min_length=DIGITS, max_length=DIGITS, error_messages=_LOST)
    word = forms.ChoiceField(
        choices=Answer.Word.choices, error_messages={"required": LOST, "invalid_choice": LOST}
    )
    reason = forms.ChoiceField(choices=[("", ""), *Answer.Reason.choices], required=False)
    note = forms.CharField(max_length=2000, required=False)


class _Lines(forms.Field):
    widget = forms.MultipleHiddenInput

    def to_python(self, value: list[str] | None) -> dict[int, str]:
        lines: dict[int, str] = {}
        for each in (value or [])[:MOST_LINES]:
            words, _, said = each.partition(":")
            row = key_of(words)
            if row is None or len(said) != DIGITS:
                raise forms.ValidationError(LOST)
            lines[row] = said
        return lines


class AcceptAllForm(forms.Form):
    """The lines that a person read, each as `row:said`; which of them there are is the action's to say."""

    line = _Lines(error_messages={"required": "Nothing is open any more."})

    @property
    def deed_data(self) -> dict[str, Any]:
        return {"lines": self.cleaned_data["line"]}


class SendForm(VersionedForm):
    """To whom links are sent: to all institutions, to those that the last change concerns, or to one; for the plan as seen."""

    reminder = forms.BooleanField(required=False)
    change = forms.BooleanField(required=False)
    institution = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, asked: tuple[Asked, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places: dict[int, Institution] = {each.institution.pk: each.institution for each in asked}
        choice: Any = self.fields["institution"]
        choice.choices = [("", ""), *((key, str(place)) for key, place in self._places.items())]

    @property
    def deed_data(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "opened_version": data["opened_version"],
            "reminder": data["reminder"],
            "change": data["change"],
            "only": self._places.get(data["institution"]),
        }
