"""What the goals are reckoned with; each field is filled with what the book tells, and can be set otherwise."""

from typing import Any

from django import forms

from studbook.population.demography.goals.measured import Measured
from studbook.population.models import RateSet

RECORDED = ""
MOST_YEARS, MOST_ANIMALS = 100, 1_000_000
PER_CENT = 100
USUAL_YEARS, USUAL_FULFILMENT = 5, 20.0


class GoalForm(forms.Form):
    """Every field is optional; an empty one is as measured, or as usual."""

    target = forms.IntegerField(label="Target size", required=False, min_value=1, max_value=MOST_ANIMALS)
    years = forms.IntegerField(label="Reached in (years)", required=False, min_value=1, max_value=MOST_YEARS)
    growth = forms.FloatField(label="λ assumed", required=False, min_value=0.5, max_value=2)
    ratio = forms.FloatField(label="Ne/N", required=False, min_value=0.001, max_value=2)
    interval = forms.FloatField(label="Generation T (years)", required=False, min_value=0.1, max_value=200)
    litter = forms.FloatField(label="Young in a litter", required=False, min_value=0.1, max_value=10_000)
    a_year = forms.FloatField(label="Litters a year", required=False, min_value=0.01, max_value=50)
    fulfilment = forms.FloatField(label="Plans fulfilled (%)", required=False, min_value=0.1, max_value=100)
    rates = forms.ChoiceField(label="Rates", required=False)

    def __init__(self, *args: Any, measured: Measured, rate_sets: list[RateSet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measured = measured
        self.rate_sets = {str(each.pk): each for each in rate_sets}
        field = self.fields["rates"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (RECORDED, "as recorded"),
                *((key, str(each)) for key, each in self.rate_sets.items()),
            ]
        for name, shown in self._usual().items():
            self.fields[name].widget.attrs |= {
                "placeholder": "–" if shown is None else f"{shown:g}",
                "step": "any",
                "inputmode": "decimal",
            }

    def _usual(self) -> dict[str, float | None]:
        measured = self.measured
        return {
            "target": measured.target,
            "years": USUAL_YEARS,
            "growth": _rounded(measured.growth, 3),
            "ratio": _rounded(measured.ratio, 3),
            "interval": _rounded(measured.interval, 2),
            "litter": _rounded(measured.litter, 2),
            "a_year": 1,
            "fulfilment": USUAL_FULFILMENT,
        }

    @property
    def rate_set(self) -> RateSet | None:
        return self.rate_sets.get(self.cleaned_data["rates"])

    def told(self, name: str) -> float | None:
        """Return a number as it was set, else as measured or usual, unrounded; None where there is none."""
        value = self.cleaned_data[name]
        if value is not None:
            return float(value)
        measured = getattr(self.measured, name, None)
        return measured if measured is not None else self._usual()[name]


def _rounded(value: float | None, places: int) -> float | None:
    return None if value is None else round(value, places)
