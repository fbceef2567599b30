"""The plan as each institution reads it: a row for each of its animals, in the columns that plans are printed in.

`rows_from` is a pure function of plain values, so that the page, the files and the printed plan show one and the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from studbook.core.templatetags.studbook import NOTHING, age
from studbook.planning.models import Plan
from studbook.planning.plans.lines import (
    BANKED,
    HOLD,
    NATURAL,
    RECEIVE_FROM,
    SEND_TO,
    STATUS_WORDS,
    Line,
    PairLine,
    Place,
    PlanLines,
    apart,
    breeding_word,
)
from studbook.planning.plans.reading import lines_of
from studbook.planning.stays import A_PLACE, NOWHERE
from studbook.planning.wording import priority_words, sentence

COLUMNS = ("SB ID", "Local ID", "Sex", "Age", "Disposition", "Location", "Breeding", "With", "Notes")
TO_AGREE = "Which of the two moves is to be agreed."


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row of one institution. `line` is what it says; `received` marks the row of the place that an animal comes to."""

    line: Line
    disposition: str
    location: str
    breeding: str
    mates: tuple[str, ...]
    notes: str
    received: bool = False

    @property
    def local_id(self) -> str:
        # The id at the place that the animal comes to is given there, on arrival.
        return NOTHING if self.received and not self.has_arrived else self.line.local_id or NOTHING

    @property
    def has_arrived(self) -> bool:
        return self.line.is_sent and self.line.holder == self.line.destination

    @property
    def with_words(self) -> str:
        return ", ".join(self.mates) or NOTHING

    @property
    def urgency(self) -> str:
        """The priority in words, which stand before the notes; empty where it is the usual one, or the animal lives no more.

        It is no part of the cells: files have a column of it, and versions frozen before it was told stay what they were.
        """
        return priority_words(self.line.priority) if self.line.is_living else ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The row in the order of `COLUMNS`."""
        return (
            self.line.number,
            self.local_id,
            self.line.sex,
            age(self.line.age),
            self.disposition,
            self.location,
            self.breeding,
            self.with_words,
            self.notes,
        )


@dataclass(frozen=True, slots=True)
class InstitutionRows:
    """The rows of one institution; None gathers the animals whose place is not known."""

    place: Place | None
    rows: tuple[PlanRow, ...]

    @property
    def key(self) -> int:
        return self.place.key if self.place else 0

    @property
    def short(self) -> str:
        return self.place.mnemonic if self.place else "?"

    @property
    def name(self) -> str:
        return f"{self.place.name} ({self.place.mnemonic})" if self.place else NOWHERE.capitalize()


def rows_of(plan: Plan) -> tuple[InstitutionRows, ...]:
    """Return a plan's rows as the book stands now; a fixed number of queries."""
    return rows_from(lines_of(plan))


def rows_from(lines: PlanLines) -> tuple[InstitutionRows, ...]:
    """Return the rows under each institution, by its name; the place not known comes last. Pure: no database."""
    places = {each.key: each for each in lines.places}
    told = _Told(lines, places)
    gathered: dict[int | None, list[PlanRow]] = {}
    for line in lines.animals:
        for key, row in told.rows(line):
            gathered.setdefault(key, []).append(row)
    keys = sorted(
        gathered, key=lambda key: (key is None, places[key].name if key is not None else "", key or 0)
    )
    return tuple(
        InstitutionRows(None if key is None else places[key], tuple(sorted(gathered[key], key=_order)))
        for key in keys
    )


