from django import forms


class ReasonForm(forms.Form):
    """The reason of a deed; which reasons are enough is the action's to say."""

    reason = forms.CharField(
        max_length=2000, strip=True, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )


class WithdrawForm(ReasonForm):
    """Names the version the person saw, so that a withdrawal never falls on a recommendation that has changed."""

    reason = forms.CharField(max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    opened_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
