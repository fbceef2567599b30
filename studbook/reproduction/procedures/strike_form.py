"""The form that strikes a procedure out; where it took units of a sample it asks what became of them."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator

from studbook.reproduction.forms import StrikeForm
from studbook.reproduction.models import Sample

STAY, BACK, SOME = "stay", "back", "some"


class StrikeProcedureForm(StrikeForm):
    FIRST = ("reason", "fate", "put_back")

    fate = forms.ChoiceField(widget=forms.RadioSelect)
    put_back = forms.IntegerField(label="How many are back, if some are", min_value=1, required=False)

    def __init__(self, *args: Any, used: list[tuple[Sample, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = sum(taken for _, taken in used)
        self.took = " and ".join(f"{sample.counted(taken)} of {sample.label}" for sample, taken in used)
        if not used:
            del self.fields["fate"]
        if self.most < 2:
            del self.fields["put_back"]
        if used:
            self._ask()

    def _ask(self) -> None:
        fate, one = self.fields["fate"], self.most == 1
        fate.label = f"The {self.took}"
        choices = [
            (STAY, "stays used" if one else "stay used"),
            (BACK, f"{'is' if one else 'are'} back in the tank"),
        ]
        if not one:
            choices.append((SOME, "are back in part"))
            field = self.fields["put_back"]
            field.validators.append(MaxValueValidator(self.most))
            field.widget.attrs["max"] = self.most
        fate.choices = choices  # type: ignore[attr-defined]
        fate.help_text = "What was thawed stays used. What is back becomes a counted line of the ledger."
        fate.error_messages["required"] = f"Say what became of the {self.took}."

    def clean(self) -> dict[str, Any]:
        """Ask how many are back where it is said that some are."""
        data = super().clean()
        if data.get("fate") == SOME and not data.get("put_back") and "put_back" not in self.errors:
            self.add_error("put_back", "Say how many are back in the tank.")
        return data

    @property
    def deed_data(self) -> dict[str, Any]:
        data = super().deed_data
        data.pop("fate", None)
        return data | {"put_back": self._back()}

    def fate_in_words(self) -> str:
        """Say what became of the units, as it was answered; nothing where the procedure took none."""
        back = self._back()
        if not self.most:
            return ""
        if not back:
            return f"The {self.took} {'stays' if self.most == 1 else 'stay'} used."
        which = f"The {self.took}" if back == self.most else f"{back} of the {self.took}"
        return f"{which} {'is' if back == 1 else 'are'} back in the tank."

    def _back(self) -> int:
        data = self.cleaned_data
        told = {BACK: self.most, SOME: data.get("put_back") or 0}
        return told.get(data.get("fate", STAY), 0)
