from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from studbook.core.models import SentOnce

# A phone may lie in a locker over a weekend with an entry that was not sent.
FEWEST_DAYS, USUAL_DAYS = 7, 30


class Command(BaseCommand):
    help = (
        "Forget the keys and answers of deeds done long ago; whoever sends one of them again, does it again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=USUAL_DAYS, help="keep those younger than this")

    def handle(self, *_: Any, days: int, **__: Any) -> None:
        if not FEWEST_DAYS <= days <= 36_500:
            raise CommandError(f"--days is {days}: keys are kept for at least {FEWEST_DAYS} days.")
        old = SentOnce.objects.filter(at__lt=timezone.now() - timedelta(days=days))
        self.stdout.write(f"Forgot {old.delete()[0]} keys older than {days} days.")
