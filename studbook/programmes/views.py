from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from studbook.accounts.models import User
from studbook.programmes.models import Programme


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the programmes a person belongs to; with one only, go straight there."""
    programmes = list(Programme.objects.visible_to(cast(User, request.user)))
    if len(programmes) == 1:
        return redirect(programmes[0])
    return render(request, "programmes/list.html", {"programmes": programmes})
