"""What the commands about people have in common: who it is, and where a role holds."""

from argparse import ArgumentParser

from django.core.management.base import CommandError

from studbook.accounts.models import User
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme


def add_place_arguments(parser: ArgumentParser) -> None:
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--programme", metavar="CODE")
    where.add_argument("--institution", metavar="MNEMONIC")


def person_named(username: str) -> User:
    """Return the person with a user name, however it is spelled."""
    person = User.objects.filter(username__iexact=username).first()
    if person is None:
        raise CommandError(f"There is no account {username}.")
    return person


def place_named(code: str | None, mnemonic: str | None) -> Programme | Institution:
    """Return the programme of a code or the institution of a mnemonic."""
    if code:
        programme = Programme.objects.filter(code=code).first()
        if programme is None:
            known = ", ".join(Programme.objects.values_list("code", flat=True)) or "none"
            raise CommandError(f"There is no programme {code}. Programmes here: {known}.")
        return programme
    institution = Institution.objects.filter(mnemonic=mnemonic).first()
    if institution is None:
        raise CommandError(f"There is no institution with the mnemonic {mnemonic}.")
    return institution
