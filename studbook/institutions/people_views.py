from collections.abc import Callable
from functools import partial
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from studbook.accounts.links import GOOD_FOR, link_for, send_link
from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.accounts.second_factor import has_second_factor
from studbook.core.forms import DONE, attempted
from studbook.institutions.actions import note_link
from studbook.institutions.people import people_of
from studbook.institutions.people_accounts import close_account, reopen_account, reset_second_factor
from studbook.institutions.people_deeds import give_role, withdraw_role
from studbook.institutions.people_forms import (
    ACCOUNT_DEEDS,
    AccountForm,
    RoleForm,
    WithdrawForm,
    account_deeds,
)
from studbook.institutions.people_rules import may_give_link
from studbook.programmes.access import programme_view, standing_in
from studbook.programmes.models import Programme

SHOWN_LINK, SHOWN_FOR = "link_shown", 600


@programme_view
def people(request: HttpRequest, programme: Programme) -> HttpResponse:
    context = {"programme": programme, "roles": people_of(programme, standing_in(request))}
    return render(request, "institutions/people.html", context)


@programme_view
def person_new(request: HttpRequest, programme: Programme) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    asked = {"username": request.GET.get("username", "")}
    form = RoleForm(posted, programme=programme, standing=standing_in(request), initial=asked)
    status = DONE
    if form.is_bound:
        given, status = attempted(form, partial(give_role, programme, by=cast(User, request.user)))
        if given:
            return _after_giving(request, programme, *given)
    context = {"programme": programme, "form": form}
    return render(request, "institutions/people_new.html", context, status=status)


@programme_view
@never_cache
def person(request: HttpRequest, programme: Programme, found: User) -> HttpResponse:
    return _person_page(request, programme, found)


@programme_view
def person_link(request: HttpRequest, programme: Programme, found: User) -> HttpResponse:
    note_link(programme, found, by=cast(User, request.user))
    return _show_link(request, programme, found)


@programme_view
def role_withdraw(request: HttpRequest, programme: Programme, found: User) -> HttpResponse:
    form = WithdrawForm(request.POST)
    _, status = attempted(form, partial(withdraw_role, programme, found, by=cast(User, request.user)))
    if status != DONE:
        return _person_page(request, programme, found, form, status)
    messages.success(request, f"{found} has this role no more, and is signed out everywhere.")
    return redirect("people", programme.code)


@programme_view
def account_close(request: HttpRequest, programme: Programme, found: User) -> HttpResponse:
    return _account_deed(request, programme, found, "account_close", close_account)


@programme_view
def account_reopen(request: HttpRequest, programme: Programme, found: User) -> HttpResponse:
    return _account_deed(request, programme, found, "account_reopen", reopen_account)


@programme_view
def second_factor_reset(request: HttpRequest, programme: Programme, found: User) -> HttpResponse:
    return _account_deed(request, programme, found, "second_factor_reset", reset_second_factor)


def _account_deed(
    request: HttpRequest, programme: Programme, found: User, route: str, deed: Callable[..., None]
) -> HttpResponse:
    form = AccountForm(request.POST, auto_id=f"id_{route}_%s")
    _, status = attempted(form, partial(deed, found, by=cast(User, request.user)))
    if status != DONE:
        return _person_page(request, programme, found, account=(route, form), status=status)
    messages.success(request, f"Done for {found}: {ACCOUNT_DEEDS[route][0].lower()}.")
    return redirect("person", programme.code, found.pk)


def _person_page(
    request: HttpRequest,
    programme: Programme,
    found: User,
    form: WithdrawForm | None = None,
    status: int = DONE,
    *,
    account: tuple[str, AccountForm] | None = None,
) -> HttpResponse:
    standing = standing_in(request)
    by = cast(User, request.user)
    may_link = may_give_link(by, found)
    second_factor = has_second_factor(found)
    context = {
        "programme": programme,
        "person": found,
        "roles": [each for each in people_of(programme, standing) if each.person == found],
        "form": form or WithdrawForm(),
        "second_factor": second_factor,
        "account_deeds": account_deeds(found, second_factor=second_factor, bound=account)
        if Right.ACCOUNTS in standing
        else [],
        "may_link": may_link,
        "link": link_for(found, request) if may_link and _asked_for_link(request, found) else "",
        "link_until": timezone.localtime() + GOOD_FOR,
    }
    return render(request, "institutions/people_detail.html", context, status=status)


def _after_giving(request: HttpRequest, programme: Programme, given: User, new: bool) -> HttpResponse:
    messages.success(request, f"{given} has the role{' and an account' if new else ''} now.")
    if new:
        return _show_link(request, programme, given)
    return redirect("person", programme.code, given.pk)


def _show_link(request: HttpRequest, programme: Programme, found: User) -> HttpResponse:
    # The session keeps for whom, never the link: that is made anew for the page.
    request.session[SHOWN_LINK] = [found.pk, timezone.now().timestamp() + SHOWN_FOR]
    if send_link(found, link_for(found, request)):
        messages.success(request, f"The link was also sent to {found.email}.")
    return redirect("person", programme.code, found.pk)


def _asked_for_link(request: HttpRequest, found: User) -> bool:
    key, until = request.session.get(SHOWN_LINK, (0, 0))
    return bool(key == found.pk and until > timezone.now().timestamp())
