"""Reminders that go out by themselves: around the day an answer is asked by, some days apart."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max
from django.utils import timezone

from studbook.planning.answers.links import make_links
from studbook.planning.answers.mail import Addressed, Delivery, deliver, expire_unsent
from studbook.planning.answers.rules import ANSWERED_IN
from studbook.planning.models import Plan
from studbook.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Calendar:
    """From how many days before the day of reply until how many after it reminders go out, and how many days apart."""

    before: int
    after: int
    apart: int

    def is_due(self, plan: Plan, today: date) -> bool:
        if plan.reply_by is None or plan.state not in ANSWERED_IN:
            return False
        first = plan.reply_by - timedelta(days=self.before)
        if not first <= today <= plan.reply_by + timedelta(days=self.after):
            return False
        last = plan.links.filter(is_reminder=True).aggregate(at=Max("sent_at"))["at"]
        return last is None or (today - timezone.localdate(last)).days >= self.apart


def remind_by_calendar(
    programme: Programme, calendar: Calendar, addressed: Addressed
) -> list[tuple[Plan, Delivery]]:
    """Remind by e-mail the representatives of a programme's plan where a reminder is due; nothing otherwise."""
    today = timezone.localdate()
    due = [plan for plan in programme.plans.filter(state__in=ANSWERED_IN) if calendar.is_due(plan, today)]
    return [(plan, _reminded(plan, addressed)) for plan in due]


def _reminded(plan: Plan, addressed: Addressed) -> Delivery:
    delivery = deliver(make_links(plan, by=None, reminder=True, by_mail=True), addressed)
    expire_unsent(delivery)
    return delivery
