"""The e-mails by which representatives are asked, sent after the links are in the book and outside its lock."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
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
from studbook.planning.answers.telling import InterimChange, changes_of, last_linked, untold
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

    Whom an interim change concerns reads its note too: those made since its last link, else the last. What cannot be sent is
    returned.
    """
    made = list(made)
    notes = _notes_for(made)
    sent: list[NewLink] = []
    by_hand: list[Handed] = []
    with _connection() as connection:
        without = UNREACHED if sends_mail() else ""
        for new in made:
            url = addressed(reverse("answer_by_link", args=[new.secret]))
            why = (
                without
                if connection is None
                else _refusal(new, url, notes.get(new.institution.pk, ()), connection)
            )
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


def _refusal(new: NewLink, url: str, changes: Sequence[InterimChange], connection: Any) -> str | None:
    """Send a link; return why it could not be sent, None where it was."""
    if not new.person.email:
        return NO_ADDRESS
    try:
        EmailMessage(*_words(new, url, changes), to=[new.person.email], connection=connection).send()
    except (OSError, ValueError):  # of the mail server, its refusals included, or of the address itself
        _log.warning("Link %s could not be sent by e-mail.", new.link.pk, exc_info=True)
        return REFUSED
    return None


def _notes_for(made: Sequence[NewLink]) -> dict[int, tuple[InterimChange, ...]]:
    """Return by institution the changes whose notes it reads, the newest first."""
    if not made:
        return {}
    plan = made[0].link.plan
    changes, linked = changes_of(plan), last_linked(plan, [each.link for each in made])
    places = {each.institution.pk for each in made}
    concerning = {place: tuple(each for each in changes if place in each.places) for place in places}
    return {place: untold(changes, linked, place) or concerning[place][:1] for place in places}


def _words(new: NewLink, url: str, changes: Sequence[InterimChange]) -> tuple[str, str]:
    plan = new.link.plan
    # The day to reply by was that of the plan, before it was changed.
    past = changes and plan.reply_by and plan.reply_by < timezone.localdate()
    context = {
        "link": new.link,
        "plan": plan,
        "url": url,
        "changes": changes,
        "open": new.open,
        "reply_by": plan.reply_by if new.open and not past else None,
    }
    subject = render_to_string("planning/answers/mail_subject.txt", context)
    return " ".join(subject.split()), render_to_string("planning/answers/mail.txt", context)
