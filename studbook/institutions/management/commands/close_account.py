"""`manage.py close_account`: let nobody in with an account any more, or let its person in again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from studbook.core.errors import StudbookError
from studbook.institutions.management.commands._places import person_named
from studbook.institutions.people_accounts import close_account, reopen_account


class Command(BaseCommand):
    help = "Close an account: its sessions end at once and nobody signs in with it. With --reopen, open it again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--reason", required=True, help="why; kept in the trail")
        parser.add_argument("--reopen", action="store_true", help="let the person in again")

    def handle(self, *args: Any, **options: Any) -> None:
        person = person_named(options["username"])
        deed = reopen_account if options["reopen"] else close_account
        try:
            deed(person, by=None, reason=options["reason"])
        except StudbookError as refusal:
            raise CommandError(refusal.sentence) from refusal
        outcome = "open again" if options["reopen"] else "closed, and signed out everywhere"
        self.stdout.write(f"The account {person.username} is {outcome}.")
