from django import forms

from studbook.core.forms import DeedForm


class ReasonForm(forms.Form):
    """The reason of a deed; which reasons are enough is the action's to say."""

    reason = forms.CharField(
        max_length=2000, strip=True, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )


class WithdrawForm(DeedForm, ReasonForm):
    pass
