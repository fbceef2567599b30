"""`manage.py demonstration_signins`: who may look at the demonstration, and with which password."""

from typing import Any

from django.core.management.base import BaseCommand

from studbook.accounts.demonstration import signin_lines, standing_signins


class Command(BaseCommand):
    help = "Print the sign-ins of the demonstration, where it is loaded."

    def handle(self, *args: Any, **options: Any) -> None:
        sign_ins = standing_signins()
        for line in (
            signin_lines(sign_ins) if sign_ins else ["The demonstration is not loaded in this database."]
        ):
            self.stdout.write(line)
