"""The form of a programme's thresholds; what contradicts each other is the action's to say."""

from typing import Any

from django import forms

from pedigree.suitability import PUBLISHED, Thresholds
from studbook.core.forms import MOST_VERSION, VERSION_ERRORS, DeedForm
from studbook.population.models import MateThresholds
from studbook.population.models.mate_thresholds import MOST
from studbook.population.suitability.actions import NEVER_SET
from studbook.population.suitability.thresholds import (
    EFFECTS,
    LABELS,
    OWN,
    SHARE,
    UNITS,
    ThresholdLine,
    threshold_lines,
)

PER_CENT = 100
DIGITS = 4
WORDS = {"share": "%", "deviations": "standard deviations", "multiple": "times the mean kinship"}
NEEDED = "Give a number. What is published stands beside it."


class ResetForm(DeedForm):
    """A reason, and the version seen: NEVER_SET for a programme without thresholds of its own."""

    opened_version = forms.IntegerField(
        min_value=NEVER_SET,
        max_value=MOST_VERSION,
        widget=forms.HiddenInput,
        error_messages=VERSION_ERRORS,
    )


class ThresholdsForm(ResetForm):
    """Each threshold in the unit people read; shares are per cent."""

    def __init__(self, *args: Any, standing: Thresholds, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [line for line in threshold_lines(standing) if line.name in OWN]
        self.fields |= {line.name: _field(line) for line in self.lines}
        self.fields["reason"].label = "Why they are changed"

    @property
    def deed_data(self) -> dict[str, Any]:
        """What the action is given: shares as shares, and a published value to its last digit."""
        given = self.cleaned_data
        values = {name: _value(name, given[name]) for name in OWN}
        return {"values": values, "reason": given["reason"], "opened_version": given["opened_version"]}

    def threshold_fields(self) -> list[tuple[ThresholdLine, forms.BoundField, str]]:
        """Return each threshold with its field and its unit."""
        return [(line, self[line.name], WORDS[line.unit]) for line in self.lines]


def thresholds_initial(standing: Thresholds, own: MateThresholds | None) -> dict[str, Any]:
    """Return what the form opens with."""
    shown = {name: round(getattr(standing, name) * _factor(name), DIGITS) for name in OWN}
    return shown | {"opened_version": own.version if own else NEVER_SET}


def _field(line: ThresholdLine) -> forms.FloatField:
    most = PER_CENT if line.unit == SHARE else MOST
    return forms.FloatField(
        label=LABELS[line.name],
        min_value=0,
        max_value=most,
        help_text=EFFECTS[line.name],
        error_messages={"required": NEEDED},
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )


def _factor(name: str) -> int:
    return PER_CENT if UNITS[name] == SHARE else 1


def _value(name: str, given: float) -> float:
    # A third has no end in per cent: what reads like the published value is meant to be it.
    published: float = getattr(PUBLISHED, name)
    near = round(published * _factor(name), DIGITS) == round(given, DIGITS)
    return published if near else given / _factor(name)
