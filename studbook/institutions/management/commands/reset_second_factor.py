"""`manage.py reset_second_factor`: take a lost second factor away, so that the password alone opens the account."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from studbook.core.errors import StudbookError
from studbook.institutions.management.commands._places import person_named
from studbook.institutions.people_accounts import reset_second_factor


class Command(BaseCommand):
    help = "Take away the second factor of a person who lost it, and the recovery codes. Make sure first who asks."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--reason", required=True, help="why, and how you know; kept in the trail")

    def handle(self, *args: Any, **options: Any) -> None:
        person = person_named(options["username"])
        try:
            reset_second_factor(person, by=None, reason=options["reason"])
        except StudbookError as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"{person.username} has no second factor any more, and is signed out everywhere.")
