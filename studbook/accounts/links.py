"""Links that set a password: signed, good for seven days and for one use. They are made anew, never kept."""

import logging
from datetime import timedelta
from threading import Thread

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from studbook.accounts.models import User
from studbook.core.errors import StudbookError

_log = logging.getLogger(__name__)
GOOD_FOR = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


class DeadLinkError(StudbookError):
    """The link is too old, was used, or never was one."""

    status = 404


class _Links(PasswordResetTokenGenerator):
    key_salt = "studbook.accounts.links"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        # Setting a password, signing in, ending the sessions and another role each make every earlier link dead: who
        # was given a link to a keeper's account has none to the coordinator that the keeper became.
        roles = [
            *user.programme_roles.order_by("pk").values_list("programme", "role"),
            *user.institution_roles.order_by("pk").values_list("institution", "role"),
        ]
        return f"{super()._make_hash_value(user, timestamp)}{user.session_stamp}{roles}"


_links = _Links()


def link_for(person: User, request: HttpRequest) -> str:
    """Return a new link by which a person sets a password."""
    path = reverse("set_password", args=[person.pk, _links.make_token(person)])
    return request.build_absolute_uri(path)


def person_behind(person: int, token: str, *, lock: bool = False) -> User:
    """Return whose link this is; with `lock`, so that nobody else uses it before the transaction ends."""
    people = User.objects.select_for_update() if lock else User.objects.all()
    found = people.filter(pk=person, is_active=True).first()
    if found is None or not _links.check_token(found, token):
        raise DeadLinkError(
            f"This link was used already, or is older than {GOOD_FOR.days} days. "
            "Ask the person who gave it to you for a new one."
        )
    return found


def use_link(person: int, token: str, *, new_password: str) -> User:
    """Set the password of the person whose link this is; the link is dead after it."""
    with transaction.atomic():
        found = person_behind(person, token, lock=True)
        found.set_password(new_password)
        found.save(update_fields=["password"])
    return found


def sends_mail() -> bool:
    """Tell whether this installation can send e-mail."""
    return bool(settings.EMAIL_URL)


def send_link(person: User, link: str) -> bool:
    """Send a person the link, where there is an address and a way; tell whether it went."""
    if not (sends_mail() and person.email):
        return False
    words = render_to_string("account/link_mail.txt", {"person": person, "link": link, "days": GOOD_FOR.days})
    try:
        return bool(send_mail("Set your password for the studbook", words, None, [person.email]))
    except OSError:  # of the mail server, its refusals included; the link can be handed over by hand
        _log.warning("The link for person %s could not be sent by e-mail.", person.pk, exc_info=True)
        return False


def send_link_soon(person: User, link: str) -> None:
    """Send a link while the answer goes out, so that the answer takes as long for a name that nobody has."""
    Thread(target=send_link, args=(person, link), daemon=True).start()
