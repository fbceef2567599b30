"""The e-mails by which representatives are asked, sent after the links are in the book and outside its lock."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from studbook.accounts.links import sends_mail
from studbook.planning.answers.links import NewLink
from studbook.planning.models import AnswerLink

_log = logging.getLogger(__name__)
Addressed = Callable[[str], str]


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
    """Send each link to its person; `addressed` makes an address of this site from a path. What cannot be sent is returned."""
    sent: list[NewLink] = []
    by_hand: list[Handed] = []
    connection = get_connection() if sends_mail() else None
    for new in made:
        url = addressed(reverse("answer_by_link", args=[new.secret]))
        if connection is None or not new.person.email:
            why = "no e-mail address" if connection else ""
            by_hand.append(Handed(new, url, why))
            continue
        try:
            EmailMessage(*_words(new, url), to=[new.person.email], connection=connection).send()
        except (OSError, ValueError):  # of the mail server, its refusals included, or of the address itself
            _log.warning("Link %s could not be sent by e-mail.", new.link.pk, exc_info=True)
            by_hand.append(Handed(new, url, "the mail server did not take it"))
        else:
            sent.append(new)
    AnswerLink.objects.filter(pk__in=[each.link.pk for each in sent]).update(sent_at=timezone.now())
    return Delivery(tuple(sent), tuple(by_hand))


def _words(new: NewLink, url: str) -> tuple[str, str]:
    context = {"link": new.link, "plan": new.link.plan, "url": url}
    subject = render_to_string("planning/answers/mail_subject.txt", context)
    return " ".join(subject.split()), render_to_string("planning/answers/mail.txt", context)
