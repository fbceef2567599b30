"""A person's own account: name, password, second factor, sessions, and the way back in."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account.internal.userkit import get_user_by_username
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from studbook.accounts.addresses import address_of
from studbook.accounts.attempts import BY_LINK, TOO_MANY, key_of_name, take_attempt
from studbook.accounts.forms import FirstPasswordForm, ForgottenForm, ProfileForm
from studbook.accounts.links import link_for, person_behind, send_link_soon, sends_mail, use_link
from studbook.accounts.models import User
from studbook.accounts.second_factor import codes_left, has_second_factor
from studbook.accounts.sessions import end_sessions
from studbook.core.forms import posted


@sensitive_post_parameters("password")
def account(request: HttpRequest) -> HttpResponse:
    """Show a person's own account, and let them change their name and e-mail."""
    person = cast(User, request.user)
    form = ProfileForm(posted(request), instance=User.objects.get(pk=person.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your account is changed.")
        return redirect("account")
    status = 400 if form.is_bound else 200
    context = {
        "form": form,
        "second_factor": has_second_factor(person),
        "codes_left": codes_left(person),
        "programme_roles": person.programme_roles.select_related("programme").order_by("programme__name"),
        "institution_roles": person.institution_roles.select_related("institution").order_by(
            "institution__name", "role"
        ),
    }
    return render(request, "account/account.html", context, status=status)


def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End all sessions of a person, this one among them."""
    end_sessions(cast(User, request.user))
    logout(request)
    messages.success(request, "You are signed out everywhere.")
    return redirect("account_login")


@never_cache
@sensitive_post_parameters("password1", "password2")
def set_password(request: HttpRequest, person: int, token: str) -> HttpResponse:
    """Set a password by a link, which then is dead; the person signs in with it as always."""
    found = person_behind(person, token)
    form = FirstPasswordForm(posted(request), person=found)
    if request.method == "POST" and form.is_valid():
        use_link(person, token, new_password=form.cleaned_data["password1"])
        messages.success(request, "Your password is set. Sign in with it.")
        return redirect("account_login")
    status = 400 if form.is_bound else 200
    return render(request, "account/set_password.html", {"form": form, "person": found}, status=status)


def forgot_password(request: HttpRequest) -> HttpResponse:
    """Send a link to set the password, or say whom to ask; alike for every name, whether somebody has it or not."""
    form, status = ForgottenForm(posted(request)), 200
    context: dict[str, Any] = {"form": form, "sends_mail": sends_mail()}
    if request.method == "POST" and sends_mail():
        if not form.is_valid():
            status = 400
        elif _may_ask(request, form.cleaned_data["username"]):
            _send_if_known(request, form.cleaned_data["username"])
            context["asked"] = True
        else:
            form.add_error(None, TOO_MANY)
            status = 429
    return render(request, "account/forgot_password.html", context, status=status)


def only_with_second_factor(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Lead a person who has no second factor to the account, where one is set up."""

    @wraps(view)
    @never_cache
    def wrapper(request: HttpRequest) -> HttpResponseBase:
        return view(request) if has_second_factor(cast(User, request.user)) else redirect("account")

    return wrapper


def _may_ask(request: HttpRequest, username: str) -> bool:
    keys = (key_of_name(username), f"from {address_of(request)}")
    return all(take_attempt(BY_LINK, key) for key in keys)


def _send_if_known(request: HttpRequest, username: str) -> None:
    person = cast(User | None, get_user_by_username(username))
    if person and person.is_active:
        send_link_soon(person, link_for(person, request))
