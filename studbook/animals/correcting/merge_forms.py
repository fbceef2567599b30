"""The form of a merge: for each fact on which two records differ, whose value stays."""

from collections.abc import Iterable
from typing import Any

from django import forms

from studbook.animals.correcting.comparing import Fact
from studbook.animals.correcting.facts import KEPT, OTHER
from studbook.animals.correcting.forms import CorrectionForm, ReasonedForm
from studbook.animals.correcting.merging import BOTH, NOTE
from studbook.core.forms import VERSION_LOST

PREFIX = "take_"
NOT_KNOWN = ("", "unknown", "not known")


class MergeForm(CorrectionForm):
    other_version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), VERSION_LOST),
    )

    def __init__(self, *args: Any, differing: Iterable[Fact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differing = tuple(differing)
        for fact in self.differing:
            choices = [(KEPT, fact.kept or "nothing"), (OTHER, fact.other or "nothing")]
            choices += [(BOTH, "both, one after the other")] if fact.name == NOTE else []
            self.fields[PREFIX + fact.name] = forms.ChoiceField(
                label=fact.label,
                choices=choices,
                widget=forms.RadioSelect,
                initial=_likely(fact),
                required=False,
            )

    @property
    def deed_data(self) -> dict[str, Any]:
        data = super().deed_data
        names = [PREFIX + fact.name for fact in self.differing]
        data["choices"] = {name.removeprefix(PREFIX): data.pop(name) or KEPT for name in names}
        return data

    def choice_fields(self) -> list[forms.BoundField]:
        return [self[PREFIX + fact.name] for fact in self.differing]


def _likely(fact: Fact) -> str:
    """Return whose value probably stays: what only one of the two knows is taken from it, and both of two notes."""
    if fact.kept in NOT_KNOWN:
        return OTHER
    return BOTH if fact.name == NOTE and fact.other else KEPT


class NotSameForm(ReasonedForm):
    """Two records, by their studbook numbers, that are two animals."""

    one = forms.CharField(max_length=20, widget=forms.HiddenInput)
    other = forms.CharField(max_length=20, widget=forms.HiddenInput)
