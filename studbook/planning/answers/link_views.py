"""The answering page as a link opens it: without a sign-in, for one institution of one plan. Reading it changes nothing."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from studbook.accounts.addresses import address_of
from studbook.accounts.attempts import MINUTES, Limit, take_attempt
from studbook.core.errors import StudbookError
from studbook.planning.answers.answering import Answering
from studbook.planning.answers.links import DeadAnswerLinkError, link_behind, refuse_dead
from studbook.planning.models import AnswerLink

BY_GUESS = Limit("answer link", 30)
# Not even this site's own log of its styles shall hold the secret; the origin stays, by which a form is known to be ours.
KEPT_SECRET = {"Referrer-Policy": "strict-origin", "X-Robots-Tag": "noindex, nofollow"}


class TooManyGuessesError(StudbookError):
    status = 429


@never_cache
def answer_by_link(request: HttpRequest, secret: str) -> HttpResponse:
    link = _found(request, secret)
    refuse_dead(link, link.plan, link.institution)
    answering = Answering(
        plan=link.plan,
        institution=link.institution,
        by=link.person,
        may_answer=True,
        template="planning/answers/link.html",
        link=link,
    )
    given = answering.posted(request) if request.method == "POST" else answering.page(request)
    for name, value in KEPT_SECRET.items():
        given.headers[name] = value
    return given


def _found(request: HttpRequest, secret: str) -> AnswerLink:
    """Return the link; a wrong secret is counted, so that nobody tries many.

    It is looked up first, unlike a password: a secret of 256 bits is not guessed between two looks, and a right one must
    open although others at the same address guess.
    """
    if link := link_behind(secret):
        return link
    if take_attempt(BY_GUESS, f"from {address_of(request)}") is None:
        raise TooManyGuessesError(
            f"Too many links that open nothing. Wait {MINUTES} minutes, then try again."
        )
    raise DeadAnswerLinkError(
        "This link opens nothing. Copy the whole of it from the e-mail, or ask the coordinator for a new one."
    )
