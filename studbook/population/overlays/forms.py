"""The forms on an overlay itself; what is enough as a name or a reason is the action's to say."""

from django import forms

VERSION_LOST = "The form came without its version. Open the overlay again, then enter it once more."


class VersionedForm(forms.Form):
    """Names the version the person saw, so that nothing falls on an overlay that has changed since."""

    opened_version = forms.IntegerField(
        min_value=1,
        widget=forms.HiddenInput,
        error_messages={"required": VERSION_LOST, "invalid": VERSION_LOST},
    )


class DeedForm(VersionedForm):
    """A deed and its reason."""

    reason = forms.CharField(max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


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
