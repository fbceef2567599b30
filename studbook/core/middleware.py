"""What every response carries, and what a busy moment answers."""

import sys
from collections.abc import Callable

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from studbook.core.errors import StudbookError

GetResponse = Callable[[HttpRequest], HttpResponse]

BUSY = "The book is busy with another change. Nothing was changed; send this again in a few seconds."

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self'"
)


def content_security_policy(get_response: GetResponse) -> GetResponse:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "geolocation=(), camera=(), microphone=()")
        return response

    return middleware


def no_such_address(get_response: GetResponse) -> GetResponse:
    """Answer 404 to an address with a NUL in it: no record is named so, and PostgreSQL refuses even to look."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            raise Http404("No address holds a NUL.")
        return get_response(request)

    return middleware


class busy_database:  # noqa: N801 - named as the function it replaces; a class only for process_exception
    """Answer 503 where the database would not let us in, and the sentence of a refusal that no form caught."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OperationalError) and _passes_by_itself(exception):
            return busy(request)
        if isinstance(exception, StudbookError):
            return refused(request, exception)
        return None


def busy(request: HttpRequest) -> HttpResponse:
    """Answer that the database cannot serve just now. The page asks it nothing, not even who is signed in."""
    headers = {"Retry-After": "5"}
    if _by_program(request):
        return JsonResponse({"detail": BUSY, "field": None}, status=503, headers=headers)
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)


def refused(request: HttpRequest, refusal: StudbookError) -> HttpResponse:
    """Answer a refusal with its sentence: as a page, or to a program as its API answers elsewhere."""
    if _by_program(request):
        return JsonResponse({"detail": refusal.sentence, "field": refusal.field}, status=refusal.status)
    return render(request, "refused.html", {"refusal": refusal}, status=refusal.status)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer an error outside every view: 503 where the database failed while the person was being recognised."""
    exception = sys.exc_info()[1]
    if isinstance(exception, OperationalError) and _passes_by_itself(exception):
        return busy(request)
    return HttpResponse(render_to_string("500.html"), status=500)


def _by_program(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def _passes_by_itself(error: OperationalError) -> bool:
    """Tell a busy or unreachable database from a broken one; SQLite calls a missing table operational too."""
    return not any(words in str(error) for words in ("no such", "has no column", "syntax error", "misuse"))
