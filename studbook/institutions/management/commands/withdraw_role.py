"""`manage.py withdraw_role`: take a person's role in a programme or at an institution away, and sign them out."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from studbook.core.errors import StudbookError
from studbook.institutions.actions import withdraw_institution_role, withdraw_programme_role
from studbook.institutions.management.commands._places import add_place_arguments, person_named, place_named
from studbook.programmes.models import Programme


class Command(BaseCommand):
    help = (
        "Withdraw a person's role in a programme, or at an institution (registrar, keeper, representative)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("role", nargs="?", default="", help="which one, at an institution")
        add_place_arguments(parser)
        parser.add_argument("--reason", required=True, help="why; kept in the trail")

    def handle(self, *args: Any, **options: Any) -> None:
        place = place_named(options["programme"], options["institution"])
        person = person_named(options["username"])
        try:
            if isinstance(place, Programme):
                withdraw_programme_role(place, person, by=None, reason=options["reason"])
            else:
                withdraw_institution_role(place, person, options["role"], by=None, reason=options["reason"])
        except StudbookError as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"{person.username} has this role no more, and is signed out everywhere: {place}.")
