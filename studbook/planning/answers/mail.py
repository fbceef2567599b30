"""The e-mails by which representatives are asked, sent after the links are in the book and outside its lock."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from studbook.accounts.links import sends_mail
from studbook.planning.answers.links import NewLink
from studbook.planning.answers.telling import LastChange, last_change
from studbook.planning.models import AnswerLink

_log = logging.getLogger(__name__)
Addressed = Callable[[str], str]
UNREACHED, NO_ADDRESS, REFUSED = (
    "the mail server cannot be reached",
    "no e-mail address",
    "the mail server did not take it",
)


@dataclass(frozen=True, slots=True)
class Handed:
    """A link that could not be sent, to be handed over by hand: shown once."""

    new: NewLink
    url: str
    why: str


@dataclass(frozen=True, slots=True)
class Delivery:
    sent: tuple[NewLink, ...]
    by_hand: tuple[Handed, ...]


def deliver(made: Iterable[NewLink], addressed: Addressed) -> Delivery:
    """Send each link of a plan to its person; `addressed` makes an address of this site from a path.

    Whom the last interim change concerns reads its note too. What cannot be sent is returned.
    """
    made = list(made)
    change = last_change(made[0].link.plan) if made else None
    sent: list[NewLink] = []
    by_hand: list[Handed] = []
    with _connection() as connection:
        without = UNREACHED if sends_mail() else ""
        for new in made:
            url = addressed(reverse("answer_by_link", args=[new.secret]))
            why = without if connection is None else _refusal(new, url, change, connection)
            if why is None:
                sent.append(new)
            else:
                by_hand.append(Handed(new, url, why))
    AnswerLink.objects.filter(pk__in=[each.link.pk for each in sent]).update(sent_at=timezone.now())
    return Delivery(tuple(sent), tuple(by_hand))


def expire_unsent(delivery: Delivery) -> None:
    """Let the links expire that were not sent and that nobody will hand over: an earlier one of the person stays good."""
    unsent = [each.new.link.pk for each in delivery.by_hand]
    AnswerLink.objects.filter(pk__in=unsent).update(expires_at=F("made_at"))


@contextmanager
def _connection() -> Iterator[Any | None]:
    """Open one connection for all e-mails; None where no mail is sent or the server cannot be reached."""
    connection = get_connection() if sends_mail() else None
    try:
        if connection:
            connection.open()
    except OSError:
        _log.warning("The mail server cannot be reached.", exc_info=True)
        connection = None
    try:
        yield connection
    finally:
        if connection:
            connection.close()


def _refusal(new: NewLink, url: str, change: LastChange | None, connection: Any) -> str | None:
    """Send a link; return why it could not be sent, None where it was."""
    if not new.person.email:
        return NO_ADDRESS
    try:
        EmailMessage(*_words(new, url, change), to=[new.person.email], connection=connection).send()
    except (OSError, ValueError):  # of the mail server, its refusals included, or of the address itself
        _log.warning("Link %s could not be sent by e-mail.", new.link.pk, exc_info=True)
        return REFUSED
    return None


def _words(new: NewLink, url: str, change: LastChange | None) -> tuple[str, str]:
    plan = new.link.plan
    told = change if change and change.concerns(new.institution) else None
    # The day to reply by was that of the plan, before it was changed.
    past = told and plan.reply_by and plan.reply_by < timezone.localdate()
    context = {
        "link": new.link,
        "plan": plan,
        "url": url,
        "change": told,
        "reply_by": None if past else plan.reply_by,
    }
    subject = render_to_string("planning/answers/mail_subject.txt", context)
    return " ".join(subject.split()), render_to_string("planning/answers/mail.txt", context)
