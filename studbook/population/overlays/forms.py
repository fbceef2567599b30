"""The forms on an overlay itself; what is enough as a name or a reason is the action's to say."""

from django import forms

from studbook.core.forms import VersionedForm


class OverlayForm(forms.Form):
    name = forms.CharField(max_length=80, required=False, help_text="What it assumes, in a few words.")
    reason = forms.CharField(
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Why the analysis should assume something beside the book.",
    )


class OverlayEditForm(OverlayForm, VersionedForm):
    pass
