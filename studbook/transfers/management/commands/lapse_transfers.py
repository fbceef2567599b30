"""`manage.py lapse_transfers`: end the transfers that were not sent by the day they had to be done by."""

from typing import Any

from django.core.management.base import BaseCommand

from studbook.programmes.models import Programme
from studbook.transfers.ending import lapse_transfers


class Command(BaseCommand):
    help = "Let every transfer lapse that had to be done by a day and has not been sent; run it once a day."

    def handle(self, *_: Any, **__: Any) -> None:
        for programme in Programme.objects.order_by("code"):
            lapsed = lapse_transfers(programme)
            self.stdout.write(f"{programme.code}: {len(lapsed)} lapsed.")
