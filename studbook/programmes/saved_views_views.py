from functools import partial
from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.core.forms import attempted
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme
from studbook.programmes.saved_views import change_view, keep_view, remove_view
from studbook.programmes.saved_views_forms import ChangedViewForm, RemovedViewForm, SavedViewForm


@programme_view
def saved_view_save(request: HttpRequest, programme: Programme) -> HttpResponse:
    form = SavedViewForm(request.POST)
    saved, status = attempted(form, partial(keep_view, programme, by=cast(User, request.user)))
    if saved is None:
        return _shown_again(request, programme, form, "saved_view_save", status)
    messages.success(request, f"The view “{saved}” is saved.")
    return redirect(saved)


@programme_view
def saved_view_change(request: HttpRequest, programme: Programme) -> HttpResponse:
    form = ChangedViewForm(request.POST)
    saved, status = attempted(form, partial(change_view, programme, by=cast(User, request.user)))
    if saved is None:
        return _shown_again(request, programme, form, "saved_view_change", status)
    messages.success(request, f"The view “{saved}” is changed.")
    return redirect(saved)


@programme_view
def saved_view_remove(request: HttpRequest, programme: Programme) -> HttpResponse:
    form = RemovedViewForm(request.POST)
    if not form.is_valid():
        raise StudbookError("The form does not say which view it means. Open the list again.")
    page = remove_view(programme, form.cleaned_data["view"], by=cast(User, request.user))
    messages.success(request, "The view is removed.")
    return redirect(page, programme.code)


def _shown_again(
    request: HttpRequest, programme: Programme, form: forms.Form, route: str, status: int
) -> HttpResponse:
    context = {"programme": programme, "form": form, "action": reverse(route, args=[programme.code])}
    return render(request, "programmes/saved_view.html", context, status=status)
