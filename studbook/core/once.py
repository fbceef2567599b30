"""Deeds sent more than once, by a bad network or a second tap, have one effect: the first answer is given again.

The key comes with the form (`once_key`) or in the header `Idempotency-Key`. It is kept for the person who sent it, in
the same transaction as the effect, so that there is never the one without the other. A refusal is not kept: what was
refused may be mended and sent again with the same key. See docs/adr/0012-one-lock-and-keys-of-ones-own.md.
"""

import json
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any, cast
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from studbook.core.errors import StudbookError
from studbook.core.locks import in_turn
from studbook.core.models import SentOnce

FIELD, HEADER = "once_key", "Idempotency-Key"
LONGEST_KEY = 80
# The token against forged requests differs each time the same form is shown.
NOT_PART_OF_IT = {FIELD, "csrfmiddlewaretoken"}
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
# These belong to one answer on one connection, not to what was answered.
NOT_KEPT = ("set-cookie", "content-length", "date")


class OtherBodyError(StudbookError):
    """The key was used before, for something else."""

    status = 422


def new_key() -> str:
    """Return a key for one form."""
    return str(uuid4())


def answered_once(request: HttpRequest, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Answer a request; one sent again with its key gets the first answer, and has no second effect."""
    key = _key_of(request)
    if not key:
        return answer()
    body = _body_hash(request)
    with in_turn(), transaction.atomic():
        first = _claimed(request, key, body)
        if first.status:
            return _again(first, body)
        given = answer()
        if given.status_code >= 400:
            transaction.set_rollback(True)
        else:
            _keep(first, given)
    return given


def sent_with_key(request: HttpRequest) -> bool:
    """Tell whether an answer to this request would be kept."""
    return bool(_key_of(request))


def answered_before(request: HttpRequest) -> HttpResponseBase | None:
    """Return the first answer to a request that was sent before, None for a new one; at most one query.

    For the moment when the deed itself took away what the request needs: the animal has left, the record is void.
    """
    key = _key_of(request)
    first = _sent(request, key).first() if key else None
    return _again(first, _body_hash(request)) if first and first.status else None


def _key_of(request: HttpRequest) -> str:
    if request.method not in UNSAFE or not request.user.is_authenticated:
        return ""
    key = request.headers.get(HEADER) or request.POST.get(FIELD, "")
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise StudbookError(
            f"The key of this request is longer than {LONGEST_KEY} characters, or has some that cannot be printed. "
            "Send another, such as a UUID."
        )
    return key


def _sent(request: HttpRequest, key: str) -> QuerySet[SentOnce]:
    return SentOnce.objects.filter(user_id=cast(Any, request.user).pk, key=key)


def _claimed(request: HttpRequest, key: str, body: str) -> SentOnce:
    # Whoever comes second with the same key waits here until the first has ended: a unique index makes him wait.
    SentOnce.objects.bulk_create(
        [SentOnce(user_id=cast(Any, request.user).pk, key=key, body=body)], ignore_conflicts=True
    )
    found = _sent(request, key)
    return (found.select_for_update() if connection.vendor == "postgresql" else found).get()


def _body_hash(request: HttpRequest) -> str:
    digest = sha256(f"{request.method} {request.get_full_path()}\n".encode())
    # Only a POST's form is read as fields; whatever else came is what it is, byte for byte.
    parts = _fields_of(request) if request.method == "POST" and _is_form(request) else [request.body]
    for part in parts:
        digest.update(part)
    return digest.hexdigest()


def _is_form(request: HttpRequest) -> bool:
    return request.content_type in FORMS


def _fields_of(request: HttpRequest) -> Iterable[bytes]:
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_PART_OF_IT}
    yield json.dumps(fields, sort_keys=True).encode()
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            yield json.dumps([name, file.name, file.size]).encode()
            yield from file.chunks()
            file.seek(0)


def _keep(sent: SentOnce, given: HttpResponseBase) -> None:
    sent.status = given.status_code
    sent.content = _content_of(given)
    sent.headers = {name: value for name, value in given.items() if name.lower() not in NOT_KEPT}
    sent.save(update_fields=["status", "headers", "content"])


def _content_of(given: HttpResponseBase) -> bytes:
    if isinstance(given, StreamingHttpResponse):
        content = b"".join(cast(Iterable[bytes], given))
        given.streaming_content = [content]
        return content
    if hasattr(given, "render"):
        given.render()
    return cast(HttpResponse, given).content


def _again(first: SentOnce, body: str) -> HttpResponse:
    if first.body != body:
        raise OtherBodyError(
            "This key was sent before with something else. Open the form anew, then enter it once more."
        )
    return HttpResponse(bytes(first.content), status=first.status, headers=first.headers)
