"""What every response carries, and what a busy moment answers."""

import errno
import logging
import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from studbook.core.errors import StudbookError

log = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]

BUSY = "The book is busy with another change. Nothing was lost; go back and try again in a few seconds."
FULL = (
    "The studbook's disk takes no more, so nothing of this was saved. What was saved before is safe and can be read; "
    "tell the person who runs the studbook."
)
SECONDS_TO_WAIT, SECONDS_TO_MAKE_ROOM = 5, 300
DATABASE_TAKES_NO_MORE = ("disk", "readonly", "read-only", "No space left")
DISK_TAKES_NO_MORE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}

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
        if isinstance(exception, StudbookError):
            return refused(request, exception)
        return unavailable(request, exception)


def unavailable(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """Answer 503 where the database or the disk refused for now; None where the error is of another kind."""
    if _takes_no_more(error):
        log.error("Nothing can be saved: %s", error)
        return _come_back(request, FULL, SECONDS_TO_MAKE_ROOM)
    if isinstance(error, InterfaceError) or _passes_by_itself(error):
        log.warning("A request was told to come back: %s", error)
        return _come_back(request, BUSY, SECONDS_TO_WAIT)
    return None


def _come_back(request: HttpRequest, sentence: str, seconds: int) -> HttpResponse:
    # The page asks the database nothing, not even who is signed in.
    headers = {"Retry-After": str(seconds)}
    if _by_program(request):
        return JsonResponse({"detail": sentence, "field": None}, status=503, headers=headers)
    return HttpResponse(render_to_string("503.html", {"sentence": sentence}), status=503, headers=headers)


def refused(request: HttpRequest, refusal: StudbookError) -> HttpResponse:
    """Answer a refusal with its sentence: as a page, or to a program as its API answers elsewhere."""
    if _by_program(request):
        return JsonResponse({"detail": refusal.sentence, "field": refusal.field}, status=refusal.status)
    return render(request, "refused.html", {"refusal": refusal}, status=refusal.status)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer an error outside every view: 503 where the database failed while the person was being recognised."""
    response = unavailable(request, sys.exc_info()[1])
    return response or HttpResponse(render_to_string("500.html"), status=500)


def _by_program(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def _takes_no_more(error: BaseException | None) -> bool:
    if isinstance(error, OperationalError):
        return any(words in str(error) for words in DATABASE_TAKES_NO_MORE)
    return isinstance(error, OSError) and error.errno in DISK_TAKES_NO_MORE


def _passes_by_itself(error: BaseException | None) -> bool:
    """Tell a busy or unreachable database from a broken one; SQLite calls a missing table operational too."""
    broken = ("no such", "has no column", "syntax error", "misuse")
    return isinstance(error, OperationalError) and not any(words in str(error) for words in broken)
