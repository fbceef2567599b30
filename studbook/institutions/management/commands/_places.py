"""What the commands about roles have in common: where a role holds, and whose it is."""

from argparse import ArgumentParser

from django.core.management.base import CommandError

from studbook.institutions.models import Institution
from studbook.programmes.models import Programme


def add_place_arguments(parser: ArgumentParser) -> None:
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--programme", metavar="CODE")
    where.add_argument("--institution", metavar="MNEMONIC")


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
