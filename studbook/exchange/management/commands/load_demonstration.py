"""`manage.py load_demonstration`: the synthetic leopards and their people, into an empty database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from studbook.core.errors import StudbookError
from studbook.exchange.demonstration import load_demonstration
from studbook.exchange.records import ImportRefused
from studbook.exchange.reports import problem_lines


class Command(BaseCommand):
    help = "Load the demonstration studbook where no programme exists yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--reset", action="store_true", help="wipe the database first; refused where real animals are"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_demonstration(reset=options["reset"], progress=self._tell)
        except ImportRefused as refusal:
            lines = "\n".join(problem_lines(refusal.problems))
            raise CommandError(f"{refusal} Nothing was changed.\n{lines}".strip()) from refusal
        except StudbookError as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from refusal
        if report is None:
            self.stdout.write("The database has a programme already, so the demonstration was not loaded.")
            return
        self.stdout.write(
            f"The demonstration is loaded: {report.animals} synthetic animals, {report.living} of them living, "
            f"at {report.institutions} institutions. `manage.py demonstration_signins` tells who may sign in."
        )

    def _tell(self, stage: str, count: int) -> None:
        self.stdout.write(f"  {stage}: {count}")
