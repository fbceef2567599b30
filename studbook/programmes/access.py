"""How a view gets its programme: fetched with permission, or not found."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404

from studbook.accounts.models import User
from studbook.accounts.rights import Right, rights_of
from studbook.programmes.models import Programme

P = ParamSpec("P")
ProgrammeView = Callable[Concatenate[HttpRequest, Programme, P], HttpResponseBase]


def programme_view(
    right: Right, *, methods: Sequence[str] = ("GET", "HEAD")
) -> Callable[[ProgrammeView[P]], Callable[..., HttpResponseBase]]:
    """Give a view the programme its URL names, for people with the right; others see no such page.

    Methods other than those named are answered 405, after the right was looked at.
    """

    def decorate(view: ProgrammeView[P]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def wrapper(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            programme = programme_for(request, code, right)
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(request, programme, *args, **kwargs)

        wrapper.permission_rule = str(right)  # type: ignore[attr-defined]
        wrapper.methods = tuple(methods)  # type: ignore[attr-defined]
        return wrapper

    return decorate


def programme_for(request: HttpRequest, code: str, right: Right) -> Programme:
    """Return the programme of that code. One the person may not see does not exist for them (404); a right they lack is refused (403)."""
    user = cast(User, request.user)
    programme = get_object_or_404(Programme.objects.visible_to(user), code=code)
    rights = rights_of(user, programme.pk)
    if right not in rights:
        raise PermissionDenied(f"Your role in {programme} does not include this. Ask its coordinator.")
    request.programme = programme  # type: ignore[attr-defined]
    request.rights = rights  # type: ignore[attr-defined]
    return programme


def programme_of(request: HttpRequest) -> Programme:
    """Return the programme that the request was found to be about."""
    return cast(Programme, request.programme)  # type: ignore[attr-defined]


def may_in(request: HttpRequest, right: Right) -> bool:
    """Tell whether the person may do something in the programme of this request; no query."""
    return right in request.rights  # type: ignore[attr-defined]
