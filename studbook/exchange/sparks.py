"""SPARKS / PM2000: the pair EXCHANGE.DBF and MOVES.DBF, bytes to records and problems."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from studbook.exchange.dbf import MAXIMUM_BYTES, DbfError, DbfTable, read_dbf
from studbook.exchange.dbf_cells import ENCODINGS
from studbook.exchange.records import (
    ImportedAnimal,
    ImportProblem,
    ImportRefused,
    ParsedStudbook,
    count_rows,
    events_by_animal,
)
from studbook.exchange.sparks_agreement import find_disagreements, find_event_problems, is_in_population
from studbook.exchange.sparks_animals import read_animals
from studbook.exchange.sparks_birth import with_birth_types
from studbook.exchange.sparks_cells import EXCHANGE, EXCHANGE_COLUMNS, MOVES, MOVES_COLUMNS, missing_columns
from studbook.exchange.sparks_events import EventsByAnimal, read_events
from studbook.exchange.sparks_pedigree import find_refusals, find_sex_problems, say_numbers

# An export that runs past midnight stamps its two files with two days.
SAME_EXPORT: Final = timedelta(days=1)


def parse_sparks(exchange: bytes, moves: bytes, encoding: str = "cp437") -> ParsedStudbook:
    """Raise DbfError for bytes that are no table, ImportRefused for tables that are no studbook."""
    _check_encoding(encoding)
    tables = (read_dbf(exchange, EXCHANGE), read_dbf(moves, MOVES))
    _refuse_other_tables(*tables)
    problems: list[ImportProblem] = []
    animals = read_animals(tables[0], encoding, problems)
    _refuse_no_pedigree([*_unreadable_parents(problems), *find_refusals(animals)])
    events = read_events(tables[1], encoding, {animal.studbook_number for animal in animals}, problems)
    mine = events_by_animal(events)
    exported_on = max((table.updated for table in tables if table.updated), default=None)
    problems += [*_judge_export_dates(*tables), *_find_suspicious(animals, mine, exported_on)]
    tallies = tuple(count_rows(table.name, len(table.rows), problems) for table in tables)
    return ParsedStudbook(
        with_birth_types(animals, events, mine), events, _in_file_order(problems), tallies, exported_on
    )


def still_in(parsed: ParsedStudbook) -> set[str]:
    """Studbook numbers of the animals alive and in the population on the day of the export."""
    mine = events_by_animal(parsed.events)
    return {
        animal.studbook_number
        for animal in parsed.animals
        if is_in_population(animal, mine.get(animal.studbook_number, ()), parsed.exported_on)
    }


def read_sparks(*paths: Path, encoding: str = "cp437") -> ParsedStudbook:
    exchange, moves = find_sparks_files(*paths)
    return parse_sparks(_read_bytes(exchange), _read_bytes(moves), encoding)


def find_sparks_files(*paths: Path) -> tuple[Path, Path]:
    """Find the pair in a folder, beside one of its files, or in two files of any name given in this order."""
    match paths:
        case [folder] if folder.is_dir():
            return _find_in(folder, EXCHANGE), _find_in(folder, MOVES)
        case [file] if file.name.upper() in (EXCHANGE, MOVES):
            return _find_in(file.parent, EXCHANGE), _find_in(file.parent, MOVES)
        case [first, second]:
            return (
                (second, first)
                if MOVES in first.name.upper() or EXCHANGE in second.name.upper()
                else (first, second)
            )
    shown = " ".join(str(path) for path in paths) or "nothing"
    raise ImportRefused(
        f"{shown} is not a SPARKS studbook; give a folder with {EXCHANGE} and {MOVES}, or these two files."
    )


def _find_in(folder: Path, name: str) -> Path:
    found = sorted(path for path in folder.iterdir() if path.name.upper() == name) if folder.is_dir() else []
    if len(found) == 1:
        return found[0]
    fact = f"holds {len(found)} files named {name} in different case" if found else f"holds no {name}"
    raise ImportRefused(f"The folder {folder} {fact}; give the two files {EXCHANGE} and {MOVES} by name.")


def _read_bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAXIMUM_BYTES:
            raise DbfError(
                f"{path.name} is larger than {MAXIMUM_BYTES // 1024**2} MB, which no studbook is; choose another file."
            )
        return path.read_bytes()
    except OSError as error:
        raise ImportRefused(
            f"{path} cannot be read: {error.strerror}. Check the name and the rights of the file."
        ) from error


def _check_encoding(encoding: str) -> None:
    if encoding not in ENCODINGS:
        raise ImportRefused(
            f"{encoding!r} is not an encoding SPARKS files are read in; choose {', '.join(ENCODINGS)}."
        )


def _refuse_other_tables(animal_table: DbfTable, event_table: DbfTable) -> None:
    problems = [
        *missing_columns(animal_table, EXCHANGE_COLUMNS),
        *missing_columns(event_table, MOVES_COLUMNS),
    ]
    if problems:
        raise ImportRefused(f"These files are not a SPARKS pair. {problems[0].sentence}", problems)


def _find_suspicious(
    animals: tuple[ImportedAnimal, ...], mine: EventsByAnimal, exported_on: date | None
) -> Iterator[ImportProblem]:
    yield from find_sex_problems(animals)
    yield from find_disagreements(animals, mine, exported_on)
    yield from find_event_problems(mine, exported_on)


def _in_file_order(problems: Iterable[ImportProblem]) -> tuple[ImportProblem, ...]:
    return tuple(sorted(problems, key=lambda problem: (problem.file, problem.row or 0)))


def _unreadable_parents(problems: Iterable[ImportProblem]) -> list[ImportProblem]:
    return [problem for problem in problems if problem.code == "B16"]


def _refuse_no_pedigree(refusals: list[ImportProblem]) -> None:
    if refusals:
        raise ImportRefused(
            f"{EXCHANGE} is not a pedigree that can be taken in: {len(refusals)} facts forbid it, on {say_numbers(refusals)}. "
            f"The first: {refusals[0].sentence} Nothing was taken in.",
            refusals,
        )


def _judge_export_dates(animal_table: DbfTable, event_table: DbfTable) -> Iterable[ImportProblem]:
    for table in (animal_table, event_table):
        if table.updated is None:
            fact = f"{table.name} does not say on which day it was written, so dates in the future could not be told."
            yield ImportProblem(table.name, None, "", None, "X7", "note", fact)
    first, second = animal_table.updated, event_table.updated
    if first and second and abs(first - second) > SAME_EXPORT:
        fact = f"{EXCHANGE} was written on {first} and {MOVES} on {second}: they may not be one export."
        yield ImportProblem(EXCHANGE, None, "", None, "X7", "warn", fact)
