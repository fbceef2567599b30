"""What every importer hands over: animals, events and problems in one form, whatever file they came from."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

Sex: TypeAlias = Literal["M", "F", "U"]
BirthType: TypeAlias = Literal["captive", "wild", "unknown"]
ParentKind: TypeAlias = Literal["known", "wild", "unknown", "several"]
EventKind: TypeAlias = Literal["birth", "capture", "transfer", "release", "death", "lost", "found", "other"]
Direction: TypeAlias = Literal["in", "out", "none"]
Level: TypeAlias = Literal["refuse", "warn", "note"]


@dataclass(frozen=True, slots=True)
class ImportedDate:
    """A date as an interval; an open end is None, and `best` is the single day the file wrote, if any."""

    earliest: date | None
    latest: date | None
    text: str
    best: date | None = None


@dataclass(frozen=True, slots=True)
class ImportedParent:
    """`text` is the token of the file, so that WILD, UNK and MULT2 can be shown as they were written.

    `probabilities` are those of the candidates, in their order.
    """

    kind: ParentKind
    studbook_number: str | None = None
    candidates: tuple[str, ...] = ()
    text: str = ""
    probabilities: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedAnimal:
    """`left_population` is the file's own word: True for the dead and for those that left alive."""

    row: int
    studbook_number: str
    house_name: str
    sex: Sex
    birth: ImportedDate | None
    death: ImportedDate | None
    birth_type: BirthType
    sire: ImportedParent
    dam: ImportedParent
    entered: ImportedDate | None = None
    left: ImportedDate | None = None
    left_population: bool | None = None
    location_mnemonic: str = ""
    local_id: str | None = None
    selected: bool | None = None
    rearing: str = "unknown"
    note: str = ""


@dataclass(frozen=True, slots=True)
class ImportedEvent:
    """`is_return` marks the event that brings a released or lost animal back."""

    row: int
    studbook_number: str
    kind: EventKind
    raw_code: str
    date: ImportedDate | None
    location_mnemonic: str
    local_id: str | None
    physical: bool | None
    ownership: bool | None
    direction: Direction = "none"
    is_return: bool = False
    from_mnemonic: str = ""
    terms: str = ""
    cause: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ImportedIdentifier:
    row: int
    studbook_number: str
    kind: str
    value: str
    institution_mnemonic: str = ""


@dataclass(frozen=True, slots=True)
class ImportedInstitution:
    """A place as the file describes it; a place that is only named has none of these."""

    row: int
    mnemonic: str
    name: str
    city: str = ""
    country: str = ""
    region: str = ""
    kind: str = "unknown"
    latitude: float | None = None
    longitude: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ImportedProgramme:
    """What the file says of the programme itself; `columns` are those of the biology and the goals that it states."""

    code: str
    name: str
    taxon: str
    common_name: str
    scope: str = ""
    synthetic: bool = False
    columns: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """`row` is the 1-based record number, or None when the sentence is about the whole file."""

    file: str
    row: int | None
    field: str
    studbook_number: str | None
    code: str
    level: Level
    sentence: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows of one file; `accepted` came in without a warning, `warned` came in with one, `refused` stayed out."""

    file: str
    header_count: int
    read: int
    accepted: int
    warned: int
    refused: int

    def __post_init__(self) -> None:
        if not self.read == self.header_count == self.accepted + self.warned + self.refused:
            raise ValueError(
                f"{self.file}: the rows taken in and refused do not add up to the header's count."
            )


@dataclass(frozen=True, slots=True)
class ParsedStudbook:
    """`exported_on` is the day the file says it was written; events after it are claims about the future.

    The first tally is that of the file with the animals, the second that of the file with the events.
    """

    animals: tuple[ImportedAnimal, ...]
    events: tuple[ImportedEvent, ...]
    problems: tuple[ImportProblem, ...]
    tallies: tuple[Tally, ...]
    exported_on: date | None = None
    identifiers: tuple[ImportedIdentifier, ...] = ()
    institutions: tuple[ImportedInstitution, ...] = ()
    programme: ImportedProgramme | None = None


def count_rows(file: str, header_count: int, problems: Iterable[ImportProblem]) -> Tally:
    mine = [problem for problem in problems if problem.file == file and problem.row is not None]
    refused = {problem.row for problem in mine if problem.level == "refuse"}
    warned = {problem.row for problem in mine if problem.level == "warn"} - refused
    accepted = header_count - len(refused) - len(warned)
    return Tally(file, header_count, header_count, accepted, len(warned), len(refused))


def events_by_animal(events: Iterable[ImportedEvent]) -> dict[str, list[ImportedEvent]]:
    """Return each animal's events by the day the file wrote; one without a day stays behind the row above it."""
    dated: defaultdict[str, list[tuple[date, ImportedEvent]]] = defaultdict(list)
    for event in events:
        above = dated[event.studbook_number]
        day = event.date.best if event.date else None
        above.append((day or (above[-1][0] if above else date.min), event))
    return {
        number: [event for _, event in sorted(pairs, key=lambda pair: pair[0])]
        for number, pairs in dated.items()
    }


class ImportRefused(ValueError):  # noqa: N818 - a refusal is an answer to the registrar, not a fault of the program
    """The files cannot be taken in: `problems` says why, row by row."""

    def __init__(self, summary: str, problems: Iterable[ImportProblem] = ()) -> None:
        super().__init__(summary)
        self.problems = tuple(problems)
