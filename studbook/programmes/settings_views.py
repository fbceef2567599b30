from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from studbook.accounts.models import User
from studbook.core.forms import DONE, attempted
from studbook.core.trail import deeds_on
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme
from studbook.programmes.settings import SETTINGS, settle_programme
from studbook.programmes.settings_forms import SettingsForm


@programme_view
def programme_settings(request: HttpRequest, programme: Programme) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    form, status = SettingsForm(posted, initial=_opened(programme)), 200
    if form.is_bound:
        _, status = attempted(form, partial(settle_programme, programme, by=cast(User, request.user)))
        if status == DONE:
            messages.success(request, "The settings are saved. Numbers are counted anew by them.")
            return redirect("programme_settings", programme.code)
    context = {"programme": programme, "form": form, "deeds": deeds_on(programme)}
    return render(request, "programmes/settings.html", context, status=status)


def _opened(programme: Programme) -> dict[str, Any]:
    return {"opened_version": programme.version} | {name: getattr(programme, name) for name in SETTINGS}
