"""Links by which a person answers for one institution without signing in: secret, kept as a digest, dead in time.

A link opens what one institution is asked in one plan, and nothing else. It is dead when it has expired, when a newer one was
made for the same person, plan and institution, when the person's role or account ended, and when the plan takes no answers.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from studbook.accounts.models import InstitutionRole, User
from studbook.accounts.rights import Right
from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution
from studbook.planning.answers.asked import Asked, asked_in
from studbook.planning.answers.rules import answers_for, is_answered, refuse_closed_plan, version_asked
from studbook.planning.answers.telling import asked_by_change
from studbook.planning.models import AnswerLink, Plan
from studbook.programmes.changes import changing, refuse_stale
from studbook.programmes.models import Programme

SECRET_BYTES = 32
LONGEST_SECRET = 100
GOOD_FOR = timedelta(days=28)  # after the day by which an answer is asked
A_MOMENT = timedelta(minutes=1)


class DeadAnswerLinkError(StudbookError):
    """The link opens nothing: it never did, or not any more."""

    status = 404


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link just made; its secret is known here and never again. `open` says how many answers its institution owes."""

    link: AnswerLink
    secret: str
    open: int = 0

    @property
    def person(self) -> User:
        return self.link.person

    @property
    def institution(self) -> Institution:
        return self.link.institution


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def link_behind(secret: str) -> AnswerLink | None:
    """Return the link of a secret, dead or alive; None where there never was one."""
    if not secret or len(secret) > LONGEST_SECRET:
        return None
    parts = ("plan__programme", "institution", "person")
    return AnswerLink.objects.select_related(*parts).filter(digest=digest_of(secret)).first()


def refuse_dead(link: AnswerLink, plan: Plan, institution: Institution) -> None:
    """Refuse a link that is of another plan or institution, or opens nothing any more; read anew, under the lock too."""
    found = AnswerLink.objects.select_related("plan__programme", "institution", "person").get(pk=link.pk)
    if (found.plan_id, found.institution_id) != (plan.pk, institution.pk):
        raise DeadAnswerLinkError(f"This link does not answer for {institution} in {plan}.")
    if why := _dead_because(found):
        raise DeadAnswerLinkError(
            f"This link opens nothing any more: {why}. Ask the coordinator for a new one."
        )


def make_links(
    plan: Plan,
    *,
    by: User | None,
    opened_version: int | None = None,
    reminder: bool = False,
    change: bool = False,
    only: Institution | None = None,
    once_a_moment: bool = False,
    by_mail: bool = False,
) -> list[NewLink]:
    """Make a new link for each representative of the institutions that are asked; earlier links of theirs are dead.

    An institution that has answered everything gets none unless it is named, and no reminder; nobody is reminded twice a day.
    With `change` those get one whom interim changes concern (`to_tell`), whatever they answered. With
    `once_a_moment` nobody gets a second link within a minute, so that a second tap sends no second e-mail; with
    `by_mail` only those get one who have an address, for nobody is there to hand it to the others. A plan that is another
    since the `opened_version` is not sent unread.
    """
    right = Right.PLAN if by else None
    verb = "tell representatives of change" if change else "send plan to representatives"
    verb = "remind representatives" if reminder else verb
    with changing(plan.programme, verb, by=by, right=right, alters_numbers=False) as trail:
        plan.refresh_from_db()
        if opened_version is not None:
            refuse_stale(plan, opened_version=opened_version)
        refuse_closed_plan(plan)
        version_asked(plan)
        gathered = asked_by_change(plan) if change else asked_in(plan)
        asked = [each for each in gathered if only in (None, each.institution)]
        if reminder or not (only or change):
            asked = [each for each in asked if each.open]
        spared = _reminded_today(plan) if reminder else set()
        spared |= _asked_just_now(plan) if once_a_moment else set()
        people = representatives_of(plan.programme, asked)
        made = [
            _new_link(plan, each, person, by=by, reminder=reminder)
            for each in asked
            for person in people.get(each.institution.pk, ())
            if (each.institution.pk, person.pk) not in spared and (person.email or not by_mail)
        ]
        trail.created([each.link for each in made])
    return made


def representatives_of(programme: Programme, asked: Iterable[Asked]) -> dict[int, list[User]]:
    """Return the representatives, of institutions that take part, who have an account that is open; one query."""
    found: dict[int, list[User]] = {}
    roles = InstitutionRole.objects.filter(
        institution__in=[each.institution.pk for each in asked],
        institution__participations__programme=programme,
        role=InstitutionRole.Role.REPRESENTATIVE,
        user__is_active=True,
    )
    for each in roles.select_related("user").order_by("user__username"):
        found.setdefault(each.institution_id, []).append(each.user)
    return found


def expiry(plan: Plan, now: datetime) -> datetime:
    """Return when a link made now dies: some weeks after an answer is asked for, or after today where that is past."""
    asked_by = plan.reply_by
    if asked_by is None or asked_by < now.date():
        return now + GOOD_FOR
    return now + timedelta(days=(asked_by - now.date()).days) + GOOD_FOR


def _new_link(plan: Plan, asked: Asked, person: User, *, by: User | None, reminder: bool) -> NewLink:
    secret = secrets.token_urlsafe(SECRET_BYTES)
    link = AnswerLink.objects.create(
        plan=plan,
        institution=asked.institution,
        person=person,
        digest=digest_of(secret),
        is_reminder=reminder,
        made_by=by,
        expires_at=expiry(plan, timezone.now()),
    )
    return NewLink(link, secret, len(asked.open))


def _dead_because(link: AnswerLink) -> str:
    if link.expires_at <= timezone.now():
        return f"it was good until {link.expires_at:%Y-%m-%d}"
    if not is_answered(link.plan):
        return f"{link.plan} takes no answers"
    if not answers_for(link.person, link.plan.programme, link.institution):
        return f"the person it was made for does not answer for {link.institution} any more"
    of_the_same = {"plan": link.plan, "institution": link.institution, "person": link.person}
    if AnswerLink.objects.handed_out().filter(pk__gt=link.pk, **of_the_same).exists():
        return "a newer link was made in its place"
    return ""


def _reminded_today(plan: Plan) -> set[tuple[int, int]]:
    today = timezone.localdate()
    links = AnswerLink.objects.handed_out().filter(plan=plan, is_reminder=True, made_at__date=today)
    return set(links.values_list("institution", "person"))


def _asked_just_now(plan: Plan) -> set[tuple[int, int]]:
    links = AnswerLink.objects.handed_out().filter(plan=plan, made_at__gt=timezone.now() - A_MOMENT)
    return set(links.values_list("institution", "person"))
