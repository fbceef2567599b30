"""What an import did, told in lines and as a table: counts that add up, and each problem with its row and reason."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TextIO

from studbook.core.downloads import neutral
from studbook.exchange.records import ImportProblem, Tally

LEVELS = ("refuse", "warn", "note")
HEADINGS = {"refuse": "Refused", "warn": "Taken in with a warning", "note": "Noted"}
SHOWN_PER_LEVEL = 50
PROBLEM_COLUMNS = ("level", "file", "row", "field", "studbook_number", "code", "sentence")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`current_to` is the day the book is current to: the day the file says it was written."""

    programme_code: str
    current_to: date | None
    animals: int
    events: int
    institutions: int
    living: int
    tallies: tuple[Tally, ...]
    problems: tuple[ImportProblem, ...]

    def count(self, level: str) -> int:
        return sum(problem.level == level for problem in self.problems)


def summary_lines(report: ImportReport) -> Iterator[str]:
    """Tell what was taken in, file by file."""
    yield (
        f"{report.programme_code}: {report.animals} animals ({report.living} living), {report.events} events, "
        f"{report.institutions} institutions."
    )
    if report.current_to:
        yield f"The book is current to {report.current_to}, the day the file says it was written."
    else:
        yield "The file does not say on which day it was written, so the book is taken as current to today."
    yield f"{'file':<18}{'in file':>9}{'read':>9}{'accepted':>10}{'warned':>9}{'refused':>9}"
    for each in report.tallies:
        counts = f"{each.header_count:>9}{each.read:>9}{each.accepted:>10}{each.warned:>9}{each.refused:>9}"
        yield f"{each.file:<18}{counts}"


def problem_lines(problems: tuple[ImportProblem, ...]) -> Iterator[str]:
    """Tell the problems level by level, the first fifty of each and how many more there are."""
    for level in LEVELS:
        mine = [problem for problem in problems if problem.level == level]
        if mine:
            codes = Counter(problem.code for problem in mine)
            counts = ", ".join(f"{code} {count}" for code, count in sorted(codes.items()))
            yield f"{HEADINGS[level]}: {len(mine)} ({counts})"
            yield from (f"  {problem.code} {problem.sentence}" for problem in mine[:SHOWN_PER_LEVEL])
        if len(mine) > SHOWN_PER_LEVEL:
            yield f"  … and {len(mine) - SHOWN_PER_LEVEL} more; --problems FILE writes all of them."


def write_problems(problems: tuple[ImportProblem, ...], file: TextIO) -> None:
    """Write every problem as CSV."""
    writer = csv.writer(file)
    writer.writerow(PROBLEM_COLUMNS)
    for problem in problems:
        writer.writerow(neutral(getattr(problem, column)) for column in PROBLEM_COLUMNS)
