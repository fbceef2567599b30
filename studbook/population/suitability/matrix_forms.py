"""Which pairs the matrix shows, and in which order its animals stand."""

from typing import ClassVar

from django import forms

from studbook.population.pair_forms import OFTEN_USED, PairFilterForm
from studbook.population.suitability.matrix import ORDERS

USUAL = "mean_kinship"


class PairMatrixForm(PairFilterForm):
    """The filters of the pairs, and an order of the heads."""

    FIRST: ClassVar[tuple[str, ...]] = ("heads", *OFTEN_USED)

    heads = forms.ChoiceField(label="In order of", required=False, choices=list(ORDERS.items()))

    def often_used(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIRST]

    @property
    def heads_order(self) -> str:
        return str(self.cleaned_data.get("heads") or USUAL) if self.is_valid() else USUAL
