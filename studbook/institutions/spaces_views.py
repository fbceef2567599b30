from functools import partial
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from studbook.accounts.models import User
from studbook.core.forms import attempted
from studbook.institutions.queries import institutions_of
from studbook.institutions.spaces import COLUMNS, offer_spaces, participation_of
from studbook.institutions.spaces_forms import SpacesForm
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme


@programme_view
def institution_spaces(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    """Let the coordinator write how much room an institution has for the programme."""
    institution, status = get_object_or_404(institutions_of(programme), pk=pk), 200
    offered = participation_of(programme, institution)
    opened = {"opened_version": offered.version} | {name: getattr(offered, name) for name in COLUMNS}
    form = SpacesForm(request.POST if request.method == "POST" else None, initial=opened)
    if form.is_bound:
        deed = partial(offer_spaces, programme, institution, by=cast(User, request.user))
        saved, status = attempted(form, deed)
        if saved:
            messages.success(request, f"The spaces of {institution} are saved.")
            return redirect("institution", programme.code, institution.pk)
    context = {"programme": programme, "institution": institution, "form": form}
    return render(request, "institutions/spaces.html", context, status=status)
