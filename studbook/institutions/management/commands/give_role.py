"""`manage.py give_role`: let a person into a programme, or act for an institution."""

from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.institutions.actions import give_institution_role, give_programme_role
from studbook.institutions.management.commands._places import add_place_arguments, place_named
from studbook.programmes.models import Programme


class Command(BaseCommand):
    help = "Give a person a role in a programme (coordinator, observer) or at an institution (registrar, keeper, representative)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("role")
        add_place_arguments(parser)
        parser.add_argument(
            "--create", action="store_true", help="make the account first; asks for its password"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        place = place_named(options["programme"], options["institution"])
        person = self._person(options["username"], create=options["create"])
        try:
            if isinstance(place, Programme):
                give_programme_role(place, person, options["role"], by=None)
            else:
                give_institution_role(place, person, options["role"], by=None)
        except StudbookError as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"{person.username} is now {options['role']}: {place}.")

    def _person(self, username: str, *, create: bool) -> User:
        person = User.objects.filter(username=username).first()
        if person is None and not create:
            raise CommandError(f"There is no account {username}. Add --create to make it.")
        return person or self._new_person(username)

    def _new_person(self, username: str) -> User:
        person = User(username=username)
        password = getpass(f"A password for {username}: ")
        try:
            person.clean_fields(exclude=["password"])
            validate_password(password, person)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        person.set_password(password)
        person.save()
        return person
