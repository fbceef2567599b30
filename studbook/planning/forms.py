from collections.abc import Sequence
from typing import Any

from django import forms

from studbook.core.findings import Finding
from studbook.core.forms import DeedForm
from studbook.planning.models import Recommendation
from studbook.planning.stays import NOWHERE
from studbook.planning.wording import (
    ABOVE_CAP,
    CAPS_HELP,
    IF_POSSIBLE_HELP,
    NOTES_HELP,
    ONLY_IF_POSSIBLE,
    PRIORITIES,
)


class ReasonForm(forms.Form):
    """The reason of a deed; which reasons are enough is the action's to say."""

    reason = forms.CharField(
        max_length=2000, strip=True, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )


class WithdrawForm(DeedForm, ReasonForm):
    pass


class CapsReasonForm(forms.Form):
    """Why a pair breeds though one of the two is above the cap of a lineage; when it must be said is the action's to say."""

    caps_reason = forms.CharField(
        label=ABOVE_CAP,
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=CAPS_HELP,
    )


class RecommendForm(CapsReasonForm, ReasonForm):
    """A pair to breed: how, how urgent, and which of the two moves where they live apart and a plan is open."""

    method = forms.ChoiceField(choices=Recommendation.Method.choices, required=False)
    moves = forms.ChoiceField(label="Who moves", required=False)
    litters = forms.IntegerField(min_value=1, max_value=20, required=False, initial=1)
    priority = forms.TypedChoiceField(
        choices=PRIORITIES, coerce=int, empty_value=None, required=False, initial=2
    )
    if_possible = forms.BooleanField(label=ONLY_IF_POSSIBLE, required=False, help_text=IF_POSSIBLE_HELP)
    notes = forms.CharField(
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=NOTES_HELP,
    )
    acknowledged = forms.BooleanField(label="I have read this; try them all the same.", required=False)

    def __init__(
        self,
        *args: Any,
        moves: list[tuple[str, str]] | None = None,
        bars: Sequence[Finding] = (),
        above_caps: Sequence[str] = (),
        dead_sire: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.bars = bars
        self.above_caps = tuple(above_caps)
        if dead_sire:
            self.fields["method"].initial = Recommendation.Method.BANKED
        self.fields["moves"].choices = moves or [("", "nobody")]  # type: ignore[attr-defined]
        if not moves:
            self.fields["moves"].widget = forms.HiddenInput()

    @property
    def said(self) -> dict[str, Any]:
        """What the action is given beside the reason."""
        found = self.cleaned_data
        return {
            "method": found["method"] or Recommendation.Method.NATURAL,
            "moves": found["moves"],
            "litters": found["litters"] or 1,
            "priority": found["priority"] or 2,
            "if_possible": found["if_possible"],
            "notes": found["notes"],
            "acknowledged": [each.code for each in self.bars] if found["acknowledged"] else (),
            "caps_reason": found["caps_reason"],
        }


def moves_between(
    sire: object, dam: object, sire_place: object | None, dam_place: object | None
) -> list[tuple[str, str]]:
    """Return who may move to whom; nobody where the two live at one place."""
    if sire_place == dam_place and sire_place is not None:
        return []
    choices = [("", "nobody, or not said yet")]
    choices += [("sire", f"{sire} to {dam_place}")] if dam_place else []
    choices += [("dam", f"{dam} to {sire_place}")] if sire_place else []
    return choices if len(choices) > 1 else [("", f"nobody: {NOWHERE}")]
