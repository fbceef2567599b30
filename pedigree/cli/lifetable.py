"""The answer about lives: the life table of one sex, or of all animals."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from typing import Any, Final

from pedigree.checks import Interval
from pedigree.cli.cells import CellError, interval
from pedigree.cli.past import last_date, middle
from pedigree.cli.question import Question
from pedigree.cli.reading import FileError, Sheet
from pedigree.cli.writing import json_text, table_text
from pedigree.demography.cautions import Caution
from pedigree.demography.lifetable import CONVENTIONS, MID_CLASS, LifeTable, life_table
from pedigree.demography.lives import LifeRecord, Lives
from pedigree.structure import FEMALE, MALE

SEXES: Final = {"M": MALE, "F": FEMALE, "all": None}
COLUMNS: Final = ("age", "risk", "Px", "Qx", "lx", "Lx", "Mx", "Ex", "Vx")
MORE_COLUMNS: Final = ("cx", "at_risk", "deaths", "births")


def add_life_options(command: argparse.ArgumentParser) -> None:
    """Add what a life table can be asked for."""
    meaning = "of males, females or all animals together (the default)"
    command.add_argument("--sex", choices=tuple(SEXES), default="all", help=meaning)
    meaning = "as printed in plans (mid-class, the default), or of textbooks"
    command.add_argument("--convention", choices=CONVENTIONS, default=MID_CLASS, help=meaning)
    for name, place, end, meaning in (
        ("--from", "first", 0, "first day looked at: 2001-05-31, 2001-05 or 2001"),
        ("--to", "last", 1, "last day looked at"),
        ("--as-of", "as_of", 1, "day up to which the file is known; its last date if not given"),
    ):
        command.add_argument(name, type=_DayOf(end), metavar="DATE", dest=place, help=meaning)


class _DayOf:
    """The first or the last day that a date given on the command line can mean."""

    def __init__(self, end: int) -> None:
        self.end = end

    def __call__(self, text: str) -> date:
        try:
            return interval(text)[self.end]
        except CellError as error:
            raise argparse.ArgumentTypeError(str(error)) from None


def answer_life_table(question: Question) -> tuple[str, int]:
    """Answer with a life table; as JSON with what follows from it and what to beware of."""
    question.pedigree()
    sheet, asked = question.sheet, question.lives
    if not sheet.birth:
        raise FileError(
            "No row has a birth_date, so no lives can be told. Add the column, and as many dates as are known."
        )
    as_of = asked.as_of or last_date(sheet)
    last = min(asked.last or as_of, as_of)
    if asked.first and last < asked.first:
        raise FileError(
            f"There is no day from {asked.first} to {last}. Give --from a day up to that of --to or --as-of."
        )
    table = life_table(
        lives_of(question),
        SEXES[asked.sex],
        first=asked.first.toordinal() if asked.first else None,
        last=last.toordinal(),
        convention=asked.convention,
    )
    table = replace(table, cautions=(*table.cautions, *_said_of_unplaced(question)))
    if question.as_json:
        days = {
            "from": asked.first and asked.first.isoformat(),
            "to": last.isoformat(),
            "as_of": as_of.isoformat(),
        }
        return json_text({"sex": asked.sex, **days, **_figures(table)}), 0
    for caution in table.cautions:
        sys.stderr.write(f"{caution.sentence}\n")
    return table_text(COLUMNS, _rows(table, COLUMNS), as_json=False), 0


def _said_of_unplaced(question: Question) -> Iterator[Caution]:
    sheet = question.sheet
    animals = question.chosen or tuple(record.id for record in sheet.records)
    unplaced = sum(animal not in sheet.birth and animal not in sheet.entry for animal in animals)
    if unplaced:
        have, were = ("animal has", "was") if unplaced == 1 else ("animals have", "were")
        sentence = f"{unplaced} {have} neither a birth_date nor an entry_date and {were} left out."
        yield Caution("undated", (), sentence)


def _figures(table: LifeTable) -> dict[str, Any]:
    return {
        "convention": table.convention,
        "R0": table.R0,
        "T": table.T,
        "cohort_T": table.cohort_time,
        "r": table.r,
        "lambda": table.lambda_,
        "warnings": [asdict(caution) for caution in table.cautions],
        "rows": [
            dict(zip((*COLUMNS, *MORE_COLUMNS), row, strict=True))
            for row in _rows(table, (*COLUMNS, *MORE_COLUMNS))
        ],
    }


def _rows(table: LifeTable, columns: tuple[str, ...]) -> Iterator[tuple[float, ...]]:
    yield from zip(*(getattr(table, name).tolist() for name in columns), strict=True)


def lives_of(question: Question) -> Lives:
    """Return the lives of the animals asked about, of all where no set is given."""
    sheet, chosen = question.sheet, question.chosen
    asked = None if chosen is None else set(chosen)
    return Lives.from_records(
        _life(sheet, place, counted=asked is None or sheet.records[place].id in asked)
        for place in range(len(sheet.records))
    )


def _life(sheet: Sheet, place: int, *, counted: bool) -> LifeRecord:
    record = sheet.records[place]
    birth, death, entry, left = (
        dates.get(record.id) for dates in (sheet.birth, sheet.death, sheet.entry, sheet.exit)
    )
    _refuse_order(
        sheet, record.id, {"birth_date": birth, "entry_date": entry, "exit_date": left, "death_date": death}
    )
    born = None if birth is None else middle(birth)
    came = _not_before(born, entry)
    gone = _not_before(came or born, left)
    died = _not_before(gone or came or born, death)
    start, end = came or born, gone or died
    stays = ((start.toordinal(), end.toordinal() if end else None),) if start and counted else ()
    return LifeRecord(
        record.id,
        record.sex,
        born.toordinal() if born else None,
        died.toordinal() if died else None,
        stays,
        record.sire,
        record.dam,
    )


def _not_before(earlier: date | None, days: Interval | None) -> date | None:
    # Two uncertain dates may have their middles the wrong way round.
    if days is None:
        return None
    return middle(days) if earlier is None else max(earlier, middle(days))


def _refuse_order(sheet: Sheet, animal: str, days: dict[str, Interval | None]) -> None:
    known = [(field, each) for field, each in days.items() if each is not None]
    for place, (field, each) in enumerate(known):
        for later, other in known[place + 1 :]:
            if other[1] < each[0]:
                raise FileError(
                    f"Row {sheet.lines[animal]}: animal {animal} has the {later} {other[1]} or before, but the {field} "
                    f"{each[0]} or after. Correct one of the dates."
                )
