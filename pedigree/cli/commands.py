"""The commands: their options, and what becomes of what goes wrong."""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from pedigree.cli.answers import (
    answer_inbreeding,
    answer_kinship,
    answer_means,
    answer_pairs,
    answer_summary,
    check,
)
from pedigree.cli.banked import add_bank_options, answer_bank
from pedigree.cli.cells import CellError, interval
from pedigree.cli.drops import answer_founders, answer_genedrop
from pedigree.cli.lifetable import add_life_options, answer_life_table
from pedigree.cli.matrices import read_founder_kinship
from pedigree.cli.outlook import add_outlook_options, outlook_of
from pedigree.cli.past import answer_history
from pedigree.cli.planned import answer_plan
from pedigree.cli.projecting import answer_project
from pedigree.cli.question import Answer, BankAsked, LivesAsked, Question
from pedigree.cli.reading import Sheet, placed_error, read_set, read_sheet
from pedigree.cli.releasing import add_release_options, answer_release, release_of
from pedigree.cli.sizes import answer_effective
from pedigree.cli.wishes import add_plan_options, wishes_of
from pedigree.errors import (
    ExecutorError,
    NumericalError,
    PedigreeError,
    PlanError,
    ReleaseError,
    ScenarioError,
)

CANNOT_BE: Final = 1
BAD_USAGE: Final = 2

