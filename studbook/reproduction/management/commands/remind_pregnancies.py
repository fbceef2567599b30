"""`manage.py remind_pregnancies --site https://...`: write to zoos before young are expected; for cron, daily."""

from argparse import ArgumentParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.management.base import BaseCommand, CommandError

from studbook.accounts.links import sends_mail
from studbook.programmes.models import Programme
from studbook.reproduction.pregnancies.reminding import remind_of_pregnancies


class Command(BaseCommand):
    help = "Write to those who log for a zoo before its young are expected, and when an outcome is overdue; run it once a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--site", required=True, help="the address of this site, for the links: https://..."
        )
        parser.add_argument("--before", type=int, default=10, help="days before the first day of birth (10)")

    def handle(self, *_: Any, **options: Any) -> None:
        site = options["site"]
        if urlsplit(site).scheme not in ("http", "https") or not urlsplit(site).netloc:
            raise CommandError(f"{site} is no address of a site. Give it as https://studbook.example.")
        if not sends_mail():
            raise CommandError("No mail server is set, so nobody can be reminded. Set EMAIL_URL.")
        before = min(max(options["before"], 0), 365)
        for programme in Programme.objects.order_by("code"):
            reminded = remind_of_pregnancies(programme, lambda path: urljoin(site, path), before=before)
            for each in reminded:
                self.stdout.write(f"{programme.code}: {each.row.pregnancy}: {each.people} reminded.")
            if not reminded:
                self.stdout.write(f"{programme.code}: no reminder is due.")
