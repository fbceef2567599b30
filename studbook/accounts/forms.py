"""What a person tells about themselves, and the passwords they set."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from studbook.accounts.attempts import BY_NAME, TOO_MANY, key_of, take_attempt
from studbook.accounts.models import User


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    """A person's own name and e-mail. Links to set a password go to the e-mail, so that changing it takes the password."""

    password = forms.CharField(
        label="Your password",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="Only to change the e-mail address.",
    )

    class Meta:
        model = User
        fields = ["first_name", "last_name", "email"]
        labels = {"email": "E-mail address"}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "email" in self.changed_data and "email" not in self.errors:
            self._refuse_wrong_password(cleaned.get("password", ""))
        return cleaned

    def _refuse_wrong_password(self, password: str) -> None:
        attempt = take_attempt(BY_NAME, key_of(self.instance))
        if attempt is None:
            self.add_error("password", TOO_MANY)
        elif self.instance.check_password(password):
            attempt.give_back()
        else:
            self.add_error("password", "Changing the e-mail address takes your password. Enter it here.")


class FirstPasswordForm(forms.Form):
    """Sets a password by a link."""

    password1 = forms.CharField(
        label="New password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters; a few words in a row are easy to remember.",
    )
    password2 = forms.CharField(
        label="New password again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.person)
        return password

    def clean_password2(self) -> str:
        again: str = self.cleaned_data["password2"]
        if self.cleaned_data.get("password1", again) != again:
            raise forms.ValidationError("The two passwords differ. Enter the same one twice.")
        return again


class ForgottenForm(forms.Form):
    username = forms.CharField(
        label="Username", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
