"""When a session ends: three hours after the last page, twelve hours after sign-in, or when its stamp has changed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY, logout
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from studbook.accounts.models import User

BEGAN, SEEN = "session_began", "session_seen"
LONGEST = timedelta(hours=12)
LONGEST_IDLE = timedelta(hours=3)
WRITTEN_EVERY = timedelta(minutes=5)  # so that not every page of a person writes

GetResponse = Callable[[HttpRequest], HttpResponse]


def begin_session(sender: Any, request: HttpRequest, **_: Any) -> None:
    """Note when a person signed in; told by Django's own sign-in, which every way in goes through."""
    request.session[BEGAN] = request.session[SEEN] = _now()


def ending_sessions(get_response: GetResponse) -> GetResponse:
    """End a session that is too old or was left alone for too long, before anybody is recognised by it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if SESSION_KEY in request.session:
            _end_or_renew(request)
        return get_response(request)

    return middleware


def end_sessions(person: User) -> None:
    """End every session of a person: the next request of each is a stranger's."""
    User.objects.filter(pk=person.pk).update(session_stamp=F("session_stamp") + 1)
    person.refresh_from_db(fields=["session_stamp"])


def _end_or_renew(request: HttpRequest) -> None:
    now = _now()
    idle = now - request.session.get(SEEN, 0)
    if idle > LONGEST_IDLE.total_seconds() or now - request.session.get(BEGAN, 0) > LONGEST.total_seconds():
        logout(request)
    elif idle > WRITTEN_EVERY.total_seconds():
        request.session[SEEN] = now


def _now() -> float:
    return timezone.now().timestamp()
