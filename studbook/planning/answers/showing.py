"""Links to hand over, kept from the deed until the page after it has shown them, once.

The session holds them sealed and the browser the key to it, so that neither the database nor a copy of it can open a link.
"""

import json
import secrets
from hashlib import sha256, shake_256
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from studbook.planning.answers.links import NewLink
from studbook.planning.answers.mail import Delivery, Handed
from studbook.planning.models import AnswerLink, Plan

KEPT, KEPT_FOR, KEY_BYTES = "answer_links_shown", 600, 32
LOST = "The links that were made cannot be shown any more. Send the plan again: new ones take their place."


def keep_to_show(request: HttpRequest, response: HttpResponse, plan: Plan, delivery: Delivery) -> None:
    """Keep the links of a delivery for the next page of the plan's answers that this browser opens."""
    told = [[each.new.link.pk, each.new.secret, each.why] for each in delivery.by_hand]
    key = secrets.token_bytes(KEY_BYTES)
    sealed = _sealed(json.dumps(told).encode(), key).hex()
    until = timezone.now().timestamp() + KEPT_FOR
    request.session[KEPT] = {
        "plan": plan.pk,
        "key": sha256(key).hexdigest(),
        "sealed": sealed,
        "until": until,
    }
    response.set_cookie(
        KEPT,
        key.hex(),
        max_age=KEPT_FOR,
        path=_page(plan),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def kept_to_show(request: HttpRequest, plan: Plan) -> tuple[Handed, ...]:
    """Return the links that were kept for this page, and forget them; one query, none where there are none."""
    kept = request.session.get(KEPT)
    if not kept or kept["plan"] != plan.pk:
        return ()
    del request.session[KEPT]
    told = _opened(kept, request.COOKIES.get(KEPT, ""))
    if not told:
        messages.warning(request, LOST)
    links = AnswerLink.objects.select_related("institution", "person").in_bulk([pk for pk, _, _ in told])
    return tuple(
        Handed(NewLink(links[pk], secret), request.build_absolute_uri(_answer_page(secret)), why)
        for pk, secret, why in told
        if pk in links
    )


def forget_key(response: HttpResponse, plan: Plan) -> None:
    response.delete_cookie(KEPT, path=_page(plan), samesite="Lax")


def _opened(kept: dict[str, Any], written: str) -> list[tuple[int, str, str]]:
    try:
        key = bytes.fromhex(written)
    except ValueError:
        return []
    # Of two deeds at once the session may hold the one and the browser the key to the other.
    if sha256(key).hexdigest() != kept["key"] or kept["until"] < timezone.now().timestamp():
        return []
    return [(pk, secret, why) for pk, secret, why in json.loads(_sealed(bytes.fromhex(kept["sealed"]), key))]


def _sealed(content: bytes, key: bytes) -> bytes:
    """Seal or open something with a key that is used for nothing else."""
    pad = shake_256(key).digest(len(content))
    return bytes(one ^ other for one, other in zip(content, pad, strict=True))


def _page(plan: Plan) -> str:
    return reverse("plan_answers", args=[plan.programme.code, plan.pk])


def _answer_page(secret: str) -> str:
    return reverse("answer_by_link", args=[secret])
