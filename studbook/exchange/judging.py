"""The rules of the book asked about what a file brought in: what refuses it, and what its report must tell."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pedigree.checks import NOTIFY, REJECT, Problem
from studbook.animals.draft_rules import is_plain_number
from studbook.core.findings import Finding, RuleError
from studbook.exchange.records import ImportProblem, ImportRefused, Level, ParsedStudbook
from studbook.population.record_checks import problems_among
from studbook.population.record_reading import records_of
from studbook.programmes.models import Programme

WITH_FAULTS = "Correct the records where they come from and export them again, or take them in with their faults (--with-faults)."


def judged_import(programme: Programme, parsed: ParsedStudbook) -> list[ImportProblem]:
    """Return what the rules reject or warn of in the animals that came in, each at the row of its first animal."""
    rows = {animal.studbook_number: animal.row for animal in parsed.animals}
    found = problems_among(programme, records_of(programme))
    judged = [_told(parsed, rows, problem) for problem in found if problem.severity != NOTIFY]
    return [*judged, *_odd_numbers(parsed)]


def refuse_faults(judged: Sequence[ImportProblem], *, with_faults: bool) -> None:
    """Refuse the whole file for what a rule rejects; with faults they become warnings of the report."""
    faults = [problem for problem in judged if problem.level == "refuse"]
    if faults and not with_faults:
        noun = "fault" if len(faults) == 1 else "faults"
        raise ImportRefused(
            f"The rules of the book refuse the file for {len(faults)} {noun}. {WITH_FAULTS}", faults
        )


def taken_all_the_same(judged: Sequence[ImportProblem]) -> Iterator[ImportProblem]:
    """Return the problems as a report tells them of records that were taken in."""
    return (replace(problem, level="warn") for problem in judged)


def refused_import(refusal: RuleError, parsed: ParsedStudbook) -> ImportRefused:
    """Return the refusal of a file for what no book can hold, the first sentence before the list of all."""
    rows = {animal.studbook_number: animal.row for animal in parsed.animals}
    problems = [_of_finding(parsed, rows, finding) for finding in refusal.findings]
    more = f" And {len(problems) - 1} more." if len(problems) > 1 else ""
    return ImportRefused(f"{problems[0].sentence}{more}", problems)


def _told(parsed: ParsedStudbook, rows: dict[str, int], problem: Problem) -> ImportProblem:
    level: Level = "refuse" if problem.severity == REJECT else "warn"
    return _at_row(parsed, rows, problem.animals, problem.code, level, problem.sentence)


def _of_finding(parsed: ParsedStudbook, rows: dict[str, int], finding: Finding) -> ImportProblem:
    told = _at_row(parsed, rows, finding.animals, finding.code, "refuse", finding.sentence)
    return replace(told, field=finding.field or "")


def _at_row(
    parsed: ParsedStudbook,
    rows: dict[str, int],
    animals: Sequence[str],
    code: str,
    level: Level,
    sentence: str,
) -> ImportProblem:
    first = next((number for number in animals if number in rows), None)
    row = rows[first] if first is not None else None
    return ImportProblem(parsed.tallies[0].file, row, "", first, code, level, sentence)


def _odd_numbers(parsed: ParsedStudbook) -> Iterator[ImportProblem]:
    for animal in parsed.animals:
        if not is_plain_number(animal.studbook_number):
            sentence = (
                f"Animal {animal.studbook_number} keeps its number, which is not of the form that new animals are given: "
                "digits without a leading zero, or T and digits. Correct it in the old book if it was miswritten there."
            )
            yield _at_row(
                parsed, {animal.studbook_number: animal.row}, [animal.studbook_number], "A2", "warn", sentence
            )
