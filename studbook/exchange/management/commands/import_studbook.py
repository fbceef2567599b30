"""`manage.py import_studbook`: a studbook file into a programme of its own, with progress and a report."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from studbook.core.errors import StudbookError
from studbook.exchange.actions import import_parsed
from studbook.exchange.dbf import DbfError
from studbook.exchange.folder import read_folder
from studbook.exchange.records import ImportProblem, ImportRefused, ParsedStudbook
from studbook.exchange.reports import problem_lines, summary_lines, write_problems
from studbook.exchange.sparks import read_sparks

ENCODINGS = ("cp437", "cp850", "cp1252")


class Command(BaseCommand):
    help = "Take a studbook file into a new programme: all of it, or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="a folder, or the two SPARKS files"
        )
        parser.add_argument("--format", required=True, choices=["sparks", "folder"], dest="file_format")
        parser.add_argument(
            "--programme", required=True, metavar="NEW-CODE", help="the code of the new programme"
        )
        parser.add_argument("--name", default="", help="the name of the programme; default: its code")
        parser.add_argument("--taxon", default="", help="the scientific name")
        parser.add_argument("--encoding", default=ENCODINGS[0], choices=ENCODINGS, help="of SPARKS texts")
        parser.add_argument("--problems", type=Path, metavar="FILE", help="write every problem there, as CSV")

        parser.add_argument(
            "--with-faults",
            action="store_true",
            help="take the records as they stand; what the rules reject is listed on the data-quality page",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            parsed = self._parse(options["file_format"], options["paths"], options["encoding"])
            self._tell("read", sum(tally.read for tally in parsed.tallies))
            report = import_parsed(
                options["programme"],
                parsed,
                by=None,
                reason=f"import of {', '.join(path.name for path in options['paths'])}",
                name=options["name"],
                taxon=options["taxon"],
                progress=self._tell,
                with_faults=options["with_faults"],
            )
        except ImportRefused as refusal:
            self._report_problems(refusal.problems, options["problems"])
            raise CommandError(f"{refusal} Nothing was changed.") from refusal
        except (DbfError, StudbookError) as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from refusal
        except OperationalError as busy:
            raise CommandError(
                f"The database could not be written to ({str(busy).strip()}). Nothing was changed; try again when "
                "no other import or change is running."
            ) from busy
        for line in summary_lines(report):
            self.stdout.write(line)
        self._report_problems(report.problems, options["problems"])
        self.stdout.write(
            f"Let its people in: manage.py give_role USERNAME coordinator --programme {options['programme']}"
        )

    def _parse(self, file_format: str, paths: list[Path], encoding: str) -> ParsedStudbook:
        if file_format == "sparks":
            return read_sparks(*paths, encoding=encoding)
        if len(paths) > 1:
            raise CommandError("Give one folder for --format folder; nothing was changed.")
        return read_folder(paths[0])

    def _tell(self, stage: str, count: int) -> None:
        self.stdout.write(f"  {stage}: {count}")
        self.stdout.flush()

    def _report_problems(self, problems: tuple[ImportProblem, ...], file: Path | None) -> None:
        for line in problem_lines(problems):
            self.stdout.write(line)
        if file:
            try:
                with file.open("w", newline="", encoding="utf-8") as opened:
                    write_problems(problems, opened)
            except OSError as error:
                raise CommandError(
                    f"The list of problems could not be written to {file}: {error.strerror}."
                ) from error
