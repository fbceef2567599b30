"""What the first page of a programme tells a person whose zoo is asked by a plan."""

from django.http import HttpRequest

from studbook.accounts.rights import INSTITUTION, Right
from studbook.core.panels import Context
from studbook.planning.answers.asked import asked_in
from studbook.planning.answers.rules import ANSWERED_IN
from studbook.programmes.access import standing_in
from studbook.programmes.models import Programme


def asked_panel(request: HttpRequest, programme: Programme) -> Context | None:
    """Lead to what the person's own zoos are asked; nothing for those who answer for none."""
    zoos = standing_in(request).institutions(Right.ANSWER, INSTITUTION)
    if not zoos:
        return None
    waiting = [
        (plan, asked)
        for plan in programme.plans.filter(state__in=ANSWERED_IN)
        for asked in asked_in(plan)
        if asked.institution.pk in zoos
    ]
    return {"programme": programme, "waiting": waiting} if waiting else None
