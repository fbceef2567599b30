"""The commands: their options, and what becomes of what goes wrong."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pedigree.cli.answers import ANSWERS, Question
from pedigree.cli.reading import Sheet, placed_error, read_set, read_sheet
from pedigree.errors import NumericalError, PedigreeError

CANNOT_BE: Final = 1
BAD_USAGE: Final = 2

HELP: Final = {
    "check": "every problem, one a line; exit 1 when the file cannot be a pedigree",
    "inbreeding": "id,F for every animal",
    "kinship": "the square kinship matrix of the set",
    "means": "id,mean_kinship,F,known for the set",
    "summary": "the figures of the set as JSON, with full precision",
    "pairs": "all male x female pairs of the set, best first",
}
FILE_FORMAT: Final = """\
The file is CSV with a header: id, sire, dam, and optionally sex (M, F, U), birth_date and death_date
(2001-05-31, 2001-05 or 2001), in any order; other columns are ignored. A missing parent is empty, 0, NA,
UNK, UND, MULT or WILD; only WILD is wild, the others are unknown. Several possible parents stand in one cell with
weights, as "A:1,C:1". The set measured is the animals without a death date, or those named with --set."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    root = argparse.ArgumentParser(
        prog="python -m pedigree",
        description="Population genetics of a pedigree in a CSV file.",
        epilog=FILE_FORMAT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = root.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, meaning in HELP.items():
        _add_options(commands.add_parser(name, help=meaning, description=meaning, epilog=FILE_FORMAT), name)
    return root


def _add_options(command: argparse.ArgumentParser, name: str) -> None:
    command.formatter_class = argparse.RawDescriptionHelpFormatter
    command.add_argument("file", type=Path, metavar="FILE.csv")
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help="write there instead of to stdout")
    command.add_argument("--json", action="store_true", help="answer as JSON")
    meaning = "ids of the animals asked about, one a line"
    command.add_argument("--set", type=Path, metavar="FILE", help=meaning)
    if name != "check":
        convention = command.add_mutually_exclusive_group()
        meaning = "wild and unknown parents are unrelated founders (the default)"
        convention.add_argument("--unknown-as-founders", action="store_true", help=meaning)
    if name in ("inbreeding", "kinship", "means"):
        meaning = "count only genes traced to wild founders; empty where nothing is known"
        convention.add_argument("--known-only", action="store_true", help=meaning)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 not a pedigree, 2 bad usage."""
    options = parser().parse_args(arguments)
    try:
        return _run(options)
    except PedigreeError as error:
        return _complain(str(error), CANNOT_BE)
    except NumericalError as error:
        return _complain(str(error), CANNOT_BE)
    except MemoryError:
        return _complain(
            "The pedigree is too large for this computer's memory. Measure a smaller set.", CANNOT_BE
        )
    except BrokenPipeError:
        # Whoever reads has read enough; what is left in the buffer must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CANNOT_BE
    except OSError as error:
        return _complain(f"{error.filename or 'The output'} cannot be used: {error.strerror}.", BAD_USAGE)


def _run(options: argparse.Namespace) -> int:
    sheet = read_sheet(options.file)
    try:
        text, code = ANSWERS[options.command](_question(options, sheet))
    except PedigreeError as error:
        return _complain(placed_error(error, sheet), CANNOT_BE)
    if options.output is None:
        _print(text)
    else:
        options.output.write_text(text, encoding="utf-8", newline="")
    return code


def _print(text: str) -> None:
    # Ids are any text, and a plain locale must not stop at the first accent.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(text)
    sys.stdout.flush()


def _question(options: argparse.Namespace, sheet: Sheet) -> Question:
    animals = None if options.set is None else read_set(options.set, sheet)
    return Question(sheet, animals, getattr(options, "known_only", False), options.json)


def _complain(sentence: str, code: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code
