"""Take a parsed studbook into the database: all of it in one transaction, or nothing."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction

from studbook.accounts.models import User
from studbook.animals.adding import AddedAnimals, add_animals, add_participations
from studbook.core.dates import FIRST_DAY, DateTextError
from studbook.core.errors import StudbookError
from studbook.core.findings import RuleError
from studbook.core.lines import refuse_unfit_lines
from studbook.core.locks import take_turn
from studbook.core.newest_day import newest_day
from studbook.core.statistics import take_stock
from studbook.exchange.drafting import drafts_of
from studbook.exchange.judging import judged_import, refuse_faults, refused_import, taken_all_the_same
from studbook.exchange.places import find_or_add_places, wild_mnemonics
from studbook.exchange.records import (
    ImportedProgramme,
    ImportProblem,
    ParsedStudbook,
    count_rows,
    events_by_animal,
)
from studbook.exchange.reports import ImportReport
from studbook.programmes.changes import Trail, changing
from studbook.programmes.models import Programme

Progress = Callable[[str, int], None]
NOT_STATED = "not stated"


def import_parsed(
    programme_code: str,
    parsed: ParsedStudbook,
    *,
    by: User | None,
    reason: str,
    name: str = "",
    taxon: str = "",
    progress: Progress | None = None,
    with_faults: bool = False,
) -> ImportReport:
    """Make the programme, its institutions and animals; refuses a programme that has animals already.

    Records that a rule of the book rejects refuse the whole file, unless it is taken `with_faults`, as it stands.
    `progress` is told each stage and how many records it has. The rows of a file that do not fit but can be kept
    become warnings of the report, which the counts of the file include.
    """
    tell = progress or (lambda stage, count: None)
    with transaction.atomic():
        # Programme and institutions may be new to both of two imports at once: neither has a row to lock.
        take_turn("import")
        programme = _new_programme(programme_code, parsed, name, taxon)
        with changing(programme, "import studbook", by=by, reason=reason) as trail:
            added = _take_in(trail, programme, parsed, tell)
        take_stock(apps.get_app_config("animals").get_models())
        judged = judged_import(programme, parsed)
        refuse_faults(judged, with_faults=with_faults)
        return _report(programme, parsed, added, judged)


def _take_in(trail: Trail, programme: Programme, parsed: ParsedStudbook, tell: Progress) -> AddedAnimals:
    places = find_or_add_places(trail, parsed)
    tell("institutions", len(places))
    try:
        drafts = drafts_of(parsed, places, programme.as_of)
    except DateTextError as error:
        raise StudbookError(f"A date of the file cannot be taken in. {error}") from error
    tell("animals", len(drafts))
    tell("events", len(parsed.events))
    try:
        added = add_animals(trail, programme, drafts, historical=True)
    except RuleError as refusal:
        raise refused_import(refusal, parsed) from refusal
    add_participations(trail, programme, [places[each.mnemonic] for each in parsed.institutions])
    return added


def _new_programme(code: str, parsed: ParsedStudbook, name: str, taxon: str) -> Programme:
    programme = Programme.objects.filter(code=code).first() or _described(code, parsed, name, taxon)
    if programme.pk and programme.animals.exists():
        raise StudbookError(
            f"The programme {code} has {programme.animals.count()} animals already. Import under a code that is new."
        )
    _refuse_day(parsed.exported_on)
    programme.current_to = parsed.exported_on
    try:
        programme.full_clean()
        refuse_unfit_lines(programme)
    except ValidationError as error:
        raise StudbookError(f"The programme {code} cannot be made: {' '.join(error.messages)}") from error
    programme.save(update_fields=["current_to"] if programme.pk else None)
    return programme


def _refuse_day(exported_on: date | None) -> None:
    if exported_on and not FIRST_DAY <= exported_on <= newest_day():
        raise StudbookError(
            f"The file says it was written on {exported_on}, which is to come or long before any studbook, and ages are "
            "counted on that day. Correct the date, or the clock of the computer that exported it and export again."
        )


def _described(code: str, parsed: ParsedStudbook, name: str, taxon: str) -> Programme:
    said = parsed.programme or ImportedProgramme(code, name or code, NOT_STATED, name or code)
    return Programme(
        code=code,
        name=name or said.name,
        taxon=taxon or said.taxon,
        common_name=said.common_name,
        scope=said.scope,
        synthetic=said.synthetic,
        **dict(said.columns),
    )


def _report(
    programme: Programme, parsed: ParsedStudbook, added: AddedAnimals, judged: Sequence[ImportProblem]
) -> ImportReport:
    read = (*parsed.problems, *_timeline_problems(parsed, added))
    told = {(problem.studbook_number, problem.code) for problem in read}
    found = (each for each in taken_all_the_same(judged) if (each.studbook_number, each.code) not in told)
    problems = (*read, *found, *_wild_notes(parsed))
    return ImportReport(
        programme_code=programme.code,
        current_to=programme.current_to,
        animals=len(added.animals),
        events=len(parsed.events),
        institutions=programme.participations.count(),
        living=sum(animal.is_living for animal in added.animals.values()),
        tallies=tuple(count_rows(each.file, each.header_count, problems) for each in parsed.tallies),
        problems=problems,
    )


def _timeline_problems(parsed: ParsedStudbook, added: AddedAnimals) -> Iterator[ImportProblem]:
    events = events_by_animal(parsed.events)
    animal_rows = {animal.studbook_number: animal.row for animal in parsed.animals}
    told = {(problem.file, problem.row, problem.code) for problem in parsed.problems}
    for number, problem in added.problems:
        mine = events.get(number, [])
        from_event = problem.position < len(mine)
        file = parsed.tallies[1 if from_event else 0].file
        row = mine[problem.position].row if from_event else animal_rows[number]
        if (file, row, problem.code) not in told:
            sentence = f"Animal {number} ({file} row {row}): {problem.sentence}"
            yield ImportProblem(file, row, "", number, problem.code, "warn", sentence)


def _wild_notes(parsed: ParsedStudbook) -> Iterator[ImportProblem]:
    described = {place.mnemonic for place in parsed.institutions}
    for mnemonic in sorted(wild_mnemonics(parsed) - described):
        sentence = (
            f"{mnemonic} is taken for a wild area: more animals were released or captured there than arrived."
        )
        yield ImportProblem(parsed.tallies[1].file, None, "", None, "X8", "note", sentence)
