"""The forms by which roles are given and withdrawn."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator

from studbook.accounts.models import InstitutionRole, User
from studbook.accounts.rights import Standing
from studbook.core.forms import EntryForm
from studbook.institutions.models import Institution
from studbook.institutions.people import institutions_to_staff, roles_to_give
from studbook.programmes.models import Programme

NEW = "Only for somebody who has no account yet."


class RoleForm(EntryForm):
    """Gives a role to somebody who has an account, or makes the account with it."""

    FIRST: ClassVar[tuple[str, ...]] = (
        *("username", "role", "institution"),
        *("first_name", "last_name", "email"),
    )

    username = forms.CharField(
        label="Username",
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        help_text="What the person signs in with.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    role = forms.ChoiceField()
    institution = forms.ModelChoiceField(
        Institution.objects.none(),
        required=False,
        empty_label="none: a role in the whole programme",
        help_text="Registrars, keepers and representatives act for one.",
    )
    first_name = forms.CharField(max_length=150, required=False, help_text=NEW)
    last_name = forms.CharField(max_length=150, required=False, help_text=NEW)
    email = forms.EmailField(
        label="E-mail address", required=False, help_text=f"{NEW} Links to set the password can go there."
    )

    def __init__(self, *args: Any, programme: Programme, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [("", "choose the role"), *((each, each) for each in roles_to_give(standing))]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        self.fields["institution"].queryset = institutions_to_staff(programme, standing)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self._check_place(cleaned)
            self._check_account(cleaned)
        return cleaned

    @property
    def deed_data(self) -> dict[str, Any]:
        return {name: value for name, value in super().deed_data.items() if name in self.FIRST}

    def _check_place(self, cleaned: dict[str, Any]) -> None:
        at_institution = cleaned["role"] in InstitutionRole.Role.values
        if at_institution and not cleaned["institution"]:
            self.add_error("institution", f"A {cleaned['role']} acts for an institution. Choose it.")
        if not at_institution and cleaned["institution"]:
            self.add_error(
                "institution",
                f"The role {cleaned['role']} holds in the whole programme. Choose no institution for it.",
            )

    def _check_account(self, cleaned: dict[str, Any]) -> None:
        name, named = cleaned["username"], cleaned["first_name"] or cleaned["last_name"]
        known = User.objects.filter(username__iexact=name).exists()
        if known and named:
            self.add_error(
                "username",
                f"The user name {name} is somebody's already. Choose another one; or, if this is the person, "
                "leave the name and the e-mail empty.",
            )
        if not known and not named:
            self.add_error(
                "username",
                f"There is no account {name}. Check how it is written; for somebody new, enter the name as well.",
            )


class WithdrawForm(forms.Form):
    """Takes one role away, for a reason."""

    role = forms.CharField(max_length=20, widget=forms.HiddenInput)
    institution = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why is it withdrawn?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AccountForm(forms.Form):
    """The reason of what is done to an account."""

    reason = forms.CharField(
        label="Why, and how do you know?",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@dataclass(frozen=True, slots=True)
class AccountDeed:
    """One thing that can be done to an account now: its route, how it is called, what follows, its form."""

    route: str
    title: str
    after: str
    form: AccountForm


ACCOUNT_DEEDS = {
    "account_close": (
        "Close the account",
        "Nobody signs in with it any more, and its sessions end at once. Its roles stay.",
    ),
    "account_reopen": (
        "Open the account again",
        "The person signs in with the password and the roles that were there.",
    ),
    "second_factor_reset": (
        "Reset the second factor",
        "The password alone opens the account until a new one is set up; its sessions end at once. Make sure first who asks.",
    ),
}


def account_deeds(
    person: User, *, second_factor: bool, bound: tuple[str, AccountForm] | None
) -> list[AccountDeed]:
    """Return what can be done to an account as it is; the form that was refused stays filled in."""
    routes = ["account_close" if person.is_active else "account_reopen"]
    routes += ["second_factor_reset"] if second_factor else []
    routes += [bound[0]] if bound and bound[0] not in routes else []
    return [
        AccountDeed(
            each,
            *ACCOUNT_DEEDS[each],
            bound[1] if bound and bound[0] == each else AccountForm(auto_id=f"id_{each}_%s"),
        )
        for each in routes
    ]