COMMANDS: Final[dict[str, tuple[Answer, str]]] = {
    "check": (check, "every problem, one a line; exit 1 when the file cannot be a pedigree"),
    "inbreeding": (answer_inbreeding, "id,F for every animal"),
    "kinship": (answer_kinship, "the square kinship matrix of the set"),
    "means": (answer_means, "id,mean_kinship,F,known for the set"),
    "summary": (answer_summary, "the figures of the set as JSON, with full precision"),
    "effective": (answer_effective, "effective sizes, of animals, founders and ancestors, as JSON"),
    "pairs": (answer_pairs, "all male x female pairs of the set, best first"),
    "plan": (answer_plan, "the breeding plan that keeps most gene diversity within limits, and its gap"),
    "release": (answer_release, "whom to release: the captive population loses little, the group is diverse"),
    "founders": (
        answer_founders,
        "each founder's contribution, target, copies, and what is left of its genes",
    ),
    "genedrop": (answer_genedrop, "how unique each animal's genes are; as JSON with the set's figures too"),
    "bank": (answer_bank, "what a genome bank keeps of the set's gene diversity, and whom to bank next"),
    "project": (answer_project, "what becomes of the set in the years to come, by simulation: a row a year"),
    "history": (answer_history, "the figures of the population at every year's end, or on the days named"),
    "life-table": (answer_life_table, "survival and fertility by age, and what follows from them"),
}
FILE_FORMAT: Final = """\
The file is CSV with a header: id, sire, dam, and optionally sex (M, F, U), birth_date and death_date, for life
tables also entry_date and exit_date (2001-05-31, 2001-05 or 2001), in any order; other columns are ignored. A missing
parent is empty, 0, NA, UNK, UND, MULT or WILD; only WILD is wild, the others are unknown. Several possible parents
stand in one cell with weights, as "A:1,C:1". Optional columns: twin_of names the animal an identical twin shares its
genes with; animals with the same text in litter share the parent drawn from the same several. The set measured is the
animals without a death date, or those named with --set."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    root = argparse.ArgumentParser(
        prog="python -m pedigree",
        description="Population genetics of a pedigree in a CSV file.",
        epilog=FILE_FORMAT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = root.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (_, meaning) in COMMANDS.items():
        _add_options(commands.add_parser(name, help=meaning, description=meaning, epilog=FILE_FORMAT), name)
    return root


def _add_options(command: argparse.ArgumentParser, name: str) -> None:
    command.formatter_class = argparse.RawDescriptionHelpFormatter
    command.add_argument("file", type=Path, metavar="FILE.csv")
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help="write there instead of to stdout")
    command.add_argument("--json", action="store_true", help="answer as JSON")
    meaning = "ids of the animals asked about, one a line"
    command.add_argument("--set", type=Path, metavar="FILE", help=meaning)
    meaning = "a square CSV matrix of the kinships of founders, themselves included"
    command.add_argument("--founder-kinship", type=Path, metavar="FILE", help=meaning)
    if name not in ("check", "life-table"):
        convention = command.add_mutually_exclusive_group()
        meaning = "wild and unknown parents are unrelated founders (the default)"
        convention.add_argument("--unknown-as-founders", action="store_true", help=meaning)
    if name in ("inbreeding", "kinship", "means", "founders", "genedrop"):
        meaning = "count only genes traced to wild founders; empty where nothing is known"
        convention.add_argument("--known-only", action="store_true", help=meaning)
    if name in ("founders", "genedrop"):
        meaning = "how often the genes are dropped (10000)"
        command.add_argument("--drops", type=_number_from(1), default=10_000, metavar="N", help=meaning)
        meaning = "the same seed gives the same answer (0)"
        command.add_argument("--seed", type=_number_from(0), default=0, metavar="N", help=meaning)
    if name == "project":
        add_outlook_options(command, _number_from, _day)
    if name == "plan":
        add_plan_options(command, _number_from)
    if name == "release":
        add_release_options(command, _number_from)
    if name == "bank":
        add_bank_options(command, _number_from)
    if name == "history":
        _add_days(command)
    if name == "life-table":
        add_life_options(command)


def _add_days(command: argparse.ArgumentParser) -> None:
    year = _number_from(1, 9999)
    command.add_argument(
        "--from", type=year, metavar="YEAR", dest="first", help="first year; that of the first birth"
    )
    command.add_argument(
        "--to", type=year, metavar="YEAR", dest="last", help="last year; that of the last date"
    )
    meaning = "a day, 2001-05-31, instead of the years' ends; may be given again"
    command.add_argument(
        "--on", type=_day, action="append", default=[], metavar="DATE", dest="days", help=meaning
    )


def _number_from(least: int, most: int | None = None) -> Callable[[str], int]:
    def number(text: str) -> int:
        # Digits of other scripts, signs and underscores are whole numbers to int().
        if not re.fullmatch(r"[0-9]{1,18}", text) or int(text) < least or (most and int(text) > most):
            upto = f" to {most}" if most else " up"
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {least}{upto}.")
        return int(text)

    return number


def _day(text: str) -> date:
    try:
        first, last = interval(text)
    except CellError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if first != last:
        raise argparse.ArgumentTypeError(f"{text!r} is no single day. Write it as 2001-05-31.")
    return first


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 not a pedigree, 2 bad usage."""
    options = parser().parse_args(arguments)
    try:
        return _run(options)
    except PedigreeError as error:
        return _complain(str(error), CANNOT_BE)
    except NumericalError as error:
        return _complain(str(error), CANNOT_BE)
    except (ScenarioError, PlanError, ReleaseError, ExecutorError) as error:
        return _complain(str(error), BAD_USAGE)
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
        text, code = COMMANDS[options.command][0](_question(options, sheet))
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
    given = {"drops", "seed"} & vars(options).keys()
    asked = {name: getattr(options, name) for name in given}
    if "rates" in options:
        asked["outlook"] = outlook_of(options)
    if "wanted" in options:
        asked["wishes"] = wishes_of(options)
    if "candidates" in options:
        asked["release"] = release_of(options)
    if options.founder_kinship is not None:
        asked["founder_kinship"] = read_founder_kinship(options.founder_kinship, sheet)
    if "following" in options:
        donors = () if options.donors is None else read_set(options.donors, sheet)
        asked["bank"] = BankAsked(donors, options.following, options.sex, options.years)
    if "days" in options:
        asked |= {"years": (options.first, options.last), "days": tuple(options.days)}
    if "as_of" in options:
        about = (options.sex, options.convention, options.first, options.last, options.as_of)
        asked["lives"] = LivesAsked(*about)
    return Question(sheet, animals, getattr(options, "known_only", False), options.json, **asked)


def _complain(sentence: str, code: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return code
