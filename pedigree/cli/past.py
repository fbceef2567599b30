"""The answer about the past: the population year by year, or on the days named."""

from __future__ import annotations

import dataclasses
import sys
from datetime import date

from pedigree.checks import Interval
from pedigree.cli.question import Question
from pedigree.cli.reading import FileError, Sheet
from pedigree.cli.writing import Cell, table_text
from pedigree.history import HistoryRow, genetic_history

COLUMNS = tuple(field.name for field in dataclasses.fields(HistoryRow))


def answer_history(question: Question) -> tuple[str, int]:
    """Answer with the figures of the population on each day asked about."""
    sheet, pedigree = question.sheet, question.pedigree()
    if not sheet.birth:
        raise FileError(
            "No row has a birth_date, so no history can be told. Add the column, and as many dates as are known."
        )
    counted = [
        record.id for record in sheet.records if question.chosen is None or record.id in question.chosen
    ]
    dated = [animal for animal in counted if animal in sheet.birth]
    if len(dated) < len(counted):
        unknown = len(counted) - len(dated)
        sys.stderr.write(
            f"Left out, their date of birth being unknown: {unknown} of {len(counted)} animals.\n"
        )
    presence = {animal: [_stay(sheet, animal)] for animal in dated}
    births = {animal: middle(days) for animal, days in sheet.birth.items()}
    rows = genetic_history(pedigree, presence, _days(question), births=births)
    return table_text(COLUMNS, (_cells(row) for row in rows), as_json=question.as_json), 0


def middle(days: Interval) -> date:
    """Return the middle of the days that a date can mean."""
    first, last = days
    return first + (last - first) // 2


def last_date(sheet: Sheet) -> date:
    """Return the last day that any date of the file means; the very first day where it has none."""
    dates = (sheet.birth, sheet.death, sheet.entry, sheet.exit)
    return max((middle(days) for column in dates for days in column.values()), default=date.min)


def _stay(sheet: Sheet, animal: str) -> tuple[date, date | None]:
    birth, death = sheet.birth[animal], sheet.death.get(animal)
    if death is None:
        return middle(birth), None
    if death[1] < birth[0]:
        raise FileError(
            f"Row {sheet.lines[animal]}: animal {animal} dies on {death[1]} or before, but is born on {birth[0]} "
            "or after. Correct one of the dates."
        )
    # Two uncertain dates may have their middles the wrong way round.
    return middle(birth), max(middle(birth), middle(death))


def _days(question: Question) -> list[date]:
    if question.days:
        return list(question.days)
    sheet = question.sheet
    dates = [middle(days).year for days in (*sheet.birth.values(), *sheet.death.values())]
    first, last = question.years
    years = range(min(dates) if first is None else first, (max(dates) if last is None else last) + 1)
    if not years:
        raise FileError(
            f"There is no year from {years.start} to {years.stop - 1}. Give --from a year up to that of --to."
        )
    return [date(year, 12, 31) for year in years]


def _cells(row: HistoryRow) -> list[Cell]:
    values = (getattr(row, name) for name in COLUMNS)
    return [value.isoformat() if isinstance(value, date) else value for value in values]