class _Told:
    """The lines of a plan with what each needs of the others."""

    def __init__(self, lines: PlanLines, places: Mapping[int, Place]) -> None:
        self.places, self.animals, self.pairs = places, lines.by_number(), lines.pairs_of
        self.numbered = {each.pair: number for number, each in enumerate(lines.pairs, start=1)}
        self.apart = {each.pair for each in apart(lines)}

    def rows(self, line: Line) -> Iterable[tuple[int | None, PlanRow]]:
        if not line.is_living:
            pairs = [each for pair in self.pairs(line.number) for each in self._of_pair(line, pair)]
            notes = " ".join(filter(None, (_gone(line), *(pairs if self._gives(line) else ()))))
            yield line.holder, PlanRow(line, NOTHING, self.code(line.holder), NOTHING, (), notes)
            return
        said = self._breeding(line), self._mates(line), self._notes(line)
        sender = line.came_from if line.came_from is not None else line.holder
        if not line.is_sent or sender == line.destination:
            yield line.holder, PlanRow(line, HOLD, self.code(line.holder), *said)
            return
        yield sender, PlanRow(line, SEND_TO, self.code(line.destination), *said)
        yield line.destination, PlanRow(line, RECEIVE_FROM, self.code(sender), *said, received=True)

    def _gives(self, line: Line) -> bool:
        """Whether a dead animal is the donor of a banked pair."""
        return any(each.method == BANKED and each.sire == line.number for each in self.pairs(line.number))

    def code(self, key: int | None) -> str:
        return self.places[key].mnemonic if key is not None else NOTHING

    def named(self, number: str) -> str:
        return self.animals[number].words if number in self.animals else number

    def _breeding(self, line: Line) -> str:
        pairs = self.pairs(line.number)
        return breeding_word(line.breeding, [each.if_possible for each in pairs]) or NOTHING

    def _mates(self, line: Line) -> tuple[str, ...]:
        pairs = self.pairs(line.number)
        mixed = any(not each.if_possible for each in pairs)
        return tuple(
            f"{self.named(each.other(line.number))}{' (if possible)' if mixed and each.if_possible else ''}"
            for each in pairs
        )

    def _notes(self, line: Line) -> str:
        pairs = [sentence for pair in self.pairs(line.number) for sentence in self._of_pair(line, pair)]
        arrived = ["Has arrived."] if line.is_sent and line.holder == line.destination else []
        own = [
            sentence(each)
            for each in (line.reason, line.notes, line.excluded and f"Excluded: {line.excluded}")
        ]
        return " ".join(each for each in (*pairs, *arrived, *own) if each)

    def _of_pair(self, line: Line, pair: PairLine) -> Iterable[str]:
        mate = pair.other(line.number)
        yield f"Pair {self.numbered[pair.pair]}{self._how(pair, line.number == pair.sire)}."
        if pair.litters > 1:
            yield f"{pair.litters} litters."
        if pair.pair in self.apart:
            other = self.animals.get(mate)
            where = self.code(other.holder if other else None)
            yield f"{self.named(mate)} lives at {A_PLACE if where == NOTHING else where}. {TO_AGREE}"
        yield sentence(pair.notes)

    def _how(self, pair: PairLine, is_sire: bool) -> str:
        if pair.method == NATURAL:
            return ""
        if pair.method == BANKED:
            return (
                ": banked semen is used"
                if is_sire
                else f": insemination with banked semen of {self.named(pair.sire)}"
            )
        if is_sire:
            dam = self.animals.get(pair.dam)
            away = dam is not None and dam.place_to_be != self.animals[pair.sire].place_to_be
            where = f" at {self.code(dam.place_to_be)}" if dam and away else ""
            return f": semen is taken for the insemination of {self.named(pair.dam)}{where}"
        return f": insemination with semen of {self.named(pair.sire)}"


def _gone(line: Line) -> str:
    words = (
        f"{STATUS_WORDS.get(line.status, line.status).capitalize()}{f' ({line.death})' if line.death else ''}"
    )
    return " ".join(filter(None, (f"{words}.", sentence(line.notes))))


def _order(row: PlanRow) -> tuple[bool, tuple[int, str], int]:
    return row.received, number_order(row.line.number), row.line.row


def number_order(number: str) -> tuple[int, str]:
    """Return what sorts studbook numbers as people count them."""
    digits = "".join(each for each in number if each.isascii() and each.isdigit())
    return int(digits[:15] or 0), number
