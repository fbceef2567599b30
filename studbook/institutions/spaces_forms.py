from django import forms

from studbook.core.forms import DeedForm
from studbook.institutions.spaces import MOST


class SpacesForm(DeedForm):
    """What an institution offers; which numbers are too large is the action's to say again."""

    spaces = forms.IntegerField(
        label="Spaces",
        required=False,
        min_value=0,
        max_value=MOST,
        help_text="The most animals of this programme it has room for. Empty: not said, no limit.",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    adult_pairs = forms.IntegerField(
        label="Breeding pairs",
        required=False,
        min_value=0,
        max_value=MOST,
        help_text="The most pairs that may breed there at once. Empty: not said, no limit.",
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
