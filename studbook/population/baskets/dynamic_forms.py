"""What the dynamic list is asked for, and how its first pairs go into a basket."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from studbook.population.baskets.dynamic import Limits
from studbook.population.baskets.forms import IntoBasketForm
from studbook.population.models import Basket
from studbook.programmes.models import Programme

MOST_WANTED, WANTED, PER_DAM = 60, 10, 1
A_NUMBER = f"Give a number from 1 to {MOST_WANTED}."


def _number(label: str, *, required: bool) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=1,
        max_value=MOST_WANTED,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), A_NUMBER),
    )


class DynamicForm(forms.Form):
    """The limits of the list, from an address; where it names none of them, usual ones."""

    wanted = _number("Pairs wanted", required=True)
    per_sire = _number("Most of one sire", required=False)
    per_dam = _number("Most of one dam", required=False)
    inbreeding = forms.FloatField(
        label="F of young below",
        required=False,
        min_value=0,
        max_value=1,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
    )
    caps = forms.BooleanField(label="Nobody above a cap", required=False)
    barred = forms.BooleanField(label="Also who cannot breed", required=False)
    basket = forms.TypedChoiceField(label="Start from", required=False, coerce=int, empty_value=None)

    def __init__(self, asked: Mapping[str, Any], *, programme: Programme, baskets: Sequence[Basket]) -> None:
        told = {name: asked[name] for name in self.base_fields if name in asked}
        usual = {"wanted": WANTED, "per_dam": PER_DAM, "inbreeding": programme.offspring_inbreeding_limit}
        usual["caps"] = True
        super().__init__(told if told.keys() - {"basket"} else usual | told)
        field = self.fields["basket"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "the living as they are"), *((each.pk, each.name) for each in baskets)]

    @property
    def limits(self) -> Limits:
        names = ("wanted", "per_sire", "per_dam", "inbreeding", "caps", "barred")
        return Limits(*(self.cleaned_data[name] for name in names))


class AcceptForm(IntoBasketForm):
    """The first pairs of the list, into a basket; `shown` is the digest of the list that was shown."""

    field_order = ("first", "basket", "name")
    first = _number("The first", required=True)
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
