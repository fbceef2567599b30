"""What forms of several rooms have in common."""

from collections.abc import Callable
from typing import TypeVar

from django import forms

from studbook.core.errors import StudbookError

Done = TypeVar("Done")

DONE = 200
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


def attempted(form: forms.Form, deed: Callable[..., Done]) -> tuple[Done | None, int]:
    """Do a deed with what the form holds: what it gave and DONE, else the status; a refusal is told in the form."""
    if not form.is_valid():
        return None, 400
    try:
        return deed(**form.cleaned_data), DONE
    except StudbookError as refusal:
        form.add_error(refusal.field, refusal.sentence)
        return None, refusal.status
