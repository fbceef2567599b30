"""E-mails before young are expected, and once more when the outcome is overdue."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.mail import EmailMessage, get_connection
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import INSTITUTION, Right, role_rights
from studbook.animals.models import Holding
from studbook.programmes.models import Programme
from studbook.reproduction.models import Pregnancy
from studbook.reproduction.pregnancies.queries import DAM_DIED, PregnancyRow, expected_or_overdue, row_of

_log = logging.getLogger(__name__)
Addressed = Callable[[str], str]
WRITES = frozenset({Right.LOG, Right.CORRECT})


@dataclass(frozen=True, slots=True)
class Reminded:
    """A pregnancy of which people were reminded, and how many of them; none where nobody has an address."""

    row: PregnancyRow
    people: int


def remind_of_pregnancies(
    programme: Programme, addressed: Addressed, *, before: int, today: date | None = None
) -> list[Reminded]:
    """Write to those who log for the dam's zoo, some days before the window; `addressed` makes an address of a path.

    Each pregnancy is told once before its young can be born, and once when its outcome is overdue.
    """
    day = today or timezone.localdate()
    reminded = []
    for row in due(programme, day, before):
        sent = [each for each in people_of(row.pregnancy) if _send(each, row, addressed)]
        if sent:
            Pregnancy.objects.filter(pk=row.pregnancy.pk).update(reminded_at=timezone.now())
        reminded.append(Reminded(row, len(sent)))
    return reminded


def due(programme: Programme, on: date, before: int) -> list[PregnancyRow]:
    """Return the open pregnancies of which to remind on a day; one query."""
    found = expected_or_overdue(programme, on=on, until=on + timedelta(days=before))
    rows = (row_of(each, on) for each in found.order_by("conceived_earliest", "pk"))
    return [row for row in rows if _is_due(row, on)]


def people_of(pregnancy: Pregnancy) -> Iterable[User]:
    """Return who logs or corrects for the zoo that holds the dam, and has an address; two queries."""
    roles = [role for role, scopes in role_rights().items() if WRITES & scopes[INSTITUTION]]
    stay = Holding.objects.filter(animal=pregnancy.dam_id, end=None).first()
    zoo = stay.institution_id if stay else pregnancy.institution_id
    found = User.objects.filter(
        Q(institution_roles__institution=zoo, institution_roles__role__in=roles), is_active=True
    )
    return found.exclude(email="").distinct().order_by("username")


def _is_due(row: PregnancyRow, on: date) -> bool:
    told, window = row.pregnancy.reminded_at, row.pregnancy.window
    if window is None or on <= window.latest:
        return told is None and row.state != DAM_DIED
    return told is None or timezone.localdate(told) <= window.latest


def _send(person: User, row: PregnancyRow, addressed: Addressed) -> bool:
    context = {"person": person, "row": row, "url": addressed(row.pregnancy.get_absolute_url())}
    subject = " ".join(render_to_string("reproduction/pregnancies/mail_subject.txt", context).split())
    words = render_to_string("reproduction/pregnancies/mail.txt", context)
    try:
        EmailMessage(subject, words, to=[person.email], connection=get_connection()).send()
    except (OSError, ValueError):  # of the mail server, its refusals included, or of the address itself
        _log.warning("%s could not be reminded of %s.", person, row.pregnancy, exc_info=True)
        return False
    return True
