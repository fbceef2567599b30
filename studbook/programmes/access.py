"""How every request is answered by the table of rights, before its view is called.

A programme the person may not see does not exist for them (404). A right they have nowhere in it is refused (403). A
thing on which they lack the right is answered as one that is not there (404).
"""

from collections.abc import Callable, MutableMapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import get_object_or_404

from studbook.accounts.models import User
from studbook.accounts.rights import OPEN, PROGRAMME, SIGNED_IN, Right, Route, Standing, routes, standing_of
from studbook.core.errors import StudbookError
from studbook.core.middleware import refused
from studbook.core.once import answered_before, answered_once
from studbook.programmes.detours import asked_to_sign_in, not_that_way
from studbook.programmes.models import Programme

P = ParamSpec("P")
GetResponse = Callable[[HttpRequest], HttpResponse]
ProgrammeView = Callable[Concatenate[HttpRequest, Programme, P], HttpResponseBase]
Finder = Callable[[Programme, Standing, Right, MutableMapping[str, Any]], Any]

SOMEWHERE = "somewhere"
LARGEST_KEY = 2**63 - 1
_finders: dict[str, Finder] = {}


def find_things(kind: str, finder: Finder) -> None:
    """Say how the thing of an address is found for `on = kind`; called once, from an application's `ready`.

    A finder takes the programme, the person's standing, the right asked for and the address's arguments. It returns the
    thing, or None where there is none on which the person has the right. It takes its own arguments out.
    """
    _finders[kind] = finder


class permission_table:  # noqa: N801 - named as the function it replaces; a class only for process_view
    """Answer every request by the table of rights; a route that is not in it is refused to everybody."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        try:
            _refuse_no_key(kwargs)
            return self._answer(request, kwargs)
        except (Http404, PermissionDenied) as refusal:
            if not _is_for_programs(request):
                raise
            return _refused_in_json(refusal)

    def _answer(self, request: HttpRequest, kwargs: dict[str, Any]) -> HttpResponseBase | None:
        route = routes().get(_name_of(request))
        if route is None:
            raise PermissionDenied("No line of the table of rights opens this address.")
        if route.rules.get(request.method or "") == OPEN:
            return None
        if not route.is_open and not request.user.is_authenticated:
            return _asked_to_sign_in(request, route)
        if "code" in kwargs and not _admit(request, route, kwargs):
            return _answered_though_gone(request)
        return None if request.method in route.rules else _not_that_way(request, route)


def programme_view(view: ProgrammeView[P]) -> Callable[..., HttpResponseBase]:
    """Give a view the programme its address names, and the thing the table asks about as the next argument.

    What a person sends with a key of its own is done once, however often it arrives.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        things = (request.thing,) if hasattr(request, "thing") else ()
        for name in getattr(request, "thing_arguments", ()):
            kwargs.pop(name, None)
        return answered_once(
            request, lambda: cast(Any, view)(request, programme_of(request), *things, *args, **kwargs)
        )

    return wrapper


def programme_of(request: HttpRequest) -> Programme:
    """Return the programme that the request was found to be about."""
    return cast(Programme, request.programme)  # type: ignore[attr-defined]


def standing_in(request: HttpRequest) -> Standing:
    """Return what the person may do in the programme of this request; no query."""
    return cast(Standing, request.standing)  # type: ignore[attr-defined]


def may_in(request: HttpRequest, right: Right) -> bool:
    """Tell whether the person may do something in the whole programme of this request; no query."""
    return right in standing_in(request)


def _refuse_no_key(arguments: dict[str, Any]) -> None:
    # A number that no column can hold is nobody's; SQLite does not even take it into a question.
    if any(isinstance(each, int) and each > LARGEST_KEY for each in arguments.values()):
        raise Http404("No record has so large a number.")


def _admit(request: HttpRequest, route: Route, kwargs: dict[str, Any]) -> bool:
    programme = get_object_or_404(Programme.objects.visible_to(cast(User, request.user)), code=kwargs["code"])
    standing = standing_of(request.user, programme.pk)
    request.programme, request.standing = programme, standing  # type: ignore[attr-defined]
    wanted = [Right(rule) for rule in _asked(request, route) if rule not in (OPEN, SIGNED_IN)]
    if route.on == PROGRAMME:
        _refuse_unless(any(right in standing for right in wanted), programme)
    else:
        _refuse_unless(any(standing.has_somewhere(right) for right in wanted), programme)
    return route.on in (PROGRAMME, SOMEWHERE) or _find(request, route, wanted, kwargs)


def _answered_though_gone(request: HttpRequest) -> HttpResponseBase:
    # The deed that is sent again may itself have taken the thing away: its animal has left, or is void.
    try:
        first = answered_before(request)
    except StudbookError as refusal:
        # What fails here, before the view, passes the middleware that words refusals by.
        return refused(request, refusal)
    if first is None:
        raise Http404("There is nothing here on which this person has the right.")
    return first


def _asked(request: HttpRequest, route: Route) -> list[str]:
    # A method the route does not have is 405 only to those whom one of its methods would let in.
    rule = route.rules.get(request.method or "")
    return [rule] if rule else sorted(set(route.rules.values()))


def _refuse_unless(allowed: bool, programme: Programme) -> None:
    if not allowed:
        raise PermissionDenied(f"Your role in {programme} does not include this. Ask its coordinator.")


def _find(request: HttpRequest, route: Route, wanted: list[Right], kwargs: dict[str, Any]) -> bool:
    arguments = dict(kwargs)
    finder = _finders[route.on]
    for right in wanted:
        left = dict(arguments)
        thing = finder(programme_of(request), standing_in(request), right, left)
        if thing is not None:
            request.thing = thing  # type: ignore[attr-defined]
            request.thing_arguments = arguments.keys() - left.keys()  # type: ignore[attr-defined]
            return True
    return False


def _name_of(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.url_name or "") if match else ""


def _asked_to_sign_in(request: HttpRequest, route: Route) -> HttpResponseBase:
    if _is_for_programs(request):
        sentence = "Sign in first: the API knows you by the session of the web pages."
        return JsonResponse({"detail": sentence}, status=403)
    return asked_to_sign_in(request, route)


def _not_that_way(request: HttpRequest, route: Route) -> HttpResponseBase:
    if not _is_for_programs(request):
        return not_that_way(request, route)
    ways = sorted(route.rules)
    sentence = f"This address does not take {request.method}. Use {' or '.join(ways)}."
    return JsonResponse({"detail": sentence}, status=405, headers={"Allow": ", ".join(ways)})


def _is_for_programs(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def _refused_in_json(refusal: Exception) -> HttpResponseBase:
    if isinstance(refusal, PermissionDenied):
        return JsonResponse({"detail": str(refusal)}, status=403)
    return JsonResponse({"detail": "There is nothing here on which you may do this."}, status=404)
