"""What forms of several rooms have in common."""

from django import forms

VERSION_LOST = "The form came without its version. Open the page anew, then enter it once more."


class VersionedForm(forms.Form):
    """Names the version the person saw, so that nothing falls on a record that has changed since."""

    opened_version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), VERSION_LOST),
    )


class DeedForm(VersionedForm):
    """A deed and its reason; what is enough as a reason is the action's to say."""

    reason = forms.CharField(max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
