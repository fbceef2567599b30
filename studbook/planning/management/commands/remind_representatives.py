"""`manage.py remind_representatives --site https://...`: ask again those who have not answered a plan; for cron, daily."""

from argparse import ArgumentParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.management.base import BaseCommand, CommandError

from studbook.accounts.links import sends_mail
from studbook.planning.answers.reminding import Calendar, remind_by_calendar
from studbook.programmes.models import Programme


class Command(BaseCommand):
    help = (
        "Remind the representatives who have not answered a plan, around its day of reply; run it once a day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--site", required=True, help="the address of this site, for the links: https://..."
        )
        parser.add_argument("--before", type=int, default=7, help="days before the day of reply to begin (7)")
        parser.add_argument("--after", type=int, default=21, help="days after it to end (21)")
        parser.add_argument("--apart", type=int, default=3, help="days between two reminders, at least 1 (3)")

    def handle(self, *_: Any, **options: Any) -> None:
        site = options["site"]
        if urlsplit(site).scheme not in ("http", "https") or not urlsplit(site).netloc:
            raise CommandError(f"{site} is no address of a site. Give it as https://studbook.example.")
        if not sends_mail():
            raise CommandError("No mail server is set, so nobody can be reminded. Set EMAIL_URL.")
        calendar = Calendar(max(options["before"], 0), max(options["after"], 0), max(options["apart"], 1))
        for programme in Programme.objects.order_by("code"):
            reminded = remind_by_calendar(programme, calendar, lambda path: urljoin(site, path))
            for plan, delivery in reminded:
                missed = f", {len(delivery.by_hand)} could not be sent" if delivery.by_hand else ""
                self.stdout.write(f"{programme.code}: {plan}: {len(delivery.sent)} reminded{missed}.")
            if not reminded:
                self.stdout.write(f"{programme.code}: no reminder is due.")
