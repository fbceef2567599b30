from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Exists, OuterRef
from django.utils import timezone

from studbook.core.models import Job

FEWEST_DAYS, USUAL_DAYS = 7, 365


class Command(BaseCommand):
    help = (
        "Remove what long work found long ago, where newer work on the same record has ended; "
        "the latest of each record stays, whatever its age."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=USUAL_DAYS, help="keep what ended later than this")

    def handle(self, *_: Any, days: int, **__: Any) -> None:
        if not FEWEST_DAYS <= days <= 36_500:
            raise CommandError(f"--days is {days}: what was found is kept for at least {FEWEST_DAYS} days.")
        newer = Job.objects.filter(
            kind=OuterRef("kind"), about=OuterRef("about"), state=Job.State.DONE, pk__gt=OuterRef("pk")
        )
        ended = Job.objects.filter(state__in=Job.ENDED, ended_at__lt=timezone.now() - timedelta(days=days))
        # The trail keeps who asked for it, when and with which parameters.
        gone = list(ended.filter(Exists(newer)).values_list("pk", flat=True))
        Job.objects.filter(pk__in=gone).delete()
        self.stdout.write(
            f"Removed {len(gone)} job{'' if len(gone) == 1 else 's'} that ended more than {days} days ago."
        )
