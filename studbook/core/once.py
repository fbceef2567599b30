"""Deeds sent more than once, by a bad network or a second tap, have one effect: the first answer is given again.

The key comes with the form (`once_key`) or in the header `Idempotency-Key`. It is kept for the person who sent it, in
the same transaction as the effect, so that there is never the one without the other. A refusal is not kept.
"""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any, cast
from uuid import uuid4

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from studbook.core.errors import StudbookError
from studbook.core.models import SentOnce

FIELD, HEADER = "once_key", "Idempotency-Key"
LONGEST_KEY = 80
NOT_PART_OF_IT = {FIELD, "csrfmiddlewaretoken"}
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


class OtherBodyError(StudbookError):
    """The key was used before, for something else."""

    status = 422


def new_key() -> str:
    """Return a key for one form."""
    return str(uuid4())


def answered_once(request: HttpRequest, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Answer a request; one sent again with its key gets the first answer, and has no second effect."""
    key = _key_of(request)
    if not key or request.method not in UNSAFE:
        return answer()
    body = _body_hash(request)
    with transaction.atomic():
        first = _claimed(request, key, body)
        if first.status:
            return _again(first, body)
        given = answer()
        if given.status_code >= 400:
            transaction.set_rollback(True)
        else:
            _keep(first, cast(HttpResponse, given))
    return given


def _key_of(request: HttpRequest) -> str:
    key = request.headers.get(HEADER) or request.POST.get(FIELD, "")
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise StudbookError(
            f"The key of this request is longer than {LONGEST_KEY} characters. Send a shorter one."
        )
    return key


def _claimed(request: HttpRequest, key: str, body: str) -> SentOnce:
    # Whoever comes second with the same key waits here until the first has ended: a unique index makes him wait.
    SentOnce.objects.bulk_create(
        [SentOnce(user_id=cast(Any, request.user).pk, key=key, body=body)], ignore_conflicts=True
    )
    found = SentOnce.objects.filter(user_id=cast(Any, request.user).pk, key=key)
    return (found.select_for_update() if connection.vendor == "postgresql" else found).get()


def _body_hash(request: HttpRequest) -> str:
    digest = sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type == "application/json":
        digest.update(request.body)
        return digest.hexdigest()
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_PART_OF_IT}
    digest.update(json.dumps(fields, sort_keys=True).encode())
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            digest.update(f"\n{name} {file.name} {file.size} ".encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def _keep(sent: SentOnce, given: HttpResponse) -> None:
    sent.status = given.status_code
    sent.location = given.headers.get("Location", "")
    sent.content_type = given.headers.get("Content-Type", "")
    if hasattr(given, "render") and callable(given.render):
        given.render()
    sent.content = given.content.decode() if not given.streaming else ""
    sent.save(update_fields=["status", "location", "content_type", "content"])


def _again(first: SentOnce, body: str) -> HttpResponse:
    if first.body != body:
        raise OtherBodyError(
            "This key was sent before with something else. Open the form anew, then enter it once more."
        )
    headers = {"Location": first.location} if first.location else {}
    return HttpResponse(
        first.content, status=first.status, content_type=first.content_type or None, headers=headers
    )
