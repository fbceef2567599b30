"""What somebody tells of a recommendation, and by what the list of outcomes is narrowed."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from studbook.core.forms import DayField
from studbook.institutions.models import Institution
from studbook.planning.models import Outcome, Plan
from studbook.planning.outcomes.kinds import OPEN, Kind, Reading

INCOMPLETE = "What was told came incomplete. Open the page anew and tap once more."
KINDS = [(each.value, each.label) for each in Kind]
NOT_TOLD, STILL_OPEN, COUNTED = "not told", "open", "counted"


class OutcomeForm(forms.Form):
    """One thing told; what it needs beside the state is the action's to say."""

    state = forms.ChoiceField(
        choices=Outcome.State.choices,
        error_messages={"required": INCOMPLETE, "invalid_choice": INCOMPLETE},
    )
    attempt = forms.ChoiceField(choices=[("", ""), *Outcome.Attempt.choices], required=False)
    reason = forms.ChoiceField(choices=[("", ""), *Outcome.Reason.choices], required=False)
    note = forms.CharField(max_length=2000, required=False)
    on = DayField("On")


class OutcomeFilterForm(forms.Form):
    """Narrows the list of outcomes by plan, kind, zoo, what came of them and why not."""

    plan = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(required=False, choices=[("", "every kind"), *KINDS])
    institution = forms.ChoiceField(required=False)
    state = forms.ChoiceField(
        required=False,
        choices=[
            ("", "whatever came"),
            *Outcome.State.choices,
            (STILL_OPEN, "open"),
            (COUNTED, "all that had their chance"),
        ],
    )
    reason = forms.ChoiceField(
        required=False, choices=[("", "any reason"), *Outcome.Reason.choices, (NOT_TOLD, "no reason told")]
    )
    tried = forms.ChoiceField(
        required=False, label="Tried", choices=[("", "tried or not"), ("yes", "tried, not fulfilled")]
    )

    def __init__(self, asked: QueryDict, *, plans: Sequence[Plan], places: Iterable[Institution]) -> None:
        super().__init__(asked)
        fields: dict[str, Any] = self.fields
        fields["plan"].choices = [
            ("", "every plan"),
            ("closed", "closed plans"),
            *((str(each.pk), str(each)) for each in plans),
        ]
        fields["institution"].choices = [
            ("", "every institution"),
            *((str(each.pk), str(each)) for each in places),
        ]

    def chosen(self, readings: Iterable[Reading]) -> list[Reading]:
        """Return the readings that fit; none where the filter cannot be read."""
        return [each for each in readings if self._fits(each)] if self.is_valid() else []

    def _fits(self, reading: Reading) -> bool:
        asked = self.cleaned_data
        plan = asked["plan"]
        return (
            (plan != "closed" or reading.plan.closed_on is not None)
            and plan in ("", "closed", str(reading.plan.pk))
            and asked["kind"] in ("", reading.kind)
            and asked["institution"] in ("", *(str(place.pk) for place in reading.places))
            and self._fits_state(reading)
            and self._fits_reason(reading)
            and (not asked["tried"] or (reading.was_attempted and not reading.is_replaced))
        )

    def _fits_state(self, reading: Reading) -> bool:
        wanted = self.cleaned_data["state"]
        if wanted == COUNTED:
            return bool(reading.state) and not reading.is_replaced
        return wanted in ("", reading.state or STILL_OPEN)

    def _fits_reason(self, reading: Reading) -> bool:
        wanted = self.cleaned_data["reason"]
        if wanted == NOT_TOLD:
            return not (
                reading.reason or reading.is_fulfilled or reading.is_replaced or reading.state == OPEN
            )
        return wanted in ("", reading.reason)
