"""The small forms below a list that keep, change and remove its views."""

from typing import Any

from django import forms

from studbook.core.forms import VersionedForm
from studbook.core.once import FIELD, new_key
from studbook.programmes.access import LARGEST_KEY
from studbook.programmes.models import ListPage
from studbook.programmes.models.saved_view import LONGEST_QUERY

SHARE = "Share with everybody of the programme"
FIRST = "Open the list with it"


class OnceForm(forms.Form):
    """Carries the key by which a resend has one effect; the action is not given it."""

    once_key = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput, initial=new_key)

    @property
    def deed_data(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != FIELD}


class SavedViewForm(OnceForm):
    """Keep the list as it is seen now. What is enough as a name is the action's to say."""

    page = forms.ChoiceField(choices=ListPage.choices, widget=forms.HiddenInput)
    query = forms.CharField(max_length=2 * LONGEST_QUERY, required=False, widget=forms.HiddenInput)
    name = forms.CharField(label="Name of the view", max_length=60, required=False)
    opens_first = forms.BooleanField(label=FIRST, required=False)
    shared = forms.BooleanField(label=SHARE, required=False)


class ChangedViewForm(OnceForm, VersionedForm):
    """Another name for a view; shared or not; with `as_shown` what the list shows now."""

    view = forms.IntegerField(min_value=1, max_value=LARGEST_KEY, widget=forms.HiddenInput)
    query = forms.CharField(max_length=2 * LONGEST_QUERY, required=False, widget=forms.HiddenInput)
    name = forms.CharField(label="Name of the view", max_length=60, required=False)
    opens_first = forms.BooleanField(label=FIRST, required=False)
    shared = forms.BooleanField(label=SHARE, required=False)
    as_shown = forms.BooleanField(label="Let it show what the list shows now", required=False)

    @property
    def deed_data(self) -> dict[str, Any]:
        data = super().deed_data
        if not data.pop("as_shown"):
            data["query"] = None
        return data


class RemovedViewForm(OnceForm):
    view = forms.IntegerField(min_value=1, max_value=LARGEST_KEY, widget=forms.HiddenInput)
