"""The forms of a rate set; what is enough as a name or a reason is the action's to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from studbook.core.forms import VersionedForm
from studbook.population.demography.rates.actions import HIGHEST_MX, Rates
from studbook.population.demography.rates.reading import WhatIf
from studbook.population.models import EditedRate
from studbook.population.numbers import or_none

RATES = {"q": ("Qx", 1), "m": ("Mx", HIGHEST_MX)}


@dataclass(frozen=True, slots=True)
class RateLine:
    """The fields of one age: Qx and Mx of males and of females; None where the age has none."""

    age: int
    fields: tuple[forms.BoundField | None, ...]


class RateSetForm(forms.Form):
    name = forms.CharField(max_length=80, required=False, help_text="What differs, in a few words.")
    reason = forms.CharField(
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Why the rates could be others than the recorded ones.",
    )


class RatesForm(RateSetForm, VersionedForm):
    """The rates of each age and sex; an empty one is as recorded, which its field shows faintly."""

    def __init__(
        self, *args: Any, whats: Sequence[WhatIf], rates: Sequence[EditedRate] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.whats = whats
        self.unused = [
            rate for rate in rates if any(rate.age in each.unused for each in whats if each.sex == rate.sex)
        ]
        there = {(rate.sex, rate.age): rate for rate in rates}
        for each in whats:
            for age in each.recorded.age.tolist():
                self._add(each, age, there.get((each.sex, age)))

    def _add(self, each: WhatIf, age: int, rate: EditedRate | None) -> None:
        for kind, (symbol, most) in RATES.items():
            if kind == "q" and age == len(each.recorded) - 1:
                continue  # nobody lives longer than the table
            recorded = or_none(getattr(each.recorded, symbol)[age])
            shown = "–" if recorded is None else f"{recorded:.3f}"
            self.fields[_name(each.sex, age, kind)] = forms.FloatField(
                label=f"{symbol} of {each.title.lower()} at age {age}",
                required=False,
                min_value=0,
                max_value=most,
                initial=None if rate is None else getattr(rate, f"{kind}x"),
                widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal", "placeholder": shown}),
            )

    def lines(self) -> list[RateLine]:
        """Return the fields by age, for the table of the page."""
        ages = max((len(each.recorded) for each in self.whats), default=0)
        names = [(each.sex, kind) for each in self.whats for kind in RATES]
        return [
            RateLine(age, tuple(self._field(_name(sex, age, kind)) for sex, kind in names))
            for age in range(ages)
        ]

    def faulty(self) -> list[forms.BoundField]:
        """Return the rates that cannot be taken, to be told above the table."""
        return [self[name] for name in self.errors if name in self.fields and "_" in name and name[0] in "MF"]

    def _field(self, name: str) -> forms.BoundField | None:
        return self[name] if name in self.fields else None

    @property
    def deed_data(self) -> dict[str, Any]:
        """What the action is given: name, reason, version, and the rates that are not as recorded."""
        told = self.cleaned_data
        rates = {
            (each.sex, age): Rates(told.get(_name(each.sex, age, "q")), told.get(_name(each.sex, age, "m")))
            for each in self.whats
            for age in each.recorded.age.tolist()
        }
        # What the table does not reach has no field, and stays as it is.
        rates |= {(rate.sex, rate.age): Rates(rate.qx, rate.mx) for rate in self.unused}
        return {
            "name": told["name"],
            "reason": told["reason"],
            "opened_version": told["opened_version"],
            "rates": {key: each for key, each in rates.items() if each != Rates()},
        }


def _name(sex: str, age: int, kind: str) -> str:
    return f"{sex}_{age}_{kind}"
